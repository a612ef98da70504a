"""Things from a file, results to a file: JSON, amounts in grams, shares in per mille.

{"things": [{"category": "kettle", "mass": 1200, "weighed": true, "count": 1,
  "factors": [{"source": "ademe", "per": "item", "grams": [6934, 9907, 12880]}],
  "displacement": {"name": "survey", "permille": [400, 500, 600], "assumed": false},
  "lifetime": {"name": "grade-b", "permille": [500, 700, 900]},
  "repair": [0, 0, 0], "transport": [0, 0, 0], "extra_use": [0, 0, 0]}],
 "common": {"repair": [0, 0, 0], "transport": [0, 0, 0], "extra_use": [0, 0, 0]}}
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from wesprint.engines.footprint.avoided import Item, Share
from wesprint.engines.footprint.costs import Costs
from wesprint.engines.footprint.factors import Factor, Per
from wesprint.engines.footprint.ranges import ZERO, Range
from wesprint.engines.footprint.totals import Total


def read_items(path: Path) -> tuple[list[Item], Costs]:
    """The things, and what was spent for all of them. Raises ValueError that names the first
    thing at fault, OSError for no file."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        things, common = found["things"], found.get("common", {})
    except (AttributeError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise ValueError('the file holds no list "things"') from error
    if not isinstance(things, list):
        raise ValueError('"things" is no list')
    return [_item(number, thing) for number, thing in enumerate(things)], _common(common)


def _common(row: dict[str, Any]) -> Costs:
    try:
        return Costs(**{name: _range(row[name]) for name in _COSTS if name in row})
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"common: {error!r}") from error


def _item(number: int, row: dict[str, Any]) -> Item:
    try:
        return Item(
            category=str(row["category"]),
            mass=int(row["mass"]),
            weighed=bool(row.get("weighed", False)),
            factors=tuple(_factor(one) for one in row.get("factors", ())),
            displacement=_share(row["displacement"]),
            lifetime=_share(row["lifetime"]),
            **{name: _range(row[name]) if name in row else ZERO for name in _COSTS},
            count=int(row.get("count", 1)),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"thing {number}: {error!r}") from error


_COSTS = ("repair", "transport", "extra_use")


def _factor(row: dict[str, Any]) -> Factor:
    return Factor(str(row["source"]), Per(row["per"]), _range(row["grams"]))


def _share(row: dict[str, Any]) -> Share:
    return Share(str(row["name"]), _range(row["permille"]), bool(row.get("assumed", False)))


def _range(ends: list[int]) -> Range:
    low, central, high = ends
    return Range(int(low), int(central), int(high))


def as_json(total: Total) -> str:
    return json.dumps(asdict(total), indent=1)
