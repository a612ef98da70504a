"""Asking a town: its addresses, its streets, its tiles. Files are read once per process."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _

from wesprint.engines import addresses, streets
from wesprint.engines.basemap import Tiles
from wesprint.kernel.errors import NotFound, Unavailable
from wesprint.platform.geo.making import ADDRESSES, STREETS, TILES, root
from wesprint.platform.geo.models import Town

KEPT = 4
"""Towns that a process keeps in memory: some 30 MB each."""


_FOLDER: Final = re.compile(r"[0-9a-f]{24}-[0-9]{1,4}")


def town_named(slug: str) -> Town:
    found = Town.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound(_("There is no town %(slug)s on the map.") % {"slug": slug})
    return found


def town_called(name: str) -> Town | None:
    """The town that a letter's address names, if it was imported."""
    return Town.objects.filter(name__iexact=name.strip()).first()


def town_around(points: Sequence[tuple[float, float]]) -> Town | None:
    """The smallest of the towns that hold most of the points (lat, lon); None for no town there.
    One query; there are few towns."""
    towns = list(Town.objects.all()) if points else []
    held = {one: sum(holds(one, *point) for point in points) for one in towns}
    most = max(held.values(), default=0)
    return min((one for one in towns if held[one] == most), key=_size) if most else None


def holds(town: Town, lat: float, lon: float) -> bool:
    """Whether the point lies in the town's extent."""
    return town.south <= lat <= town.north and town.west <= lon <= town.east


def _size(town: Town) -> float:
    return (town.north - town.south) * (town.east - town.west)


def find(town: Town, text: str, limit: int = 5) -> list[addresses.Found]:
    """Addresses like `text`, the best first; who shows one shows its `match` too."""
    return _gazetteer(_file(town, ADDRESSES)).search(text, limit)


def streets_of(town: Town, profile: str) -> streets.Streets:
    """Ways for one of `engines.streets.PROFILES`."""
    return _streets(_file(town, STREETS), profile)


def tile(town: Town, zoom: int, x: int, y: int) -> bytes | None:
    """A vector tile packed with gzip, None where there is nothing."""
    return _tiles(_file(town, TILES)).tile(zoom, x, y)


def tile_of(folder: str, zoom: int, x: int, y: int) -> bytes | None:
    """The same by the name of the town's folder, without asking the database. Raises LookupError
    where no town lies."""
    if not _FOLDER.fullmatch(folder):
        raise LookupError(folder)
    try:
        return _tiles(root() / folder / TILES).tile(zoom, x, y)
    except OSError:
        raise LookupError(folder) from None


def size_of(town: Town) -> int:
    """Bytes of its files."""
    return sum(one.stat().st_size for one in (root() / town.folder).glob("*"))


def _file(town: Town, name: str) -> Path:
    path = root() / town.folder / name
    if not path.is_file():
        raise Unavailable(
            _("The map of %(town)s is not there.") % {"town": town.name},
            next=_("Import the town again: wesprint town import."),
        )
    return path


@lru_cache(maxsize=KEPT)
def _gazetteer(path: Path) -> addresses.Gazetteer:
    return addresses.Gazetteer(addresses.load(path))


@lru_cache(maxsize=KEPT)
def _streets(path: Path, profile: str) -> streets.Streets:
    return streets.Streets(streets.load(path), profile)


@lru_cache(maxsize=KEPT)
def _tiles(path: Path) -> Tiles:
    return Tiles(path)
