"""Tours beside plain PyVRP in the same run, on public instances and on a town's day.

`.venv/bin/python bench/bench_tours.py [--seconds 10] [--day-seconds 30] [--only day|live|public]`

Every instance gets the same wall time three times: our plan (both cores, in rounds), PyVRP as it
comes (one core, one run; for the day twice the time), and VROOM where it knows the problem. Live:
one order from shop to customer put into the running day when 70 stops are open.

The day: 240 drops, 20 pairs and 30 donations to fetch in Kaiserslautern, a quarter of the parcels
released at 11:00, five cargo bikes that reload.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "src")]

from bench.load import report  # noqa: E402 - needs the path above

from wesprint.engines.streets import Streets, build, read_pbf  # noqa: E402
from wesprint.engines.tours import (  # noqa: E402
    Client,
    Depot,
    End,
    Problem,
    Settings,
    Shipment,
    Solution,
    Vehicle,
    Window,
    check,
    plan,
)
from wesprint.engines.tours.io import Instance, read_instance  # noqa: E402
from wesprint.engines.tours.live import insert  # noqa: E402
from wesprint.engines.tours.running import at  # noqa: E402
from wesprint.engines.tours.solvers.live_search import Live  # noqa: E402
from wesprint.engines.tours.solvers.local_search import Budget, Model  # noqa: E402

VRP = Path("tests/data/vrp")
TOWN = Path("src/wesprint/config/demo/towns/kaiserslautern_2013.osm.pbf")
HOUR = 3600


def plain(problem: Problem, seconds: float) -> tuple[float, float]:
    """(cost, seconds) of one run of PyVRP with its own settings."""
    begin = time.perf_counter()
    found = Model(problem).solve(Budget(seconds=seconds), seed=1)
    judged = check(problem, found.solution)
    return (judged.cost if judged.sound else float("inf")), time.perf_counter() - begin


def public(seconds: float) -> None:
    known = json.loads((VRP / "best_known.json").read_text())
    for file in sorted([*VRP.glob("*.txt"), *VRP.glob("*.vrp")]):
        instance = read_instance(file)
        ours = plan(instance.problem, Settings(seconds=seconds))
        theirs, spent = plain(instance.problem, seconds)
        best = _best(file, known)
        cost = ours.report.cost / instance.scale
        report(
            f"tours, {file.stem}",
            round((cost / best - 1) * 100, 2),
            "% over the best known",
            cost=round(cost, 2),
            best_known=best,
            sound=ours.report.sound,
            seconds=round(ours.seconds, 1),
            plain_pyvrp_percent=round((theirs / instance.scale / best - 1) * 100, 2),
            plain_seconds=round(spent, 1),
            plain_vroom_percent=_percent(plain_vroom(instance.problem, seconds), instance, best),
        )


def _percent(cost: float, instance: Instance, best: float) -> float | None:
    return round((cost / instance.scale / best - 1) * 100, 2) if cost < float("inf") else None


def _best(file: Path, known: dict[str, dict[str, float]]) -> float:
    published = file.with_suffix(".sol")
    if published.exists():
        words = published.read_text().split()
        return float(words[max(n for n, one in enumerate(words) if one.startswith("Cost")) + 1])
    row = known[file.stem]
    return row.get("distance_objective", row["best_known_cost"])


def towns_day(seed: int = 1) -> Problem:
    """Seconds from 8:00; loads in grams and litres."""
    network = build(read_pbf(TOWN))
    streets = Streets(network, "cargo-bike")
    draw = random.Random(seed)
    hub = (49.4447, 7.7690)
    near = np.hypot(network.point_lat - hub[0], (network.point_lon - hub[1]) * 0.65) < 0.025
    spots = np.flatnonzero(near)
    count = 240 + 30 + 40
    chosen = [int(spots[draw.randrange(len(spots))]) for _one in range(count)]
    places = [hub, *((network.point_lat[n], network.point_lon[n]) for n in chosen)]
    matrix = streets.matrix([(float(lat), float(lon)) for lat, lon in places])
    drops = [_drop(draw, place) for place in range(1, 241)]
    fetched = [Client(f"S{n}", n, collect=(8_000, 60), service=240) for n in range(241, 271)]
    pairs = [
        Shipment(f"L{n}", End(n, 120), End(n + 1, 180), (3_000, 25)) for n in range(271, 311, 2)
    ]
    bike = Vehicle(
        "Lastenrad", (120_000, 1_200), count=5, shift=Window(0, 10 * HOUR), longest=8 * HOUR,
        reload=(0,), reloads=4, fixed_cost=1_800,
    )  # fmt: skip
    return Problem(
        matrix.seconds.astype(np.int64),
        matrix.metres.astype(np.int64),
        (Depot("Kaufhaus", 0, loading=600),),
        (bike,),
        (*drops, *fetched),
        tuple(pairs),
    )


def _drop(draw: random.Random, place: int) -> Client:
    halves = [Window(0, 4 * HOUR), Window(5 * HOUR, 10 * HOUR)]
    window = draw.choice([Window(0, 10 * HOUR)] * 3 + halves)
    release = 3 * HOUR if draw.random() < 0.25 else 0
    if release:
        window = Window(release, 10 * HOUR)
    load = (draw.choice([800, 2_000, 5_000, 12_000]), draw.choice([5, 15, 30, 60]))
    return Client(f"P{place}", place, load, service=180, windows=(window,), release=release)


def day(seconds: float) -> None:
    problem = towns_day()
    found = plan(problem, Settings(seconds=seconds))
    theirs, spent = plain(problem, 2 * seconds)
    report(
        "a town's day: 240 drops, 20 pairs, 30 donations",
        round(found.report.cost / theirs, 4),
        "of the cost of plain PyVRP in twice the time",
        seconds=round(found.seconds, 1),
        plain_seconds=round(spent, 1),
        sound=found.report.sound,
        riders=len(found.solution.routes),
        km=round(found.report.metres / 1000, 1),
        hours=round(found.report.duration / HOUR, 1),
        left_out=len(found.left_out),
    )


def live(seconds: float, repeats: int = 9) -> None:
    morning = towns_day()
    whole = plan(morning, Settings(seconds=seconds)).solution
    moments = (at(morning, whole, when) for when in range(0, 10 * HOUR, 300))
    later, rest = next(one for one in moments if len(one[0].left(Solution(()))) <= 70)
    order = Shipment("neu", End(280, 120), End(150, 180), (3_000, 25))
    asked = replace(later, shipments=(*later.shipments, order))
    insert(asked, rest)
    whole_ms, solver_ms = [], []
    for _each in range(repeats):
        begin = time.perf_counter()
        answer = insert(asked, rest)
        whole_ms.append((time.perf_counter() - begin) * 1000)
        begin = time.perf_counter()
        Live(asked, answer.solution).solve()
        solver_ms.append((time.perf_counter() - begin) * 1000)
    report(
        "live insertion at 70 open stops",
        round(statistics.median(whole_ms), 1),
        "ms",
        limit=300,
        slowest=round(max(whole_ms), 1),
        solver_ms=round(statistics.median(solver_ms), 1),
        solver_limit=150,
        open_stops=len(later.left(Solution(()))),
        riders=len(rest.routes),
        more=answer.more,
        sound=answer.report.sound,
    )


def plain_vroom(problem: Problem, seconds: float) -> float:
    """The cost of VROOM's own plan, infinite where it does not know the problem."""
    if any(one.reloads for one in problem.vehicles):
        return float("inf")
    found = Live(problem, Solution(())).solve(5, seconds=seconds, threads=2)
    judged = check(problem, found)
    return judged.cost if judged.sound else float("inf")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--day-seconds", type=float, default=30.0)
    parser.add_argument("--only", choices=("day", "live", "public"))
    given = parser.parse_args()
    if given.only in (None, "day"):
        day(given.day_seconds)
    if given.only in (None, "live"):
        live(given.seconds)
    if given.only in (None, "public"):
        public(given.seconds)


if __name__ == "__main__":
    main()
