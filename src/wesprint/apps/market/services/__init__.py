"""What may happen in the window, with consignments and on the exchange. Every verb is a
command: one transaction, recognised when it comes again."""

from wesprint.apps.market.services.bookings import (
    book,
    cancel_booking,
    collect_booking,
    release_expired,
)
from wesprint.apps.market.services.consignments import (
    agree_consignment,
    consign,
    end_consigned,
    set_commission,
    true_up,
)
from wesprint.apps.market.services.exchange import (
    answer_approach,
    approach,
    confirm_approach,
    confirm_entry,
    decide_entry,
    end_entry,
    expire_entries,
    write_entry,
)
from wesprint.apps.market.services.listings import (
    add_photo,
    change_listing,
    forget_image,
    hide_listing,
    list_ware,
    note_feed,
    set_listing_state,
    take_over,
)
from wesprint.apps.market.services.settlements import draw_up_month, draw_up_payout, mark_paid
from wesprint.apps.market.services.suppliers import (
    apply_as_supplier,
    approve_supplier,
    decline_supplier,
    end_supplier,
    set_feed,
)

__all__ = [
    "add_photo",
    "agree_consignment",
    "answer_approach",
    "apply_as_supplier",
    "approach",
    "approve_supplier",
    "book",
    "cancel_booking",
    "change_listing",
    "collect_booking",
    "confirm_approach",
    "confirm_entry",
    "consign",
    "decide_entry",
    "decline_supplier",
    "draw_up_month",
    "draw_up_payout",
    "end_consigned",
    "end_entry",
    "end_supplier",
    "expire_entries",
    "forget_image",
    "hide_listing",
    "list_ware",
    "mark_paid",
    "note_feed",
    "release_expired",
    "set_commission",
    "set_feed",
    "set_listing_state",
    "take_over",
    "true_up",
    "write_entry",
]
