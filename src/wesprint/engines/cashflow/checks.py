"""What a plan may not be, although each value alone could stand."""

from __future__ import annotations

from collections.abc import Iterable

from wesprint.engines.cashflow.plan import MONTHS, Loan, Plan
from wesprint.engines.cashflow.reading import PlanError


def check_plan(plan: Plan) -> None:
    """Raises PlanError with the path of the first thing that cannot be."""
    _floors(plan)
    _names(plan)
    for loan in plan.loans:
        _loan(loan)
    if plan.delay.drivers and plan.delay.coefficient != 1:
        raise PlanError("delay_months", "a delay hangs on one assumption")


def _floors(plan: Plan) -> None:
    for floor in plan.floors:
        used = sum(use.area for use in plan.uses if use.floor == floor.name)
        if used > floor.area + 1e-9:
            what = f"{floor.name!r} has {floor.area:g} m2, but its uses take {used:g} m2"
            raise PlanError("uses", what)


def _names(plan: Plan) -> None:
    for path, several in (
        ("businesses", [one.name for one in plan.businesses]),
        ("financing.loans", [one.name for one in plan.loans]),
        ("financing.grants", [one.name for one in plan.grants]),
    ):
        _once(path, several)


def _once(path: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise PlanError(path, f"{name!r} stands twice")
        seen.add(name)


def _loan(loan: Loan) -> None:
    if loan.draws[-1][0] >= loan.first and loan.form != "bullet":
        raise PlanError(loan.path, "the last draw is after the first repayment")
    if loan.reset and loan.reset[0] >= loan.last:
        raise PlanError(f"{loan.path}.reset", "the rate changes after the loan has ended")
    if loan.form == "bullet" and loan.draws[-1][0] >= loan.last:
        raise PlanError(loan.path, "the last draw is after the loan falls due")
    if loan.draws[0][0] >= MONTHS:
        raise PlanError(loan.path, "the first draw is after the end of the plan")
