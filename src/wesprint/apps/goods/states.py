"""What may follow what, for offers and items: two tables and the words when it does not fit."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import Item, ItemState, Offer, OfferState
from wesprint.kernel.errors import Conflict

S, O = ItemState, OfferState  # noqa: E741 - read as letters of a table

ITEM: Mapping[str, frozenset[str]] = {
    S.TAKEN_IN: frozenset(
        {S.FOR_SALE, S.IN_WORKSHOP, S.HANDED_OVER, S.DISPOSED, S.WITHDRAWN, S.LOST, S.RETURNED},
    ),
    S.IN_WORKSHOP: frozenset({S.TAKEN_IN, S.USED_UP}),
    S.FOR_SALE: frozenset(
        {
            S.TAKEN_IN,
            S.IN_WORKSHOP,
            S.RESERVED,
            S.HANDED_OVER,
            S.DISPOSED,
            S.WITHDRAWN,
            S.LOST,
            S.RETURNED,
        }
    ),
    S.RESERVED: frozenset({S.FOR_SALE, S.HANDED_OVER}),
    S.HANDED_OVER: frozenset({S.FOR_SALE}),  # taken back
    S.DISPOSED: frozenset(),
    S.USED_UP: frozenset(),
    S.WITHDRAWN: frozenset(),
    S.RETURNED: frozenset(),
    S.LOST: frozenset({S.TAKEN_IN, S.FOR_SALE}),  # found again
}

OFFER: Mapping[str, frozenset[str]] = {
    O.OFFERED: frozenset({O.ASKED, O.ACCEPTED, O.DECLINED, O.WITHDRAWN, O.ARRIVED}),
    O.ASKED: frozenset({O.OFFERED, O.ASKED, O.ACCEPTED, O.DECLINED, O.WITHDRAWN, O.ARRIVED}),
    O.ACCEPTED: frozenset({O.ARRIVED, O.WITHDRAWN, O.DECLINED}),
    O.DECLINED: frozenset(),
    O.ARRIVED: frozenset(),
    O.WITHDRAWN: frozenset(),
}

ITEM_NOW = {
    S.TAKEN_IN: _("This item is not for sale yet."),
    S.IN_WORKSHOP: _("This item is in the workshop."),
    S.FOR_SALE: _("This item is for sale."),
    S.RESERVED: _("This item is reserved."),
    S.HANDED_OVER: _("This item was already handed over."),
    S.DISPOSED: _("This item already went to recycling or disposal."),
    S.USED_UP: _("The workshop made something else of this item."),
    S.WITHDRAWN: _("The entry of this item was withdrawn."),
    S.RETURNED: _("This item was given back to its owner."),
    S.LOST: _("This item is missing since the last count."),
}

_OFFER_NOW = {
    O.OFFERED: _("This offer still waits for an answer."),
    O.ASKED: _("This offer waits for an answer to our question."),
    O.ACCEPTED: _("This offer was already accepted."),
    O.DECLINED: _("This offer was already declined."),
    O.ARRIVED: _("These things have already arrived."),
    O.WITHDRAWN: _("This offer was withdrawn."),
}


def check_item(item: Item, to: ItemState) -> None:
    """Raises Conflict naming what happened to the item instead."""
    if to not in ITEM[item.state]:
        raise Conflict(
            ITEM_NOW[ItemState(item.state)],
            kept=_("Nothing was changed."),
            next=_("Please load the page again to see how it stands."),
            code=f"item-{item.state}",
        )


def check_offer(offer: Offer, to: OfferState) -> None:
    """Raises Conflict naming what was decided before."""
    if to not in OFFER[offer.state]:
        raise Conflict(
            _OFFER_NOW[OfferState(offer.state)],
            kept=_("Nothing was changed."),
            next=_("Please load the page again to see how it stands."),
            code=f"offer-{offer.state}",
        )
