"""Batches, their tags and their parts, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wesprint.apps.goods.models import HandOver, Item, PriceTag, PriceUnit
from wesprint.apps.goods.presenters.items import state_tag, title
from wesprint.apps.goods.selectors.batches import Family
from wesprint.web import formats


def tag_price(tag: PriceTag) -> str:
    """ "2,00 € per piece" """
    price = formats.money(tag.price_cents) if tag.price_cents else _("free")
    unit = _("per kg") if tag.unit == PriceUnit.KILO else _("per piece")
    return f"{price} {unit}"


def tags(found: Iterable[PriceTag], chosen: str) -> list[dict[str, Any]]:
    """For choosing one: its price large, what hangs on it, what a piece weighs."""
    return [
        {
            "value": tag.public_id,
            "letter": formats.money(tag.price_cents) if tag.price_cents else _("free"),
            "label": tag.name or (_("per kg") if tag.unit == PriceUnit.KILO else _("per piece")),
            "price": tag_price(tag),
            "mass": _("%(mass)s each") % {"mass": formats.mass(tag.piece_g)} if tag.piece_g else "",
            "checked": tag.public_id == chosen,
            "by_weight": tag.unit == PriceUnit.KILO,
        }
        for tag in found
    ]


def kilo_price(item: Item) -> str:
    """What a kilogram costs by the price of all that is left."""
    if not item.price_cents:
        return ""
    return _("%(price)s per kg") % {
        "price": formats.money(round(item.price_cents * 1000 / item.mass_g))
    }


def part_words(done: HandOver) -> str:
    """ "3 × shirt, 750 g"; nothing for a single thing."""
    if done.part_g is None:
        return ""
    mass = formats.mass(done.part_g)
    if not done.pieces:
        return mass
    text = ngettext("%(n)s piece", "%(n)s pieces", done.pieces) % {"n": done.pieces}
    named = f"{done.pieces} × {done.tag.name}" if done.tag and done.tag.name else text
    return f"{named}, {mass}"


def sold(parts: Iterable[HandOver]) -> list[dict[str, Any]]:
    return [
        {
            "at": part.handed_over_at,
            "words": part_words(part),
            "price": formats.money(part.price_cents) if part.price_cents else _("free"),
        }
        for part in parts
    ]


def family(found: Family, slug: str) -> dict[str, Any]:
    return {
        "origin": _link(found.origin, slug) if found.origin else None,
        "parts": [_link(part, slug) for part in found.parts],
    }


def _link(item: Item, slug: str) -> dict[str, Any]:
    return {
        "url": reverse("goods_stock_item", args=[slug, item.public_id]),
        "title": title(item),
        "id": item.public_id,
        "mass": formats.kilos(item.mass_g),
        "tag": state_tag(item),
    }
