"""The office's table of items."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wesprint.apps.goods.models import Item, ItemState, Route
from wesprint.apps.goods.presenters.items import state_tag, title
from wesprint.platform.organisations.models import Centre
from wesprint.web import formats


def columns() -> list[dict[str, str]]:
    return [
        {"label": _("Item")},
        {"label": _("Kind")},
        {"label": _("State")},
        {"label": _("Condition")},
        {"label": _("Weight"), "kind": "number"},
        {"label": _("Price"), "kind": "number"},
        {"label": _("Came on")},
        {"label": _("Number")},
    ]


def row(item: Item, slug: str) -> dict[str, Any]:
    tag = state_tag(item)
    state = format_html(
        '<span class="ws-tag{}">{}</span>{}',
        f" ws-tag--{tag['kind']}" if tag["kind"] else "",
        tag["text"],
        _way_on(item),
    )
    return {
        "url": reverse("goods_stock_item", args=[slug, item.public_id]),
        "cells": [
            title(item),
            item.category.name(get_language() or "de"),
            state,
            item.grade,
            formats.kilos(item.mass_g),
            formats.money(item.price_cents) if item.price_cents is not None else "",
            formats.short_date(item.taken_in_at),
            item.public_id,
        ],
    }


def _way_on(item: Item) -> str:
    """Where a thing in the store room is meant to go."""
    if item.state != ItemState.TAKEN_IN:
        return ""
    way = Route(item.route).label
    return format_html(' <span class="ws-muted ws-small">\N{RIGHTWARDS ARROW} {}</span>', way)


def chips(request: HttpRequest, centre: Centre, chosen: str) -> list[dict[str, Any]]:
    here = reverse("goods_stock", args=[centre.slug])
    everything = {"label": _("All"), "url": here, "current": not chosen}
    return [everything] + [
        {
            "label": state.label,
            "url": f"{here}?stand={state.value}",
            "current": state.value == chosen,
        }
        for state in ItemState
    ]


def more(request: HttpRequest, after: str) -> str:
    if not after:
        return ""
    query = request.GET.copy()
    query["nach"] = after
    return f"{request.path}?{query.urlencode()}"


def mass_value(item: Item) -> str:
    """As it stands in the field: "31,5", "2000": without dots between thousands, which could be
    read back as two kilos."""
    if item.mass_g % 1000 == 0:
        return str(item.mass_g // 1000)
    return _decimal(item, 3 if item.mass_g % 100 else 1)


def _decimal(item: Item, places: int) -> str:
    text = f"{item.mass_g / 1000:.{places}f}"
    return text.replace(".", ",") if (get_language() or "de").startswith("de") else text
