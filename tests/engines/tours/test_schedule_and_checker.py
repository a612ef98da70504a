from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.engines.tours.days import BIKE, day, line

from wesprint.engines.tours import (
    Break,
    Client,
    Depot,
    End,
    InvalidProblem,
    Problem,
    Route,
    Shipment,
    Solution,
    Vehicle,
    Violation,
    Visit,
    Window,
    check,
    schedule,
)

LATE = (Window(1_000, 1_200),)


def visits(*words: str) -> tuple[Visit, ...]:
    """ "k0 +1 -1 r0 b0": clients, both ends of shipments, reloads, breaks."""
    kinds = {"k": "client", "+": "pickup", "-": "delivery", "r": "reload", "b": "break"}
    return tuple(Visit(kinds[one[0]], int(one[1:])) for one in words)  # type: ignore[arg-type]


def route(*words: str, vehicle: int = 0) -> Route:
    return Route(vehicle, visits(*words))


def broken(problem: Problem, *routes: Route) -> list[tuple[str, int]]:
    return [(one.rule, one.by) for one in check(problem, Solution(routes)).violations]


def test_it_leaves_as_late_as_its_first_window_allows() -> None:
    problem = day(line(100, 300), [Client("A", 1, service=60), Client("B", 2, windows=LATE)])
    times = schedule(problem, route("k0", "k1"))
    assert [(one.arrive, one.begin, one.leave) for one in times.steps] == [
        (640, 640, 640), (740, 740, 800), (1_000, 1_000, 1_000), (1_300, 1_300, 1_300),
    ]  # fmt: skip
    assert (times.duration, times.metres, times.late) == (660, 600, 0)


def test_a_wait_stands_where_the_windows_leave_no_choice() -> None:
    early = Client("A", 1, windows=(Window(0, 200),))
    problem = day(line(100, 300), [early, Client("B", 2, windows=LATE)])
    times = schedule(problem, route("k0", "k1"))
    assert [(one.arrive, one.begin) for one in times.steps] == [
        (100, 100), (200, 200), (400, 1_000), (1_300, 1_300),
    ]  # fmt: skip


def test_of_several_windows_the_first_that_is_still_open() -> None:
    both = (Window(0, 50), Window(500, 700))
    problem = day(line(100), [Client("A", 1, windows=both)])
    assert schedule(problem, route("k0")).steps[1].begin == 500


def test_a_trip_waits_for_its_last_parcel_and_for_loading() -> None:
    depot = Depot("Kaufhaus", 0, loading=120)
    later = Client("B", 2, release=3_600)
    bike = replace(BIKE, reload=(0,), reloads=1)
    problem = day(line(100, 300), [Client("A", 1), later], vehicles=(bike,), depots=(depot,))
    times = schedule(problem, route("k0", "r0", "k1"))
    assert [(one.begin, one.leave) for one in times.steps] == [
        (3_280, 3_400), (3_500, 3_500), (3_600, 3_720), (4_020, 4_020), (4_320, 4_320),
    ]  # fmt: skip


def test_a_break_is_taken_where_the_rider_is() -> None:
    bike = replace(BIKE, breaks=(Break(Window(1_000, 2_000), 900),))
    problem = day(line(100, 300), vehicles=(bike,))
    times = schedule(problem, route("k0", "b0", "k1"))
    assert [(one.place, one.begin, one.leave) for one in times.steps] == [
        (0, 900, 900), (1, 1_000, 1_000), (1, 1_000, 1_900), (2, 2_100, 2_100), (0, 2_400, 2_400),
    ]  # fmt: skip


def test_a_sound_plan_and_what_it_costs() -> None:
    dear = replace(BIKE, fixed_cost=5_000, cost_metre=2, cost_second=3)
    problem = day(line(100, 300), vehicles=(dear,))
    report = check(problem, Solution((route("k0", "k1"),)))
    assert (report.violations, report.cost, report.metres, report.duration, report.left_out) == (
        (), 5_000 + 2 * 600 + 3 * 600, 600, 600, (),
    )  # fmt: skip


def test_everything_once() -> None:
    problem = day(line(100, 300))
    assert broken(problem, route("k0", "k0", "k1")) == [("twice", 1)]
    assert broken(problem, route("k0")) == [("left-out", 1)]
    assert broken(problem, route("k0"), route("k1")) == [("fleet", 1)]
    maybe = day(line(100), [Client("A", 1, priority=10)])
    assert check(maybe, Solution(())).left_out == ("A",)
    assert broken(maybe) == []


def test_too_late_too_long_too_far() -> None:
    problem = day(line(100, 300), [Client("A", 1), Client("B", 2, windows=(Window(0, 250),))])
    assert check(problem, Solution((route("k0", "k1"),))).violations == (
        Violation("window", "route 0, Rad, B", 50),
    )
    short = replace(BIKE, longest=500, range=550)
    assert broken(day(line(100, 300), vehicles=(short,)), route("k0", "k1")) == [
        ("shift", 100), ("range", 50),
    ]  # fmt: skip
    home_early = replace(BIKE, shift=Window(0, 500))
    assert broken(day(line(100, 300), vehicles=(home_early,)), route("k0", "k1")) == [
        ("window", 100)
    ]


