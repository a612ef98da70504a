"""The stated rule by which typing errors are made, to measure the search.

Of a door drawn at random the query is `street number`, half of the time with `, town`; the street
is written `str.` where it ends in Straße, half of the time. Then a name of fewer than 8 letters
gets one error, a longer one two, each at a random letter after the first, of one of the kinds:
a letter left out, typed twice, exchanged with its neighbour, or replaced by its neighbour on the
German keyboard; or an umlaut without its dots. The number is never touched: another number is
another door. A query that is exactly another street of the extract is drawn anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Final

from wesprint.engines.addresses.gazetteer import Door, Gazetteer, Street
from wesprint.engines.addresses.normal import key

_ROWS: Final = ("qwertzuiopü", "asdfghjklöä", "yxcvbnm")
_PLAIN: Final = {"ä": "a", "ö": "o", "ü": "u", "ß": "s"}


@dataclass(frozen=True, slots=True)
class Typed:
    """A query with an error, and the door that was meant."""

    text: str
    street: Street
    door: Door


def queries(gazetteer: Gazetteer, count: int, seed: int) -> list[Typed]:
    """`count` queries; the same seed makes the same ones."""
    return list(islice(_endless(gazetteer, Random(seed)), count))  # noqa: S311 - no secret


def _endless(gazetteer: Gazetteer, rng: Random) -> Iterator[Typed]:
    doors = [(street, door) for street in gazetteer.streets for door in street.doors]
    known = {key(street.name) for street in gazetteer.streets}
    while doors:
        street, door = rng.choice(doors)
        name = _mistyped(_as_written(street.name, rng), rng)
        if key(name) in known - {key(street.name)}:
            continue
        town = f", {street.city}" if rng.random() < 0.5 else ""
        yield Typed(f"{name} {door.number}{town}", street, door)


def _as_written(name: str, rng: Random) -> str:
    if name.lower().endswith("straße") and rng.random() < 0.5:
        return f"{name[:-3]}."
    return name


def _mistyped(name: str, rng: Random) -> str:
    for _turn in range(1 if len(name) < 8 else 2):
        name = _one_error(name, rng)
    return name


def _one_error(name: str, rng: Random) -> str:
    letters = [at for at, char in enumerate(name) if at and char.isalpha()]
    if not letters:
        return name
    at = rng.choice(letters)
    head, char, tail = name[:at], name[at], name[at + 1 :]
    if char in _PLAIN and rng.random() < 0.5:
        return head + _PLAIN[char] + tail
    kind = rng.choice(("left out", "twice", "exchanged", "beside"))
    if kind == "exchanged" and tail[:1].isalpha():
        return head + tail[0] + char + tail[1:]
    other = {"left out": "", "twice": char * 2}.get(kind) or _beside(char, rng)
    return head + ("" if kind == "left out" else other) + tail


def _beside(char: str, rng: Random) -> str:
    for row in _ROWS:
        at = row.find(char.lower())
        if at >= 0:
            return rng.choice(row[max(0, at - 1) : at] + row[at + 1 : at + 2])
    return ""
