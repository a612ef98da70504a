"""State of offers, items, reservations and hand-overs; invariants are held by the database."""

from wesprint.apps.goods.models.appointments import (
    Booking,
    BookingState,
    Clearance,
    DiversionRate,
    Slot,
)
from wesprint.apps.goods.models.basis import Basis
from wesprint.apps.goods.models.catalogue import (
    DeliveryWish,
    SavedSearch,
    SearchState,
    Waiting,
    WaitingState,
)
from wesprint.apps.goods.models.collections import Collection
from wesprint.apps.goods.models.fractions import FractionStock, Material
from wesprint.apps.goods.models.house import (
    CategoryCapacity,
    Counterparty,
    DailyCapacity,
    HouseRule,
    Party,
    RuleName,
)
from wesprint.apps.goods.models.items import (
    IN_HOUSE,
    Intake,
    Item,
    ItemPhoto,
    ItemState,
    Route,
    Status,
)
from wesprint.apps.goods.models.leaving import (
    Consideration,
    Displaced,
    HandOver,
    Reservation,
    ReservationState,
)
from wesprint.apps.goods.models.offers import (
    Offer,
    OfferLine,
    OfferMessage,
    OfferPhoto,
    OfferState,
    Size,
    Source,
    Way,
)
from wesprint.apps.goods.models.outflows import Load, Recipient
from wesprint.apps.goods.models.safety import (
    ElectricalTest,
    Gate,
    ProductData,
)
from wesprint.apps.goods.models.social import SocialRule
from wesprint.apps.goods.models.stock import (
    AgeingRule,
    LabelPrint,
    Outcome,
    Place,
    PlaceKind,
    PriceChange,
    PriceTag,
    PriceUnit,
    Stocktake,
    StocktakeLine,
)

__all__ = [
    "IN_HOUSE",
    "AgeingRule",
    "Basis",
    "Booking",
    "BookingState",
    "CategoryCapacity",
    "Clearance",
    "Collection",
    "Consideration",
    "Counterparty",
    "DailyCapacity",
    "DeliveryWish",
    "Displaced",
    "DiversionRate",
    "ElectricalTest",
    "FractionStock",
    "Gate",
    "HandOver",
    "HouseRule",
    "Intake",
    "Item",
    "ItemPhoto",
    "ItemState",
    "LabelPrint",
    "Load",
    "Material",
    "Offer",
    "OfferLine",
    "OfferMessage",
    "OfferPhoto",
    "OfferState",
    "Outcome",
    "Party",
    "Place",
    "PlaceKind",
    "PriceChange",
    "PriceTag",
    "PriceUnit",
    "ProductData",
    "Recipient",
    "Reservation",
    "ReservationState",
    "Route",
    "RuleName",
    "SavedSearch",
    "SearchState",
    "Size",
    "Slot",
    "SocialRule",
    "Source",
    "Status",
    "Stocktake",
    "StocktakeLine",
    "Waiting",
    "WaitingState",
    "Way",
]
