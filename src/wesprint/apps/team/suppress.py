"""Figures of teams only: what of a table may be shown, so that nobody is seen in it.

Primary: a cell with fewer than `least` people is hidden. Complementary: the total less the shown
cells is what stands in the hidden ones; so the total is shown only where these are at least two
cells with at least `least` people, or none. Hiding the total rather than a second cell loses what
can be missed most easily. A cell of nobody says nothing about anybody and is always shown.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Cell:
    people: frozenset[Hashable] = frozenset()
    value: int = 0


@dataclass(frozen=True, slots=True)
class Shown(Generic[K]):
    """Values that may be shown; what is missing in `cells` is hidden."""

    cells: Mapping[K, int]
    hidden: frozenset[K]
    total: int | None


def suppress(cells: Mapping[K, Cell], least: int) -> Shown[K]:
    hidden = frozenset(key for key, cell in cells.items() if 0 < len(cell.people) < least)
    kept = {key: cell.value for key, cell in cells.items() if key not in hidden}
    everybody = len(_people(cells, cells))
    with_total = (everybody >= least or not everybody) and _safe(cells, hidden, least)
    return Shown(kept, hidden, sum(cell.value for cell in cells.values()) if with_total else None)


def _safe(cells: Mapping[K, Cell], hidden: frozenset[K], least: int) -> bool:
    """What is left of the total without the shown cells speaks of enough people."""
    return not hidden or (len(hidden) >= 2 and len(_people(cells, hidden)) >= least)


def _people(cells: Mapping[K, Cell], keys: Iterable[K]) -> frozenset[Hashable]:
    return frozenset().union(*(cells[key].people for key in keys))
