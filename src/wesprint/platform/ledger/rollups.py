"""Sums by day, month and year: folded rows plus the tail of events that are not folded yet.

A command never touches a row that others share. The fold job moves events from the tail into
the folded rows in one transaction, and every question is one statement over both, so that the
answer is exact at any moment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from wesprint.kernel.context import Ctx
from wesprint.kernel.period import Period
from wesprint.kernel.quantity import Unit
from wesprint.platform.commands.services import command
from wesprint.platform.ledger.models import (
    EconomicEvent,
    Grain,
    Measure,
    UnfoldedEvent,
)
from wesprint.platform.ledger.rules import EARLIEST
from wesprint.platform.organisations.models import Centre

BEGINNING = date(EARLIEST, 1, 1)
FOREVER = Period(BEGINNING, date(9999, 1, 1))
KEYS = ("flow", "action", "specification", "measure", "unit", "basis")
DAY_KEYS = ("starts_on", *KEYS)


@dataclass(frozen=True, slots=True)
class Total:
    """One sum. Keys that were not asked for are None. `specification` is a row number.

    quantity: in steps of `unit`, corrections taken off. accounting_change, onhand_change: what
    it did to the centre's stock. events: how many events, corrections included.
    """

    quantity: int
    accounting_change: int
    onhand_change: int
    events: int
    flow: str | None = None
    action: str | None = None
    specification: int | None = None
    measure: str | None = None
    unit: str | None = None
    basis: str | None = None
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days, months or years from `start` up to but not including `end`."""

    grain: Grain
    start: date
    end: date


def spans(period: Period) -> list[Span]:
    """The period in few spans of the coarsest grain that fits: at most five."""
    found: list[Span] = []
    for grain, start, end in _steps(period):
        if found and found[-1].grain is grain:
            found[-1] = Span(grain, found[-1].start, end)
        else:
            found.append(Span(grain, start, end))
    return found


def _steps(period: Period) -> Iterator[tuple[Grain, date, date]]:
    at = period.start
    while at < period.end:
        grain, end = _widest(at, period.end)
        yield grain, at, end
        at = end


def _widest(at: date, end: date) -> tuple[Grain, date]:
    if (at.month, at.day) == (1, 1) and at.replace(year=at.year + 1) <= end:
        return Grain.YEAR, at.replace(year=at.year + 1)
    following = (at.replace(day=1) + timedelta(days=32)).replace(day=1)
    if at.day == 1 and following <= end:
        return Grain.MONTH, following
    return Grain.DAY, at + timedelta(days=1)


# -- asking ----------------------------------------------------------------------------------
_FOLDED = """
SELECT starts_on, flow, action, resource_conforms_to_id AS specification, measure, unit, basis,
       quantity, accounting_change, onhand_change, events
FROM ledger_rollup WHERE centre_id = %s AND ({spans})
"""
_RESOURCE_COLUMNS = """
SELECT e.occurred_on AS starts_on, e.flow, e.action, e.resource_conforms_to_id AS specification,
       'resource' AS measure, e.resource_unit AS unit, e.basis,
       e.resource_quantity AS quantity, e.accounting_change, e.onhand_change, 1 AS events
"""
_EFFORT_COLUMNS = """
SELECT e.occurred_on AS starts_on, e.flow, e.action, e.resource_conforms_to_id AS specification,
       'effort' AS measure, e.effort_unit AS unit, e.basis,
       e.effort_quantity AS quantity, 0 AS accounting_change, 0 AS onhand_change, 1 AS events
"""
# CROSS JOIN keeps SQLite from walking all events of the period to find the few unfolded ones.
TAIL = "FROM ledger_unfoldedevent u CROSS JOIN ledger_economicevent e WHERE e.id = u.event_id AND"
ALL = "FROM ledger_economicevent e WHERE"
_IN_PERIOD = "e.centre_id = %s AND e.occurred_on >= %s AND e.occurred_on < %s"
SUMS = "SUM(quantity), SUM(accounting_change), SUM(onhand_change), SUM(events)"


