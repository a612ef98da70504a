"""What is taken off: never a credit, exact at its ends, and able to turn the sign."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.footprint.test_footprint import KETTLE

from wesprint.engines.footprint import (
    NO_COSTS,
    ZERO,
    Costs,
    Driver,
    OwnFootprint,
    Range,
    Sign,
    bounds,
    effort,
    extra_use,
    total,
)

ends = st.lists(st.integers(0, 10**7), min_size=3, max_size=3).map(sorted)
ranges = ends.map(lambda found: Range(*found))
VAN = Range(185, 238, 318)


def test_the_ways_of_a_van() -> None:
    # three ways of 4 .. 10 .. 25 km
    assert effort(3, Range(4_000, 10_000, 25_000), VAN) == Range(2_220, 7_140, 23_850)


def test_hours_at_the_bench() -> None:
    # 90 minutes of 0.2 .. 1 .. 3 kWh an hour; 96.6, 544.5 and 1840.5 g, rounded outwards
    current = Range(322, 363, 409)
    assert effort(5_400, Range(200, 1_000, 3_000), current, per=3_600) == Range(96, 545, 1_841)


def test_an_old_fridge() -> None:
    # 0 .. 40 .. 185 kWh a year for 0.3 .. 0.7 .. 1 of ten years
    yearly, lasting, current = (
        Range(0, 40_000, 185_000),
        Range(300, 700, 1000),
        Range(322, 363, 409),
    )
    assert extra_use(1, yearly, 10, lasting, current) == Range(0, 101_640, 756_650)


@given(st.integers(-5, 10**6), ranges, ranges)
def test_a_cost_is_never_a_credit(count: int, each: Range, factor: Range) -> None:
    found = effort(count, each, factor)
    assert found.low >= 0
    assert (found == ZERO) or count > 0


@given(ranges, ranges, ranges)
def test_more_costs_never_mean_more_avoided(repair: Range, transport: Range, extra: Range) -> None:
    common = Costs(repair, transport, extra)
    without, with_costs = bounds([KETTLE]), bounds([KETTLE], common)
    assert with_costs == without - repair - transport - extra
    assert total([KETTLE], common=common, draws=50).bounds == with_costs


def test_costs_turn_the_sign_of_a_sum() -> None:
    assert total([KETTLE], draws=200).sign is Sign.SAVES
    some = Costs(repair=Range(0, 1_500, 6_000))
    assert total([KETTLE], common=some, draws=200).sign is Sign.COULD_BE_ZERO
    much = Costs(transport=Range(20_000, 30_000, 90_000))
    found = total([KETTLE], common=much, draws=200)
    assert (found.sign, found.driver) == (Sign.COSTS, Driver.TRANSPORT)


def test_costs_without_anything_handed_over_are_shown_too() -> None:
    found = total([], common=Costs(repair=Range(5, 6, 7)), draws=50)
    assert (found.bounds, found.sign, found.count) == (Range(-7, -6, -5), Sign.COSTS, 0)
    assert total([], common=NO_COSTS).likely == ZERO


def test_costs_and_the_own_footprint_do_not_add_up() -> None:
    with pytest.raises(TypeError):
        Costs() + OwnFootprint()  # type: ignore[operator]
    with pytest.raises(ValueError, match="not negative"):
        Costs(repair=Range(-1, 0, 0))
