"""One way from door to door with its geometry and the names of its streets."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from wesprint.engines.streets.arcs import Cut
from wesprint.engines.streets.graph import STEPS, TICKS, Graph
from wesprint.engines.streets.search import Hop, path
from wesprint.engines.streets.snapping import Point, Snapped


@dataclass(frozen=True)
class Route:
    """seconds and metres from door to door; `line` from the first door to the last."""

    seconds: int
    metres: int
    line: tuple[Point, ...]
    streets: tuple[tuple[str, int], ...]
    """Names in order with their metres; "" where a way has none."""


def route(graph: Graph, cut: Cut, snapped: Snapped, doors: tuple[Point, Point]) -> Route:
    """Between the two snapped points, both found."""
    ticks, steps, hops = path(cut)
    walked, off = snapped.door
    line = [_plain(doors[0]), *_line(graph, hops), _plain(doors[1])]
    return Route(
        seconds=(ticks + int(walked.sum()) + TICKS // 2) // TICKS,
        metres=(steps + int(off.sum()) + STEPS // 2) // STEPS,
        line=tuple(one for one, before in zip(line, [None, *line], strict=False) if one != before),
        streets=_streets(graph, hops),
    )


def _plain(place: Point) -> Point:
    return float(place[0]), float(place[1])


def _line(graph: Graph, hops: list[Hop]) -> list[Point]:
    return [place for hop in hops for place in _piece(graph, hop)]


def _piece(graph: Graph, hop: Hop) -> list[Point]:
    """The places of the edge between the hop's two ends, in the direction of travel."""
    network, head, last = graph.network, int(graph.head[hop.edge]), int(graph.last[hop.edge])
    reach = graph.reach[head : last + 1].tolist()
    lat, lon = (one[head : last + 1].tolist() for one in (network.point_lat, network.point_lon))
    low, high = sorted((hop.begin, hop.end))
    inner = [point for point, at in zip(zip(lat, lon, strict=True), reach, strict=True)
             if low < at < high]  # fmt: skip
    line = [_at(low, reach, lat, lon), *inner, _at(high, reach, lat, lon)]
    return line if hop.begin <= hop.end else line[::-1]


def _at(step: int, reach: list[int], lat: list[float], lon: list[float]) -> Point:
    right = min(max(bisect_left(reach, step), 1), len(reach) - 1)
    share = (step - reach[right - 1]) / max(reach[right] - reach[right - 1], 1)
    between = (one[right - 1] + (one[right] - one[right - 1]) * share for one in (lat, lon))
    at_lat, at_lon = (round(one, 7) for one in between)
    return at_lat, at_lon


def _streets(graph: Graph, hops: list[Hop]) -> tuple[tuple[str, int], ...]:
    found: list[tuple[str, int]] = []
    for hop in hops:
        name, steps = graph.network.names[graph.network.name[hop.edge]], abs(hop.end - hop.begin)
        if found and found[-1][0] == name:
            found[-1] = (name, found[-1][1] + steps)
        else:
            found.append((name, steps))
    return tuple((name, round(steps / STEPS)) for name, steps in found if steps)
