"""What an auditor or a bank would object to in the base case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from wesprint.engines.cashflow.plan import MONTHS, Plan
from wesprint.engines.cashflow.program import YEARS
from wesprint.engines.cashflow.statements import EQUITY, Statements

SOUND_DSCR: Final = 1.2
SOUND_EQUITY: Final = 0.2
"""What banks ask for; said in the finding, and only there."""


@dataclass(frozen=True)
class Finding:
    """kind: illiquid, dscr, equity_ratio, equity_used_up, half_loss, own_share, loan_left,
    reserve_not_covered. Values are plain numbers: months by name, money in cents."""

    kind: str
    path: str
    values: dict[str, object] = field(default_factory=dict)


def findings(plan: Plan, found: Statements) -> tuple[Finding, ...]:
    checks = (_liquidity, _dscr, _equity, _own_share, _loans, _reserve)
    return tuple(one for check in checks for one in check(plan, found))


def _liquidity(plan: Plan, found: Statements) -> Iterator[Finding]:
    cents, month = found.lowest_cash
    if cents < -plan.overdraft_limit:
        lack = -cents - plan.overdraft_limit
        yield Finding("illiquid", "statements", {"month": month, "lack_cents": lack})


def _dscr(plan: Plan, found: Statements) -> Iterator[Finding]:
    for year in range(plan.opening // 12 + 1, YEARS):
        ratio = found.dscr[year]
        if ratio is not None and ratio < SOUND_DSCR:
            values = {"year": plan.start // 12 + year, "dscr": ratio, "asked": SOUND_DSCR}
            yield Finding("dscr", "statements", values)
            return


def _equity(plan: Plan, found: Statements) -> Iterator[Finding]:
    sheet = found.balance_sheet
    assets = sum(sheet[name] for name in ("fixed_assets", "receivables", "vat_claim", "cash"))
    equity = sum(sheet[name] for name in EQUITY)
    for month in range(plan.opening, MONTHS):
        if equity[month] < 0:
            yield Finding("equity_used_up", "statements", {"month": found.months[month]})
            break
        loss = -int(sheet["retained"][month])
        if 2 * loss > sheet["capital"][month] + sheet["legal_reserve"][month]:
            yield Finding("half_loss", "statements", {"month": found.months[month]})
            break
    share = equity[plan.opening] / assets[plan.opening] if assets[plan.opening] else 1.0
    if share < SOUND_EQUITY:
        values: dict[str, object] = {"share": round(float(share), 4), "asked": SOUND_EQUITY}
        yield Finding("equity_ratio", "statements", values)


def _own_share(plan: Plan, found: Statements) -> Iterator[Finding]:
    """Shares paid in by the opening and own labour against what the grants ask for."""
    own = int(found.cash_flow["shares_paid"][: plan.opening + 1].sum())
    own += round(sum(one.own_labour.base for one in plan.works if one.own_labour))
    for grant in plan.grants:
        asked = round(grant.own_share * grant.eligible)
        if own < asked:
            yield Finding("own_share", grant.path, {"asked_cents": asked, "has_cents": own})


def _loans(plan: Plan, found: Statements) -> Iterator[Finding]:
    for loan in plan.loans:
        left = int(found.memo[f"loan {loan.name}"][-1])
        if left:
            yield Finding("loan_left", loan.path, {"left_cents": left})


def _reserve(plan: Plan, found: Statements) -> Iterator[Finding]:
    short = found.liquidity - found.memo["maintenance_reserve"]
    later = short[plan.opening :]
    if later.min() < 0:
        month = plan.opening + int(later.argmin())
        values: dict[str, object] = {"month": found.months[month], "lack_cents": -int(later.min())}
        yield Finding("reserve_not_covered", "building.maintenance_reserve", values)
