"""Streets from an OpenStreetMap extract, and from and to the one file of a town.

`read_pbf` needs two passes and keeps in memory only the streets, never all nodes of the extract:
first the ways with a `highway`, then the places of their nodes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path
from typing import Any, Final

import numpy as np
import osmium

from wesprint.engines.streets.network import Network, RawNetwork, StreetsError
from wesprint.engines.streets.tags import NODE_KEYS, WAY_KEYS

FORMAT: Final = 1
Progress = Callable[[str, int], None]
"""(what is being read, how many so far); may raise to stop the reading."""

_STEP = 50_000
_ARRAYS: Final = (
    "lat", "lon", "blocked", "start", "end", "first", "name", "point_lat", "point_lon", "length",
    "kind", "flip", "lights", "along", "against",
)  # fmt: skip


def _silent(_what: str, _count: int) -> None:
    pass


def read_pbf(path: Path, *, progress: Progress = _silent) -> RawNetwork:
    """Any file osmium reads (.osm.pbf, .osm, .osm.gz). Raises StreetsError for one that is damaged
    or no extract, OSError for none."""
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such file")
    raw = RawNetwork()
    try:
        wanted = _read_ways(path, raw, progress)
        _read_nodes(path, raw, wanted, progress)
    except (RuntimeError, UnicodeDecodeError) as error:
        raise StreetsError(f"{path.name} is damaged or no OpenStreetMap extract: {error}") from None
    return raw


def _read_ways(path: Path, raw: RawNetwork, progress: Progress) -> set[int]:
    classes: dict[tuple[tuple[str, str], ...], int] = {}
    names: dict[str, int] = {"": 0}
    ways = osmium.FileProcessor(str(path), osmium.osm.WAY)
    for count, way in enumerate(ways.with_filter(osmium.filter.KeyFilter("highway"))):
        assert isinstance(way, osmium.osm.Way)  # noqa: S101 - asked for nothing else
        tags = tuple(sorted((tag.k, tag.v) for tag in way.tags if tag.k in WAY_KEYS))
        called = names.setdefault(way.tags.get("name") or "", len(names))
        refs = [node.ref for node in way.nodes]
        raw.ways.append((refs, classes.setdefault(tags, len(classes)), called))
        if count % _STEP == 0:
            progress("ways", count)
    raw.classes = [dict(tags) for tags in classes]
    raw.names = list(names)
    return set(chain.from_iterable(refs for refs, _kind, _name in raw.ways))


def _read_nodes(path: Path, raw: RawNetwork, wanted: Iterable[int], progress: Progress) -> None:
    nodes = osmium.FileProcessor(str(path), osmium.osm.NODE)
    for count, node in enumerate(nodes.with_filter(osmium.filter.IdFilter(wanted))):
        assert isinstance(node, osmium.osm.Node)  # noqa: S101 - asked for nothing else
        if node.location.valid():
            raw.places[node.id] = (node.location.lat, node.location.lon)
        if len(node.tags):
            tags = {tag.k: tag.v for tag in node.tags if tag.k in NODE_KEYS}
            if "barrier" in tags or "traffic_signals" in tags.values():
                raw.nodes[node.id] = tags
        if count % _STEP == 0:
            progress("nodes", count)


def save(network: Network, path: Path) -> None:
    """One file, whole or not at all."""
    arrays: dict[str, Any] = {name: getattr(network, name) for name in _ARRAYS}
    names = "\n".join(one.replace("\n", " ") for one in network.names).encode()
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as file:
        np.savez(
            file,
            format=np.int64(FORMAT),
            model=np.array(network.model),
            names=np.frombuffer(names, dtype=np.uint8),
            **arrays,
        )
    part.replace(path)


def load(path: Path) -> Network:
    """Raises StreetsError for a file of another version or none of ours, OSError for no file."""
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            if int(file["format"]) != FORMAT:
                raise StreetsError(f"{path.name}: made by another version; import the town again")
            names = bytes(file["names"]).decode().split("\n")
            arrays = {name: file[name] for name in _ARRAYS}
            return Network(**arrays, names=tuple(names), model=str(file["model"]))
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        if isinstance(error, StreetsError):
            raise
        raise StreetsError(f"{path.name} is no file of streets") from error
