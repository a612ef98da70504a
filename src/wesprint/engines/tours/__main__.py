"""`python -m wesprint.engines.tours FILE --seconds 10 --seed 1 --json`

FILE: a VRPLIB, Solomon or Li-Lim instance. The cost is counted as the field counts it for this kind
of file (see io.py); `feasible` is what our own checker says, not the solver.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wesprint.engines.tours import Plan, Problem, Route, Settings, plan
from wesprint.engines.tours.io import Instance, read_instance


def main(argv: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(argv)
    try:
        instance = read_instance(given.file)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    seconds = None if given.iterations else given.seconds
    settings = Settings(seconds, given.iterations, given.seed, cores=given.cores)
    told = _told(instance, plan(instance.problem, settings))
    sys.stdout.write((json.dumps(told) if given.json else _lines(told)) + "\n")
    return 0 if told["feasible"] else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tours", description="Tours for a public instance.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--iterations", type=int, help="of each round and core: repeatable")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    return parser


def _told(instance: Instance, found: Plan) -> dict[str, Any]:
    names = [_names(instance.problem, route) for route in found.solution.routes]
    return {
        "instance": instance.name,
        "cost": round(found.report.cost / instance.scale, 2),
        "vehicles": len(names),
        "feasible": found.report.sound,
        "seconds": round(found.seconds, 2),
        "seed": found.seed,
        "iterations": [list(line) for line in found.iterations],
        "left_out": found.left_out,
        "routes": names,
    }


def _names(problem: Problem, route: Route) -> list[str]:
    """Clients by their names, shipments as +name and -name, 0 for the depot in between."""
    signs = {"pickup": "+", "delivery": "-"}
    return [
        problem.clients[one.index].name
        if one.kind == "client"
        else f"{signs[one.kind]}{problem.shipments[one.index].name}"
        if one.kind in signs
        else "0"
        for one in route.visits
    ]


def _lines(told: dict[str, Any]) -> str:
    routes = told.pop("routes")
    head = [f"{name}: {value}" for name, value in told.items()]
    return "\n".join([*head, *(f"Route #{n}: {' '.join(one)}" for n, one in enumerate(routes, 1))])


if __name__ == "__main__":
    sys.exit(main())