def totals(
    centre: Centre,
    period: Period = FOREVER,
    *,
    group_by: Sequence[str] = KEYS,
    unit: Unit | None = None,
) -> list[Total]:
    """Exact sums of a period (days in the centre's zone) in one statement, ordered by keys.

    group_by: any of KEYS. unit: only sums in this unit. Raises ValueError for another key.
    """
    return _ask(centre, period, group_by, unit, spans(period))


def series(
    centre: Centre,
    period: Period,
    grain: Grain,
    *,
    group_by: Sequence[str] = (),
    unit: Unit | None = None,
) -> list[Total]:
    """The same sums for each day, month or year that begins in the period; `starts_on` is its
    first day. Months without events are absent."""
    keys = ("starts_on", *group_by)
    rows = _ask(centre, period, keys, unit, [Span(grain, period.start, period.end)])
    return _merge(rows, grain, keys)


def recount(
    centre: Centre,
    period: Period = FOREVER,
    *,
    group_by: Sequence[str] = KEYS,
    unit: Unit | None = None,
) -> list[Total]:
    """What `totals` says, counted anew from every event: the readable reference, slow."""
    inner = both_measures(ALL)
    return _run(inner, period_params(centre, period) * 2, group_by, unit)


def _ask(
    centre: Centre,
    period: Period,
    keys: Sequence[str],
    unit: Unit | None,
    parts: Sequence[Span],
) -> list[Total]:
    if not parts:
        return []
    conditions = ["(grain = %s AND starts_on >= %s AND starts_on < %s)" for _part in parts]
    folded = _FOLDED.format(spans=" OR ".join(conditions))
    params: list[Any] = [centre.pk]
    for part in parts:
        params += [part.grain.value, _day(part.start), _day(part.end)]
    params += period_params(centre, period) * 2
    return _run(f"{folded} UNION ALL {both_measures(TAIL)}", params, keys, unit)


def both_measures(source: str) -> str:
    resource = f"{_RESOURCE_COLUMNS} {source} {_IN_PERIOD} AND e.resource_quantity IS NOT NULL"
    effort = f"{_EFFORT_COLUMNS} {source} {_IN_PERIOD} AND e.effort_quantity IS NOT NULL"
    return f"{resource} UNION ALL {effort}"


def period_params(centre: Centre, period: Period) -> list[Any]:
    return [centre.pk, _day(period.start), _day(period.end)]


def _run(inner: str, params: list[Any], keys: Sequence[str], unit: Unit | None) -> list[Total]:
    if unknown := set(keys) - set(DAY_KEYS):
        raise ValueError(f"not a key of roll-ups: {sorted(unknown)}")
    columns = ", ".join(keys)
    where = "WHERE unit = %s" if unit else ""
    grouped = f"GROUP BY {columns} ORDER BY {columns}" if keys else "HAVING COUNT(*) > 0"
    chosen = f"{columns}, {SUMS}" if keys else SUMS
    # Nothing but names from DAY_KEYS is put into the text; values are parameters.
    statement = f"SELECT {chosen} FROM ({inner}) AS t {where} {grouped}"  # noqa: S608 - names of our own tables and columns
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, unit.value] if unit else params)
        return [_total(keys, row) for row in cursor.fetchall()]


def _total(keys: Sequence[str], row: Sequence[Any]) -> Total:
    found = dict(zip(keys, row, strict=False))
    if isinstance(text := found.get("starts_on"), str):
        found["starts_on"] = date.fromisoformat(text)
    quantity, accounting, onhand, events = (int(value) for value in row[len(keys) :])
    return Total(quantity, accounting, onhand, events, **found)


