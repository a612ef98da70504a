from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wesprint.engines.footprint import (
    METHOD_VERSION,
    Avoided,
    Driver,
    Factor,
    Item,
    Note,
    Per,
    Range,
    Share,
    Sign,
    Total,
    avoided,
    bounds,
    material_factor,
    production_range,
    total,
)
from wesprint.engines.footprint.factors import geometric_mean

ADEME_KETTLE = Factor("ademe", Per.ITEM, Range(6_934, 9_907, 12_880))
UK_SMALL = Factor("uk-ghg-2025", Per.KILOGRAM, Range(2_824, 5_648, 8_472))
HALF = Share("assumption", Range(200, 500, 800), assumed=True)
GRADE_B = Share("grade-b", Range(500, 700, 900))
KETTLE = Item("kettle", 1_200, True, (ADEME_KETTLE, UK_SMALL), HALF, GRADE_B)


def test_production_keeps_the_widest_ends_and_the_geometric_centre() -> None:
    # UK: 1.2 kg of 2824 .. 5648 .. 8472 g/kg; centre: floor(sqrt(9907 * 6778))
    assert UK_SMALL.of(1_200) == Range(3_388, 6_778, 10_167)
    assert production_range((ADEME_KETTLE, UK_SMALL), 1_200) == Range(3_388, 8_194, 12_880)


def test_no_factor_claims_nothing() -> None:
    result = avoided(dataclasses.replace(KETTLE, factors=()))
    assert result == Avoided(
        Range(0, 0, 0),
        Range(0, 0, 0),
        Driver.NONE,
        Sign.COULD_BE_ZERO,
        (Note.COULD_BE_ZERO, Note.NO_FACTOR, Note.DISPLACEMENT_ASSUMED),
        METHOD_VERSION,
    )


def test_a_kettle_in_use_again() -> None:
    # low 3388 * .2 * .5 = 338.8, central 8194 * .5 * .7 = 2867.9, high 12880 * .8 * .9 = 9273.6
    assert avoided(KETTLE) == Avoided(
        Range(338, 2_868, 9_274),
        Range(3_388, 8_194, 12_880),
        Driver.DISPLACEMENT,
        Sign.SAVES,
        (Note.DISPLACEMENT_ASSUMED,),
        METHOD_VERSION,
    )


def test_costs_can_turn_the_sign_and_become_the_driver() -> None:
    costly = dataclasses.replace(
        KETTLE, weighed=False, repair=Range(100, 200, 300), transport=Range(500, 4_000, 9_000)
    )
    assert avoided(costly) == Avoided(
        Range(338 - 9_300, 2_868 - 4_200, 9_274 - 600),
        Range(3_388, 8_194, 12_880),
        Driver.TRANSPORT,
        Sign.COULD_BE_ZERO,
        (Note.COULD_BE_ZERO, Note.MASS_ESTIMATED, Note.DISPLACEMENT_ASSUMED),
        METHOD_VERSION,
    )


def test_sources_that_differ_threefold_are_named() -> None:
    far = Factor("other", Per.ITEM, Range.exact(44_000))
    assert (
        Note.SOURCES_DISAGREE in avoided(dataclasses.replace(KETTLE, factors=(far, UK_SMALL))).notes
    )


@pytest.mark.parametrize(
    ("range_", "sign"),
    [
        (Range(1, 2, 3), Sign.SAVES),
        (Range(0, 2, 3), Sign.COULD_BE_ZERO),
        (Range(-3, -2, 0), Sign.COULD_BE_ZERO),
        (Range(-3, -2, -1), Sign.COSTS),
    ],
)
def test_sign(range_: Range, sign: Sign) -> None:
    assert range_.sign is sign


def test_crossed_ranges_and_impossible_shares_are_refused() -> None:
    with pytest.raises(ValueError, match="crossed range"):
        Range(2, 1, 3)
    with pytest.raises(ValueError, match="between 0 and 1000"):
        Share("x", Range(0, 500, 1001))
    with pytest.raises(ValueError, match="not negative"):
        dataclasses.replace(KETTLE, mass=-1)


def test_material_factor() -> None:
    # 92 % wood at 270 g/kg, 8 % metal at 3473 g/kg = 526.24 g/kg
    assert material_factor([(920, 270), (80, 3_473)]) == 526


