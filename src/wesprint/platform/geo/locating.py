"""From what somebody typed to a place on the map, without refusing what the map does not know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wesprint.engines.addresses import Found
from wesprint.platform.geo.models import Confidence, Town
from wesprint.platform.geo.selectors import find, holds

Point = tuple[float, float]

SURE: Final = 0.95
"""Score of an answer that needs no question: the name as it was typed, or nearly."""
LIKE: Final = 0.78
"""Below it the address is another one, probably of another town."""
CLOSE: Final = 0.06
"""Two answers that are nearer to each other than this could both be meant."""


@dataclass(frozen=True, slots=True)
class Where:
    """An address as it is kept. Without a place the map does not know it; it is as good to read."""

    text: str
    lat: float | None = None
    lon: float | None = None
    confidence: str = ""

    @property
    def place(self) -> dict[str, float | str | None]:
        """For a row of a `Located` model."""
        return {"lat": self.lat, "lon": self.lon, "confidence": self.confidence}

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


NOWHERE: Final = Where("")


def locate(town: Town | None, text: str, *, pin: Point | None = None) -> Where:
    """Where `text` is. pin: where somebody showed it; believed inside of the town only."""
    text = " ".join(text.split())
    if town is None or not text:
        return Where(text)
    if pin is not None and holds(town, *pin):
        return Where(text, *pin, Confidence.PINNED)
    best = next(iter(find(town, text, 1)), None)
    return _where(text, best) if best and best.score >= LIKE else Where(text)


def choices(town: Town, text: str) -> list[Found]:
    """What could be meant where that is not plain; empty where it is, or where nothing is like
    it."""
    found = [one for one in find(town, text) if one.score >= LIKE]
    if not found or _plain(found):
        return []
    return found


def _plain(found: list[Found]) -> bool:
    best, *others = found
    return best.score >= SURE and all(best.score - one.score > CLOSE for one in others)


def _where(text: str, found: Found) -> Where:
    return Where(text, round(found.lat, 6), round(found.lon, 6), found.match)
