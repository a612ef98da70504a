"""What there is no room for: said while somebody offers it, and until it is answered."""

from __future__ import annotations

from typing import Any

from wesprint.apps.goods import kinds
from wesprint.apps.goods.models import Offer, OfferState
from wesprint.apps.goods.presenters.giving import no_room
from wesprint.apps.goods.selectors.counter import today_tree
from wesprint.apps.goods.selectors.house import centre_day, spells_now
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre

UNANSWERED = (OfferState.OFFERED, OfferState.ASKED)


def for_words(centre: Centre, text: str) -> list[dict[str, Any]]:
    """Of things as somebody writes them, one a line. One query, one more while something is
    full."""
    full = spells_now(centre, centre_day(centre)) if text.strip() else {}
    if not full:
        return []
    tree = today_tree(centre, now())
    return no_room([kinds.guess(tree, line) for line in text.splitlines()], tree, full)


def for_offer(offer: Offer) -> list[dict[str, Any]]:
    """Of an offer that waits for its answer; nothing of any other. Queries as above."""
    if offer.state not in UNANSWERED:
        return []
    full = spells_now(offer.centre, centre_day(offer.centre))
    tree = today_tree(offer.centre, now())
    return no_room(
        [tree.by_id.get(line.category_id or 0) for line in offer.lines.all()], tree, full
    )
