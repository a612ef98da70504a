"""Places in the words of the pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wesprint.apps.goods.models import Item, Place, PlaceKind
from wesprint.apps.goods.presenters.items import state_tag, title
from wesprint.apps.goods.selectors.places import PlaceRow
from wesprint.web import formats

ICONS = {
    PlaceKind.FLOOR: "house",
    PlaceKind.SHELF: "cat-shelf",
    PlaceKind.BOX: "box",
    PlaceKind.CAGE: "route-recycle",
}


def tabs(slug: str, current: str) -> list[dict[str, Any]]:
    named = (
        ("places", "goods_places", _("Places")),
        ("count", "goods_stocktakes", _("Counts")),
        ("ageing", "goods_ageing", _("Stands long")),
        ("labels", "goods_label_sheets", _("Labels")),
    )
    return [
        {"label": label, "url": reverse(address, args=[slug]), "current": key == current}
        for key, address, label in named
    ]


def name(place: Place | None) -> str:
    """ "1A · Regal links" """
    return f"{place.code} · {place.name}" if place else _("no known place")


def crumbs(place: Place, slug: str) -> list[dict[str, str]]:
    trail, here = [], place.parent
    while here is not None:
        trail.append({"label": here.code, "url": _url(slug, here)})
        here = here.parent
    first = {"label": _("Stock room"), "url": reverse("goods_places", args=[slug])}
    return [first, *reversed(trail), {"label": place.code, "url": ""}]


def _url(slug: str, place: Place) -> str:
    return reverse("goods_place", args=[slug, place.public_id])


def tree_rows(rows: tuple[PlaceRow, ...], slug: str) -> list[dict[str, Any]]:
    return [
        {
            "url": _url(slug, row.place),
            "code": row.place.code,
            "name": row.place.name,
            "kind": PlaceKind(row.place.kind).label,
            "icon": ICONS[PlaceKind(row.place.kind)],
            "things": row.things,
            "mass": formats.kilos(row.mass_g) if row.mass_g else "",
            "depth": min(row.depth, 4),
        }
        for row in rows
    ]


def choices(rows: tuple[PlaceRow, ...]) -> list[dict[str, str]]:
    """For a list to choose from, indented like the tree."""
    indent = "\N{NO-BREAK SPACE}" * 3
    return [
        {"value": row.place.public_id, "label": f"{indent * row.depth}{name(row.place)}"}
        for row in rows
    ]


def item_rows(items: tuple[Item, ...], slug: str) -> list[dict[str, Any]]:
    return [
        {
            "url": reverse("goods_stock_item", args=[slug, item.public_id]),
            "title": title(item),
            "id": item.public_id,
            "mass": formats.kilos(item.mass_g),
            "price": formats.money(item.price_cents) if item.price_cents is not None else "",
            "tag": state_tag(item),
            "icon": item.category.icon,
        }
        for item in items
    ]
