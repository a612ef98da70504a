"""From answers to "would you have bought it new?" to a displacement rate with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from wesprint.engines.footprint.avoided import Share
from wesprint.engines.footprint.ranges import Range, half_up

ENOUGH = 30  # fewer answers say less than the labelled assumption
Z = 1.96  # nineteen of twenty intervals hold the true share


@dataclass(frozen=True, slots=True)
class Answers:
    """How often each answer was given."""

    yes: int = 0
    perhaps: int = 0
    no: int = 0

    def __add__(self, other: Answers) -> Answers:
        return Answers(self.yes + other.yes, self.perhaps + other.perhaps, self.no + other.no)

    @property
    def count(self) -> int:
        return self.yes + self.perhaps + self.no

    @property
    def enough(self) -> bool:
        return self.count >= ENOUGH


def displacement(answers: Answers) -> Range:
    """Per mille. "Perhaps" counts half; the range reaches from Wilson's lower end with every
    "perhaps" taken as no to his upper end with every "perhaps" taken as yes.

    Raises ValueError without an answer.
    """
    count = answers.count
    if not count:
        raise ValueError("no answers, no rate")
    return Range(
        math.floor(1000 * wilson(answers.yes, count)[0]),
        half_up(1000 * (2 * answers.yes + answers.perhaps), 2 * count),
        min(1000, math.ceil(1000 * wilson(answers.yes + answers.perhaps, count)[1])),
    )


def wilson(successes: int, count: int) -> tuple[float, float]:
    """Both ends of Wilson's score interval for a share; never below 0 or above 1."""
    middle = successes + Z * Z / 2
    spread = Z * math.sqrt(Z * Z / 4 + successes * (count - successes) / count)
    whole = count + Z * Z
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def measured(narrow_to_wide: Sequence[tuple[str, Answers]], otherwise: Share) -> Share:
    """The share that the first set with enough answers gives, its name telling which set it
    was; else the one given. Only the narrowest set outdoes a survey that was published: what was
    asked of all things says less of clothes than what others asked of clothes. Things that rest
    on one survey are wrong together."""
    for name, answers in narrow_to_wide if otherwise.assumed else narrow_to_wide[:1]:
        if answers.enough:
            return Share(f"survey:{name}", displacement(answers))
    return otherwise
