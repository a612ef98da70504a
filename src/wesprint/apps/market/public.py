"""What other rooms may call."""

from wesprint.apps.market.models import (
    Booking,
    ConsignedItem,
    Consignment,
    Entry,
    Listing,
    Payout,
    Supplier,
)
from wesprint.apps.market.selectors.window import Card, window
from wesprint.apps.market.services import (
    agree_consignment,
    answer_approach,
    apply_as_supplier,
    approach,
    approve_supplier,
    book,
    collect_booking,
    confirm_approach,
    confirm_entry,
    consign,
    decide_entry,
    draw_up_month,
    draw_up_payout,
    list_ware,
    mark_paid,
    true_up,
    write_entry,
)
from wesprint.apps.market.services.exchange import Words
from wesprint.apps.market.services.suppliers import Firm
from wesprint.apps.market.wares import Ware

__all__ = [
    "Booking",
    "Card",
    "ConsignedItem",
    "Consignment",
    "Entry",
    "Firm",
    "Listing",
    "Payout",
    "Supplier",
    "Ware",
    "Words",
    "agree_consignment",
    "answer_approach",
    "apply_as_supplier",
    "approach",
    "approve_supplier",
    "book",
    "collect_booking",
    "confirm_approach",
    "confirm_entry",
    "consign",
    "decide_entry",
    "draw_up_month",
    "draw_up_payout",
    "list_ware",
    "mark_paid",
    "true_up",
    "window",
    "write_entry",
]
