"""The figures for machines as JSON, whole grams."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wesprint.apps.flows.periods import Choice
from wesprint.apps.flows.selectors.picture import Picture

HEADER = ("period", "group", "direction", "flow", "grams")


def rows(choice: Choice, picture: Picture) -> Iterator[tuple[str, str, str, str, int]]:
    """start + in = out + end, for every group."""
    period = choice.key or "all"
    for group in picture.groups:
        yield period, group.slug, "start", "", group.start
        for flow, grams in group.came_in.items():
            yield period, group.slug, "in", flow, grams
        for flow, grams in group.out.items():
            yield period, group.slug, "out", flow, grams
        yield period, group.slug, "end", "", group.end


def as_json(choice: Choice, picture: Picture, houses: list[str]) -> dict[str, Any]:
    footprint = picture.footprint
    return {
        "houses": houses,
        "period": choice.key or "all",
        "unit": "g",
        "rows": [dict(zip(HEADER, row, strict=True)) for row in rows(choice, picture)],
        "start": picture.start,
        "came_in": picture.came_in,
        "went_out": picture.went_out,
        "end": picture.end,
        "gap": picture.gap,
        "weighed": picture.weighed,
        "avoided_co2e": {
            "method": footprint.method,
            "likely": _range(footprint.likely),
            "bounds": _range(footprint.bounds),
            "draws": footprint.draws,
            "seed": footprint.seed,
            "driver": footprint.driver.value,
            "weighed_permille": footprint.weighed_permille,
            "by_category": [
                {"category": r.category, "grams": r.grams, "weighed": r.weighed, "count": r.count}
                for r in picture.reused
            ],
        },
    }


def _range(one: Any) -> dict[str, int]:
    return {"low": one.low, "central": one.central, "high": one.high}
