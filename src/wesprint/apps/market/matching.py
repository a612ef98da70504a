"""Which entries of the exchange fit each other, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wesprint.platform.search.folding import indexed_words

NEAR_DIGITS = 3  # of a German postcode: a town and its neighbours
SHORTEST_WORD = 4


class Reason(StrEnum):
    MATERIAL = "material"
    WORDS = "words"
    ENOUGH = "enough"
    PART = "part"
    DAYS = "days"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Side:
    """One entry as far as matching looks at it; quantity in steps of the unit."""

    material: str
    words: str
    quantity: int
    unit: str
    since: date
    until: date
    postcode: str


def fit(wanted: Side, offered: Side) -> tuple[Reason, ...]:
    """Why they fit, best reason first; empty where they do not: another material, or no day
    on which both are open."""
    if wanted.material != offered.material or not _overlap(wanted, offered):
        return ()
    reasons = [Reason.MATERIAL, Reason.DAYS]
    if _words(wanted.words) & _words(offered.words):
        reasons.append(Reason.WORDS)
    if wanted.unit == offered.unit:
        reasons.append(Reason.ENOUGH if offered.quantity >= wanted.quantity else Reason.PART)
    if wanted.postcode[:NEAR_DIGITS] == offered.postcode[:NEAR_DIGITS]:
        reasons.append(Reason.NEAR)
    return tuple(sorted(reasons, key=list(_WEIGHT).index))


_WEIGHT = {
    Reason.WORDS: 4,
    Reason.ENOUGH: 3,
    Reason.NEAR: 2,
    Reason.PART: 1,
    Reason.MATERIAL: 1,
    Reason.DAYS: 1,
}


def weight(reasons: tuple[Reason, ...]) -> int:
    return sum(_WEIGHT[reason] for reason in reasons)


def _overlap(one: Side, other: Side) -> bool:
    return one.since <= other.until and other.since <= one.until


def _words(text: str) -> set[str]:
    return {word for word in indexed_words(text) if len(word) >= SHORTEST_WORD}