def test_the_fullest_moment_counts() -> None:
    load = (40_000, 100)
    stops = [Client("A", 1, deliver=load), Client("B", 2, deliver=load, collect=load),
             Client("C", 3, collect=load)]  # fmt: skip
    problem = day(line(1, 2, 3), stops)
    assert broken(problem, route("k0", "k1", "k2")) == []
    heavier = [replace(stops[0], deliver=(60_001, 100)), *stops[1:]]
    assert broken(day(line(1, 2, 3), heavier), route("k0", "k1", "k2")) == [("load", 1)]
    # fetched first, the load of A is still on board
    assert broken(problem, route("k2", "k0", "k1")) == [("load", 20_000)]
    bulky = [replace(one, deliver=(0, 200)) for one in stops[:2]]
    assert broken(day(line(1, 2), bulky), route("k0", "k1")) == [("load", 100)]


def test_each_trip_has_its_own_load() -> None:
    bike = replace(BIKE, capacity=(10, 10), reload=(0,), reloads=1)
    stops = [Client(f"K{n}", n, deliver=(8, 1)) for n in (1, 2, 3)]
    problem = day(line(1, 2, 3), stops, vehicles=(bike,))
    assert broken(problem, route("k0", "r0", "k1", "k2")) == [("load", 6)]
    assert broken(problem, route("k0", "r0", "k1", "r0", "k2")) == [("reloads", 1)]
    assert broken(
        problem,
        route("k0", "r0", "k1", vehicle=0),
    ) == [("left-out", 1)]


def test_pairs_are_fetched_before_they_are_brought_on_one_trip() -> None:
    pair = Shipment("P", End(1), End(2), (5, 5))
    bike = replace(BIKE, reload=(0,), reloads=1)
    problem = day(line(1, 2), [], shipments=(pair,), vehicles=(bike,))
    assert broken(problem, route("+0", "-0")) == []
    assert broken(problem, route("-0", "+0")) == [("pair", 0), ("pair-not-brought", 1)]
    assert broken(problem, route("+0", "r0", "-0")) == [("pair-across-depot", 1), ("pair", 0)]
    small = replace(bike, capacity=(4, 9))
    problem = day(line(1, 2), [], shipments=(pair,), vehicles=(small,))
    assert broken(problem, route("+0", "-0")) == [("load", 1)]


def test_features_locks_breaks_and_depots() -> None:
    cool = frozenset({"cool"})
    problem = day(line(1), [Client("A", 1, needs=cool)])
    assert broken(problem, route("k0")) == [("features", 0)]
    assert broken(day(line(1), [Client("A", 1, only="Rad 2")]), route("k0")) == [("features", 0)]
    assert broken(day(line(1), [Client("A", 1, only="Rad")]), route("k0")) == []
    resting = replace(BIKE, breaks=(Break(Window(0, 100), 60),))
    assert broken(day(line(1), vehicles=(resting,)), route("k0")) == [("break", 1)]
    assert broken(day(line(1), vehicles=(resting,)), route("k0", "b0")) == []
    assert broken(day(line(1)), route("r0", "k0")) == [("reloads", 1), ("reload-depot", 0)]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"clients": (Client("A", 9),)}, "A: no such place"),
        ({"clients": (Client("A", 1, deliver=(1,)),)}, "A: a load in 2 dimensions"),
        ({"clients": (Client("A", 1, deliver=(-1, 1)),)}, "A: less than nothing"),
        ({"clients": (Client("A", 1, windows=(Window(9, 1),)),)}, "A: a window that ends before"),
        ({"clients": (Client("A", 1, windows=()),)}, "A: a window that ends before"),
        ({"shipments": (Shipment("P", End(1, -1), End(2)),)}, "P: less than nothing"),
        ({"vehicles": (Vehicle("Rad", (1, 1), start=2),)}, "vehicle Rad: no such depot"),
        ({"vehicles": (Vehicle("Rad", (1, -1)),)}, "vehicle Rad: less than nothing"),
        ({"vehicles": ()}, "at least one depot and one vehicle"),
        ({"vehicles": (Vehicle("A", (1,)), Vehicle("B", (1, 2)))}, "differ in the dimensions"),
        ({"seconds": np.array([[0, 1, 1], [1, 0, -1], [1, 1, 0]])}, "from place 1 to place 2"),
        ({"metres": np.zeros((2, 3), dtype=np.int64)}, "metres: a square matrix"),
    ],
)
def test_nonsense_is_named(changed: dict[str, object], told: str) -> None:
    with pytest.raises(InvalidProblem, match=told):
        replace(day(line(100, 300)), **changed)  # type: ignore[arg-type]
