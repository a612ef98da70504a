"""One more order, a promise, one tour: answers while the bikes are on the road."""

from __future__ import annotations

import importlib
from dataclasses import replace

import pytest
from tests.engines.tours.days import BIKE, day, line
from tests.engines.tours.test_running import drawn, goods, running, underway
from tests.engines.tours.test_schedule_and_checker import route, visits

from wesprint.engines.tours import (
    Break,
    Client,
    Depot,
    End,
    Problem,
    Shipment,
    Solution,
    Visit,
    Window,
    check,
)
from wesprint.engines.tours.insertion import cheapest
from wesprint.engines.tours.live import improve, insert, promise, tidy
from wesprint.engines.tours.reference import best
from wesprint.engines.tours.running import at
from wesprint.engines.tours.solvers.live_search import Live


def with_order(problem: Problem, order: Client | Shipment) -> Problem:
    if isinstance(order, Client):
        return replace(problem, clients=(*problem.clients, order))
    return replace(problem, shipments=(*problem.shipments, order))


def test_an_order_from_shop_to_customer_goes_where_it_costs_least() -> None:
    pair = Shipment("P", End(2), End(3), (5, 5))
    problem = with_order(running(underway()), pair)
    problem = replace(problem, clients=problem.clients[:2])
    found = insert(problem, Solution((route("k0", "k1"),)))
    assert (found.more, found.left_out, found.report.sound) == (0, {}, True)


def test_for_what_lies_in_the_hub_a_rider_comes_back() -> None:
    bike = replace(underway(), reload=(0,), reloads=1)
    stops = running(bike).clients
    soon = replace(stops[0], windows=(Window(0, 600),))
    problem = running(bike, clients=(soon, stops[1], replace(stops[2], place=1)))
    found = insert(problem, Solution((route("k0", "k1"),)))
    # 500 to A at 300 and B at 500, home at 1,300; 200 there and 200 back once more
    assert found.solution == Solution((route("k0", "k1", "r0", "k2"),))
    assert (found.more, found.report.sound) == (800, True)


def test_nobody_is_dropped_for_a_new_order() -> None:
    bike = replace(underway(), shift=Window(0, 1_300))
    order = Client("neu", 4, priority=10**6)
    problem = running(bike, clients=(*running(bike).clients[:2], order))
    problem = replace(problem, clients=tuple(replace(one, priority=1) for one in problem.clients))
    before = Solution((route("k0", "k1"),))
    found = insert(problem, before)
    assert (found.solution, found.more, found.left_out) == (before, 0, {"neu": "window"})


def test_the_earliest_window_that_can_be_promised() -> None:
    problem = running(underway(), clients=running(underway()).clients[:2])
    before = Solution((route("k0", "k1"),))
    hours = [Window(0, 599), Window(600, 899), Window(900, 1_199), Window(1_200, 1_499)]
    far = Client("fern", 4)  # at 600 m: from 500 at 200 m it is reached at 900
    found = promise(problem, before, far, hours[::-1])
    assert found is not None
    assert (found.window, found.answer.more, found.answer.report.sound) == (
        hours[2],
        200 + 200,
        True,
    )
    # 100 m beyond B, which is on the way home
    assert found.answer.solution == Solution((route("k0", "k2", "k1"),))
    assert found.answer.problem.clients[2].windows == (hours[2],)
    assert promise(problem, before, far, hours[:2]) is None
    assert promise(problem, before, replace(far, needs=frozenset({"cool"})), hours) is None


def test_a_delivery_is_promised_not_its_fetching() -> None:
    problem = running(underway(), clients=running(underway()).clients[:2])
    pair = Shipment("P", End(2), End(4), (1, 1))
    hours = [Window(500, 800), Window(801, 1_000)]
    found = promise(problem, Solution((route("k0", "k1"),)), pair, hours)
    assert found is not None
    assert found.window == hours[1]
    assert found.answer.problem.shipments[0].delivery.window == hours[1]
    assert found.answer.report.violations == ()


def test_one_tour_is_put_in_order_and_the_other_stays() -> None:
    fleet = (replace(BIKE, name="Rad 1"), replace(BIKE, name="Rad 2"))
    problem = day(line(100, 200, 300, 400, -100, -200), vehicles=fleet)
    crossed = Solution((route("k2", "k0", "k3", "k1"), route("k5", "k4", vehicle=1)))
    found = tidy(problem, crossed, 0)
    assert check(problem, found.solution).schedules[0].metres == 800
    assert found.solution.routes[1] == crossed.routes[1]
    assert (found.more, found.report.sound) == (-2 * (1_200 - 800), True)


