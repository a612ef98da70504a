"""The published figures of real cases, as far as they are known. What is assumed is said."""

from __future__ import annotations

from statistics import mean

import pytest

from wesprint.engines.cashflow import (
    Goal,
    Solver,
    base_case,
    difference,
    figures,
    findings,
    read_plan,
    side_by_side,
    template,
    without_evidence,
)


def test_welthaus_nuertingen() -> None:
    """Published: 204 founders, shares of at least 400 EUR, bought in 7/2023 for about 1.1 M EUR,
    refurbishment budget 206,000 EUR, about 170,000 EUR with own labour, about 300 members.

    Assumed: 5.5 shares a member, 2,400 hours at 15 EUR (which give the difference of budget and
    outcome), ancillary costs of 7 %, areas, rents, loans, the café.
    """
    plan = read_plan(template("small_town_house"))
    table = base_case(plan)
    known = {name: one.value for name, one in plan.assumptions.items()}
    assert (known["founders"], known["share"]) == (204, 40_000)
    assert known["founders"] + known["later_members"] == 300
    bought = table.months.index("2023-07")
    assert plan.purchase is not None
    assert plan.purchase.land.base + plan.purchase.building.base == 110_000_000
    refurbishment = [
        int(row.sum()) for path, row in table.lines.items() if path.startswith("building.works.0")
    ]
    assert sum(refurbishment) == pytest.approx(17_000_000, abs=100)
    paid = table.cash_flow["invested_paid"]
    assert -int(paid[bought]) == round(110_000_000 * 1.07)
    assert table.lowest_cash[0] > 0
    assert all(one is None or one > 1.2 for one in table.dscr[2:])


def test_samtweberei_krefeld() -> None:
    """Published: 2,848 m2 of flats at 1,581 EUR/m2 (groups 300 and 400), rents 5.25 to 7.95 EUR,
    the Pionierhaus 3 EUR and about 3 EUR of costs, 7.2 M EUR that became 8.5 M EUR, a surplus of
    about 60,000 EUR a year.

    Assumed: that all of the dearer part was outside the flats; equity, grants and loans; the areas
    of the other houses; running costs.
    """
    planned = base_case(read_plan(template("works_quarter")))
    plan = read_plan(template("works_quarter"), "as_built")
    built = base_case(plan)
    flats = sum(int(r.sum()) for p, r in built.lines.items() if p.startswith("building.works.0"))
    assert flats / 2848 == pytest.approx(158_100, abs=1)
    until = plan.opening + 12
    assert -int(planned.cash_flow["invested_paid"][:until].sum()) == pytest.approx(720e6, rel=1e-4)
    assert -int(built.cash_flow["invested_paid"][:until].sum()) == pytest.approx(850e6, rel=1e-4)
    rent = {use.name: (use.rent.base, use.service.base) for use in plan.uses}
    assert rent["Pionierhaus"] == (300, 300)
    assert rent["Wohnungen"][0] == (525 + 795) / 2
    surplus = planned.by_year("cash_flow")["change_in_cash"][3:13]
    assert 5_500_000 < mean(surplus) < 6_500_000


def test_what_an_auditor_objects_to() -> None:
    plan = read_plan(template("small_town_house"), "no_grant")
    found = {one.kind for one in findings(plan, base_case(plan))}
    assert "loan_left" in found
    assert "equity_used_up" not in found
    lacking = {gap.path for gap in without_evidence(plan)}
    assert "assumptions.occupancy" in lacking
    assert "assumptions.founders" in lacking  # no evidence file
    assert "financing.grants.0.cents" in lacking  # money without an assumption


def test_scenarios_lie_side_by_side() -> None:
    several = side_by_side(template("small_town_house"))
    assert list(several) == ["", "cautious", "hopeful", "no_grant"]
    assert several["no_grant"].grants == 0
    assert several[""].grants == 6_000_000
    assert several["cautious"].lowest_cash < several[""].lowest_cash
    plan = read_plan(template("small_town_house"))
    assert figures(plan, base_case(plan)) == several[""]


def test_versions_differ_by_path() -> None:
    before, after = template("rural_station"), template("rural_station")
    assert difference(before, after) == ()
    after["financing"]["loans"][0]["grace_months"] = 24
    del after["uses"][4]
    told = [(one.path, one.before, one.after) for one in difference(before, after)]
    assert told[1] == ("financing.loans.Bank.grace_months", 18, 24)
    assert (told[0][0], told[0][2]) == ("uses.Wohnung", None)


def test_backwards() -> None:
    plan = read_plan(template("small_town_house"))
    solver = Solver(plan, Goal())
    shares = solver.factor("shares")
    assert shares.factor is not None
    assert shares.factor < 1  # the base case is liquid with what is planned
    data = template("small_town_house")
    data["assumptions"]["shares_each"] = {
        "unit": "", "value": data["assumptions"]["shares_each"]["value"] * shares.factor
    }  # fmt: skip
    for payment in data["financing"]["shares"][2:]:
        payment["shares_each"] *= shares.factor
    lowest = base_case(read_plan(data)).lowest_cash[0]
    assert lowest == pytest.approx(-plan.overdraft_limit, abs=20_000)
    rents = Solver(plan, Goal(dscr=1.2)).break_even_rents()
    assert rents["Weltladen"] is not None
    assert 400 < rents["Weltladen"] < 1100
    bars = solver.tornado()
    assert {bar.name for bar in bars} == set(plan.drawn)
    assert [bar.swing for bar in bars] == sorted((bar.swing for bar in bars), reverse=True)
    with pytest.raises(ValueError, match="no lever"):
        solver.factor("colour")


def test_equity_that_makes_a_plan_safe() -> None:
    plan = read_plan(template("small_town_house"))
    solver = Solver(plan, Goal(safety=0.95, scenarios=400))
    answer = solver.equity()
    assert answer.cents is not None
    assert answer.cents > 0
    more = template("small_town_house")
    more["financing"]["shares"].append(
        {"name": "Sicherheit", "members": 1, "shares_each": 1, "share_cents": answer.cents,
         "from": "2023-01", "months": 1}
    )  # fmt: skip
    futures = Solver(read_plan(more), solver.goal).engine.futures(400, solver.goal.seed)
    assert (futures.first < 0).mean() >= 0.95
