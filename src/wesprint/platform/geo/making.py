"""From an extract to the three files of a town, before anything is written to the database."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wesprint.engines import addresses, basemap, extracts, streets
from wesprint.kernel.errors import Invalid, NotFound

STREETS: Final = "streets.npz"
ADDRESSES: Final = "addresses.json.gz"
TILES: Final = "map.pmtiles"
FORMAT: Final = 1
"""Raised when the files are made differently: the same extract then makes another folder."""

Step = Callable[[int, int, str], None]
"""(step, of so many, what)."""

_STEPS: Final = 5
_BLOCK: Final = 1 << 20
_FAULTS: Final = (
    extracts.ExtractError, streets.StreetsError, addresses.AddressError, basemap.BasemapError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """A town's files as they lie in `folder`, and what they hold."""

    folder: str
    extract: str
    extract_sha256: str
    speed_model: str
    south: float
    west: float
    north: float
    east: float
    junctions: int
    streets: int
    doors: int


def root() -> Path:
    """Where all towns lie."""
    path: Path = settings.TOWNS_ROOT
    path.mkdir(parents=True, exist_ok=True)
    return path


def make(extract: Path, *, box: extracts.Box | None, step: Step) -> Made:
    """Reads the extract and makes the files, all or none. Takes some ten seconds for a town.

    Raises NotFound for no file and Invalid for one that is damaged, empty or too large."""
    try:
        with _workplace() as work:
            return _make(extract, box, work, step)
    except FileNotFoundError:
        raise NotFound(_("There is no file %(path)s.") % {"path": extract}) from None
    except _FAULTS as fault:
        raise Invalid(
            f"{fault}.",
            kept=_("Nothing was changed."),
            next=_("Bring an extract of the town (.osm.pbf), for example from Geofabrik."),
        ) from None


@contextmanager
def _workplace() -> Iterator[Path]:
    """A folder on the same disk, gone afterwards however it ends."""
    with tempfile.TemporaryDirectory(dir=root(), prefix=".making-") as folder:
        yield Path(folder)


def _make(extract: Path, box: extracts.Box | None, work: Path, step: Step) -> Made:
    step(0, _STEPS, str(_("reading the extract")))
    digest, source = _digest(extract, box), extract
    if box:
        source = work / "town.osm.pbf"
        extracts.cut(extract, box, source)
    step(1, _STEPS, str(_("streets")))
    network = streets.build(streets.read_pbf(source))
    streets.save(network, work / STREETS)
    step(2, _STEPS, str(_("addresses")))
    entries = addresses.read_pbf(source)
    addresses.save(entries, work / ADDRESSES)
    gazetteer = addresses.Gazetteer(entries)
    step(3, _STEPS, str(_("map")))
    extent = basemap.build(source, work / TILES)
    step(4, _STEPS, str(_("putting in place")))
    folder = _put_in_place(work, digest)
    return Made(
        folder=folder,
        extract=extract.name,
        extract_sha256=digest,
        speed_model=network.model,
        south=extent.south,
        west=extent.west,
        north=extent.north,
        east=extent.east,
        junctions=network.counts[0],
        streets=len(gazetteer.streets),
        doors=gazetteer.doors,
    )


def _digest(extract: Path, box: extracts.Box | None) -> str:
    """Names what went in: the extract's bytes and the box, so that the same is made once."""
    sum_ = hashlib.sha256(repr(box).encode() if box else b"")
    with extract.open("rb") as file:
        while block := file.read(_BLOCK):
            sum_.update(block)
    return sum_.hexdigest()


def _put_in_place(work: Path, digest: str) -> str:
    name = f"{digest[:24]}-{FORMAT}"
    target = root() / name
    fresh = root() / f".fresh-{digest[:24]}"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    for file in (STREETS, ADDRESSES, TILES):
        (work / file).replace(fresh / file)
    # whoever reads the old files has them open; a folder cannot be exchanged in one step
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    return name
