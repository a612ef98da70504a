"""Plans side by side: their own scenarios, and what changed between two versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wesprint.engines.cashflow.io import read_plan
from wesprint.engines.cashflow.plan import Plan
from wesprint.engines.cashflow.statements import Statements, base_case


@dataclass(frozen=True)
class Figures:
    """What one looks at first. Money in cents; dscr: the least year after the opening."""

    lowest_cash: int
    lowest_cash_month: str
    cash_at_end: int
    dscr: float | None
    equity_at_opening: int
    invested: int
    loans: int
    grants: int
    result: tuple[int, ...]
    """By year."""


@dataclass(frozen=True)
class Change:
    """path: in the JSON; None where a version has nothing there."""

    path: str
    before: Any
    after: Any


def figures(plan: Plan, found: Statements) -> Figures:
    cents, month = found.lowest_cash
    ratios = [one for one in found.dscr[plan.opening // 12 + 1 :] if one is not None]
    flow = found.by_year("cash_flow")
    sheet = found.balance_sheet
    equity = sum(int(sheet[one][plan.opening]) for one in ("capital", "legal_reserve", "retained"))
    return Figures(
        lowest_cash=cents,
        lowest_cash_month=month,
        cash_at_end=int(found.liquidity[-1]),
        dscr=min(ratios) if ratios else None,
        equity_at_opening=equity,
        invested=-sum(flow["invested_paid"]),
        loans=sum(flow["loans_drawn"]),
        grants=sum(flow["granted"]),
        result=tuple(found.by_year("profit_and_loss")["result"]),
    )


def side_by_side(data: Any) -> dict[str, Figures]:
    """The base case and every scenario of a plan's JSON, by name ("" is the base case)."""
    names = ["", *(one.name for one in read_plan(data).scenarios)]
    plans = {name: read_plan(data, name) for name in names}
    return {name: figures(plan, base_case(plan)) for name, plan in plans.items()}


def difference(before: Any, after: Any) -> tuple[Change, ...]:
    """What changed in the JSON of a plan, by path. Rows of a list are told apart by their names
    where they have one, else by their places."""
    return tuple(_differ("", before, after))


def _differ(path: str, before: Any, after: Any) -> Iterator[Change]:
    if isinstance(before, list) and isinstance(after, list):
        before, after = _named(before), _named(after)
    if not (isinstance(before, dict) and isinstance(after, dict)):
        if before != after or type(before) is not type(after):
            yield Change(path, before, after)
        return
    for key in dict.fromkeys((*before, *after)):
        yield from _differ(f"{path}.{key}" if path else key, before.get(key), after.get(key))


def _named(rows: list[Any]) -> dict[str, Any]:
    names = [
        str(row.get("name", place)) if isinstance(row, dict) else str(place)
        for place, row in enumerate(rows)
    ]
    if len(set(names)) < len(names):
        names = [str(place) for place in range(len(rows))]
    return dict(zip(names, rows, strict=True))
