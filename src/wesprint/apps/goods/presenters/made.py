"""Where an item comes from in words: what it was made of, and by how much work."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wesprint.apps.goods.models import Item
from wesprint.apps.goods.presenters.items import title
from wesprint.apps.goods.selectors.origin import Origin
from wesprint.web import formats

HOUR, MINUTE = 3600, 60


def origin(found: Origin) -> dict[str, Any] | None:
    if not found:
        return None
    return {
        "things": links(found.things),
        "work": work_words(found.seconds),
        "materials": ", ".join(found.materials),
    }


def links(items: Iterable[Item]) -> list[dict[str, Any]]:
    return [
        {
            "title": title(item),
            "url": reverse("goods_pass", args=[item.public_id]),
            "icon": item.category.icon,
            "when": _when(item),
        }
        for item in items
    ]


def _when(item: Item) -> str:
    text = _("made on %(day)s") if item.intake_id is None else _("taken in on %(day)s")
    return text % {"day": formats.full_date(item.taken_in_at)}


def work_words(seconds: int) -> str:
    """ "2 hours of work", "45 minutes of work"; nothing for none."""
    if not seconds:
        return ""
    if seconds < HOUR:
        minutes = max(1, round(seconds / MINUTE))
        text = ngettext("%(count)s minute of work", "%(count)s minutes of work", minutes)
        return text % {"count": minutes}
    quarters = round(seconds * 4 / HOUR)
    text = ngettext("%(count)s hour of work", "%(count)s hours of work", -(-quarters // 4))
    return text % {"count": hours(seconds)}


def hours(seconds: int) -> str:
    """In quarters: "2", "1,25"."""
    whole, rest = divmod(round(seconds * 4 / HOUR), 4)
    if not rest:
        return formats.number(whole)
    decimals = {1: "25", 2: "5", 3: "75"}[rest]
    return f"{formats.number(whole)}{',' if formats.is_german() else '.'}{decimals}"
