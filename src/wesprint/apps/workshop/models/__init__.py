"""State of orders, what goes into them and what comes out; invariants are held by the database."""

from wesprint.apps.workshop.models.customers import Approval, CustomerRepair, RepairTest
from wesprint.apps.workshop.models.house import RuleName, WorkRole, WorkshopRule
from wesprint.apps.workshop.models.inputs import Lot, LotUnit, OrderItem, Use, Work
from wesprint.apps.workshop.models.orders import Kind, Order, OrderState, Result

__all__ = [
    "Approval",
    "CustomerRepair",
    "Kind",
    "Lot",
    "LotUnit",
    "Order",
    "OrderItem",
    "OrderState",
    "RepairTest",
    "Result",
    "RuleName",
    "Use",
    "Work",
    "WorkRole",
    "WorkshopRule",
]
