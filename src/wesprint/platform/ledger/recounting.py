"""All sums against all events: ten million events, month by month.

`rollups.recount` is the readable reference. Here every event is read once and summed by day, a
month at a time, so that no sort holds more than a month; months and years are added from the
days, and each is compared with what is folded and what waits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from wesprint.kernel.period import Period
from wesprint.platform.base.db import one_snapshot
from wesprint.platform.ledger.models import EconomicEvent, Grain, Measure, RollUp
from wesprint.platform.ledger.rollups import (
    ALL,
    FOREVER,
    TAIL,
    first_day,
    period_params,
)
from wesprint.platform.organisations.models import Centre

# (first day, flow, action, specification, measure, unit, basis) -> (quantity, accounting, onhand,
# events)
Sums = dict[tuple[Any, ...], list[int]]

# One row for both measures: most events have no effort, and nobody reads them twice to see that.
_COUNTED = """
SELECT e.occurred_on, e.flow, e.action, e.resource_conforms_to_id, e.basis, e.resource_unit,
       e.effort_unit, SUM(e.resource_quantity), SUM(e.accounting_change), SUM(e.onhand_change),
       COUNT(e.resource_quantity), SUM(e.effort_quantity), COUNT(e.effort_quantity)
{source} e.centre_id = %s AND e.occurred_on >= %s AND e.occurred_on < %s
GROUP BY e.occurred_on, e.resource_conforms_to_id, e.flow, e.action, e.basis, e.resource_unit,
         e.effort_unit
"""
_FOLDED = """
SELECT starts_on, flow, action, resource_conforms_to_id, measure, unit, basis,
       quantity, accounting_change, onhand_change, events
FROM ledger_rollup WHERE centre_id = %s AND grain = %s AND starts_on >= %s AND starts_on < %s
"""


def wrong_grains(centre: Centre) -> list[Grain]:
    """Which of the three sets of sums differ from a full recount of every day; []."""
    with one_snapshot():
        return _wrong(centre)


def _wrong(centre: Centre) -> list[Grain]:
    wrong: set[Grain] = set()
    added: dict[Grain, Sums] = {Grain.MONTH: _no_sums(), Grain.YEAR: _no_sums()}
    waiting = _by_day(centre, TAIL, FOREVER)
    for month in _months(centre):
        days = _by_day(centre, ALL, month)
        kept = _kept(centre, Grain.DAY, month, waiting)
        if days != kept:
            wrong.add(Grain.DAY)
        for grain, sums in added.items():
            _add_days(sums, days, grain)
    for grain, sums in added.items():
        if sums != _kept(centre, grain, FOREVER, waiting):
            wrong.add(grain)
    return [grain for grain in Grain if grain in wrong]


def _months(centre: Centre) -> Iterator[Period]:
    """Every month from the first to the last that has an event or a sum."""
    events = EconomicEvent.objects.filter(centre=centre)
    folded = RollUp.objects.filter(centre=centre, grain=Grain.DAY)
    days = [*_ends(events, "occurred_on"), *_ends(folded, "starts_on")]
    if days:
        yield from Period(min(days).replace(day=1), max(days) + timedelta(days=1)).months()


def _ends(rows: QuerySet[Any], column: str) -> Iterator[date]:
    """The first and the last day; two short looks, because MIN with MAX reads a whole index."""
    for order in (column, f"-{column}"):
        yield from rows.order_by(order).values_list(column, flat=True)[:1]


def _by_day(centre: Centre, source: str, period: Period) -> Sums:
    sums = _no_sums()
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED.format(source=source), period_params(centre, period))
        for day, flow, action, spec, basis, unit, effort_unit, *values in cursor:
            quantity, accounting, onhand, events, effort, efforts = values
            key, start = (flow, action, spec), _date(day)
            if events:
                one = (start, *key, Measure.RESOURCE.value, unit, basis)
                _add(sums[one], (quantity, accounting, onhand, events))
            if efforts:
                one = (start, *key, Measure.EFFORT.value, effort_unit, basis)
                _add(sums[one], (effort, 0, 0, efforts))
    return sums


def _kept(centre: Centre, grain: Grain, period: Period, waiting: Sums) -> Sums:
    """What is folded in this grain and what waits to be."""
    sums = _no_sums()
    pk, *days = period_params(centre, period)
    with connection.cursor() as cursor:
        cursor.execute(_FOLDED, [pk, grain.value, *days])
        for start, *row in cursor:
            sums[(_date(start), *row[:6])] = row[6:]
    _add_days(sums, {key: one for key, one in waiting.items() if key[0] in period}, grain)
    return sums


def _add_days(sums: Sums, days: Sums, grain: Grain) -> None:
    for (day, *key), values in days.items():
        _add(sums[(first_day(day, grain), *key)], values)


def _add(sums: list[int], values: Any) -> None:
    for place, value in enumerate(values):
        sums[place] += int(value)  # a sum of bigints is a Decimal on PostgreSQL


def _no_sums() -> Sums:
    return defaultdict(lambda: [0, 0, 0, 0])


def _date(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
