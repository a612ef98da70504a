"""Single rules of money, seen in the base case of the small town house."""

from __future__ import annotations

import numpy as np
import pytest

from wesprint.engines.cashflow import Statements, base_case, read_plan, template


@pytest.fixture(scope="module")
def house() -> Statements:
    return base_case(read_plan(template("small_town_house")))


def test_vat_of_a_month_is_paid_in_the_next(house: Statements) -> None:
    sheet = house.balance_sheet
    owed = sheet["vat_owed"] - sheet["vat_claim"]
    np.testing.assert_array_equal(-house.cash_flow["vat_paid"][1:], owed[:-1])
    assert owed.any()


def test_leavers_are_paid_in_june_what_they_were_owed_in_december(house: Statements) -> None:
    paid, owed = -house.cash_flow["leavers_paid"], house.balance_sheet["leavers_owed"]
    assert paid[5 + 12 :: 12].tolist() == owed[11:-1:12].tolist()
    assert np.count_nonzero(paid) == 19
    capital = house.balance_sheet["capital"]
    assert owed[11] == pytest.approx(0.02 * capital[10], abs=1)


def test_taxes_of_a_year_are_paid_in_september(house: Statements) -> None:
    tax = house.profit_and_loss["tax"].reshape(20, 12)
    paid = house.cash_flow["tax_paid"].reshape(20, 12)
    assert not tax[:, :11].any()
    np.testing.assert_array_equal(paid[1:, 8], tax[:-1, 11])


def test_an_annuity_is_constant_until_its_rate_is_reset(house: Statements) -> None:
    balance = house.memo["loan Bank"]
    begin = house.months.index("2023-07")
    first = begin + 13
    for start, end, rate in ((first, begin + 120, 0.037), (begin + 121, 239, 0.04)):
        months = np.arange(start, end)
        due = np.rint(balance[months - 1] * rate / 12)
        payments = due + balance[months - 1] - balance[months]
        assert np.ptp(payments) <= 1
    assert balance[first - 1] == 76_000_000


def test_depreciation_ends_with_the_life_of_what_is_written_off(house: Statements) -> None:
    written = -house.profit_and_loss["depreciation"]
    assert not written[: house.months.index("2023-07")].any()
    cafe = house.months.index("2034-04")  # ten years after the opening
    assert written[cafe - 1] - written[cafe] == pytest.approx(4_500_000 * 1.03 / 120, abs=2)


def test_a_pure_house_pays_no_trade_tax() -> None:
    data = template("small_town_house")
    two = base_case(read_plan(data)).profit_and_loss["tax"].sum()
    data["entities"] = "one"
    one = base_case(read_plan(data)).profit_and_loss["tax"].sum()
    assert one < two < 0


def test_input_vat_is_corrected_when_the_use_changes() -> None:
    data = template("small_town_house")
    data["building"]["works"][0]["vat"] = "standard"
    data["uses"][0]["vat_change"] = {"month": "2027-01", "vat": "none"}
    row = base_case(read_plan(data)).profit_and_loss["vat_correction"]
    change, opening = 48, 15
    assert not row[:change].any()
    assert not row[opening + 120 :].any()
    vat = 17_000_000 * 0.19
    area = sum(use["area_m2"] for use in data["uses"])
    lost = data["uses"][0]["area_m2"] / area
    assert data["building"]["works"][2]["from"] > "2034-04"  # later works are first used later
    assert row[change] == pytest.approx(-vat / 120 * lost, abs=5)
