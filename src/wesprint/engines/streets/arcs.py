"""The graph as rows of arcs, and points cut in.

The arcs of a town are made once. Cutting in a point adds a node on its edge, joined to its
neighbours on that edge; the edge itself stays, since riding past a door is no shorter or longer
for the door. So a single question costs no more than its own arcs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from wesprint.engines.streets.graph import PACK, Graph
from wesprint.engines.streets.network import Ints
from wesprint.engines.streets.snapping import Snapped


@dataclass(frozen=True, eq=False)
class Arcs:
    """A arcs, row by row: those of node n are `first[n] .. first[n + 1]`. `begin` and `end` are
    lengths from the start of `edge`, in steps; `cost` is packed, see graph.py."""

    first: Ints  # (nodes + 1,)
    head: Ints
    cost: Ints
    edge: Ints
    begin: Ints
    end: Ints

    @property
    def matrix(self) -> csr_array:
        size = len(self.first) - 1
        parts = (
            self.cost.astype(np.float64),
            self.head.astype(np.int32),
            self.first.astype(np.int32),
        )
        return csr_array(parts, shape=(size, size))

    def between(self, tail: int, head: int) -> int:
        """The arc, which must exist."""
        begin = int(self.first[tail])
        return begin + int(np.argmax(self.head[begin : self.first[tail + 1]] == head))


def arcs_of(graph: Graph) -> Arcs:
    """Of parallel streets the better one; a circle back to itself is no way."""
    network, last = graph.network, graph.last
    edges = np.arange(len(network.start))
    zero, whole = np.zeros(len(edges), dtype=np.int64), graph.reach[last]
    along = graph.open_along & ~graph.blocked[network.start]
    against = graph.open_against & ~graph.blocked[network.end]
    lists = (
        (network.start, network.end),
        (network.end, network.start),
        (graph.time_along[last], graph.time_against[last]),
        (edges, edges),
        (zero, whole),
        (whole, zero),
    )
    tail, head, time, edge, begin, end = (
        np.concatenate([one[along], other[against]]) for one, other in lists
    )
    return _rows(len(network.lat), tail, head, _packed(time, np.abs(end - begin)), edge, begin, end)


def _packed(time: Ints, length: Ints) -> Ints:
    return np.asarray(time * PACK + length, dtype=np.int64)


def _rows(
    size: int, tail: Ints, head: Ints, cost: Ints, edge: Ints, begin: Ints, end: Ints
) -> Arcs:
    order = np.lexsort((edge, cost, head, tail))
    keep = (tail != head)[order]
    keep[1:] &= (np.diff(tail[order]) != 0) | (np.diff(head[order]) != 0)
    order = order[keep]
    first = np.searchsorted(tail[order], np.arange(size + 1))
    return Arcs(first, head[order], cost[order], edge[order], begin[order], end[order])


@dataclass(frozen=True, eq=False)
class Cut:
    """Nodes 0 .. N-1 are junctions, N .. N+K-1 the found points in the order of `points`."""

    arcs: Arcs
    points: Ints  # which of the snapped points each new node is
    junctions: int


def cut_in(graph: Graph, base: Arcs, snapped: Snapped) -> Cut:
    found = np.flatnonzero(snapped.found)
    keys = (snapped.reach[found], snapped.time_along[found], snapped.edge[found])
    order = found[np.lexsort(keys)]
    size = len(graph.network.lat)
    return Cut(_joined(base, _on_edges(graph, snapped, order), size), order, size)


def _joined(base: Arcs, extra: Arcs, size: int) -> Arcs:
    """`extra` has rows for all nodes: those of junctions go behind the ones already there."""
    at_junctions = int(extra.first[size])
    tails = np.repeat(np.arange(size), np.diff(extra.first[: size + 1]))
    where = base.first[tails + 1]

    def both(one: Ints, other: Ints) -> Ints:
        return np.append(np.insert(one, where, other[:at_junctions]), other[at_junctions:])

    names = ("head", "cost", "edge", "begin", "end")
    columns = [both(getattr(base, name), getattr(extra, name)) for name in names]
    first = np.append(
        base.first + extra.first[: size + 1], base.first[-1] + extra.first[size + 1 :]
    )
    return Arcs(first, *columns)


def _on_edges(graph: Graph, snapped: Snapped, order: Ints) -> Arcs:
    """Every edge with points as the chain start - points - end."""
    edge, node, along, against, reach = _chain(graph, snapped, order)
    joined = edge[1:] == edge[:-1]
    low, high = node[:-1][joined], node[1:][joined]
    of, begin, end = edge[1:][joined], reach[:-1][joined], reach[1:][joined]
    closed = np.append(graph.blocked, np.zeros(len(order), dtype=bool))
    forth = graph.open_along[of] & ~closed[low]
    back = graph.open_against[of] & ~closed[high]
    lists = (
        (low, high),
        (high, low),
        (np.diff(along)[joined], np.diff(against)[joined]),
        (of, of),
        (begin, end),
        (end, begin),
    )
    tail, head, time, edges, begins, ends = (
        np.concatenate([one[forth], other[back]]) for one, other in lists
    )
    cost = _packed(time, np.abs(ends - begins))
    return _rows(len(closed), tail, head, cost, edges, begins, ends)


def _chain(graph: Graph, snapped: Snapped, order: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Of all edges with points, one behind the other, start, points, end: edge, node, and the
    running sums there (time along, time against, length)."""
    network, size = graph.network, len(graph.network.lat)
    of = snapped.edge[order]
    edges = np.unique(of)
    last, zero = graph.last[edges], np.zeros(len(edges), dtype=np.int64)
    edge = np.concatenate([edges, of, edges])
    # stable: points keep the order they came in
    line = np.lexsort((np.repeat([0, 1, 2], [len(edges), len(of), len(edges)]), edge))
    columns = (
        (network.start[edges], size + np.arange(len(order)), network.end[edges]),
        (zero, snapped.time_along[order], graph.time_along[last]),
        (zero, snapped.time_against[order], graph.time_against[last]),
        (zero, snapped.reach[order], graph.reach[last]),
    )
    node, along, against, reach = (np.concatenate(one)[line] for one in columns)
    return edge[line], node, along, against, reach
