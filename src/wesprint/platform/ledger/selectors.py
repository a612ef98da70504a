"""What can be asked of the ledger, each with a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from wesprint.kernel.period import Period
from wesprint.kernel.quantity import Unit
from wesprint.platform.base.db import one_snapshot
from wesprint.platform.ledger.effects import ACTIONS, Side
from wesprint.platform.ledger.models import Agreement, EconomicEvent, EconomicResource
from wesprint.platform.ledger.rollups import BEGINNING, TAIL, Total, recount, series, totals
from wesprint.platform.organisations.models import Centre

__all__ = [
    "FlowMass",
    "MassBalance",
    "Stock",
    "Total",
    "agreement_sums",
    "events_of",
    "mass_balance",
    "recount",
    "series",
    "stock_gap",
    "totals",
    "unbalanced",
]


class Stock(StrEnum):
    """On hand: what is in the house. Accounting: what is ours, wherever it is."""

    ONHAND = "onhand"
    ACCOUNTING = "accounting"


@dataclass(frozen=True, slots=True)
class FlowMass:
    """What one flow did to the stock: positive came in, negative went out; `measured` of it
    was weighed, the rest estimated or taken as given."""

    flow: str
    change: int
    measured: int


@dataclass(frozen=True, slots=True)
class MassBalance:
    """start + the changes of all flows = end. `gap` is what the resources' own quantities differ
    by from the sum of all events: 0, or the books are broken."""

    start: int
    flows: tuple[FlowMass, ...]
    end: int
    gap: int

    @property
    def came_in(self) -> int:
        return sum(flow.change for flow in self.flows if flow.change > 0)

    @property
    def went_out(self) -> int:
        return -sum(flow.change for flow in self.flows if flow.change < 0)


def mass_balance(
    centre: Centre, period: Period, *, stock: Stock = Stock.ONHAND, unit: Unit = Unit.GRAM
) -> MassBalance:
    """The stock of a centre before and after a period and what each flow did to it, in steps
    of `unit` (grams). Three statements."""
    before = totals(centre, Period(BEGINNING, period.start), group_by=(), unit=unit)
    start = sum(_change(total, stock) for total in before)
    changes: dict[str, int] = defaultdict(int)
    measured: dict[str, int] = defaultdict(int)
    for total in totals(centre, period, group_by=("flow", "basis"), unit=unit):
        changes[str(total.flow)] += _change(total, stock)
        if total.basis == "measured":
            measured[str(total.flow)] += _change(total, stock)
    flows = tuple(
        FlowMass(flow, change, measured[flow]) for flow, change in changes.items() if change
    )
    end = start + sum(flow.change for flow in flows)
    return MassBalance(start, flows, end, stock_gap(centre, stock=stock, unit=unit))


def _change(total: Total, stock: Stock) -> int:
    return total.onhand_change if stock is Stock.ONHAND else total.accounting_change


_GAP = """
SELECT (SELECT COALESCE(SUM({stock}_quantity), 0) FROM ledger_economicresource
        WHERE centre_id = %s AND unit = %s)
     - (SELECT COALESCE(SUM({stock}_change), 0) FROM ledger_rollup
        WHERE centre_id = %s AND unit = %s AND grain = 'year')
     - (SELECT COALESCE(SUM(e.{stock}_change), 0)
        {tail} e.centre_id = %s AND e.resource_unit = %s)
"""


def stock_gap(centre: Centre, *, stock: Stock = Stock.ONHAND, unit: Unit = Unit.GRAM) -> int:
    """Sum of the resources' quantities minus sum of all events' effects, in one statement, so
    that it is exact while others write."""
    with connection.cursor() as cursor:
        cursor.execute(_GAP.format(stock=stock.value, tail=TAIL), [centre.pk, unit.value] * 3)
        return int(cursor.fetchone()[0])


def unbalanced(centre: Centre) -> list[str]:
    """Public ids of resources whose quantities are not what their events add up to; []."""
    with one_snapshot():
        return _unbalanced(centre)


def _unbalanced(centre: Centre) -> list[str]:
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for side in Side:
        for pk, action, quantity in _by_resource(centre, side):
            accounting, onhand = ACTIONS[action].signs(side)
            sums[pk][0] += accounting * quantity
            sums[pk][1] += onhand * quantity
    columns = ("pk", "public_id", "accounting_quantity", "onhand_quantity")
    rows = EconomicResource.objects.filter(centre=centre).order_by("pk").values_list(*columns)
    return [ident for pk, ident, *found in rows.iterator() if found != sums.get(pk, [0, 0])]


def _by_resource(centre: Centre, side: Side) -> Iterable[tuple[int, str, int]]:
    events = EconomicEvent.objects.filter(
        **{"centre": centre, "resource_quantity__isnull": False, f"{side.value}__isnull": False}
    )
    grouped = events.order_by().values_list(f"{side.value}_id", "action")
    return grouped.annotate(sum=Sum("resource_quantity")).iterator()


def events_of(resource: EconomicResource) -> QuerySet[EconomicEvent]:
    """The resource's history, oldest first, as the events were recorded."""
    return EconomicEvent.objects.filter(
        Q(resource_inventoried_as=resource) | Q(to_resource_inventoried_as=resource)
    ).order_by("occurred_at", "pk")


def agreement_sums(agreement: Agreement) -> dict[tuple[int | None, str], int]:
    """What each provider (row number of its agent) gave under an agreement, by unit: goods one
    way, money the other."""
    rows = (
        EconomicEvent.objects.filter(realization_of=agreement, resource_quantity__isnull=False)
        .order_by()
        .values_list("provider_id", "resource_unit")
        .annotate(sum=Sum("resource_quantity"))
    )
    return {(provider, unit): total for provider, unit, total in rows}
