"""Counts in the words of the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wesprint.apps.goods.models import Item, Outcome, Stocktake, StocktakeLine
from wesprint.apps.goods.presenters import places
from wesprint.apps.goods.presenters.items import title
from wesprint.apps.goods.selectors.stocktake import Progress
from wesprint.web import formats


def name(count: Stocktake) -> str:
    return places.name(count.place) if count.place else _("The whole house")


def list_rows(counts: Iterable[Stocktake], slug: str) -> list[dict[str, Any]]:
    return [
        {
            "url": reverse("goods_stocktake", args=[slug, count.public_id]),
            "name": name(count),
            "begun_at": count.begun_at,
            **_state(count),
        }
        for count in counts
    ]


def _state(count: Stocktake) -> dict[str, str]:
    if count.finished_at:
        return {"state": _("finished"), "kind": ""}
    if count.cancelled_at:
        return {"state": _("ended without a result"), "kind": "line"}
    return {"state": _("under way"), "kind": "now"}


def progress(found: Progress, slug: str) -> dict[str, Any]:
    done = found.expected - found.missing_count
    return {
        "expected": found.expected,
        "done": done,
        "extra": max(0, found.seen - done),
        "missing_count": found.missing_count,
        "missing": [_thing(item, slug) for item in found.missing],
        "latest": [
            {"id": line.item.public_id, "title": title(line.item), "place": places.name(line.place)}
            for line in found.latest
        ],
    }


def _thing(item: Item, slug: str) -> dict[str, str]:
    return {
        "url": reverse("goods_stock_item", args=[slug, item.public_id]),
        "id": item.public_id,
        "title": title(item),
        "place": places.name(item.place),
        "mass": formats.kilos(item.mass_g),
    }


def _words(outcome: Outcome) -> tuple[str, str]:
    """Heading and lead of one kind of difference."""
    return {
        Outcome.MISSING: (_("Missing"), _("Recorded as lost; each may be found again.")),
        Outcome.GONE: (
            _("Here, but gone in the books"),
            _("In the books these have left. Was a hand-over a mistake, take it back."),
        ),
        Outcome.FOUND: (_("Found again"), _("These were lost, and are back.")),
        Outcome.MOVED: (_("Stood elsewhere"), _("The books now say where they are.")),
    }[outcome]


_DIFFERENCES = (Outcome.MISSING, Outcome.GONE, Outcome.FOUND, Outcome.MOVED)


def result(found: Mapping[str, tuple[StocktakeLine, ...]], slug: str) -> dict[str, Any]:
    """The differences with their words, and how many stood where they belong."""
    sections = [_section(one, found[one], slug) for one in _DIFFERENCES if found.get(one)]
    here = len(found.get(Outcome.HERE, ()))
    words = ngettext(
        "%(n)s thing is where it belongs.", "%(n)s things are where they belong.", here
    )
    return {"sections": sections, "here": words % {"n": formats.number(here)}}


def _section(outcome: Outcome, lines: tuple[StocktakeLine, ...], slug: str) -> dict[str, Any]:
    heading, lead = _words(outcome)
    return {
        "heading": heading,
        "lead": lead,
        "kind": "now" if outcome in (Outcome.MISSING, Outcome.GONE) else "",
        "things": [_thing(line.item, slug) for line in lines],
    }
