"""What can be reached in time: how much street, and a shape to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from wesprint.engines.streets.arcs import Cut
from wesprint.engines.streets.graph import STEPS, TICKS, Graph
from wesprint.engines.streets.network import EARTH, Floats, Ints
from wesprint.engines.streets.search import from_point
from wesprint.engines.streets.snapping import Snapped

# A shape hugs the streets: a tenth of the way from the tightest to the convex hull.
_HUG: Final = 0.1
_BESIDE: Final = 25.0  # metres on either side of a street belong to it
_GRAIN: Final = 40.0  # metres; what is nearer together makes no other shape


@dataclass(frozen=True)
class Isochrone:
    """`rings` are outlines as (lat, lon), the outer one first in each; `metres` of street."""

    seconds: int
    rings: tuple[tuple[tuple[float, float], ...], ...]
    metres: int


def isochrone(graph: Graph, cut: Cut, snapped: Snapped, *, seconds: int) -> Isochrone:
    """From the one snapped point, which must be found; of the last street, what is ridden."""
    ticks = max(0, seconds * TICKS - int(snapped.door[0][0]))
    near, far = _arrivals(graph, from_point(cut, ticks=ticks), snapped)
    places, steps = _reached(graph, near, far, ticks)
    here = [[snapped.lat[0], snapped.lon[0]]]
    return Isochrone(seconds, _rings(np.concatenate([here, places])), steps // STEPS)


def _arrivals(graph: Graph, at: Floats, snapped: Snapped) -> tuple[Floats, Floats]:
    """(P,) ticks to each point of geometry, coming along its edge and coming against it."""
    network, edge = graph.network, _edge_of_points(graph)
    left = graph.time_against[graph.last][edge] - graph.time_against
    start, end = network.start[edge], network.end[edge]
    enters = graph.open_along[edge] & ~graph.blocked[start]
    returns = graph.open_against[edge] & ~graph.blocked[end]
    along = np.where(enters, at[start] + graph.time_along, np.inf)
    against = np.where(returns, at[end] + left, np.inf)
    # on its own street one need not go round by the corner
    own = edge == snapped.edge[0]
    ahead = own & graph.open_along[edge] & (graph.reach >= snapped.reach[0])
    behind = own & graph.open_against[edge] & (graph.reach <= snapped.reach[0])
    along[ahead] = (graph.time_along - snapped.time_along[0])[ahead]
    against[behind] = (snapped.time_against[0] - graph.time_against)[behind]
    return along, against


def _edge_of_points(graph: Graph) -> Ints:
    counts = np.diff(graph.network.first) + 1
    return np.repeat(np.arange(len(counts)), counts)


def _reached(graph: Graph, along: Floats, against: Floats, ticks: int) -> tuple[Floats, int]:
    """(M, 2) places (lat, lon) within `ticks`, ends of the last ways included; steps of street."""
    network, edge = graph.network, _edge_of_points(graph)
    segment = np.flatnonzero(edge[1:] == edge[:-1])
    forth = _share(along[segment], np.diff(graph.time_along)[segment], ticks)
    back = _share(against[segment + 1], np.diff(graph.time_against)[segment], ticks)
    covered = np.minimum(forth + back, 1.0)
    covered[(_best(along, against, segment) <= ticks) & (
        _best(along, against, segment + 1) <= ticks)] = 1.0  # fmt: skip
    points = np.stack([network.point_lat, network.point_lon], axis=1)
    way = points[segment + 1] - points[segment]
    fronts = [points[segment][forth > 0] + (way * forth[:, None])[forth > 0],
              points[segment + 1][back > 0] - (way * back[:, None])[back > 0]]  # fmt: skip
    whole = points[np.minimum(along, against) <= ticks]
    steps = int((covered * np.diff(graph.reach)[segment]).sum())
    return np.concatenate([whole, *fronts]), steps


def _best(along: Floats, against: Floats, at: Ints) -> Floats:
    return np.minimum(along[at], against[at])


def _share(begin: Floats, takes: Ints, ticks: int) -> Floats:
    """How much of a segment is ridden when its near end is reached at `begin`."""
    return np.clip((ticks - begin) / np.maximum(takes, 1), 0.0, 1.0)


def _thinned(grains: Ints) -> Ints:
    """(M, 2) without doubles; two small numbers as one are sorted ten times as fast as rows."""
    low = grains.min(axis=0)
    wide = int(grains[:, 1].max() - low[1]) + 1
    rows, columns = np.divmod(np.unique((grains - low) @ np.array([wide, 1])), wide)
    return np.asarray(np.stack([rows, columns], axis=1) + low, dtype=np.int64)


def _rings(places: Floats) -> tuple[tuple[tuple[float, float], ...], ...]:
    scale = np.array([1.0, np.cos(np.radians(places[0, 0]))]) * np.radians(1.0) * EARTH
    grains = _thinned(np.rint(places * scale / _GRAIN).astype(np.int64)) * _GRAIN
    hull = shapely.concave_hull(shapely.multipoints(grains), ratio=_HUG)
    parts = shapely.get_parts(shapely.simplify(shapely.buffer(hull, _BESIDE, quad_segs=2), 5.0))
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    return tuple(
        tuple(
            (round(float(a / scale[0]), 6), round(float(b / scale[1]), 6)) for a, b in ring.coords
        )
        for ring in rings
    )
