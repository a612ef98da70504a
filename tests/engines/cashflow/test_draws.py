"""Draws follow their distributions and correlations."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from wesprint.engines.cashflow import PlanError, read_plan, template
from wesprint.engines.cashflow.assumptions import Assumption
from wesprint.engines.cashflow.draws import Drawer

SHARES = (0.01, 0.2, 0.5, 0.8, 0.99)


@pytest.mark.parametrize(
    ("kind", "theirs"),
    [
        ("triangular", stats.triang(0.25, 2, 8)),
        ("uniform", stats.uniform(2, 8)),
        ("pert", stats.beta(2, 4, 2, 8)),
    ],
)
def test_quantiles_are_those_of_scipy(kind: str, theirs: stats.rv_frozen) -> None:  # type: ignore[type-arg]  # no stubs
    one = Assumption("a", "", 4, 2, 10, kind)
    found = [one.quantile(share) for share in SHARES]
    np.testing.assert_allclose(found, theirs.ppf(SHARES), rtol=1e-9)


def test_ends_of_a_normal_are_its_5th_and_95th_percentile() -> None:
    for kind, low in (("normal", 2.0), ("lognormal", 4 * 4 / 10)):
        one = Assumption("a", "", 4 if kind == "lognormal" else 6, low, 10, kind)
        assert one.quantile(0.05) == pytest.approx(low)
        assert one.quantile(0.95) == pytest.approx(10)
    assert Assumption("a", "", 6, 2, 10, "normal", least=5).bounds[0] == 5


def test_draws_keep_ranges_correlations_and_chances() -> None:
    plan = read_plan(template("small_town_house"))
    draws = Drawer(plan, 3).block(0, 8192)
    rows = dict(zip(plan.drawn, draws.values, strict=True))
    for name, row in rows.items():
        low, high = plan.assumptions[name].bounds
        assert low <= row.min()
        assert row.max() <= high
    ranks = stats.spearmanr(rows["shop_rent"], rows["office_rent"]).statistic
    assert ranks == pytest.approx(6 / np.pi * np.arcsin(0.6 / 2), abs=0.03)
    assert rows["grant_comes"].mean() == pytest.approx(0.8, abs=0.02)
    assert abs(stats.spearmanr(rows["guests"], rows["leaving"]).statistic) < 0.05
    assert draws.market[1, 5].mean() == pytest.approx(1, abs=0.01)
    assert draws.market[1, 5].std() == pytest.approx(0.07, abs=0.005)


def test_correlations_that_contradict_each_other_are_refused() -> None:
    data = template("small_town_house")
    names = ["shop_rent", "office_rent", "guests"]
    data["correlations"] = [
        {"between": [names[0], names[1]], "rho": 0.9},
        {"between": [names[1], names[2]], "rho": 0.9},
        {"between": [names[0], names[2]], "rho": -0.9},
    ]
    with pytest.raises(PlanError, match="correlations: these correlations contradict each other"):
        Drawer(read_plan(data), 1).block(0, 10)
