"""Plans beside every plan there is, beside the solver's own count, and beside bad luck."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.engines.tours.days import BIKE, day, line, random_day

from wesprint.engines.tours import (
    Break,
    Client,
    Depot,
    InvalidProblem,
    Progress,
    Route,
    Settings,
    Solution,
    Vehicle,
    Visit,
    Window,
    check,
    plan,
    replay,
)
from wesprint.engines.tours.insertion import insert_all
from wesprint.engines.tours.io import read_instance
from wesprint.engines.tours.reference import best
from wesprint.engines.tours.repair import sound
from wesprint.engines.tours.solvers.local_search import Budget, Model

QUICK = Settings(seconds=None, iterations=60, rounds=2, cores=1)
VRP = Path(__file__).parents[2] / "data" / "vrp"


@pytest.mark.parametrize("seed", range(6))
def test_small_days_are_planned_as_well_as_can_be(seed: int) -> None:
    problem = random_day(seed, clients=3, pairs=1)
    vehicles = tuple(replace(one, count=1) for one in problem.vehicles)
    problem = replace(problem, vehicles=vehicles)
    wanted = best(problem)
    assert wanted is not None
    found = plan(problem, QUICK)
    assert found.report.sound
    assert found.report.cost == check(problem, wanted).cost


@pytest.mark.parametrize("seed", range(5))
def test_the_checker_counts_what_the_solver_counts(seed: int) -> None:
    problem = random_day(100 + seed, clients=25, pairs=3)
    first = [replace(one, windows=one.windows[-1:]) for one in problem.clients]
    problem = replace(problem, clients=tuple(first))
    found = Model(problem).solve(Budget(iterations=150), seed=seed)
    report = check(problem, found.solution)
    assert (report.violations, report.cost) == ((), found.counted) == ((), found.cost)


def test_the_same_seed_gives_the_same_plan_on_one_core_and_on_two() -> None:
    problem = random_day(1, clients=20)
    settings = Settings(seconds=None, iterations=40, rounds=2, cores=2, seed=5)
    first, second = plan(problem, settings), plan(problem, settings)
    assert first.solution == second.solution
    assert first.iterations == ((40, 40), (40, 40))


def test_a_run_by_the_clock_can_be_replayed() -> None:
    problem = random_day(2, clients=20)
    found = plan(problem, Settings(seconds=0.4, rounds=2, cores=2))
    assert replay(problem, found).solution == found.solution


def test_progress_is_told_and_may_stop_the_run() -> None:
    told: list[Progress] = []
    found = plan(random_day(3, clients=12), QUICK, progress=told.append)
    assert [(one.round, one.rounds) for one in told] == [(1, 2), (2, 2)]
    assert told[-1].cost == found.report.cost < told[0].cost + 1

    class Stopped(Exception):
        pass

    def stop(_told: Progress) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        plan(random_day(3, clients=12), QUICK, progress=stop)


def test_an_older_plan_is_improved_not_forgotten() -> None:
    problem = random_day(4, clients=15)
    old = plan(problem, QUICK)
    newer = plan(problem, replace(QUICK, seed=9, iterations=1, rounds=1), start=old.solution)
    assert newer.report.cost <= old.report.cost


def test_breaks_are_in_every_tour() -> None:
    rest = (Break(Window(3_600, 5_400), 1_800),)
    problem = random_day(5, clients=12, breaks=rest)
    found = plan(problem, QUICK)
    assert found.report.sound
    assert all(Visit("break", 0) in route.visits for route in found.solution.routes)


def test_too_many_parcels_for_two_riders() -> None:
    """What stays is named, the rest is a plan that keeps every promise."""
    riders = Vehicle("Rad", (10, 10), count=2, shift=Window(0, 1_000))
    stops = [Client(f"K{n}", n, deliver=(1, 1), service=200) for n in range(1, 13)]
    found = plan(day(line(*range(10, 130, 10)), stops, vehicles=(riders,)), QUICK)
    assert {one.rule for one in found.report.violations} == {"left-out"}
    assert set(found.left_out.values()) == {"fleet"}
    assert len(found.left_out) == 12 - len(found.solution.clients)
    assert len(found.solution.clients) == 8


def test_why_a_stop_stays() -> None:
    bike = replace(BIKE, capacity=(50, 50), shift=Window(0, 3_000), longest=2_000, range=3_500)
    stops = [
        Client("schwer", 1, deliver=(51, 1)),
        Client("kühl", 1, needs=frozenset({"cool"})),
        Client("gestern", 2, windows=(Window(0, 100),)),
        Client("fern", 3),
        Client("lang", 1, service=2_000),
        Client("geht", 1),
    ]
    found = plan(day([(0, 0), (100, 0), (400, 0), (1_800, 0)], stops, vehicles=(bike,)), QUICK)
    assert found.left_out == {
        "schwer": "load", "kühl": "features", "gestern": "window", "fern": "range", "lang": "shift",
    }  # fmt: skip
    assert found.solution.routes == (Route(0, (Visit("client", 5),)),)


def test_an_optional_stop_is_left_out_when_it_costs_more_than_it_is_worth() -> None:
    stops = [Client("nah", 1), Client("fern", 2, priority=1_000), Client("weit", 3, priority=9_000)]
    found = plan(day(line(100, -800, 2_000), stops), QUICK)
    assert found.report.sound
    # there and back 1,600 m in 1,600 s for 1,000; 3,800 m and seconds more for 9,000
    assert found.left_out == {"fern": "fleet"}


def test_a_stop_is_locked_to_its_rider() -> None:
    two = (replace(BIKE, name="Rad 1"), replace(BIKE, name="Rad 2"))
    stops = [Client("A", 1, only="Rad 2"), Client("B", 2, only="Rad 1")]
    found = plan(day(line(100, 110), stops, vehicles=two), QUICK)
    served = {route.vehicle: route.visits for route in found.solution.routes}
    assert served == {0: (Visit("client", 1),), 1: (Visit("client", 0),)}


def test_nothing_to_do() -> None:
    found = plan(day(line()), QUICK)
    assert (found.solution, found.left_out, found.report.cost) == (Solution(()), {}, 0)


def test_what_is_put_in_afterwards_finds_its_cheapest_place() -> None:
    problem = day(line(100, 200, 300))
    given = Solution((Route(0, (Visit("client", 0), Visit("client", 2))),))
    whole = insert_all(problem, given)
    assert whole.routes == (Route(0, tuple(Visit("client", n) for n in (0, 1, 2))),)


def test_the_net_takes_out_what_does_not_fit() -> None:
    bike = replace(BIKE, capacity=(10, 10))
    stops = [Client(f"K{n}", n, deliver=(6, 1)) for n in (1, 2)]
    problem = day(line(100, 900), stops, vehicles=(bike,))
    kept = sound(problem, Solution((Route(0, (Visit("client", 0), Visit("client", 1))),)))
    assert kept.routes == (Route(0, (Visit("client", 0),)),)


@pytest.mark.parametrize("seed", range(20))
def test_no_plan_of_random_days_breaks_a_promise(seed: int) -> None:
    rest = (Break(Window(3_000, 6_000), 900),) if seed % 2 else ()
    problem = random_day(1_000 + seed, clients=18, pairs=seed % 4, breaks=rest, longest=12_000)
    found = plan(problem, replace(QUICK, iterations=25, seed=seed))
    assert {one.rule for one in found.report.violations} <= {"left-out"}
    served = len(found.solution.clients) + len(found.solution.shipments)
    assert served + len(found.left_out) == 18 + seed % 4


# -- public instances --------------------------------------------------------------------------


def _published(file: str) -> Solution:
    lines = [one for one in (VRP / file).read_text().splitlines() if one.startswith("Route")]
    routes = []
    for number, line_ in enumerate(lines):
        stops = [int(one) for one in line_.partition(":")[2].split()]
        visits = [Visit("client", one - 1) if one else Visit("reload", 0) for one in stops]
        routes.append((number, tuple(visits)))
    several = file.startswith("X110")
    return Solution(tuple(Route(n if several else 0, v) for n, v in routes if v))


@pytest.mark.parametrize(
    ("name", "cost"),
    [("X-n101-k25", 27_591), ("C201R0.25", 15_006), ("X110-HD", 15_859.34), ("RC1_10_1", 45_790.7)],
)
def test_published_solutions_cost_here_what_they_cost_there(name: str, cost: float) -> None:
    instance = read_instance(VRP / f"{name}.vrp")
    report = check(instance.problem, _published(f"{name}.sol"))
    assert report.sound
    # X110-HD is exact there, cut to tenths here
    assert report.cost / instance.scale == pytest.approx(cost, rel=2e-5)


@pytest.mark.parametrize(("name", "rel"), [("C101.txt", 1e-4), ("lc101.txt", 1e-4)])
def test_easy_instances_are_solved(name: str, rel: float) -> None:
    known = json.loads((VRP / "best_known.json").read_text())[name.partition(".")[0]]
    instance = read_instance(VRP / name)
    found = plan(instance.problem, Settings(seconds=None, iterations=600, rounds=1, cores=2))
    assert found.report.sound
    assert found.report.cost / instance.scale == pytest.approx(known["best_known_cost"], rel=rel)
    assert len(found.solution.routes) == known["solved_with_vehicles"]


@pytest.mark.parametrize("text", ["", "1 2 3", "Kunde", "DEMAND_SECTION\n1 2\nEOF", "a b c\n1 2 3"])
def test_a_file_that_is_no_instance(tmp_path: Path, text: str) -> None:
    (tmp_path / "tag.txt").write_text(text)
    with pytest.raises(InvalidProblem, match=r"tag\.txt is no VRPLIB, Solomon or Li-Lim file"):
        read_instance(tmp_path / "tag.txt")


def test_the_command_line() -> None:
    words = [str(VRP / "C101.txt"), "--iterations", "100", "--seed", "3", "--cores", "1", "--json"]
    line_ = [sys.executable, "-m", "wesprint.engines.tours", *words]
    done = subprocess.run(line_, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert (told["instance"], told["feasible"], told["seed"]) == ("C101", True, 3)
    assert sorted(int(one) for route in told["routes"] for one in route) == list(range(1, 101))


def test_the_command_line_says_what_is_wrong(tmp_path: Path) -> None:
    line_ = [sys.executable, "-m", "wesprint.engines.tours", str(tmp_path / "fehlt.vrp")]
    done = subprocess.run(line_, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "fehlt.vrp" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_hubs() -> None:
    depots = (Depot("Kaufhaus", 0), Depot("Bahnhof", 1))
    fleet = (replace(BIKE, name="A", start=0, end=0), replace(BIKE, name="B", start=1, end=1))
    places = [(0, 0), (1_000, 0), (50, 0), (1_050, 0)]
    problem = day(places, [Client("hier", 2), Client("dort", 3)], vehicles=fleet, depots=depots)
    found = plan(problem, QUICK)
    assert (found.report.sound, found.report.metres) == (True, 200)
