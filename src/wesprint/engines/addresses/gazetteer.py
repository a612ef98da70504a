"""Search at street level, then the door: a town has 20 times more doors than streets."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from wesprint.engines.addresses.entries import Entry, Place
from wesprint.engines.addresses.normal import Number, Query, Reading, key, numbers_of, parse

Match = Literal["exact", "nearest", "street"]
"""`exact` is the door, `nearest` another number of that street, `street` some point on it."""

_CLOSE_ENOUGH: Final = 0.6
"""Least likeness of names (1 less the share of changed letters) that is still an answer."""
_MANY: Final = 25
_WEIGHT_POSTCODE: Final = 0.08
_WEIGHT_CITY: Final = 0.1
_WEIGHT_DOOR: Final = 0.03
_WEIGHT_NO_DOORS: Final = 0.08
_WEIGHT_UNREAD: Final = 0.1
_SURELY: Final = 0.85
_PREFIX: Final = 0.9
"""A name that begins with what was typed is nearly it: people stop typing when they see it."""


@dataclass(frozen=True, slots=True)
class Door:
    """One plate on one house."""

    number: Number
    postcode: str
    place: Place
    plate: str


@dataclass(frozen=True, slots=True)
class Street:
    """A street of one town, or a hamlet whose houses have numbers alone."""

    name: str
    city: str
    doors: tuple[Door, ...]
    place: Place
    postcodes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """An answer. `lat`, `lon` in degrees; `score` from 0 to a little above 1 orders them."""

    street: str
    number: str
    postcode: str
    city: str
    lat: float
    lon: float
    match: Match
    score: float = field(compare=False)

    def __str__(self) -> str:
        door = f"{self.street} {self.number}".strip()
        return ", ".join(one for one in (door, f"{self.postcode} {self.city}".strip()) if one)


class _Names:
    """Names in order, each with the street that it belongs to."""

    def __init__(self, rows: Iterable[tuple[str, int]]) -> None:
        ordered = sorted(set(rows))
        self._names = [name for name, _ in ordered]
        self._owner = [owner for _, owner in ordered]

    def like(self, typed: str) -> dict[int, float]:
        found: dict[int, float] = {}
        for at, likeness in (*self._beginning(typed), *self._spelt_alike(typed)):
            owner = self._owner[at]
            found[owner] = max(found.get(owner, 0.0), likeness)
        return found

    def _beginning(self, typed: str) -> Iterator[tuple[int, float]]:
        if len(typed) < 2:
            return
        start = bisect_left(self._names, typed)
        for at in range(start, min(start + _MANY, len(self._names))):
            name = self._names[at]
            if not name.startswith(typed):
                return
            yield at, _PREFIX + (1 - _PREFIX) * len(typed) / len(name)

    def _spelt_alike(self, typed: str) -> Iterator[tuple[int, float]]:
        like = process.extract(
            typed,
            self._names,
            scorer=OSA.normalized_similarity,
            score_cutoff=_CLOSE_ENOUGH,
            limit=_MANY,
        )
        for _name, likeness, at in like:
            yield at, likeness


class Gazetteer:
    """Every street and door of an extract, searchable with typing errors.

    Building takes some 0.1 s for a town of 11,000 doors; it is immutable afterwards and may be
    shared by threads.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.streets = _streets(entries)
        self._plain = _Names(_plain_names(self.streets))
        self._with_town = _Names(_names_with_town(self.streets))
        self._city = [key(street.city) for street in self.streets]

    @property
    def doors(self) -> int:
        return sum(len(street.doors) for street in self.streets)

    def search(self, text: str, limit: int = 5) -> list[Found]:
        """The best answers first; empty when nothing is like it.

        text: street, number, postcode and town in any usual order, also half typed.
        """
        query = parse(text)
        best: dict[int, tuple[float, Number | None]] = {}
        for reading in query.readings:
            for owner, likeness in self._alike(reading).items():
                score = likeness + self._details(owner, reading, query)
                if owner not in best or score > best[owner][0]:
                    best[owner] = (score, reading.number)
        ranked = sorted(best.items(), key=lambda one: (-one[1][0], one[0]))
        return [
            self._found(owner, number, query, score) for owner, (score, number) in ranked[:limit]
        ]

    def _alike(self, reading: Reading) -> dict[int, float]:
        """Streets by how much their name, alone or with its town, is like what was typed."""
        if reading.before and reading.after:
            return self._plain.like(reading.before)
        typed = reading.before or reading.after
        found = self._plain.like(typed)
        if max(found.values(), default=0.0) >= _SURELY:
            return found
        for owner, likeness in self._with_town.like(typed).items():
            found[owner] = max(found.get(owner, 0.0), likeness)
        return found

    def _details(self, owner: int, reading: Reading, query: Query) -> float:
        """What else was typed speaks for a street or against it."""
        street, score = self.streets[owner], 0.0
        if query.postcode and street.postcodes:
            same = query.postcode in street.postcodes
            score += _WEIGHT_POSTCODE if same else -_WEIGHT_POSTCODE
        if reading.before and reading.after:
            like = OSA.normalized_similarity(reading.after, self._city[owner])
            score += _WEIGHT_CITY * (2 * like - 1)
        if reading.number is None:
            return score - _WEIGHT_UNREAD * (len(query.readings) > 1)
        if not street.doors:
            return score - _WEIGHT_NO_DOORS
        there = any(door.number == reading.number for door in street.doors)
        return score + (_WEIGHT_DOOR if there else -_WEIGHT_DOOR)

    def _found(self, owner: int, number: Number | None, query: Query, score: float) -> Found:
        street = self.streets[owner]
        postcode = query.postcode if query.postcode in street.postcodes else ""
        if number is None or not street.doors:
            code = postcode or min(street.postcodes, default="")
            return Found(street.name, "", code, street.city, *street.place, "street", score)
        door = min(street.doors, key=lambda one: _apart(one, number, postcode))
        match: Match = "exact" if door.number == number else "nearest"
        said = str(number) if match == "exact" else str(door.number)
        return Found(street.name, said, door.postcode, street.city, *door.place, match, score)


