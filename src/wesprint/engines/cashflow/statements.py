"""The base case as three statements in whole cents, month by month, and the check that they tie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wesprint.engines.cashflow.draws import Drawer
from wesprint.engines.cashflow.lines import Floats
from wesprint.engines.cashflow.plan import MONTHS, Plan
from wesprint.engines.cashflow.program import YEARS, Program, compile_plan
from wesprint.engines.cashflow.reading import PlanError
from wesprint.engines.cashflow.reference import Rows, pool_levels, run, yearly

Cents = NDArray[np.int64]
INCOME: Final = (
    "rent", "service", "sales", "feed_in", "donation", "wage_subsidy", "operating_grant",
    "vat_correction",
)  # fmt: skip
COSTS: Final = (
    "purchase", "staff", "energy", "energy_saved", "running", "maintenance", "insurance",
    "administration",
)  # fmt: skip
PROFIT_AND_LOSS: Final = (
    *INCOME, *COSTS, "depreciation", "release", "interest", "interest_earned", "tax", "result",
)  # fmt: skip
CASH_FLOW: Final = (
    "customers_and_suppliers", "vat_paid", "tax_paid", "interest_paid", "interest_earned",
    "invested_paid", "granted", "shares_paid", "loans_drawn", "loans_repaid", "leavers_paid",
    "distributed", "change_in_cash",
)  # fmt: skip
ASSETS: Final = ("fixed_assets", "receivables", "vat_claim", "cash")
LIABILITIES: Final = (
    "capital", "legal_reserve", "retained", "special_items", "loans", "overdraft", "payables",
    "vat_owed", "tax_owed", "leavers_owed",
)  # fmt: skip
EQUITY: Final = ("capital", "legal_reserve", "retained")


@dataclass(frozen=True)
class Statements:
    """Rows by name, each [240] whole cents. Costs, payments out and depreciation are negative.

    lines: for every line of the plan (by its path) what it brings to the result, or costs to
    build. memo: the maintenance reserve, each loan's balance.
    """

    months: tuple[str, ...]
    profit_and_loss: Mapping[str, Cents]
    cash_flow: Mapping[str, Cents]
    balance_sheet: Mapping[str, Cents]
    memo: Mapping[str, Cents]
    lines: Mapping[str, Cents]
    dscr: tuple[float | None, ...]
    """By year; None without debt service."""

    def by_year(self, statement: str) -> dict[str, list[int]]:
        """Sums of flows, or the balances in December."""
        rows: Mapping[str, Cents] = getattr(self, statement)
        if statement in ("balance_sheet", "memo"):
            return {name: row[11::12].tolist() for name, row in rows.items()}
        return {name: row.reshape(YEARS, 12).sum(1).tolist() for name, row in rows.items()}

    @property
    def lowest_cash(self) -> tuple[int, str]:
        """Cents and month of the lowest liquidity; the overdraft counts below zero."""
        liquid = self.liquidity
        month = int(liquid.argmin())
        return int(liquid[month]), self.months[month]

    @property
    def liquidity(self) -> Cents:
        return self.balance_sheet["cash"] - self.balance_sheet["overdraft"]


def base_case(plan: Plan, program: Program | None = None) -> Statements:
    """The plan with every assumption at its value. Raises PlanError if the statements do not
    tie, with the month and the amount."""
    program = program or compile_plan(plan, round(plan.delay.base), pooled=False)
    draws = Drawer(plan, 0).base()
    rows = run(program, draws, rounded=True)
    levels = pool_levels(program, draws)[:, np.arange(MONTHS) // 12, 0]
    flat = {name: row[:, 0] for name, row in rows.items()}
    lines, headings = _lines(program, levels)
    dscr = yearly(program, rows)["dscr"][:, 0]
    found = Statements(
        tuple(plan.month_name(month) for month in range(MONTHS)),
        _profit(flat, headings),
        _cash(flat),
        _balance(flat),
        {"maintenance_reserve": _whole(flat["reserve"]), **_loans(plan, flat)},
        lines,
        tuple(None if np.isnan(one) else round(float(one), 4) for one in dscr),
    )
    opening = plan.opening_balance
    check_statements(found, opening.cash, opening.shares + opening.retained)
    return found


def _whole(row: Floats) -> Cents:
    return np.rint(row).astype(np.int64)


def _lines(program: Program, levels: Floats) -> tuple[dict[str, Cents], dict[str, Cents]]:
    lines: dict[str, Cents] = {}
    headings = {name: np.zeros(MONTHS, np.int64) for name in (*INCOME, *COSTS)}
    for line, level in zip(program.lines, levels, strict=True):
        flows = [line.flows[one] for one in ("house", "business") if one in line.flows]
        for flow in flows:
            amount = _whole(flow * level)
            headings[line.heading] += amount
            lines[line.path] = amount
        for name in ("asset", "grant", "shares", "internal"):
            if name in line.flows:
                lines[line.path] = _whole(line.flows[name] * level)
    return lines, headings


def _profit(flat: Rows, headings: Mapping[str, Cents]) -> dict[str, Cents]:
    return {
        **headings,
        "depreciation": -_whole(flat["depreciation"]),
        "release": _whole(flat["release"]),
        "interest": -_whole(flat["interest"]),
        "interest_earned": _whole(flat["interest_earned"]),
        "tax": -_whole(flat["tax"]),
        "result": _whole(flat["result"]),
    }


def _cash(flat: Rows) -> dict[str, Cents]:
    """`invested_paid` takes investment as booked; what suppliers still wait for stands with the
    customers and suppliers."""
    rows = {
        "customers_and_suppliers": flat["moved"] - flat["shares_now"] + flat["invested"]
        - flat["granted"],
        "vat_paid": -flat["vat_paid"],
        "tax_paid": -flat["tax_paid"],
        "interest_paid": -flat["interest"],
        "interest_earned": flat["interest_earned"],
        "invested_paid": -flat["invested"],
        "granted": flat["granted"],
        "shares_paid": flat["shares_paid"],
        "loans_drawn": flat["loans_drawn"],
        "loans_repaid": -flat["loans_repaid"],
        "leavers_paid": -flat["leavers_paid"],
        "distributed": -flat["distributed"],
    }  # fmt: skip
    whole = {name: _whole(row) for name, row in rows.items()}
    return {**whole, "change_in_cash": _sum(whole)}


def _sum(rows: Mapping[str, Cents]) -> Cents:
    found: Cents = np.sum([*rows.values()], axis=0)
    return found


def _balance(flat: Rows) -> dict[str, Cents]:
    cash, vat = _whole(flat["cash"]), _whole(flat["vat_owed"])
    return {
        "fixed_assets": _whole(flat["fixed_assets"]),
        "receivables": _whole(flat["receivables"]),
        "vat_claim": np.maximum(-vat, 0),
        "cash": np.maximum(cash, 0),
        **{name: _whole(flat[name]) for name in EQUITY},
        "special_items": _whole(flat["special_items"]),
        "loans": _whole(flat["loans"]),
        "overdraft": np.maximum(-cash, 0),
        "payables": _whole(flat["payables"]),
        "vat_owed": np.maximum(vat, 0),
        "tax_owed": _whole(flat["tax_owed"]),
        "leavers_owed": _whole(flat["leavers_owed"]),
    }


def _loans(plan: Plan, flat: Rows) -> dict[str, Cents]:
    return {f"loan {one.name}": _whole(flat[f"loan:{n}"]) for n, one in enumerate(plan.loans)}


# -- do they tie?


def check_statements(found: Statements, cash_before: int = 0, equity_before: int = 0) -> None:
    """Raises PlanError that names the month and the amount of the first gap: assets against
    liabilities, the change in cash against the cash flow, the result against the equity."""
    for what, gap in gaps(found, cash_before, equity_before).items():
        wrong = np.flatnonzero(gap)
        if len(wrong):
            month = int(wrong[0])
            text = f"{what} differ by {gap[month] / 100:.2f} EUR in {found.months[month]}"
            raise PlanError("statements", text)


def gaps(found: Statements, cash_before: int, equity_before: int) -> dict[str, Cents]:
    """By check and month: whole cents that should be 0."""
    sheet, flow, profit = found.balance_sheet, found.cash_flow, found.profit_and_loss
    equity = _pick(sheet, EQUITY)
    left = sheet["leavers_owed"]
    leaving = np.diff(left, prepend=0) - flow["leavers_paid"]
    moved = profit["result"] + flow["shares_paid"] - leaving + flow["distributed"]
    return {
        "assets and liabilities": _pick(sheet, ASSETS) - _pick(sheet, LIABILITIES),
        "cash and cash flow": np.diff(found.liquidity, prepend=cash_before)
        - _pick(flow, CASH_FLOW[:-1]),
        "equity and result": np.diff(equity, prepend=equity_before) - moved,
        "result and its parts": profit["result"] - _pick(profit, PROFIT_AND_LOSS[:-1]),
    }


def _pick(rows: Mapping[str, Cents], names: Sequence[str]) -> Cents:
    return _sum({name: rows[name] for name in names})
