"""Asking a town: its addresses, its streets, its tiles. Files are read once per process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from wesprint.engines import addresses, streets
from wesprint.engines.basemap import Tiles
from wesprint.kernel.errors import NotFound, Unavailable
from wesprint.platform.geo.making import ADDRESSES, STREETS, TILES, root
from wesprint.platform.geo.models import Town

KEPT = 4
"""Towns that a process keeps in memory: some 30 MB each."""


def town_named(slug: str) -> Town:
    found = Town.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound(_("There is no town %(slug)s on the map.") % {"slug": slug})
    return found


def town_called(name: str) -> Town | None:
    """The town that a letter's address names, if it was imported."""
    return Town.objects.filter(name__iexact=name.strip()).first()


def find(town: Town, text: str, limit: int = 5) -> list[addresses.Found]:
    """Addresses like `text`, the best first; who shows one shows its `match` too."""
    return _gazetteer(_file(town, ADDRESSES)).search(text, limit)


def streets_of(town: Town, profile: str) -> streets.Streets:
    """Ways for one of `engines.streets.PROFILES`."""
    return _streets(_file(town, STREETS), profile)


def tile(town: Town, zoom: int, x: int, y: int) -> bytes | None:
    """A vector tile packed with gzip, None where there is nothing."""
    return _tiles(_file(town, TILES)).tile(zoom, x, y)


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
