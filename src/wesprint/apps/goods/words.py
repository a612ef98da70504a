"""What pages say for grades, routes and reasons: the words of this room in one place."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import Consideration, Route
from wesprint.platform.reference.models import Grade

GRADE = {
    Grade.A: _("like new"),
    Grade.B: _("good"),
    Grade.C: _("needs a hand"),
    Grade.D: _("for parts"),
}

# What the button says that sends a thing there.
DO_ROUTE = {
    Route.SELL: _("Sell as it is"),
    Route.WORKSHOP: _("To the workshop"),
    Route.LEND: _("To the lending library"),
    Route.SPARE_PARTS: _("Keep for spare parts"),
    Route.RECYCLE: _("To the recycling centre"),
    Route.DISPOSE: _("To disposal"),
}

# What the button says that ends a hand-over.
DO_PAY = {
    Consideration.CASH: _("Paid in cash"),
    Consideration.CARD: _("Paid by card"),
    Consideration.VOUCHER: _("Paid by voucher"),
    Consideration.FREE: _("Given away, free"),
}

# Friendly words for a decision, offered for choosing and changing.
DECLINE = (
    _("We have too many of these at the moment. In a few weeks we would be glad to have it."),
    _("We may not pass this on. The recycling centre takes it free of charge."),
    _("It needs more repair than our workshop can do."),
    _("It is too large for our shop. The town's bulky waste collection fetches it."),
)
ACCEPT_BRING = (
    _("We would love to have it. Please bring it during our opening hours."),
    _("We would love to have it. Please come to the loading entrance behind the house."),
)
ACCEPT_FETCH = (
    _("We would love to have it. We call you to agree on a time for fetching it."),
    _("We would love to have it. Our cargo bike comes on the day agreed by telephone."),
)


def accept_later(day: str) -> str:
    """For what there is no room until then."""
    return gettext(
        "We would love to have it, from %(day)s on: until then there is no room for it."
    ) % {"day": day}


ASK = (
    _("Could you send us its width, height and depth?"),
    _("Does it work, and are all parts there?"),
    _("Is it on the ground floor, or is there a lift?"),
)
