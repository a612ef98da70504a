"""The founding plan of a centre over 20 years: statements that tie, and many futures.

    plan = read_plan(template("small_town_house"))
    base_case(plan).by_year("balance_sheet")["cash"]
    simulate(plan, 10_000, seed=1).dscr.p50

Months count from the plan's start. Money goes in and comes out in whole cents.
"""

from wesprint.engines.cashflow.evidence import Gap, without_evidence
from wesprint.engines.cashflow.fast import Engine, Futures
from wesprint.engines.cashflow.io import load_json, read_file, read_plan, template, templates
from wesprint.engines.cashflow.plan import MONTHS, Plan
from wesprint.engines.cashflow.reading import PlanError
from wesprint.engines.cashflow.reference import Levers
from wesprint.engines.cashflow.risk import Fan, Risk, simulate
from wesprint.engines.cashflow.statements import Statements, base_case, check_statements

__all__ = [
    "MONTHS",
    "Engine",
    "Fan",
    "Futures",
    "Gap",
    "Levers",
    "Plan",
    "PlanError",
    "Risk",
    "Statements",
    "base_case",
    "check_statements",
    "load_json",
    "read_file",
    "read_plan",
    "simulate",
    "template",
    "templates",
    "without_evidence",
]
