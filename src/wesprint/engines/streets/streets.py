"""The engine's own Router."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from wesprint.engines.streets.arcs import Arcs, arcs_of, cut_in
from wesprint.engines.streets.graph import STEPS, TICKS, graph_of
from wesprint.engines.streets.isochrones import Isochrone, isochrone
from wesprint.engines.streets.network import Ints, Network
from wesprint.engines.streets.router import Lost, Matrix, Table, Unreachable
from wesprint.engines.streets.routes import Route, route
from wesprint.engines.streets.search import all_pairs
from wesprint.engines.streets.snapping import REACH, Point, Snapped, Snapper


class Streets:
    """A town's streets under one profile. Raises KeyError for a profile that is not known.

    `reach`: how far in metres a door may be from its street, see snapping.py.
    """

    def __init__(self, network: Network, profile: str, *, reach: float = REACH) -> None:
        self.graph = graph_of(network, profile)
        self._reach = reach
        self._snapper = Snapper(self.graph)

    @cached_property
    def _arcs(self) -> Arcs:
        return arcs_of(self.graph)

    def snap(self, points: Sequence[Point]) -> Snapped:
        return self._snapper.snap(points, reach=self._reach)

    def matrix(self, points: Sequence[Point]) -> Matrix:
        """Raises ValueError for points that are no places."""
        snapped = self.snap(points)
        ticks, steps = all_pairs(cut_in(self.graph, self._arcs, snapped), snapped)
        return Matrix(_rounded(ticks, TICKS), _rounded(steps, STEPS), _lost(snapped))

    def route(self, start: Point, end: Point) -> Route:
        snapped = self._found([start, end])
        return route(self.graph, cut_in(self.graph, self._arcs, snapped), snapped, (start, end))

    def isochrone(self, start: Point, *, seconds: int) -> Isochrone:
        snapped = self._found([start])
        cut = cut_in(self.graph, self._arcs, snapped)
        return isochrone(self.graph, cut, snapped, seconds=seconds)

    def _found(self, points: Sequence[Point]) -> Snapped:
        snapped = self.snap(points)
        if lost := _lost(snapped):
            raise Unreachable(lost)
        return snapped


def _lost(snapped: Snapped) -> tuple[Lost, ...]:
    return tuple(
        Lost(int(index), round(float(snapped.off[index])))
        for index in np.flatnonzero(~snapped.found)
    )


def _rounded(table: Ints, unit: int) -> Table:
    return np.where(table < 0, -1, (table + unit // 2) // unit).astype(np.int32)
