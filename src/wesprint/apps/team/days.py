"""What follows from the taps and entries of one day. Pure: rows in, a day out.

Nothing is invented: a "come" without a "go" stays open, and an open day has no hours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Protocol

MINUTE = 60


class Tap(Protocol):
    @property
    def verb(self) -> str: ...
    @property
    def at(self) -> datetime: ...


class Said(Protocol):
    """An entry of the lead."""

    came: datetime | None
    left: datetime | None
    break_minutes: int
    absence: str


class State(StrEnum):
    FREE = "free"  # nothing was expected, nothing happened
    EXPECTED = "expected"  # today or later
    MISSING = "missing"  # expected, past, and nothing is known
    HERE = "here"
    PAUSED = "paused"
    OPEN = "open"  # past, came and never left
    ABSENT = "absent"
    COMPLETE = "complete"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Expected:
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class Work:
    """From, to, breaks and work in seconds; `longest`: the longest stretch without a break.
    `parts`: the lengths of the single breaks, where they are known."""

    came: datetime | None = None
    left: datetime | None = None
    breaks: int = 0
    seconds: int = 0
    longest: int = 0
    parts: tuple[int, ...] = ()
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """One day of one engagement. `said`: whether an entry stands beside the taps."""

    day: date
    state: State
    work: Work
    absence: str = ""
    expected: Expected | None = None
    said: bool = False

    @property
    def counts(self) -> bool:
        return self.state in (State.COMPLETE, State.CONFIRMED)


def day_of(
    day: date,
    today: date,
    *,
    taps: Sequence[Tap] = (),
    said: Said | None = None,
    expected: Expected | None = None,
    confirmed: bool = False,
) -> Day:
    """The newest entry counts, else the taps."""
    work = from_entry(said) if said else from_taps(taps)
    absence = said.absence if said else ""
    state = _state(day, today, work, absence, expected, confirmed)
    return Day(day, state, work, absence, expected, said is not None)


def _state(
    day: date, today: date, work: Work, absence: str, expected: Expected | None, confirmed: bool
) -> State:
    if absence:
        return State.ABSENT
    if work.left is not None:
        return State.CONFIRMED if confirmed else State.COMPLETE
    if work.came is not None:
        return _still_here(day, today, work)
    if expected is None:
        return State.FREE
    return State.EXPECTED if day >= today else State.MISSING


def _still_here(day: date, today: date, work: Work) -> State:
    if day < today:
        return State.OPEN
    return State.PAUSED if work.paused else State.HERE


def from_entry(said: Said) -> Work:
    if said.came is None or said.left is None:
        return Work()
    away = said.break_minutes * MINUTE
    whole = _seconds(said.left - said.came)
    work = max(0, whole - away)
    return Work(said.came, said.left, away, work, 0 if away else work, (away,) if away else ())


def from_taps(taps: Iterable[Tap]) -> Work:
    """Time between going and coming again on the same day is a break, like a pause."""
    stretches, came, inside, left, paused = [], None, None, None, False
    for tap in sorted(taps, key=lambda one: one.at):
        if tap.verb in ("come", "resume") and inside is None:
            came, inside, left, paused = came or tap.at, tap.at, None, False
        elif tap.verb in ("pause", "go") and inside is not None:
            stretches.append((inside, tap.at))
            inside, paused = None, tap.verb == "pause"
            left = tap.at if tap.verb == "go" else None
        elif tap.verb == "go" and paused:
            left, paused = stretches[-1][1], False  # left from the break: it was no work
    return _work(stretches, came, left, paused)


def _work(
    stretches: list[tuple[datetime, datetime]],
    came: datetime | None,
    left: datetime | None,
    paused: bool,
) -> Work:
    if came is None:
        return Work()
    if left is None:
        return Work(came=came, paused=paused)
    lengths = [_seconds(end - start) for start, end in stretches]
    gaps = [_seconds(after[0] - before[1]) for before, after in pairwise(stretches)]
    return Work(came, left, sum(gaps), sum(lengths), max(lengths), tuple(gaps))


def _seconds(span: timedelta) -> int:
    """Whole minutes, as the sheet shows them: so its sums are the sums of what it shows."""
    return int(span.total_seconds()) // MINUTE * MINUTE


# -- hints ---------------------------------------------------------------------------------
class Hint(StrEnum):
    """What the law on working time would ask; a hint, never a refusal."""

    BREAK = "break"
    TOO_LONG = "too-long"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Limits:
    """Minutes, from the dated norms."""

    first_after: int
    first: int
    second_after: int
    second: int
    part: int
    day_at_most: int
    rest: int


def hints(day: Day, limits: Limits, before: Day | None = None) -> tuple[Hint, ...]:
    """§§ 3 to 5 ArbZG on a complete day; `before`: the day before."""
    if not day.counts:
        return ()
    work, found = day.work, []
    if _break_counted(work, limits) < _break_due(work.seconds, limits):
        found.append(Hint.BREAK)
    if work.seconds > limits.day_at_most * MINUTE:
        found.append(Hint.TOO_LONG)
    if before and _rested(before, day) < limits.rest * MINUTE:
        found.append(Hint.REST)
    return tuple(found)


def _rested(before: Day, day: Day) -> float:
    if before.work.left is None or day.work.came is None:
        return float("inf")
    return _seconds(day.work.came - before.work.left)


def _break_counted(work: Work, limits: Limits) -> int:
    return sum(part for part in work.parts if part >= limits.part * MINUTE)


def _break_due(seconds: int, limits: Limits) -> int:
    if seconds > limits.second_after * MINUTE:
        return limits.second * MINUTE
    return limits.first * MINUTE if seconds > limits.first_after * MINUTE else 0
