"""Two passes over the large file: the nodes inside the box, then the ways that use one of them.

What is kept in memory are the ids of the town's nodes and ways. Ways that leave the box are kept
whole, and so are the areas that have a part in it: a forest is not cut at the border.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import osmium

Progress = Callable[[str, int], None]
"""(what is being read, how many so far); may raise to stop."""

_STEP: Final = 500_000
_AREAS: Final = ("multipolygon", "boundary")


class ExtractError(ValueError):
    """A damaged file, a box that is none, or one that holds nothing."""


@dataclass(frozen=True, slots=True)
class Box:
    """In degrees, WGS 84. Raises ExtractError for one turned around."""

    south: float
    west: float
    north: float
    east: float

    def __post_init__(self) -> None:
        ordered = -90 <= self.south < self.north <= 90 and -180 <= self.west < self.east <= 180
        if not ordered:
            raise ExtractError("the box is south, west, north, east in degrees, in this order")

    def holds(self, lat: float, lon: float) -> bool:
        return self.south <= lat <= self.north and self.west <= lon <= self.east


def _silent(_what: str, _count: int) -> None:
    pass


def cut(extract: Path, box: Box, target: Path, *, progress: Progress = _silent) -> int:
    """Writes `target` (.osm.pbf) whole or not at all; answers how many nodes lie in the box."""
    if not extract.is_file():
        raise FileNotFoundError(f"{extract}: no such file")
    part = target.with_name(f"part-{target.name}")
    try:
        with osmium.BackReferenceWriter(str(part), ref_src=str(extract), overwrite=True) as writer:
            nodes = _copy(extract, box, writer, progress)
        if nodes:
            part.replace(target)
    except (RuntimeError, UnicodeDecodeError) as error:
        raise ExtractError(
            f"{extract.name} is damaged or no OpenStreetMap extract: {error}"
        ) from None
    finally:
        part.unlink(missing_ok=True)
    if not nodes:
        raise ExtractError(f"{extract.name} holds nothing inside this box")
    return nodes


def _copy(extract: Path, box: Box, writer: osmium.BackReferenceWriter, progress: Progress) -> int:
    kept = _Kept(box)
    for count, thing in enumerate(osmium.FileProcessor(str(extract))):
        if count % _STEP == 0:
            progress("extract", count)
        if kept.takes(thing):
            writer.add(thing)
    return kept.inside


class _Kept:
    """What was taken so far. The file has nodes first, then ways, then relations."""

    def __init__(self, box: Box) -> None:
        self.inside = 0
        self._box, self._nodes, self._ways = box, osmium.IdTracker(), osmium.IdTracker()

    def takes(self, thing: object) -> bool:
        if isinstance(thing, osmium.osm.Node):
            return self._node(thing)
        if isinstance(thing, osmium.osm.Way):
            return self._way(thing)
        if isinstance(thing, osmium.osm.Relation) and thing.tags.get("type") in _AREAS:
            return self._ways.contains_any_references(thing)
        return False

    def _node(self, node: osmium.osm.Node) -> bool:
        at = node.location
        taken = at.valid() and self._box.holds(at.lat, at.lon)
        if taken:
            self.inside += 1
            self._nodes.add_node(node.id)
        return taken

    def _way(self, way: osmium.osm.Way) -> bool:
        taken = self._nodes.contains_any_references(way)
        if taken:
            self._ways.add_way(way.id)
        return taken