def test_a_tour_is_put_in_order_behind_what_is_locked() -> None:
    bike = underway(locked=visits("k1"), aboard=goods("k0", "k1", "k2"))
    problem = running(bike, clients=running(bike).clients[:3])
    found = tidy(problem, Solution((route("k1", "k0", "k2"),)), 0)
    assert found.solution == Solution((route("k1", "k2", "k0"),))
    assert found.report.sound


def test_the_break_is_taken_where_it_costs_least() -> None:
    rest = Break(Window(1_000, 1_300), 600)
    late = Client("B", 2, windows=(Window(1_900, 2_000),))
    problem = day(line(500, 700), [Client("A", 1), late], vehicles=(replace(BIKE, breaks=(rest,)),))
    found = tidy(problem, Solution((route("b0", "k0", "k1"),)), 0)
    assert found.report.sound
    assert found.solution.routes[0].visits.count(Visit("break", 0)) == 1
    assert check(problem, found.solution).duration == 1_400 + 600


@pytest.mark.parametrize("seed", range(6))
def test_vroom_finds_the_best_way_for_one_rider(seed: int) -> None:
    problem = small_tour(seed)
    start = Solution((route(*(f"k{n}" for n in range(6))),))
    wanted = best(problem)
    assert wanted is not None
    found = tidy(problem, start, 0, level=5)
    assert found.report.cost == check(problem, wanted).cost


def small_tour(seed: int) -> Problem:
    places = [(0, 0)] + [((n * 379 + seed * 97) % 900, (n * 631 + seed * 53) % 900)
                         for n in range(1, 7)]  # fmt: skip
    return day(places)


@pytest.mark.parametrize("seed", range(10))
def test_every_answer_on_a_running_day_keeps_every_promise(seed: int) -> None:
    problem, whole = drawn(600 + seed, clients=16, pairs=3)
    later, rest = at(problem, whole, 1_200 + 500 * seed)
    orders: list[Client | Shipment] = [
        Shipment("neu", End(1, 120), End(2, 120), (1_000, 5), priority=10**6),
        Client("neu", 3, (1_000, 5), service=180, priority=10**6),
        Client("neu", 4, collect=(1_000, 5), service=180, priority=10**6),
    ]
    for order in orders:
        asked = with_order(later, order)
        found = insert(asked, rest)
        alone = cheapest(asked, rest, asked.left(rest)[0])
        assert found.report.violations == ()
        assert rest_served(rest) <= rest_served(found.solution)
        assert (found.left_out == {}) or alone is None
        assert alone is None or found.more <= alone.cost
        assert insert(asked, rest) == found
    better = improve(later, rest)
    assert better.report.violations == ()
    assert better.more <= 0
    assert rest_served(rest) <= rest_served(better.solution)


def rest_served(solution: Solution) -> frozenset[object]:
    return frozenset(
        visit for route_ in solution.routes for visit in route_.visits if visit.kind != "reload"
    )


@pytest.mark.parametrize("share", ["early", "late"])
@pytest.mark.parametrize("seed", [0, 2, 4, 6])  # without breaks: VROOM tries them in one order only
def test_a_plan_that_is_sound_is_a_start_that_vroom_takes(seed: int, share: str) -> None:
    """Trips, releases and what is in the bikes: nothing of it makes VROOM refuse."""
    problem, whole = drawn(700 + seed, clients=16, pairs=3)
    later, rest = at(problem, whole, 2_000)
    vroom = importlib.import_module("vroom")
    live = Live(later, rest, share=share)  # type: ignore[arg-type]  # a literal
    found = live._input(vroom, live._trips).solve(0, 1)
    assert found.unassigned == []


def test_waves_are_not_brought_before_they_are_there() -> None:
    depot = Depot("Kaufhaus", 0, loading=60)
    bike = replace(BIKE, reload=(0,), reloads=1)
    stops = [Client("A", 1, (5, 5)), Client("B", 2, (5, 5), release=3_600)]
    problem = day(line(100, 110), stops, vehicles=(bike,), depots=(depot,))
    found = improve(problem, Solution((route("k0", "r0", "k1"),)))
    assert found.report.sound
    new = with_order(problem, Client("C", 1, (5, 5), release=3_000, windows=(Window(0, 9_000),)))
    answer = insert(new, Solution((route("k0", "r0", "k1"),)))
    assert answer.report.sound
    assert answer.left_out == {}
