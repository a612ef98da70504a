"""What follows from the taps of a day, and what the law would ask: pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wesprint.apps.team.days import (
    Day,
    Expected,
    Hint,
    Limits,
    State,
    Work,
    day_of,
    from_taps,
    hints,
)

DAY = date(2026, 11, 23)
LIMITS = Limits(360, 30, 540, 45, 15, 600, 660)


@dataclass(frozen=True)
class Tap:
    verb: str
    at: datetime


def at(hour: int, minute: int = 0) -> datetime:
    return datetime.combine(DAY, time(hour, minute), UTC)


def taps(*pairs: tuple[str, int]) -> list[Tap]:
    return [Tap(verb, at(hour)) for verb, hour in pairs]


@pytest.mark.parametrize(
    ("pairs", "seconds", "breaks"),
    [
        ((("come", 8), ("go", 12)), 4, 0),
        ((("come", 8), ("pause", 10), ("resume", 11), ("go", 12)), 3, 1),
        ((("come", 8), ("pause", 10), ("go", 12)), 2, 0),  # left from the break
        ((("come", 8),), 0, 0),
        ((("come", 8), ("go", 9), ("come", 10)), 0, 0),  # here again: open
    ],
)
def test_work_of_taps(pairs: tuple[tuple[str, int], ...], seconds: int, breaks: int) -> None:
    work = from_taps(taps(*pairs))
    assert (work.seconds, work.breaks) == (seconds * 3600, breaks * 3600)


@given(st.lists(st.integers(0, 12 * 60), min_size=2, max_size=8, unique=True))
def test_work_and_breaks_are_the_time_between(minutes: list[int]) -> None:
    minutes = sorted(minutes)[: len(minutes) // 2 * 2]
    verbs = ["come", *["pause", "resume"] * (len(minutes) // 2 - 1), "go"]
    found = from_taps(
        [
            Tap(verb, at(6) + timedelta(minutes=one))
            for verb, one in zip(verbs, minutes, strict=True)
        ]
    )
    assert found.came is not None and found.left is not None
    assert found.seconds + found.breaks == (found.left - found.came).total_seconds()


@pytest.mark.parametrize(
    ("day", "expected", "state"),
    [
        (DAY, True, State.MISSING),
        (DAY, False, State.FREE),
        (DAY + timedelta(days=1), True, State.EXPECTED),
    ],
)
def test_a_day_of_which_nothing_is_known(day: date, expected: bool, state: State) -> None:
    week = Expected(time(8), time(14)) if expected else None
    assert day_of(day, DAY + timedelta(days=1), expected=week).state is state


def complete(hours: float, *parts: int, came: int = 7) -> Day:
    seconds = int(hours * 3600)
    away = sum(parts) * 60
    left = at(came) + timedelta(seconds=seconds + away)
    work = Work(at(came), left, away, seconds, seconds, tuple(part * 60 for part in parts))
    return Day(DAY, State.COMPLETE, work)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (complete(6), ()),
        (complete(6.1), (Hint.BREAK,)),
        (complete(8, 30), ()),
        (complete(8, 15, 15), ()),
        (complete(8, 20, 10), (Hint.BREAK,)),  # a part counts from 15 minutes on
        (complete(9.5, 30), (Hint.BREAK,)),
        (complete(9.5, 45), ()),
        (complete(10.5, 45), (Hint.TOO_LONG,)),
    ],
)
def test_hints_of_the_law_on_working_time(day: Day, found: tuple[Hint, ...]) -> None:
    assert hints(day, LIMITS) == found


def test_eleven_hours_of_rest() -> None:
    before = Day(DAY, State.COMPLETE, Work(at(14) - timedelta(days=1), at(21) - timedelta(days=1)))
    assert hints(complete(4, came=8), LIMITS, before) == ()
    assert hints(complete(4, came=7), LIMITS, before) == (Hint.REST,)
