"""Statements tie, the fast path equals the reference, the same seed gives the same result."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wesprint.engines.cashflow import Engine, PlanError, base_case, read_plan, template, templates
from wesprint.engines.cashflow.draws import Drawer
from wesprint.engines.cashflow.plan import Plan
from wesprint.engines.cashflow.program import compile_plan, number
from wesprint.engines.cashflow.reference import run, yearly
from wesprint.engines.cashflow.risk import simulate
from wesprint.engines.cashflow.statements import check_statements, gaps

MILLIONTH = 1e-4
"""of a euro, in cents"""


@pytest.mark.parametrize("slug", sorted(templates()))
def test_statements_of_every_template_and_scenario_tie_to_the_cent(slug: str) -> None:
    for scenario in ("", *(one.name for one in read_plan(template(slug)).scenarios)):
        found = base_case(read_plan(template(slug), scenario))
        opening = read_plan(template(slug), scenario).opening_balance
        each = gaps(found, opening.cash, opening.shares + opening.retained)
        assert {name: int(np.abs(gap).max()) for name, gap in each.items()} == dict.fromkeys(
            each, 0
        )


def test_statements_that_do_not_tie_are_refused_with_month_and_amount() -> None:
    found = base_case(read_plan(template("small_town_house")))
    found.balance_sheet["loans"][30] += 1234
    with pytest.raises(PlanError) as refused:
        check_statements(found)
    assert str(refused.value) == (
        "statements: assets and liabilities differ by -12.34 EUR in 2025-07"
    )


def by_reference(plan: Plan, seed: int, count: int) -> float:
    """The largest difference between fast path and reference, in cents."""
    draws = Drawer(plan, seed).block(0, count)
    fast, worst = Engine(plan).run(draws), 0.0
    names = {name: place for place, name in enumerate(plan.drawn)}
    late = np.rint(draws.of(number(plan.delay, names))).astype(int)
    for delay in np.unique(late):
        columns = np.flatnonzero(late == delay)
        program = compile_plan(plan, int(delay))
        slow = yearly(program, run(program, draws.take(columns)))
        for name in ("cash", "lowest", "equity"):
            worst = max(worst, np.abs(slow[name] - getattr(fast, name)[:, columns]).max())
        np.testing.assert_allclose(slow["dscr"], fast.dscr[:, columns], rtol=1e-9)
    return worst


@pytest.mark.parametrize("slug", sorted(templates()))
def test_the_fast_path_equals_the_reference(slug: str) -> None:
    assert by_reference(read_plan(template(slug)), 5, 40) < MILLIONTH


def test_the_same_seed_gives_the_same_on_any_number_of_cores() -> None:
    plan = read_plan(template("small_town_house"))
    one, two = Engine(plan).futures(6000, 7, cores=1), Engine(plan).futures(6000, 7, cores=2)
    for name in ("cash", "lowest", "dscr", "equity", "first", "below"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))
    other = Engine(plan).futures(6000, 8)
    assert not np.array_equal(one.cash, other.cash)


def test_quantiles_are_those_of_numpy() -> None:
    plan = read_plan(template("small_town_house"))
    futures, risk = Engine(plan).futures(500, 2), simulate(plan, 500, 2)
    for row, share in ((risk.cash.p5, 0.05), (risk.cash.p50, 0.5), (risk.cash.p95, 0.95)):
        np.testing.assert_allclose(row, np.quantile(futures.cash, share, axis=1), atol=0.51)
    assert risk.probability == np.mean(futures.first >= 0)


@settings(max_examples=15, deadline=None)
@given(
    values=st.fixed_dictionaries(
        {
            "shop_rent": st.integers(0, 5000),
            "guests": st.floats(0, 200),
            "refurbishment": st.integers(0, 10**9),
            "bank_rate": st.floats(0, 0.2),
            "leaving": st.floats(0, 0.4),
            "occupancy": st.floats(0.15, 0.9),
        }
    ),
    entities=st.sampled_from(["one", "two"]),
    distribution=st.floats(0, 1),
    lag=st.integers(0, 2),
    change=st.sampled_from([None, "none", "standard"]),
)
def test_statements_tie_under_random_inputs(
    values: dict[str, float], entities: str, distribution: float, lag: int, change: str | None
) -> None:
    data = template("small_town_house")
    for name, value in values.items():
        one = data["assumptions"][name]
        data["assumptions"][name] = {"unit": one["unit"], "value": value}
    data["correlations"] = []
    data["entities"] = entities
    data["financing"]["cooperative"]["distribution_share"] = distribution
    data["scenarios"] = {}
    for part in (data["uses"][0], data["businesses"][0]["sales"][0], data["building"]["energy"][0]):
        part["lag_months"] = lag
    if change:
        data["uses"][2]["vat_change"] = {"month": "2027-03", "vat": change}
    plan = read_plan(data)
    base_case(plan)  # refuses what does not tie
    assert by_reference(plan, 1, 8) < MILLIONTH
