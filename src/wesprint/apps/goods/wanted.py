"""What somebody looks for on the shelf, as it stands in the page's address. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

LONGEST_WORDS = 80
GRADES = ("A", "B", "C", "D")

# slug in the address -> from (inclusive) and up to (exclusive), in cents
PRICES: Mapping[str, tuple[int, int | None]] = {
    "frei": (0, 1),
    "bis-5": (0, 501),
    "5-20": (500, 2001),
    "20-50": (2000, 5001),
    "50-150": (5000, 15_001),
    "ab-150": (15_000, None),
}
# a thing's weight says who can carry it: grams from (inclusive) and up to (exclusive)
SIZES: Mapping[str, tuple[int, int | None]] = {
    "S": (0, 5_001),
    "M": (5_001, 20_001),
    "L": (20_001, 60_001),
    "XL": (60_001, None),
}
FRESH = ("heute", "woche")


@dataclass(frozen=True, slots=True)
class Wanted:
    """group, kind: slugs of categories. grade: this one or better. price, size, fresh: keys of
    the tables above."""

    words: str = ""
    group: str = ""
    kind: str = ""
    grade: str = ""
    price: str = ""
    size: str = ""
    fresh: str = ""
    photo: bool = False

    def __bool__(self) -> bool:
        return self != Wanted()

    def but(self, **changes: Any) -> Wanted:
        return replace(self, **changes)

    @property
    def query(self) -> str:
        """The part behind the question mark, always in the same order; empty for everything."""
        return urlencode([(name, value) for name, value in self.pairs if value])

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [
            ("q", self.words),
            ("art", self.group),
            ("sorte", self.kind),
            ("zustand", self.grade),
            ("preis", self.price),
            ("groesse", self.size),
            ("neu", self.fresh),
            ("foto", "1" if self.photo else ""),
        ]


def from_query(query: Mapping[str, str]) -> Wanted:
    """What of an address makes sense; the rest is as if it were not there."""
    return Wanted(
        words=" ".join(query.get("q", "").split())[:LONGEST_WORDS],
        group=_slug(query.get("art", "")),
        kind=_slug(query.get("sorte", "")),
        grade=_one_of(query.get("zustand", ""), GRADES),
        price=_one_of(query.get("preis", ""), PRICES),
        size=_one_of(query.get("groesse", ""), SIZES),
        fresh=_one_of(query.get("neu", ""), FRESH),
        photo=query.get("foto") == "1",
    )


def from_text(text: str) -> Wanted:
    """Back from `query`."""
    return from_query(dict(parse_qsl(text[:1000])))


def _one_of(text: str, known: Any) -> str:
    return text if text in known else ""


def _slug(text: str) -> str:
    return text if len(text) <= 40 and text.replace("-", "").isalnum() and text.isascii() else ""