def test_total_of_a_small_shop() -> None:
    shirt = Item(
        "clothing",
        400,
        False,
        (Factor("uk", Per.KILOGRAM, Range(11_155, 22_310, 33_465)),),
        Share("wrap", Range(500, 646, 800)),
        Share("grade-a", Range(700, 900, 1000)),
    )
    result = total([KETTLE, shirt, KETTLE])
    assert result == Total(
        bounds=Range(338 + 1_561 + 338, 2_868 + 5_188 + 2_868, 9_274 + 10_709 + 9_274),
        likely=result.likely,
        driver=Driver.PRODUCTION,
        sign=Sign.SAVES,
        count=3,
        mass=2_800,
        weighed_permille=857,
        draws=10_000,
        seed=2026,
        method=METHOD_VERSION,
    )
    assert result.likely == Range(7_048, 10_924, 15_062)
    assert total([shirt, KETTLE, KETTLE]) == result


def test_likely_range_agrees_with_the_closed_form_of_one_triangle() -> None:
    sure = Share("sure", Range.exact(1000))
    one = Item("x", 1, True, (Factor("s", Per.ITEM, Range(0, 0, 1_000_000)),), sure, sure)
    likely = total([one]).likely
    assert abs(likely.high - 1_000_000 * (1 - 0.05**0.5)) < 10_000
    assert likely.low == 0  # the centre is zero here, and the range always holds its centre


def test_a_lot_counts_as_so_many_things_of_their_mean_mass() -> None:
    lot = dataclasses.replace(KETTLE, mass=3_600, count=3)
    # UK: 3.6 kg; ADEME: three items; centre: floor(sqrt(29721 * 20333))
    assert lot.production == Range(10_166, 24_582, 38_640)
    assert avoided(lot).net == Range(1_016, 8_604, 27_821)
    assert (total([lot]).count, total([lot]).mass) == (3, 3_600)
    with pytest.raises(ValueError, match="at least one thing"):
        dataclasses.replace(KETTLE, count=0)


def test_nothing_sums_to_nothing() -> None:
    assert total([]) == Total(
        Range(0, 0, 0), Range(0, 0, 0), Driver.NONE, Sign.COULD_BE_ZERO, 0, 0, 0, 10_000, 2026
    )


amounts = st.integers(0, 10**7)
ranges = st.lists(amounts, min_size=3, max_size=3).map(lambda ends: Range(*sorted(ends)))
permille = st.lists(st.integers(0, 1000), min_size=3, max_size=3).map(lambda v: Range(*sorted(v)))
shares = st.builds(Share, st.sampled_from(["a", "b"]), permille, st.booleans())
factors = st.builds(Factor, st.just("s"), st.sampled_from(Per), ranges)
items = st.builds(
    Item,
    category=st.sampled_from(["kettle", "chair"]),
    mass=st.integers(0, 300_000),
    weighed=st.booleans(),
    factors=st.lists(factors, max_size=4).map(tuple),
    displacement=shares,
    lifetime=shares,
    repair=ranges,
    transport=ranges,
    extra_use=ranges,
)


@given(items)
def test_net_lies_between_nothing_displaced_and_all_displaced(item: Item) -> None:
    net = avoided(item).net
    assert -item.costs.high <= net.low <= net.central <= net.high
    assert net.high <= item.production.high - item.costs.low


@given(st.lists(items, max_size=5), st.lists(items, max_size=5))
def test_bounds_of_a_sum_are_the_sum_of_the_bounds(one: list[Item], other: list[Item]) -> None:
    assert bounds(one + other) == bounds(one) + bounds(other)


@given(st.lists(items, max_size=5))
def test_likely_lies_within_bounds_around_the_same_centre(batch: list[Item]) -> None:
    result = total(batch, draws=200)
    assert result.bounds.low <= result.likely.low <= result.likely.high <= result.bounds.high
    assert result.likely.central == result.bounds.central


@given(items, st.integers(1, 9))
def test_equal_things_scale(item: Item, count: int) -> None:
    assert bounds([item] * count) == bounds([item]).times(count)


@given(st.lists(factors, min_size=1, max_size=4), st.integers(1, 100_000))
def test_heavier_is_never_less(several: list[Factor], mass: int) -> None:
    light, heavy = production_range(several, mass), production_range(several, mass + 1)
    assert (light.low, light.central, light.high) <= (heavy.low, heavy.central, heavy.high)
    assert light.high <= heavy.high
    assert light.central <= heavy.central


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=7))
def test_geometric_mean_is_the_exact_root(values: list[int]) -> None:
    product = 1
    for value in values:
        product *= value
    root = geometric_mean(values)
    assert root ** len(values) <= product < (root + 1) ** len(values)
