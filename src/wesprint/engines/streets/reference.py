"""The plain way beside the fast one: the uncut pieces of street, a heap, nothing else.

For tests: what `Streets.matrix` says must be what this says, to the hundredth of a second.
"""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict

from wesprint.engines.streets.graph import Graph
from wesprint.engines.streets.snapping import Snapped

Node = tuple[str, int]
"""("junction", n), ("bend", point of geometry) or ("door", number of a snapped point)"""


def quickest(graph: Graph, snapped: Snapped, source: int) -> dict[int, tuple[int, int]]:
    """(ticks, steps) from one snapped point to all, without the ways from and to the doors."""
    arcs = _arcs(graph, snapped)
    best: dict[Node, tuple[int, int]] = {}
    heap: list[tuple[int, int, Node]] = [(0, 0, ("door", source))]
    while heap:
        ticks, steps, node = heapq.heappop(heap)
        if node in best:
            continue
        best[node] = (ticks, steps)
        for after, takes, long in arcs[node]:
            heapq.heappush(heap, (ticks + takes, steps + long, after))
    return {number: cost for (kind, number), cost in best.items() if kind == "door"}


def _arcs(graph: Graph, snapped: Snapped) -> dict[Node, list[tuple[Node, int, int]]]:
    doors: dict[int, list[int]] = defaultdict(list)
    for number, edge in enumerate(snapped.edge.tolist()):
        doors[edge].append(number)
    arcs: dict[Node, list[tuple[Node, int, int]]] = defaultdict(list)
    for edge in range(len(graph.network.start)):
        _ride(graph, snapped, edge, doors[edge], arcs)
    return arcs


def _ride(
    graph: Graph,
    snapped: Snapped,
    edge: int,
    doors: list[int],
    arcs: dict[Node, list[tuple[Node, int, int]]],
) -> None:
    """From each place on the edge to the next, both ways: (length, time along, time against)."""
    first, *others = _bends(graph, edge)
    stops = [first, *sorted(others + [_door(snapped, one) for one in doors])]
    for (here, out, home, a), (there, on, back, b) in itertools.pairwise(stops):
        if graph.open_along[edge] and not _blocked(graph, a):
            arcs[a].append((b, on - out, there - here))
        if graph.open_against[edge] and not _blocked(graph, b):
            arcs[b].append((a, back - home, there - here))


def _bends(graph: Graph, edge: int) -> list[tuple[int, int, int, Node]]:
    head, last = int(graph.head[edge]), int(graph.last[edge])
    found: list[tuple[int, int, int, Node]] = []
    for point in range(head, last + 1):
        node: Node = ("bend", point)
        if point == head:
            node = ("junction", int(graph.network.start[edge]))
        elif point == last:
            node = ("junction", int(graph.network.end[edge]))
        sums = (graph.reach[point], graph.time_along[point], graph.time_against[point])
        reach, along, against = (int(one) for one in sums)
        found.append((reach, along, against, node))
    return found


def _door(snapped: Snapped, number: int) -> tuple[int, int, int, Node]:
    sums = (snapped.reach[number], snapped.time_along[number], snapped.time_against[number])
    reach, along, against = (int(one) for one in sums)
    return reach, along, against, ("door", number)


def _blocked(graph: Graph, node: Node) -> bool:
    return node[0] == "junction" and bool(graph.blocked[node[1]])
