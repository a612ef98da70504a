"""The shelf's page: filters, what is chosen, and what comes before buying."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wesprint.apps.goods import words
from wesprint.apps.goods.links import absolute
from wesprint.apps.goods.models import Size
from wesprint.apps.goods.selectors.catalogue import (
    COUNTED_AT_MOST,
    Card,
    Shelf,
    group_of,
    kinds_of,
)
from wesprint.apps.goods.selectors.house import Tree
from wesprint.apps.goods.wanted import FRESH, GRADES, PRICES, SIZES, Wanted
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.facts import GroupFacts
from wesprint.platform.reference.models import Grade
from wesprint.web import formats
from wesprint.web.rooms import BeforeBuying, Instead, Room, ShelfCard, ShelfQuery, ShelfSection


def _language() -> str:
    return get_language() or "de"


def address(centre: Centre, wanted: Wanted, name: str = "goods_shelf") -> str:
    here = reverse(name, args=[centre.slug])
    return f"{here}?{wanted.query}" if wanted else here


def group_chips(centre: Centre, tree: Tree, wanted: Wanted) -> list[dict[str, Any]]:
    """Everything, then each group; the other filters stay."""
    chosen = group_of(tree, wanted)
    open_ = wanted.but(group="", kind="")
    everything = {"label": _("Everything"), "url": address(centre, open_), "current": not chosen}
    return [everything] + [_group_chip(centre, open_, group, chosen) for group in tree.groups]


def _group_chip(
    centre: Centre, wanted: Wanted, group: GroupFacts, chosen: GroupFacts | None
) -> dict[str, Any]:
    return {
        "label": group.name(_language()),
        "url": address(centre, wanted.but(group=group.slug)),
        "current": group is chosen,
        "icon": group.icon,
    }


def _fresh_words() -> Mapping[str, str]:
    return dict(zip(FRESH, (_("new today"), _("new this week")), strict=True))


def _price_words(key: str) -> str:
    low, high = PRICES[key]
    if high == 1:
        return _("given away")
    if high is None:
        return _("from %(price)s") % {"price": formats.money(low)}
    if low == 0:
        return _("up to %(price)s") % {"price": formats.money(high - 1)}
    return f"{formats.money(low)} – {formats.money(high - 1)}"


def _size_words(key: str) -> str:
    _low, high = SIZES[key]
    size = Size(key).label
    if high is None:
        return str(size)
    return _("%(size)s (up to %(mass)s)") % {"size": size, "mass": formats.kilos(high - 1)}


def _grade_words(key: str) -> str:
    one = f"{key} – {words.GRADE[Grade(key)]}"
    return one if key == "A" else _("%(grade)s or better") % {"grade": one}


def selects(tree: Tree, wanted: Wanted) -> list[dict[str, Any]]:
    """The filters as lists to choose from: name in the address, label, options."""
    group = group_of(tree, wanted)
    kinds = [(kind.slug, kind.name(_language())) for kind in group.leaves] if group else []
    found = [
        _select("sorte", _("Kind"), kinds, wanted.kind),
        _select("preis", _("Price"), [(key, _price_words(key)) for key in PRICES], wanted.price),
        _select(
            "zustand", _("Condition"), [(key, _grade_words(key)) for key in GRADES], wanted.grade
        ),
        _select("groesse", _("Size"), [(key, _size_words(key)) for key in SIZES], wanted.size),
        _select("neu", _("On the shelf"), _fresh_words().items(), wanted.fresh),
    ]
    return [one for one in found if len(one["options"]) > 1]


def _select(
    name: str, label: str, options: Iterable[tuple[str, str]], chosen: str
) -> dict[str, Any]:
    rows = [("", _("any")), *options]
    return {
        "name": name,
        "label": label,
        "options": [
            {"value": value, "label": text, "selected": value == chosen} for value, text in rows
        ],
    }


def chosen(centre: Centre, tree: Tree, wanted: Wanted) -> list[dict[str, str]]:
    """What is filtered at the moment; each leads to the page without it."""
    kind = tree.by_slug.get(wanted.kind)
    rows = [
        ("words", f"„{wanted.words}“" if wanted.words else ""),
        ("kind", kind.name(_language()) if kind else ""),
        ("price", _price_words(wanted.price) if wanted.price else ""),
        ("grade", _grade_words(wanted.grade) if wanted.grade else ""),
        ("size", _size_words(wanted.size) if wanted.size else ""),
        ("fresh", _fresh_words().get(wanted.fresh, "")),
        ("photo", _("with photo") if wanted.photo else ""),
    ]
    group = kind.group if kind else wanted.group
    without = {name: "" for name, _text in rows} | {"photo": False}
    return [
        {
            "label": text,
            "url": address(
                centre,
                wanted.but(**{name: without[name]}, **({"group": group} if name == "kind" else {})),
            ),
        }
        for name, text in rows
        if text
    ]


def in_words(tree: Tree, wanted: Wanted) -> str:
    """ "„Kommode“, Möbel, bis 50 €": one line for a letter, a feed or a heading."""
    kind, group = tree.by_slug.get(wanted.kind), group_of(tree, wanted)
    parts = [
        f"„{wanted.words}“" if wanted.words else "",
        kind.name(_language()) if kind else group.name(_language()) if group else "",
        _price_words(wanted.price) if wanted.price else "",
        _grade_words(wanted.grade) if wanted.grade else "",
        _size_words(wanted.size) if wanted.size else "",
        _("with photo") if wanted.photo else "",
    ]
    return ", ".join(filter(None, parts)) or _("everything new")


def hits(page: Shelf) -> str:
    """ "37 things", "more than 500 things"; nothing behind the first page."""
    if page.hits is None:
        return ""
    if page.hits > COUNTED_AT_MOST:
        return _("more than %(number)s things") % {"number": formats.number(COUNTED_AT_MOST)}
    text = ngettext("%(number)s thing", "%(number)s things", page.hits)
    return text % {"number": formats.number(page.hits)}


_ORDER = list(Instead)
_ICONS = {Instead.REPAIR: "route-workshop", Instead.BORROW: "route-lend"}


def query_for_rooms(tree: Tree, wanted: Wanted) -> ShelfQuery:
    return ShelfQuery(wanted.words, tuple(facts.slug for facts in kinds_of(tree, wanted)))


def before_buying(centre: Centre, query: ShelfQuery, rooms: Iterable[Room]) -> list[dict[str, Any]]:
    """What the rooms offer instead: repair first, then borrow."""
    found = [
        offer for room in rooms if room.before_buying for offer in room.before_buying(centre, query)
    ]
    return [_instead(one) for one in sorted(found, key=lambda one: _ORDER.index(one.way))]


def _instead(one: BeforeBuying) -> dict[str, Any]:
    return {"title": one.title, "text": one.text, "url": one.url, "icon": _ICONS[one.way]}


def sections(centre: Centre, query: ShelfQuery, rooms: Iterable[Room]) -> list[dict[str, Any]]:
    """What other rooms show beside the reused goods; empty ones are left out."""
    found = [part for room in rooms if room.shelf for part in room.shelf(centre, query)]
    return [_section(part) for part in found if part.cards]


def _section(part: ShelfSection) -> dict[str, Any]:
    return {
        "title": part.title,
        "text": part.text,
        "url": part.url,
        "action": part.action or _("Show all"),
        "cards": [_foreign_card(card) for card in part.cards],
    }


def _foreign_card(card: ShelfCard) -> dict[str, Any]:
    return {
        "url": card.url,
        "title": card.title,
        "photo": card.photo,
        "icon_name": card.icon,
        "facts": card.facts,
        "cents": card.cents,
        "tag": card.tag,
        "tag_kind": "plain",
    }


def item_list(cards: Iterable[Card], slug: str, title: Any) -> dict[str, Any]:
    """schema.org ItemList of one page of the shelf."""
    return {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": title(card.item),
                "url": absolute(reverse("goods_shelf_item", args=[slug, card.item.public_id])),
            }
            for place, card in enumerate(cards, 1)
        ],
    }
