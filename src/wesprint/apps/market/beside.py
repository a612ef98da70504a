"""What of the window stands beside the reused goods on the shelf's page. What is sold on commission
needs nothing here: it is an item of the store, and stands among the others.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wesprint.apps.market.models import Kind
from wesprint.apps.market.presenters.window import card
from wesprint.apps.market.selectors.window import Card, beside_the_shelf
from wesprint.platform.organisations.models import Centre
from wesprint.web.rooms import ShelfCard, ShelfQuery, ShelfSection

_KINDS = {
    Kind.HOME: ("dishes", "glasses", "cutlery", "pots", "vase", "bed-linen", "curtain", "lamp"),
    Kind.CLOTHING: ("clothing", "dress", "coat", "shoes", "bag"),
    Kind.TOYS: ("toy", "soft-toy", "board-game"),
    Kind.GARDEN: ("garden-tool", "flower-pot", "lawn-mower"),
    Kind.REPAIR: ("hand-tool", "power-tool"),
}
_KIND_OF = {slug: kind for kind, slugs in _KINDS.items() for slug in slugs}


def shelf(centre: Centre, query: ShelfQuery) -> Sequence[ShelfSection]:
    """New things from makers and shops that fit what is looked for: with words those that they
    name, with kinds those of the same sort. One query, with words the search before it."""
    kinds = sorted({_KIND_OF[slug] for slug in query.kinds if slug in _KIND_OF})
    if query.kinds and not kinds and not query.words:
        return []
    found = beside_the_shelf(centre, words=query.words, kinds=[] if query.words else kinds)
    if not found:
        return []
    return [
        ShelfSection(
            _("New, made or sold in the region"),
            [_card(one, centre.slug) for one in found],
            url=reverse("market_window", args=[centre.slug]),
            action=_("The whole window"),
        )
    ]


def _card(one: Card, slug: str) -> ShelfCard:
    shown = card(one, slug)
    return ShelfCard(
        title=shown["title"],
        url=shown["url"],
        photo=shown["photo"],
        icon=shown["icon_name"],
        facts=shown["facts"],
        cents=shown["cents"],
        tag=shown["tag"],
    )
