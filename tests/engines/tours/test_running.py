"""The day goes on: what is left of a plan, what it may become, and what nobody may change."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from tests.engines.tours.days import BIKE, day, line, random_day
from tests.engines.tours.test_schedule_and_checker import broken, route, visits

from wesprint.engines.tours import (
    Break,
    Client,
    Depot,
    End,
    InvalidProblem,
    Problem,
    Route,
    Settings,
    Shipment,
    Solution,
    Underway,
    Vehicle,
    Visit,
    Window,
    check,
    plan,
    schedule,
)
from wesprint.engines.tours.insertion import insert_all
from wesprint.engines.tours.reference import best
from wesprint.engines.tours.repair import sound
from wesprint.engines.tours.running import at, catch_up, collapse
from wesprint.engines.tours.solvers.local_search import Budget, Model, worth

QUICK = Settings(seconds=None, iterations=80, rounds=2, cores=1)


def goods(*words: str) -> frozenset[Visit]:
    return frozenset(visits(*words))


def underway(**changed: object) -> Vehicle:
    """At 200 m, free at 500, since 300, with what is delivered at A and B in the bike."""
    usual = Underway(1, 500, 300, 200, aboard=goods("k0", "k1"))
    return replace(BIKE, underway=replace(usual, **changed))  # type: ignore[arg-type]


def running(vehicle: Vehicle, **changed: object) -> Problem:
    load = (10_000, 50)
    stops = [Client("A", 2, load), Client("B", 3, load), Client("C", 4, load),
             Client("D", 4, collect=load)]  # fmt: skip
    usual = day(line(200, 300, 500, 600), stops, vehicles=(vehicle,))
    return replace(usual, **changed)  # type: ignore[arg-type]


def maybe(problem: Problem) -> Problem:
    """The same with all stops optional, to look at one rule alone."""
    return replace(problem, clients=tuple(replace(one, priority=10) for one in problem.clients))


# -- the schedule and the checker --------------------------------------------------------------


def test_it_begins_where_the_vehicle_is_and_does_not_dawdle() -> None:
    problem = running(underway())
    late = replace(problem.clients[1], windows=(Window(2_000, 3_000),))
    problem = replace(problem, clients=(problem.clients[0], late, *problem.clients[2:]))
    times = schedule(problem, route("k0", "k1"))
    assert [(one.place, one.arrive, one.begin) for one in times.steps] == [
        (1, 500, 500), (2, 600, 600), (3, 800, 2_000), (0, 2_500, 2_500),
    ]  # fmt: skip
    assert (times.metres, times.duration) == (100 + 200 + 500, 2_000)


def test_only_what_is_to_come_costs_but_shift_and_battery_count_from_the_morning() -> None:
    problem = maybe(running(underway()))
    report = check(problem, Solution((route("k0", "k1"),)))
    assert (report.violations, report.cost) == ((), 800 + 800)
    tired = replace(underway(), longest=999, range=999)
    # 300 to 1,300, and 200 m before 800 m
    assert broken(maybe(running(tired)), route("k0", "k1")) == [("shift", 1), ("range", 1)]


def test_what_is_not_in_the_bike_waits_for_the_hub() -> None:
    loading = replace(underway(), reload=(0,), reloads=1)
    problem = maybe(running(loading))
    assert broken(problem, route("k0", "k2", "k1")) == [("aboard", 0)]
    assert broken(problem, route("k0", "k1", "r0", "k2")) == []
    # fetched goods need no hub; and what is in the bike may wait for the second trip
    assert broken(problem, route("k3", "k0", "r0", "k2", "k1")) == []


def test_goods_change_the_bike_at_the_hub_and_not_before_they_are_there() -> None:
    late = replace(BIKE, name="Rad 2", shift=Window(0, 36_000))
    fleet = (replace(underway(), reload=(0,), reloads=1), late)
    problem = maybe(replace(running(fleet[0]), vehicles=fleet))
    times = Client("B", 3, (10_000, 50), windows=(Window(1_300, 1_300),), priority=10)
    problem = replace(problem, clients=(problem.clients[0], times, *problem.clients[2:]))
    # home by way of A at 900; loading for B at 1,300 begins at 800
    assert broken(problem, route("k0"), route("k1", vehicle=1)) == [("aboard", 100)]
    # without A the first is home at 700
    assert broken(problem, route(), route("k1", vehicle=1)) == []
    # loads again on its way round: the hub is reached at 700 as well
    assert broken(problem, route("r0", "k0"), route("k1", vehicle=1)) == []


def test_what_is_fetched_stays_in_its_bike() -> None:
    pairs = (Shipment("P", End(2), End(3), (5_000, 20)),)
    fleet = (
        underway(done=visits("+0"), aboard=goods("-0"), place=2),
        replace(BIKE, name="Rad 2"),
    )
    problem = day(line(200, 300, 500), [], vehicles=fleet, shipments=pairs)
    assert broken(problem, route("-0")) == []
    assert broken(problem, route("+0", "-0")) == [("twice", 1)]
    assert broken(problem, route(), route("-0", vehicle=1)) == [("pair", 0), ("aboard", 800)]
    assert broken(problem, route()) == [("left-out", 1)]


def test_the_load_of_the_moment_counts() -> None:
    heavy = replace(underway(collected=(80_001, 0)), reload=(0,), reloads=1)
    problem = maybe(running(heavy))
    assert broken(problem, route("k0", "k1")) == [("load", 1)]
    full = maybe(running(replace(heavy, capacity=(100_001, 300))))
    # with A and B gone there is room for D; after the hub there is anyway
    assert broken(full, route("k0", "k3", "k1")) == []
    assert broken(full, route("k3", "k0", "k1")) == [("load", 10_000)]
    assert broken(full, route("r0", "k3", "k2", "k0")) == []


def test_locked_stops_come_first_and_nobody_is_forgotten_on_the_road() -> None:
    problem = maybe(running(underway(locked=visits("k1", "k0"))))
    assert broken(problem, route("k1", "k0", "k3")) == []
    assert broken(problem, route("k0", "k1")) == [("locked", 0)]
    assert broken(problem) == [("not-home", 0)]


def test_reloads_and_breaks_behind_it_count() -> None:
    rest = (Break(Window(0, 9_000), 600), Break(Window(0, 9_000), 300))
    bike = replace(underway(done=visits("r0", "b1")), reload=(0,), reloads=1, breaks=rest)
    problem = maybe(running(bike))
    assert broken(problem, route("k0", "b0", "k1")) == []
    assert broken(problem, route("k0", "b1", "k1")) == [("break", 0)]
    assert broken(problem, route("k0", "b0", "r0", "k1")) == [("reloads", 1)]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"place": 9}, "vehicle Rad: no such place"),
        ({"locked": visits("k9")}, "vehicle Rad: no client 9"),
        ({"done": visits("b0")}, "vehicle Rad: no break 0"),
        ({"aboard": goods("r0")}, "vehicle Rad: a reload has no goods aboard"),
        ({"done": visits("k0")}, "A: in two bikes, or brought already"),
        ({"collected": (1,)}, "vehicle Rad: a load in 2 dimensions"),
    ],
)
def test_nonsense_on_the_road_is_named(changed: dict[str, object], told: str) -> None:
    with pytest.raises(InvalidProblem, match=told):
        running(underway(**changed))


def test_a_vehicle_on_the_road_is_one_of_its_own() -> None:
    with pytest.raises(InvalidProblem, match="under way it is one of its own"):
        running(replace(underway(), count=2))
    with pytest.raises(InvalidProblem, match="A: in two bikes"):
        replace(running(underway()), vehicles=(underway(), underway()))


# -- what is left of a plan --------------------------------------------------------------------


def test_a_day_at_twenty_past() -> None:
    depot = Depot("Kaufhaus", 0, loading=100)
    pair = Shipment("P", End(3), End(4), (1_000, 5))
    stops = [Client("A", 1, (5, 5), service=60), Client("B", 2, (6, 6), (7, 7), service=60),
             Client("C", 4, (8, 8))]  # fmt: skip
    bike = replace(BIKE, reload=(0,), reloads=1)
    problem = day(
        line(100, 300, 500, 600), stops, vehicles=(bike,), shipments=(pair,), depots=(depot,)
    )
    whole = Solution((route("k0", "k1", "+0", "-0", "r0", "k2"),))
    assert check(problem, whole).sound
    steps = [(one.begin, one.leave) for one in schedule(problem, whole.routes[0]).steps]
    assert steps == [(0, 100), (200, 260), (460, 520), (720, 720), (820, 820), (1_420, 1_520),
                     (2_120, 2_120), (2_720, 2_720)]  # fmt: skip

    def now(when: int) -> tuple[Underway | None, tuple[Visit, ...]]:
        later, rest = at(problem, whole, when)
        assert (later.vehicles[0].count, len(rest.routes)) == (0, 1)
        return later.vehicles[1].underway, rest.routes[0].visits

    assert now(0) == (
        Underway(0, 100, 0, aboard=goods("k0", "k1"), collected=(0, 0)),
        visits("k0", "k1", "+0", "-0", "r0", "k2"),
    )
    assert now(500) == (
        Underway(2, 520, 0, 300, visits("k0", "k1"), collected=(7, 7)),
        visits("+0", "-0", "r0", "k2"),
    )
    assert now(750) == (
        Underway(3, 720, 0, 500, visits("k0", "k1", "+0"), goods("-0"), (7, 7), visits("-0")),
        visits("-0", "r0", "k2"),
    )
    assert now(1_430) == (
        Underway(0, 1_520, 0, 1_200, visits("k0", "k1", "+0", "-0", "r0"), goods("k2"), (0, 0)),
        visits("k2"),
    )
    assert now(9_000) == (
        Underway(4, 2_120, 0, 1_800, visits("k0", "k1", "+0", "-0", "r0", "k2"), collected=(0, 0)),
        (),
    )


def test_who_has_not_begun_keeps_the_tour() -> None:
    stops = [Client("A", 1), Client("B", 2, windows=(Window(5_000, 6_000),))]
    problem = day(line(100, 300), stops, vehicles=(replace(BIKE, count=3),))
    later, rest = at(problem, Solution((route("k0"), route("k1"))), 1_000)
    assert [(one.count, one.shift) for one in later.vehicles] == [
        (2, Window(1_000, 36_000)), (1, Window(0, 36_000)),
    ]  # fmt: skip
    assert rest.routes == (route(vehicle=1), route("k1", vehicle=0))
    assert check(later, rest).sound


def drawn(seed: int, *, clients: int = 14, pairs: int = 3) -> tuple[Problem, Solution]:
    """A day with a plan that leaves nothing out."""
    rest = (Break(Window(3_000, 9_000), 900),) if seed % 2 else ()
    problem = random_day(seed, clients=clients, pairs=pairs, breaks=rest, shift=Window(0, 20_000))
    found = insert_all(problem, Solution(()))
    found = plan(problem, replace(QUICK, iterations=10, rounds=1), start=found).solution
    kept = {visit.index for visit in found.routes[0].visits if visit.kind == "client"}
    assert kept or found.routes
    relaxed = [replace(one, priority=50) for one in problem.clients]
    return replace(problem, clients=tuple(relaxed)), found


@pytest.mark.parametrize("seed", range(12))
def test_at_every_moment_the_rest_of_a_sound_plan_is_sound_and_the_costs_add_up(seed: int) -> None:
    problem, whole = drawn(seed)
    report = check(problem, whole)
    assert report.sound
    draw = random.Random(seed)
    moments = sorted(draw.randrange(0, 18_000) for _ in range(6))
    later, rest = problem, whole
    for when in moments:  # one after the other, so that a day on the road goes on as well
        later, rest = at(later, rest, when)
        now = check(later, rest)
        assert now.violations == ()
        assert now.left_out == report.left_out
        assert now.cost + _spent(later) == report.cost
        assert sound(later, rest) == rest
        shorter = collapse(later)
        assert check(shorter.problem, shorter.inside(rest)).violations == ()
        assert shorter.outside(shorter.inside(rest)) == rest


def _spent(problem: Problem) -> int:
    return sum(
        one.cost_metre * now.ridden + one.cost_second * (now.free - now.started)
        for one in problem.vehicles
        if (now := one.underway)
    )


# -- planning on -------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_pyvrp_counts_a_running_day_as_the_checker_does(seed: int) -> None:
    problem, whole = drawn(200 + 2 * seed, clients=20)
    problem = replace(
        problem,
        clients=tuple(replace(one, windows=one.windows[-1:]) for one in problem.clients),
        vehicles=tuple(replace(one, fixed_cost=0) for one in problem.vehicles),
    )
    later, rest = at(problem, insert_all(problem, Solution(())), 2_500)
    shorter = collapse(later).problem
    model = Model(later)
    found = model.solve(Budget(iterations=60), seed=seed, start=rest)
    assert found.cost <= worth(later, rest)
    report = check(later, found.solution)
    assert report.violations == ()
    # PyVRP's clock for all vehicles on the road begins at one moment
    running_ = [one.underway for one in shorter.vehicles if one.underway]
    first = min(one.free for one in running_)
    constant = sum(one.free - first for one in running_)
    locked = _spent(shorter) - _spent(later)
    assert found.counted - constant + locked == found.cost
    assert whole.routes


@pytest.mark.parametrize("seed", [0, 1, 3, 4, 5, 6])
def test_small_running_days_are_planned_as_well_as_can_be(seed: int) -> None:
    later = small(seed)
    wanted = best(later)
    assert wanted is not None
    found = plan(later, replace(QUICK, iterations=150))
    assert found.report.violations == ()
    assert found.report.cost == check(later, wanted).cost


def small(seed: int) -> Problem:
    """Two bikes, one on the road with two parcels, one stop to collect, one parcel in the hub."""
    draw = random.Random(seed)
    places = [(0, 0)] + [(draw.randint(-900, 900), draw.randint(-900, 900)) for _ in range(5)]
    now = Underway(5, 700, 100, 600, aboard=goods("k0", "k1"), locked=visits("k0") * (seed % 2))
    bikes = (
        replace(BIKE, name="unterwegs", underway=now, reload=(0,), reloads=2),
        replace(BIKE, name="im Hof", reload=(0,), reloads=1, shift=Window(700, 20_000)),
    )
    stops = [
        Client("A", 1, (40_000, 90), service=100),
        Client("B", 2, (40_000, 90), windows=(Window(0, 6_000),)),
        Client("C", 3, collect=(30_000, 90)),
        Client("D", 4, (30_000, 90)),
    ]
    return day(places, stops, vehicles=bikes, depots=(Depot("Kaufhaus", 0, loading=120),))


def test_a_wave_is_loaded_by_those_who_come_back() -> None:
    """On the way to the hub: what has just arrived there can be on the next trip."""
    now = Underway(1, 500, 0, 500, locked=(Visit("reload", 0),))
    bike = replace(BIKE, underway=now, reload=(0,), reloads=1)
    stops = [Client("A", 1, (5, 5)), Client("B", 2, (5, 5), windows=(Window(0, 1_300),))]
    problem = day(line(200, 300), stops, vehicles=(bike,))
    found = plan(problem, QUICK)
    assert found.solution == Solution((route("r0", "k1", "k0"),))
    assert found.report.sound


def test_an_idle_rider_on_the_road_comes_home() -> None:
    found = plan(day(line(200), [], vehicles=(underway(aboard=frozenset()),)), QUICK)
    assert (found.solution, found.report.cost) == (Solution((route(),)), 400)


def test_why_an_order_must_wait() -> None:
    found = plan(running(underway()), QUICK)
    assert found.left_out == {"C": "aboard"}
    assert found.solution.clients == {0, 1, 3}


@pytest.mark.parametrize("seed", range(10))
def test_no_plan_of_a_running_day_breaks_a_promise(seed: int) -> None:
    problem, whole = drawn(400 + seed, clients=16, pairs=2)
    later, rest = at(problem, whole, 1_500 + 600 * seed)
    found = plan(later, replace(QUICK, iterations=30, rounds=1, seed=seed), start=rest)
    assert found.report.violations == ()
    assert worth(later, found.solution) <= worth(later, rest)


# -- late --------------------------------------------------------------------------------------


def test_who_is_late_already_is_told_and_not_dropped() -> None:
    problem = running(underway())
    stops = [replace(one, windows=(Window(0, 550),)) for one in problem.clients[:2]]
    problem = replace(problem, clients=(*stops, *problem.clients[3:]))
    on = Solution((route("k0", "k1", "k2"),))
    assert broken(problem, *on.routes) == [("window", 50), ("window", 200)]
    later, late = catch_up(problem, on)
    assert late == {"A": 50, "B": 250}
    assert check(later, on).sound
    assert Route(0, on.routes[0].visits) == on.routes[0]
