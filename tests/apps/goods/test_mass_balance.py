"""Whatever people do, in whatever order: not a gram is lost."""

from __future__ import annotations

from itertools import count
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.apps.goods.random_work import VERBS, House, check

from wesprint.kernel.clock import FixedClock

FEW, MANY = 25, 250  # commands in one house
HOUSES = 40  # MANY commands in each: 10,000
_slugs = count()


def _houses(number: int) -> settings:
    unhurried = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=number, deadline=None, suppress_health_check=unhurried)


work = st.lists(st.integers(0, len(VERBS) - 1), min_size=5, max_size=FEW)


def _house(clock: FixedClock) -> House:
    return House(clock, f"haus-{next(_slugs)}")


@_houses(12)
@given(verbs=work, seed=st.integers(0, 2**32))
def test_nothing_is_lost(db: None, clock: FixedClock, verbs: list[int], seed: int) -> None:
    house, random = _house(clock), Random(seed)
    for verb in verbs:
        house.work(verb, random)
        check(house)


@pytest.mark.heavy
@_houses(HOUSES)
@given(seed=st.integers(0, 2**32))
def test_nothing_is_lost_after_ten_thousand_commands(
    db: None, clock: FixedClock, seed: int
) -> None:
    house, random = _house(clock), Random(seed)
    for _command in range(MANY):
        house.work(random.randrange(len(VERBS)), random)
    check(house)
    assert house.done > MANY // 2