def _apart(door: Door, asked: Number, postcode: str) -> tuple[object, ...]:
    """The same number, else the nearest of the same side of the street, else the nearest."""
    away = abs(door.number.value - asked.value)
    other_side = away % 2
    return (
        away + other_side,
        door.number.letter != asked.letter,
        bool(postcode) and door.postcode != postcode,
        door.number,
        door.place,
    )


def _plain_names(streets: Sequence[Street]) -> Iterator[tuple[str, int]]:
    """Also in the short form, because an error in `Str.` leaves nothing to lengthen."""
    for owner, street in enumerate(streets):
        name = key(street.name)
        yield name, owner
        if name.endswith("strasse"):
            yield name.removesuffix("asse"), owner


def _names_with_town(streets: Sequence[Street]) -> Iterator[tuple[str, int]]:
    for owner, street in enumerate(streets):
        name, city = key(street.name), key(street.city)
        if city:
            yield name + city, owner
            yield city + name, owner


def _streets(entries: Iterable[Entry]) -> tuple[Street, ...]:
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.street:
            groups[key(entry.street), key(entry.city)].append(entry)
    return tuple(_street(groups[one]) for one in sorted(groups))


def _street(entries: list[Entry]) -> Street:
    doors = sorted(
        {door for entry in entries for door in _doors(entry)},
        key=lambda one: (one.number, one.place),
    )
    places = sorted(door.place for door in doors) or sorted((one.lat, one.lon) for one in entries)
    return Street(
        _usual(one.street for one in entries),
        _usual(one.city for one in entries),
        tuple(doors),
        _central(places),
        frozenset(one.postcode for one in entries if one.postcode),
    )


def _doors(entry: Entry) -> Iterator[Door]:
    for number in numbers_of(entry.number):
        yield Door(number, entry.postcode, (entry.lat, entry.lon), entry.number)


def _usual(names: Iterable[str]) -> str:
    """The spelling that most doors have; of equals the first by the alphabet."""
    counted = Counter(names)
    return min(counted, key=lambda name: (-counted[name], name))


def _central(places: Sequence[Place]) -> Place:
    lat = sum(one[0] for one in places) / len(places)
    lon = sum(one[1] for one in places) / len(places)
    return min(places, key=lambda at: (at[0] - lat) ** 2 + (at[1] - lon) ** 2)
