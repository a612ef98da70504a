"""The audit trail in words: suppliers, consignment and the exchange."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

from wesprint.web.rooms import Thing, Trail

_DEEDS: Mapping[str, Any] = {
    "market.add_photo": pgettext_lazy("trail", "Added a photo to a ware"),
    "market.agree_consignment": pgettext_lazy("trail", "Agreed on a consignment"),
    "market.answer_approach": pgettext_lazy("trail", "Answered an enquiry"),
    "market.apply_as_supplier": pgettext_lazy("trail", "Applied as a supplier"),
    "market.approach": pgettext_lazy("trail", "Sent an enquiry"),
    "market.approve_supplier": pgettext_lazy("trail", "Admitted a supplier"),
    "market.book": pgettext_lazy("trail", "Put wares aside for somebody"),
    "market.cancel_booking": pgettext_lazy("trail", "Cancelled what was put aside"),
    "market.change_listing": pgettext_lazy("trail", "Changed a ware"),
    "market.collect_booking": pgettext_lazy("trail", "Handed out what was put aside"),
    "market.confirm_approach": pgettext_lazy("trail", "Confirmed an enquiry"),
    "market.confirm_entry": pgettext_lazy("trail", "Confirmed an entry of the exchange"),
    "market.consign": pgettext_lazy("trail", "Took in on consignment"),
    "market.decide_entry": pgettext_lazy("trail", "Decided on an entry of the exchange"),
    "market.decline_supplier": pgettext_lazy("trail", "Declined a supplier"),
    "market.draw_up_month": pgettext_lazy("trail", "Drew up the month's statements"),
    "market.draw_up_payout": pgettext_lazy("trail", "Drew up a payout"),
    "market.end_consigned": pgettext_lazy("trail", "Ended a consignment of a thing"),
    "market.end_entry": pgettext_lazy("trail", "Ended an entry of the exchange"),
    "market.end_supplier": pgettext_lazy("trail", "Parted from a supplier"),
    "market.expire_entries": pgettext_lazy("trail", "Let entries of the exchange run out"),
    "market.forget_image": pgettext_lazy("trail", "Forgot a picture"),
    "market.hide_listing": pgettext_lazy("trail", "Hid a ware"),
    "market.list_ware": pgettext_lazy("trail", "Showed a ware"),
    "market.mark_paid": pgettext_lazy("trail", "Noted a payment"),
    "market.note_feed": pgettext_lazy("trail", "Read a supplier's list"),
    "market.release_expired": pgettext_lazy("trail", "Released what nobody collected"),
    "market.set_commission": pgettext_lazy("trail", "Set the commission"),
    "market.set_feed": pgettext_lazy("trail", "Set where a supplier's list lies"),
    "market.set_listing_state": pgettext_lazy("trail", "Switched a ware on or off"),
    "market.take_over": pgettext_lazy("trail", "Took wares over from a list"),
    "market.true_up": pgettext_lazy("trail", "Put a statement right"),
    "market.write_entry": pgettext_lazy("trail", "Wrote an entry of the exchange"),
    "market.write_letter": pgettext_lazy("trail", "Wrote a letter"),
}
_THINGS: Mapping[str, Thing] = {
    "market.supplier": Thing(pgettext_lazy("trail", "Supplier")),
    "market.listing": Thing(pgettext_lazy("trail", "Ware")),
    "market.booking": Thing(pgettext_lazy("trail", "Wares put aside")),
    "market.consignment": Thing(pgettext_lazy("trail", "Consignment")),
    "market.entry": Thing(pgettext_lazy("trail", "Entry of the exchange")),
    "market.approach": Thing(pgettext_lazy("trail", "Enquiry")),
    "market.payout": Thing(pgettext_lazy("trail", "Payout")),
}
TRAIL = Trail(deeds=_DEEDS, things=_THINGS)
