"""Addresses as the extract has them.

Two passes like the streets': first what has an address or a name, then the places of its nodes,
so that no more than the town's doors and streets is held in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Final

import osmium

Progress = Callable[[str, int], None]
"""(what is being read, how many so far); may raise to stop the reading."""
Place = tuple[float, float]
"""(lat, lon) in degrees, WGS 84."""

_STEP: Final = 50_000
_KEYS: Final = ("addr:housenumber", "highway", "place")
_PLACES: Final = frozenset({"city", "town", "village"})
_HAMLETS: Final = frozenset({"hamlet", "isolated_dwelling", "farm", "locality", "neighbourhood"})


class AddressError(ValueError):
    """A file that is damaged, or none of ours."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A door (with its number), or a street or hamlet by itself (number empty)."""

    street: str
    number: str
    postcode: str
    city: str
    lat: float
    lon: float


@dataclass(slots=True)
class _Raw:
    tags: dict[str, str]
    refs: list[int]
    place: Place | None = None


def _silent(_what: str, _count: int) -> None:
    pass


def read_pbf(path: Path, *, progress: Progress = _silent) -> list[Entry]:
    """Any file osmium reads. Raises AddressError for a damaged one, OSError for none."""
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such file")
    try:
        raw = _read_tagged(path, progress)
        _find(path, raw, progress)
    except (RuntimeError, UnicodeDecodeError) as error:
        raise AddressError(f"{path.name} is damaged or no OpenStreetMap extract: {error}") from None
    return _entries([one for one in raw if one.place])


def _read_tagged(path: Path, progress: Progress) -> list[_Raw]:
    found: list[_Raw] = []
    kinds = osmium.osm.NODE | osmium.osm.WAY
    things = osmium.FileProcessor(str(path), kinds)
    for count, thing in enumerate(things.with_filter(osmium.filter.KeyFilter(*_KEYS))):
        found.extend(_wanted(thing))
        if count % _STEP == 0:
            progress("addresses", count)
    return found


def _wanted(thing: object) -> Iterator[_Raw]:
    tags = {tag.k: tag.v for tag in thing.tags}  # type: ignore[attr-defined]  # node or way
    called = bool(tags.get("name")) and ("highway" in tags or "place" in tags)
    if not called and not _street(tags):
        return
    if isinstance(thing, osmium.osm.Way):
        yield _Raw(tags, [node.ref for node in thing.nodes])
    elif isinstance(thing, osmium.osm.Node) and ("highway" not in tags or _street(tags)):
        at = thing.location
        yield _Raw(tags, [], (at.lat, at.lon) if at.valid() else None)


def _street(tags: dict[str, str]) -> str:
    return tags.get("addr:street") or tags.get("addr:place") or ""


def _find(path: Path, raw: list[_Raw], progress: Progress) -> None:
    wanted = {ref for one in raw for ref in one.refs}
    places: dict[int, Place] = {}
    nodes = osmium.FileProcessor(str(path), osmium.osm.NODE)
    for count, node in enumerate(nodes.with_filter(osmium.filter.IdFilter(wanted))):
        assert isinstance(node, osmium.osm.Node)  # noqa: S101 - asked for nothing else
        if node.location.valid():
            places[node.id] = (node.location.lat, node.location.lon)
        if count % _STEP == 0:
            progress("nodes", count)
    for one in raw:
        known = [places[ref] for ref in dict.fromkeys(one.refs) if ref in places]
        if known:
            one.place = _middle(known, inside=not _street(one.tags))


def _middle(places: list[Place], *, inside: bool) -> Place:
    """A house's middle; of a street the corner that lies nearest to it, so that it is on it."""
    lat, lon = fmean(lat for lat, _ in places), fmean(lon for _, lon in places)
    if not inside:
        return (lat, lon)
    return min(places, key=lambda at: (at[0] - lat) ** 2 + (at[1] - lon) ** 2)


def _entries(raw: list[_Raw]) -> list[Entry]:
    towns = [(one.tags["name"], one.place) for one in raw if _kind(one) in _PLACES and one.place]
    return [entry for one in raw for entry in _entry(one, towns)]


def _kind(one: _Raw) -> str:
    return one.tags.get("place", "") if "name" in one.tags else ""


def _entry(one: _Raw, towns: list[tuple[str, Place]]) -> Iterator[Entry]:
    tags, place = one.tags, one.place
    assert place is not None  # noqa: S101 - the others were left out
    city = tags.get("addr:city") or _nearest(towns, place)
    postcode = tags.get("addr:postcode", "")
    if number := tags.get("addr:housenumber"):
        for street in _street(tags).split(";"):
            yield Entry(street.strip(), number, postcode, city, *place)
    elif "highway" in tags or _kind(one) in _HAMLETS | _PLACES:
        yield Entry(tags["name"], "", postcode, city, *place)


def _nearest(towns: list[tuple[str, Place]], place: Place) -> str:
    def away(town: tuple[str, Place]) -> float:
        # a degree of longitude is about 0.64 of one of latitude in Germany
        return (town[1][0] - place[0]) ** 2 + (0.64 * (town[1][1] - place[1])) ** 2

    return min(towns, key=away)[0] if towns else ""
