"""The sums of the ledger, row by row, as the open data give them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Count

from wesprint.apps.flows.footprint import Kind
from wesprint.apps.flows.selectors.picture import kinds_of, stock_before
from wesprint.kernel.period import Period
from wesprint.kernel.quantity import Unit
from wesprint.platform.ledger.models import EconomicEvent, Grain
from wesprint.platform.ledger.rollups import series, totals
from wesprint.platform.ledger.selectors import stock_gap
from wesprint.platform.organisations.models import Centre
from wesprint.web.sheets import Row


def gap(centre: Centre) -> int:
    return stock_gap(centre)


def kinds(centres: Sequence[Centre], period: Period) -> Sequence[Kind]:
    """All kinds of things that were there or flowed, in the order of the tree."""
    return sorted(set(_known(centres, period).values()))


def _known(centres: Sequence[Centre], period: Period) -> Mapping[int, Kind]:
    specs = {
        int(total.specification or 0)
        for centre in centres
        for found in (
            stock_before(centre, period.end),
            totals(centre, period, group_by=("specification",), unit=Unit.GRAM),
        )
        for total in found
    }
    return kinds_of(specs)


def _name(kind: Kind) -> str:
    return kind.category or kind.group


def stock(centre: Centre, period: Period) -> Iterator[Row]:
    """(house, kind, grams before, grams after). Three queries."""
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for index, day in enumerate((period.start, period.end)):
        for total in stock_before(centre, day):
            sums[int(total.specification or 0)][index] += total.onhand_change
    known = kinds_of(set(sums))
    for spec in sorted(sums, key=lambda spec: known[spec]):
        yield (centre.slug, _name(known[spec]), *sums[spec])


def movements(centre: Centre, period: Period) -> Iterator[Row]:
    """(house, day, flow, kind, basis, grams, entries), month by month, so that no more than a
    month lies in memory."""
    known = _known([centre], period)
    keys = ("flow", "specification", "basis")
    for month in _months_with_entries(centre, period):
        for total in series(centre, month, Grain.DAY, group_by=keys, unit=Unit.GRAM):
            kind = _name(known[int(total.specification or 0)])
            yield (
                centre.slug,
                str(total.starts_on),
                str(total.flow),
                kind,
                str(total.basis),
                total.onhand_change,
                total.events,
            )


def _months_with_entries(centre: Centre, period: Period) -> Iterator[Period]:
    rows = series(centre, period, Grain.DAY, unit=Unit.GRAM)
    for day in dict.fromkeys(row.starts_on.replace(day=1) for row in rows if row.starts_on):
        month = Period.month(day.year, day.month)
        yield Period(max(month.start, period.start), min(month.end, period.end))


def corrections(centre: Centre, period: Period) -> Iterator[Row]:
    """(house, flow, kind, number of corrections)."""
    rows = list(
        EconomicEvent.objects.filter(
            centre=centre,
            corrects__isnull=False,
            occurred_on__gte=period.start,
            occurred_on__lt=period.end,
            resource_unit=Unit.GRAM,
        )
        .order_by()
        .values_list("flow", "resource_conforms_to_id")
        .annotate(count=Count("pk"))
        .order_by("flow", "resource_conforms_to_id")
    )
    known = kinds_of({spec for _flow, spec, _count in rows})
    for flow, spec, count in rows:
        yield centre.slug, flow, _name(known[spec]), count
