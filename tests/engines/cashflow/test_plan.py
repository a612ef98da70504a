"""A plan is read strictly; what cannot be is refused with its path."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from wesprint.engines.cashflow import PlanError, load_json, read_plan, template, templates
from wesprint.engines.cashflow.__main__ import main

HOUSE = "small_town_house"


def changed(path: str, value: Any) -> dict[str, Any]:
    """The template with another value at a path; None takes the key away."""
    plan = copy.deepcopy(template(HOUSE))
    *way, last = path.split(".")
    at: Any = plan
    for step in way:
        at = at[int(step) if isinstance(at, list) else step]
    key = int(last) if isinstance(at, list) else last
    if value is None:
        del at[key]
    else:
        at[key] = value
    return plan


REFUSED = [
    ("format", "wesprint-plan/2", "format: 'wesprint-plan/2' is none of wesprint-plan/1"),
    ("building.floors.1.area_m2", -240,
     "building.floors.1.area_m2: -240 is not between 0 and 1e+06"),
    ("building.floors.0.area_m2", 100, "uses: 'EG' has 100 m2, but its uses take 260 m2"),
    ("building.purchase.month", "2022-12",
     "building.purchase.month: 2022-12 is before the founding"),
    ("founded", "2022-06", "founded: the founding is not within the plan"),
    ("start", "2023-02", "start: a plan starts in January, so that its years are tax years"),
    ("opening", "2022-04", "opening: the opening is before the founding"),
    ("financing.loans.0.term_months", 12,
     "financing.loans.0: this loan never repays: its grace is as long as its term"),
    ("financing.loans.0.term_months", None,
     "financing.loans.0: this loan never repays: it has no term and no initial repayment"),
    ("financing.loans.0.draws.0.cents", 10.5,
     "financing.loans.0.draws.0.cents: 10.5 is no whole number"),
    ("financing.loans.0.rate", "@bank", "financing.loans.0.rate: there is no assumption 'bank'"),
    ("financing.loans.0.grace_months", "@delay",
     "financing.loans.0.grace_months: '@delay' is drawn, but only a fixed value can stand here"),
    ("uses.2.occupancy", 1.1, "uses.2.occupancy: 1.1 is not between 0 and 1"),
    ("uses.2.colour", "red", "uses.2: 'colour' is not known here"),
    ("uses.2.rent_cents_per_m2", "nine", "uses.2.rent_cents_per_m2: 'nine' is no number and no "
     "reference like @name"),
    ("assumptions.occupancy.high", 0.5,
     "assumptions.occupancy: 0.93 is not between low 0.8 and high 0.5"),
    ("assumptions.occupancy.high", 1.2, "uses.2.occupancy: 1.2 is not between 0 and 1"),
    ("correlations.0.rho", 2, "correlations.0.rho: 2 is not between -1 and 1"),
    ("law.corporate_tax.0.from", "2024-01",
     "law.corporate_tax: no rate holds at the start of the plan"),
    ("scenarios.cautious.values", {"rent": 1},
     "scenarios.cautious.values: there is no assumption 'rent'"),
    ("opening_balance", {"cash_cents": 100},
     "opening_balance: assets and liabilities differ by 1.00 EUR at the start"),
    ("financing.grants.0.payments.0.share", 0.7,
     "financing.grants.0: the shares of the payments are not 1 together"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "message"), REFUSED)
def test_what_cannot_be_is_refused_with_its_path(path: str, value: Any, message: str) -> None:
    with pytest.raises(PlanError) as refused:
        read_plan(changed(path, value))
    assert str(refused.value) == message


def test_json_is_read_strictly() -> None:
    with pytest.raises(PlanError, match="the key 'a' stands twice"):
        load_json(b'{"a": 1, "a": 2}')
    with pytest.raises(PlanError, match="NaN is no number"):
        load_json(b'{"a": NaN}')
    with pytest.raises(PlanError, match="no JSON"):
        load_json(b"\xff")


def test_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([HOUSE, "--scenarios", "50", "--seed", "3", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["scenarios"] == 50
    assert len(told["cash"]["p5"]) == len(told["dscr"]["p95"]) == 20
    assert len(told["illiquid"]) == 240
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(changed("building.floors.1.area_m2", -240)))
    assert main([str(file)]) == 2
    error = capsys.readouterr().err
    assert error == f"{file}: building.floors.1.area_m2: -240 is not between 0 and 1e+06\n"
    assert main([str(tmp_path / "none.json")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_templates_have_names_and_can_be_read() -> None:
    assert HOUSE in templates()
    for slug in templates():
        plan = read_plan(template(slug))
        for one in plan.scenarios:
            read_plan(template(slug), one.name)
