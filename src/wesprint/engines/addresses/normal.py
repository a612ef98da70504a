"""How an address is compared: one spelling for each of the ways in which people type it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_LETTERS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ł": "l"})
_APART: Final = re.compile(r"[^a-z0-9]+")
_GLUED: Final = re.compile(r"(?<=[^\W\d_]{2})\.?(?=\d)")
_POSTCODE: Final = re.compile(r"\d{5}")
_NUMBER: Final = re.compile(r"(\d{1,4}[a-z]?)(?:[-–/](\d{1,4}[a-z]?|[a-z]))?")
_PLAIN: Final = re.compile(r"(\d{1,4})\s*([a-z]?)")
_SHORT: Final = (
    (re.compile(r"str(asse)?$"), "strasse"),
    (re.compile(r"^pl$"), "platz"),
    (re.compile(r"^st$"), "sankt"),
)
MAX_QUERY: Final = 200
"""Characters of a query that are read; nobody's address is longer."""


def fold(text: str) -> str:
    """Lower case, without accents, ß as ss and umlauts as two letters; words apart by one space."""
    composed = unicodedata.normalize("NFKC", text).lower().translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFD", composed) if not _combines(c))
    return _APART.sub(" ", plain).strip()


def _combines(char: str) -> bool:
    return bool(unicodedata.combining(char))


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """A street's or town's name as compared: `Bremer Str.` and `Bremerstraße` are one."""
    return "".join(_long(word) for word in fold(name).split())


def _long(word: str) -> str:
    for short, whole in _SHORT:
        word = short.sub(whole, word)
    return word


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """A house number: `12 a` is (12, "a")."""

    value: int
    letter: str = ""

    def __str__(self) -> str:
        return f"{self.value}{self.letter}"


def numbers_of(text: str) -> tuple[Number, ...]:
    """The numbers that a plate names: `5;7` two, `5-9` the odd ones between, `12A-C` its letters.

    Empty for what is no number (a house's name)."""
    found: dict[Number, None] = {}
    for part in re.split(r"[;,+&]", fold_number(text)):
        found.update(dict.fromkeys(_range(part.strip())))
    return tuple(found)


def fold_number(text: str) -> str:
    squeezed = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"\s*([-–/])\s*", r"\1", re.sub(r"(\d)\s+([a-z])\b", r"\1\2", squeezed)).strip()


def _range(part: str) -> tuple[Number, ...]:
    ends = _NUMBER.fullmatch(part)
    first = _number(ends[1]) if ends else None
    if ends is None or first is None:
        return ()
    if not ends[2]:
        return (first,)
    last = _number(ends[2]) or Number(first.value, ends[2])
    return _between(first, last)


def _between(first: Number, last: Number) -> tuple[Number, ...]:
    if first.value == last.value:
        letters = range(ord(first.letter or "a"), ord(last.letter or "a") + 1)
        return tuple(dict.fromkeys((first, *(Number(first.value, chr(one)) for one in letters))))
    if not first.value < last.value <= first.value + 100:
        return (first, last)
    # one side of a street has the odd or the even ones
    step = 2 if (last.value - first.value) % 2 == 0 else 1
    middle = range(first.value + step, last.value, step)
    return (first, *(Number(one) for one in middle), last)


def _number(text: str) -> Number | None:
    match = _PLAIN.fullmatch(text)
    return Number(int(match[1]), match[2]) if match else None


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a query: words before the number, the number, words after it."""

    before: str
    number: Number | None
    after: str


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, with every way to read it: in `Straße des 13. Januar 5` two numbers may be
    the house's."""

    readings: tuple[Reading, ...]
    postcode: str


def parse(text: str) -> Query:
    """Reads at most MAX_QUERY characters; anything is a query, if need be without readings."""
    words = fold_number(_GLUED.sub(" ", text[:MAX_QUERY])).replace(",", " ").split()
    postcode = next((one for one in words if _POSTCODE.fullmatch(one)), "")
    rest = [one for one in words if not _POSTCODE.fullmatch(one)]
    readings = [
        Reading(
            key(" ".join(rest[:at])), numbers_of(word.strip("."))[0], key(" ".join(rest[at + 1 :]))
        )
        for at, word in enumerate(rest)
        if numbers_of(word.strip("."))
    ]
    readings.append(Reading(key(" ".join(rest)), None, ""))
    return Query(tuple(one for one in readings if one.before or one.after), postcode)
