"""A plan from its JSON (docs/viability-plan.md describes every key), strictly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from pathlib import Path as FilePath
from typing import Any

from wesprint.engines.cashflow import parts
from wesprint.engines.cashflow.assumptions import read_assumptions
from wesprint.engines.cashflow.checks import check_plan
from wesprint.engines.cashflow.plan import FORMAT, Plan
from wesprint.engines.cashflow.reading import Known, Node, PlanError, known


def read_file(path: FilePath, scenario: str = "") -> Plan:
    """Raises PlanError that names the path in the plan, OSError for no file."""
    return read_plan(load_json(path.read_bytes()), scenario)


def load_json(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse)
    except RecursionError:
        raise PlanError("", "the JSON is nested too deeply") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise PlanError("", f"no JSON: {error}") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise PlanError("", f"the key {double!r} stands twice in one object")
    return found


def _refuse(word: str) -> float:
    raise PlanError("", f"{word} is no number")


def templates() -> dict[str, str]:
    """Slug and name of the plans that are shipped."""
    folder = resources.files("wesprint.engines.cashflow") / "templates"
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".json")), key=str)
    return {one.name.removesuffix(".json"): load_json(one.read_bytes())["name"] for one in files}


def template(slug: str) -> dict[str, Any]:
    """The JSON of a shipped plan; KeyError for another name."""
    if slug not in templates():
        raise KeyError(slug)
    folder = resources.files("wesprint.engines.cashflow") / "templates"
    found: dict[str, Any] = load_json((folder / f"{slug}.json").read_bytes())
    return found


def read_plan(data: Any, scenario: str = "", overrides: Mapping[str, float] | None = None) -> Plan:
    """The plan of parsed JSON. scenario: whose values replace those of the assumptions; overrides
    replace what then stands. Raises PlanError."""
    top = Node(data, "").object()
    top["format"].choice(FORMAT)
    scenarios = parts.scenarios(top)
    values = {**_values(scenarios, scenario), **(overrides or {})}
    assumptions = read_assumptions(top["assumptions"], values)
    for one in scenarios:  # each must be sound on its own
        read_assumptions(Node(data["assumptions"], f"scenarios.{one.name}.values"), one.values)
    table = {name: one.known() for name, one in assumptions.items()}
    plan = _plan(Node(data, "", table), top, assumptions, scenarios)
    check_plan(plan)
    return plan


def _values(scenarios: tuple[Any, ...], name: str) -> Mapping[str, float]:
    if not name:
        return {}
    for one in scenarios:
        if one.name == name:
            found: Mapping[str, float] = one.values
            return found
    raise PlanError("scenarios", f"there is no scenario {name!r}")


def _plan(node: Node, top: Node, assumptions: Any, scenarios: Any) -> Plan:
    times = parts.times(node)
    read = parts.Reader(node, times)
    building = node["building"].object()
    financing = node["financing"].object()
    series = parts.series(node, "indices", "rate"), parts.series(node, "markets", "")
    read.names = {one.name for both in series for one in both}
    floors = read.floors(building)
    read.floor_names = {floor.name: floor for floor in floors}
    overdraft = financing.get("overdraft")
    delay = one.factor(0, 36) if (one := node.get("delay_months")) else known(0)
    plan = Plan(
        name=node["name"].text(200),
        start=times.start,
        founded=times.founded,
        opening=times.opening,
        delay=delay,
        two_entities=node["entities"].choice("one", "two") == "two",
        assumptions=assumptions,
        correlations=parts.correlations(node, assumptions, series),
        indices=series[0],
        markets=series[1],
        law=read.law(node["law"]),
        floors=floors,
        purchase=read.purchase(building),
        works=tuple(read.works(one) for one in building.each("works")),
        uses=tuple(read.use(one) for one in node.each("uses")),
        house_costs=tuple(read.cost(one) for one in building.each("running"))
        + tuple(read.energy(one) for one in building.each("energy")),
        house_staff=tuple(read.staff(one) for one in building.each("staff")),
        solar=read.solar(building),
        reserve=read.reserve(building),
        businesses=tuple(read.business(one) for one in node.each("businesses")),
        income=tuple(read.income(one) for one in node.each("income")),
        shares=tuple(read.share_payment(one) for one in financing.each("shares")),
        cooperative=read.cooperative(financing["cooperative"]),
        loans=tuple(read.loan(one) for one in financing.each("loans")),
        grants=tuple(read.grant(one) for one in financing.each("grants")),
        overdraft_limit=overdraft["limit_cents"].whole() if overdraft else 0,
        overdraft_rate=overdraft["rate"].factor(0, 0.3) if overdraft else known(0),
        cash_rate=one.factor(0, 0.1) if (one := financing.get("cash_rate")) else known(0),
        opening_balance=parts.opening_balance(node),
        scenarios=scenarios,
        bare=tuple(read.bare),
    )
    parts.finish(node, building, financing, overdraft)
    return plan


__all__ = ["Known", "PlanError", "load_json", "read_file", "read_plan", "template", "templates"]
