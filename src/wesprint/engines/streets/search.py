"""The searches: all pairs of points, one way, what is reached in time.

A town's graph is small (Kaiserslautern: 8,000 junctions), so Dijkstra from every point beats any
clever preparation up to some thousand points. Points lie *on* edges: they are cut in as nodes of
their own, so that two neighbours on one street need not go round by its end.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse.csgraph import dijkstra

from wesprint.engines.streets.arcs import Cut
from wesprint.engines.streets.graph import PACK
from wesprint.engines.streets.network import Floats, Ints
from wesprint.engines.streets.snapping import Snapped

_CHUNK: Final = 128  # sources at once: 128 x 9,000 float64 are 9 MB


def all_pairs(cut: Cut, snapped: Snapped) -> tuple[Ints, Ints]:
    """(ticks, steps) as (K, K), -1 for every pair with a lost point; doors walked at both ends."""
    count, size, matrix = len(snapped.edge), cut.junctions, cut.arcs.matrix
    ticks = np.full((count, count), -1, dtype=np.int64)
    steps = np.full((count, count), -1, dtype=np.int64)
    for begin in range(0, len(cut.points), _CHUNK):
        some = cut.points[begin : begin + _CHUNK]
        nodes = size + begin + np.arange(len(some))
        packed = dijkstra(matrix, indices=nodes)[:, size:].astype(np.int64)
        rows = np.ix_(some, cut.points)
        ticks[rows], steps[rows] = packed // PACK, packed % PACK
    return _with_doors(ticks, steps, snapped)


def _with_doors(ticks: Ints, steps: Ints, snapped: Snapped) -> tuple[Ints, Ints]:
    found = snapped.found
    both = found[:, None] & found[None, :]
    for table, door in zip((ticks, steps), snapped.door, strict=True):
        table[both] += (door[:, None] + door[None, :])[both]
        np.fill_diagonal(table, np.where(found, 0, -1))
    return ticks, steps


@dataclass(frozen=True)
class Hop:
    """A ride on one edge, from and to a length from its start, in steps."""

    edge: int
    begin: int
    end: int


def path(cut: Cut) -> tuple[int, int, list[Hop]]:
    """(ticks, steps, hops) from the first snapped point to the second."""
    where = {int(point): cut.junctions + number for number, point in enumerate(cut.points)}
    source, target = where[0], where[1]
    costs, before = dijkstra(cut.arcs.matrix, indices=[source], return_predecessors=True)
    ticks, steps = divmod(int(costs[0, target]), PACK)
    nodes = [target]
    while nodes[-1] != source:
        nodes.append(int(before[0, nodes[-1]]))
    nodes.reverse()
    return ticks, steps, [_hop(cut, a, b) for a, b in itertools.pairwise(nodes)]


def _hop(cut: Cut, tail: int, head: int) -> Hop:
    arc = cut.arcs.between(tail, head)
    return Hop(*(int(column[arc]) for column in (cut.arcs.edge, cut.arcs.begin, cut.arcs.end)))


def from_point(cut: Cut, *, ticks: int) -> Floats:
    """(N,) ticks from the one snapped point to each junction, inf beyond `ticks`."""
    limit = float((ticks + 1) * PACK)
    costs = dijkstra(cut.arcs.matrix, indices=[cut.junctions], limit=limit)[0, : cut.junctions]
    return np.asarray(np.floor(costs / PACK), dtype=np.float64)
