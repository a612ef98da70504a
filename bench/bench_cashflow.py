"""A founding plan: many scenarios of 240 months, random numbers and quantiles included.

`.venv/bin/python bench/bench_cashflow.py [--template big_store] [--repeats 5]`. "first use" is a
fresh process from its start to the answer for 10,000 scenarios, with the compiled code on disk;
"reference" is the readable numpy beside it. `cpu` is what the process spent on all cores.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "src")]

from bench.load import report  # noqa: E402 - needs the path above

from wesprint.engines.cashflow import Engine, read_plan, simulate, template, templates  # noqa: E402
from wesprint.engines.cashflow.draws import Drawer  # noqa: E402
from wesprint.engines.cashflow.program import compile_plan  # noqa: E402
from wesprint.engines.cashflow.reference import run  # noqa: E402

LIMITS = {10_000: 0.1, 100_000: 0.5}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--template", choices=sorted(templates()), default="small_town_house")
    parser.add_argument("--repeats", type=int, default=5)
    given = parser.parse_args()
    plan = read_plan(template(given.template))
    engine = Engine(plan)
    simulate(plan, 10_000, 1, engine)
    for count, limit in LIMITS.items():
        walls, cpus = [], []
        for seed in range(given.repeats):
            begin, spent = time.perf_counter(), time.process_time()
            simulate(plan, count, seed, engine)
            walls.append(time.perf_counter() - begin)
            cpus.append(time.process_time() - spent)
        report(
            f"founding plan, {count} scenarios", round(statistics.median(walls), 3), "s",
            limit=limit, best=round(min(walls), 3), cpu=round(statistics.median(cpus), 3),
            template=given.template,
        )  # fmt: skip
    begin = time.perf_counter()
    command = [sys.executable, "-m", "wesprint.engines.cashflow", given.template, "--json"]
    subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[1] / "src")
    report("founding plan, first use", round(time.perf_counter() - begin, 2), "s", limit=3)
    begin = time.perf_counter()
    run(compile_plan(plan), Drawer(plan, 1).block(0, 1000))
    report("founding plan, reference", round(time.perf_counter() - begin, 2), "s", scenarios=1000)


if __name__ == "__main__":
    main()
