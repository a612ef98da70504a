"""Addresses to streets: to the nearest piece of an edge, not to a junction.

A point keeps its way from the door to the street, walked straight. Whoever has no street within
`reach` metres that can be left again is lost, and told so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import shapely

from wesprint.engines.streets.graph import STEPS, TICKS, Graph
from wesprint.engines.streets.network import EARTH, Bools, Floats, Ints

REACH: Final = 300.0  # metres from a door to its street
DOOR: Final = 1.25  # m/s on foot between street and door

Point = tuple[float, float]
"""(lat, lon) in degrees."""


@dataclass(frozen=True, eq=False)
class Snapped:
    """K points on edges. For a lost one `edge` is -1 and `off` how far the nearest street is."""

    edge: Ints  # (K,)
    time_along: Ints  # (K,) of the edge's running sums, see Graph
    time_against: Ints  # (K,)
    reach: Ints  # (K,)
    off: Floats  # (K,) metres from the point to the street
    lat: Floats  # (K,) on the street
    lon: Floats  # (K,)

    @property
    def found(self) -> Bools:
        return np.asarray(self.edge >= 0, dtype=np.bool_)

    @property
    def door(self) -> tuple[Ints, Ints]:
        """(ticks, steps) between the street and the door."""
        walked = np.rint(self.off / DOOR * TICKS).astype(np.int64)
        return walked, np.rint(self.off * STEPS).astype(np.int64)


class Snapper:
    """An index of a graph's usable pieces."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._scale = (
            np.array([np.cos(np.radians(float(np.mean(graph.network.lat)))), 1.0])
            * np.radians(1.0)
            * EARTH
        )  # metres of a degree of longitude and of latitude

    @cached_property
    def _pieces(self) -> tuple[Ints, Ints, Floats, Floats]:
        """edge and first point of each usable segment, its ends in metres (x, y)."""
        network = self._graph.network
        edge = np.repeat(np.arange(len(network.start)), np.diff(network.first))
        point = np.arange(len(edge)) + edge
        keep = self._graph.usable[edge]
        edge, point = edge[keep], point[keep]
        flat = np.stack([network.point_lon, network.point_lat], axis=1) * self._scale
        return edge, point, flat[point], flat[point + 1]

    @cached_property
    def _tree(self) -> shapely.STRtree:
        _edge, _point, a, b = self._pieces
        return shapely.STRtree(np.asarray(shapely.linestrings(np.stack([a, b], axis=1))))

    def snap(self, points: Sequence[Point], *, reach: float = REACH) -> Snapped:
        """Raises ValueError for what is no place on earth."""
        places = np.array(points, dtype=np.float64).reshape(-1, 2)
        if not (np.isfinite(places).all() and (np.abs(places) <= [90.0, 180.0]).all()):
            raise ValueError("points are pairs of latitude and longitude in degrees")
        flat = places[:, ::-1] * self._scale
        edge, point, a, b = self._pieces
        near = self._nearest(flat)
        share, foot = _foot(flat, a[near], b[near])
        off = np.hypot(*(flat - foot).T)
        lost = off > reach
        on_street = foot / self._scale
        first = point[near]

        def part(sums: Ints) -> Ints:
            whole = sums[first + 1] - sums[first]
            return np.asarray(sums[first] + np.rint(whole * share).astype(np.int64))

        graph = self._graph
        return Snapped(
            edge=np.where(lost, -1, edge[near]),
            time_along=part(graph.time_along),
            time_against=part(graph.time_against),
            reach=part(graph.reach),
            off=off,
            lat=on_street[:, 1],
            lon=on_street[:, 0],
        )

    def _nearest(self, flat: Floats) -> Ints:
        """The nearest piece; of several at the same distance the first, whatever the index says."""
        asked, found = self._tree.query_nearest(shapely.points(flat), all_matches=True)
        first = np.full(len(flat), np.iinfo(np.int64).max)
        np.minimum.at(first, asked, found)
        return first


def _foot(p: Floats, a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """How far along a-b the nearest place to p is (0..1), and that place."""
    way = b - a
    long = np.maximum((way**2).sum(axis=1), 1e-9)
    share = np.clip(((p - a) * way).sum(axis=1) / long, 0.0, 1.0)
    return share, a + way * share[:, None]
