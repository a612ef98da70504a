"""A town drawn by hand: every street a hundredth of a degree of latitude is 1,111.95 m long."""

from __future__ import annotations

from wesprint.engines.streets.network import RawNetwork

GRID = 0.01
Way = tuple[list[int], dict[str, str], str]


def drawn(
    ways: list[Way],
    places: dict[int, tuple[float, float]],
    nodes: dict[int, dict[str, str]] | None = None,
) -> RawNetwork:
    """Ways as (node ids, tags, name); places in steps of `GRID` from (0, 0)."""
    raw = RawNetwork(nodes=dict(nodes or {}))
    raw.places = {node: (lat * GRID, lon * GRID) for node, (lat, lon) in places.items()}
    for refs, tags, name in ways:
        raw.ways.append((refs, len(raw.classes), len(raw.names)))
        raw.classes.append({"highway": "residential"} | tags)
        raw.names.append(name)
    return raw