def _merge(rows: Sequence[Total], grain: Grain, keys: Sequence[str]) -> list[Total]:
    """Days of the tail join the month or year that holds them."""
    sums: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in rows:
        start = first_day(row.starts_on or BEGINNING, grain)
        key = (start, *(getattr(row, name) for name in keys[1:]))
        _add(sums[key], (row.quantity, row.accounting_change, row.onhand_change, row.events))
    return [_total(keys, (*key, *sums[key])) for key in sorted(sums)]


def first_day(day: date, grain: Grain) -> date:
    """The first day of the day, month or year that holds `day`."""
    match grain:
        case Grain.YEAR:
            return date(day.year, 1, 1)
        case Grain.MONTH:
            return day.replace(day=1)
    return day


def _add(sums: list[int], values: Sequence[int]) -> None:
    for index, value in enumerate(values):
        sums[index] += value


def _day(day: date) -> Any:
    return connection.ops.adapt_datefield_value(day)


# -- folding ---------------------------------------------------------------------------------
_KEY_COLUMNS = (
    "centre_id, grain, starts_on, flow, action, resource_conforms_to_id, measure, unit, basis"
)
_UPSERT = f"""
INSERT INTO ledger_rollup ({_KEY_COLUMNS}, quantity, accounting_change, onhand_change, events)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT ({_KEY_COLUMNS}) DO UPDATE SET
  quantity = ledger_rollup.quantity + excluded.quantity,
  accounting_change = ledger_rollup.accounting_change + excluded.accounting_change,
  onhand_change = ledger_rollup.onhand_change + excluded.onhand_change,
  events = ledger_rollup.events + excluded.events
"""  # noqa: S608 - column names of our own, values are parameters
EVENT_COLUMNS = (
    *("centre_id", "occurred_on", "flow", "action", "resource_conforms_to_id", "basis"),
    *("resource_quantity", "resource_unit", "effort_quantity", "effort_unit"),
    *("accounting_change", "onhand_change"),
)


@command("ledger.fold")
def fold(ctx: Ctx, *, most: int = 2_000) -> int:
    """Move up to `most` events from the tail into the folded rows; how many it were.

    Safe to run twice and side by side: events that another run holds are left to it.
    """
    tail = UnfoldedEvent.objects.order_by("event_id").select_for_update(skip_locked=True)
    ids = list(tail.values_list("event_id", flat=True)[:most])
    if not ids:
        return 0
    add_counted(EconomicEvent.objects.filter(pk__in=ids).values_list(*EVENT_COLUMNS))
    UnfoldedEvent.objects.filter(event_id__in=ids).delete()
    return len(ids)


def add_counted(events: Iterable[tuple[Any, ...]]) -> None:
    """Add these events (values in the order of EVENT_COLUMNS) to the folded rows. Whoever calls
    it sees to it that each is counted once."""
    rows = [(*key, *sums) for key, sums in sorted(_sums(events).items())]
    with connection.cursor() as cursor:
        cursor.executemany(_UPSERT, [[*row[:2], _day(row[2]), *row[3:]] for row in rows])


def _sums(events: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], list[int]]:
    """By grain; each event is added to its day only, and days to their month and year."""
    sums: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for (centre, day, *key), values in _by_day(events).items():
        for grain in Grain:
            _add(sums[centre, grain.value, first_day(day, grain), *key], values)
    return sums


def _by_day(events: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], list[int]]:
    days: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for centre, day, flow, action, spec, basis, *quantities in events:
        for measure, unit, values in _measures(*quantities):
            _add(days[centre, day, flow, action, spec, measure, unit, basis], values)
    return days


def _measures(
    count: int | None, unit: str, effort: int | None, effort_unit: str, accounting: int, onhand: int
) -> Iterator[tuple[str, str, tuple[int, int, int, int]]]:
    if count is not None:
        yield Measure.RESOURCE.value, unit, (count, accounting, onhand, 1)
    if effort is not None:
        yield Measure.EFFORT.value, effort_unit, (effort, 0, 0, 1)


def tail_size() -> int:
    """How many events wait to be folded."""
    return UnfoldedEvent.objects.count()
