"""`python -m wesprint.engines.cashflow PLAN.json --scenarios 100000 --seed 1 --json`

PLAN.json: see docs/viability-plan.md; the name of a shipped template may stand in its place.
Prints seconds, quantiles of DSCR and cash by year and the probability of illiquidity by month.
Exit codes: 0 done, 2 the plan cannot be read or does not hold together.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from wesprint.engines.cashflow.evidence import without_evidence
from wesprint.engines.cashflow.io import load_json, read_plan, template, templates
from wesprint.engines.cashflow.plan import Plan
from wesprint.engines.cashflow.risk import simulate
from wesprint.engines.cashflow.statements import Statements, base_case


def main(argv: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(argv)
    try:
        told = _told(given)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{given.plan}: {error}\n")
        return 2
    sys.stdout.write((json.dumps(told) if given.json else _lines(told)) + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="cashflow", description="A founding plan over 20 years.")
    parser.add_argument("plan", help="JSON, or the name of a template")
    parser.add_argument("--scenarios", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scenario", default="", help="one of the plan's own scenarios")
    parser.add_argument("--json", action="store_true")
    return parser


def _read(name: str, scenario: str) -> Plan:
    if name in templates():
        return read_plan(template(name), scenario)
    return read_plan(load_json(Path(name).read_bytes()), scenario)


def _told(given: argparse.Namespace) -> dict[str, Any]:
    if given.seed < 0:
        raise ValueError("a seed is not negative")
    plan = _read(given.plan, given.scenario)
    found = base_case(plan)
    risk = simulate(plan, given.scenarios, given.seed)
    return {
        "plan": plan.name,
        "scenario": given.scenario or "base",
        **asdict(risk),
        "probability_of_illiquidity": risk.probability,
        "base": _base(found),
        "without_evidence": len(without_evidence(plan)),
    }


def _base(found: Statements) -> dict[str, Any]:
    cents, month = found.lowest_cash
    return {
        "lowest_cash_cents": cents,
        "lowest_cash_month": month,
        "dscr": list(found.dscr),
        "cash_cents": found.liquidity[11::12].tolist(),
        "result_cents": found.by_year("profit_and_loss")["result"],
    }


def _lines(told: dict[str, Any]) -> str:
    head = (
        f"{told['plan']}, {told['scenario']}: {told['scenarios']} scenarios, seed {told['seed']}, "
        f"{told['seconds']} s\n"
        f"illiquid within 20 years: {told['probability_of_illiquidity']:.1%}; lack of equity for "
        f"95 % safety: {told['lack'] / 100:,.0f} EUR; "
        f"{told['without_evidence']} inputs without evidence\n"
        "year   cash P5 / P50 / P95 (EUR)                  DSCR P5 / P50 / P95    illiquid by then"
    )
    rows = [_row(told, year) for year in range(len(told["years"]))]
    return "\n".join([head, *rows])


def _row(told: dict[str, Any], year: int) -> str:
    cash = " / ".join(f"{told['cash'][n][year] / 100:>12,.0f}" for n in ("p5", "p50", "p95"))
    ratio = " / ".join(_ratio(told["dscr"][n][year]) for n in ("p5", "p50", "p95"))
    return f"{told['years'][year]}  {cash}   {ratio}   {told['illiquid'][year * 12 + 11]:>8.1%}"


def _ratio(value: float | None) -> str:
    return "    -" if value is None else f"{value:5.2f}"


if __name__ == "__main__":
    sys.exit(main())
