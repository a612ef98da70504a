"""What comes to the houses of the demo: each title with its own weight, price and picture.

`wares.csv` is our own estimate. A title may name variants, `Küchenstuhl, {Buche|Kiefer}`; masses
in grams and prices in cents of grade B from low to high; `sign` draws it where that of its kind
would show something else; `comes` is 0 for what only an offer from home brings.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from pathlib import Path
from random import Random
from typing import NamedTuple

TABLE = Path(__file__).with_name("wares.csv")
_CHOICE = re.compile(r"\{([^}]*)\}")
OF_GRADE = {"A": 1.3, "B": 1.0, "C": 0.6, "D": 0.3}  # of the price of grade B, as in our guide


class Ware(NamedTuple):
    """One title. grams, cents: from the lowest to the highest, cents for grade B."""

    kind: str
    title: str
    grams: tuple[int, int]
    cents: tuple[int, int]
    sign: str = ""
    comes: bool = True

    @property
    def usual_g(self) -> int:
        """What somebody without a scale would say."""
        return rounded(sum(self.grams) / 2)

    def weigh(self, chance: Random) -> int:
        return min(max(rounded(chance.triangular(*self.grams)), self.grams[0]), self.grams[1])

    def price(self, chance: Random, grade: str) -> int:
        return round(chance.uniform(*self.cents) * OF_GRADE[grade])


class Deck:
    """All wares of a kind, shuffled; only when every one has come do they come again."""

    def __init__(self, wares: Sequence[Ware], chance: Random) -> None:
        self._wares, self._chance = wares, chance
        self._left: list[Ware] = []
        self._last: Ware | None = None

    def draw(self) -> Ware:
        if not self._left:
            self._left = self._chance.sample(self._wares, len(self._wares))
            if self._left[-1] == self._last:  # the same thing twice in a row looks like a mistake
                self._left.reverse()
        self._last = self._left.pop()
        return self._last


def rounded(grams: float) -> int:
    """As a scale shows it."""
    step = 1 if grams < 100 else 10 if grams < 2_000 else 50 if grams < 20_000 else 500
    return max(step, round(grams / step) * step)


@lru_cache(maxsize=1)
def wares() -> tuple[Ware, ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(ware for row in csv.DictReader(file, delimiter=";") for ware in _of(row))


@lru_cache(maxsize=1)
def by_title() -> Mapping[str, Ware]:
    return {ware.title: ware for ware in wares()}


def of_kind(kind: str) -> tuple[Ware, ...]:
    """What comes of this kind by itself."""
    return tuple(ware for ware in wares() if ware.kind == kind and ware.comes)


def _of(row: Mapping[str, str]) -> Iterator[Ware]:
    grams = int(row["low_g"]), int(row["high_g"])
    cents = int(row["low_ct"]), int(row["high_ct"])
    for title in _variants(row["title"]):
        yield Ware(row["kind"], title, grams, cents, row["sign"], row["comes"] == "1")


def _variants(title: str) -> Iterator[str]:
    """`a {b|c} d` as `a b d` and `a c d`."""
    parts = _CHOICE.split(title)
    for chosen in product(*(part.split("|") if n % 2 else (part,) for n, part in enumerate(parts))):
        yield "".join(chosen)
