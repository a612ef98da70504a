"""Each wrong sum is named by its grain, and a right set of sums has none."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.models import Count, F
from tests.platform.ledger.bench_of import Bench

from wesprint.kernel.quantity import Quantity, Unit
from wesprint.platform.ledger import rollups, tasks
from wesprint.platform.ledger.drafts import EventDraft
from wesprint.platform.ledger.models import EconomicEvent, Grain, RollUp
from wesprint.platform.ledger.recounting import wrong_grains


def day(number: int, month: int, year: int = 2026) -> datetime:
    return datetime(year, month, number, 12, tzinfo=UTC)


@pytest.fixture
def past(bench: Bench) -> Bench:
    """Two years, both measures in one event and effort alone, a correction, and a tail."""
    item = bench.take_in(4_000, at=day(3, 12, 2025))
    bench.take_in(500, at=day(4, 1))
    bench.post(bench.sale(item, 4_000), bench.payment(900), at=day(31, 1))
    bench.post(_saw(bench, resource=True), at=day(2, 10))
    bench.post(_saw(bench, resource=False), at=day(2, 10))
    tasks.fold.call()
    bench.take_in(700, at=day(2, 10))
    bench.post(_saw(bench, resource=False), at=day(5, 11))
    return bench


def _saw(bench: Bench, *, resource: bool) -> EventDraft:
    return EventDraft(
        action="use" if resource else "work",
        flow="saw",
        provider=bench.house,
        conforms_to=bench.chair,
        resource_quantity=Quantity(1_000, Unit.GRAM) if resource else None,
        effort_quantity=Quantity(3_600, Unit.SECOND),
    )


def test_right_sums_have_no_wrong_grain(past: Bench) -> None:
    assert rollups.totals(past.centre) == rollups.recount(past.centre)
    assert rollups.tail_size() == 2
    assert wrong_grains(past.centre) == []
    tasks.fold.call()
    assert (rollups.tail_size(), wrong_grains(past.centre)) == (0, [])


def test_a_house_without_events_has_no_wrong_sum(bench: Bench) -> None:
    assert wrong_grains(bench.centre) == []


@pytest.mark.parametrize("grain", list(Grain))
@pytest.mark.parametrize("column", ["quantity", "accounting_change", "onhand_change", "events"])
def test_one_step_too_many_is_found_in_its_grain(past: Bench, grain: Grain, column: str) -> None:
    first = RollUp.objects.filter(grain=grain).order_by("starts_on").first()
    assert first is not None
    RollUp.objects.filter(pk=first.pk).update(**{column: F(column) + 1})
    assert wrong_grains(past.centre) == [grain]


@pytest.mark.parametrize("grain", list(Grain))
@pytest.mark.parametrize("measure", ["resource", "effort"])
def test_a_lost_sum_is_found(past: Bench, grain: Grain, measure: str) -> None:
    RollUp.objects.filter(grain=grain, measure=measure).delete()
    assert wrong_grains(past.centre) == [grain]


@pytest.mark.parametrize("grain", list(Grain))
@pytest.mark.parametrize("starts_on", [date(2019, 1, 1), date(2031, 1, 1)])
def test_a_sum_of_no_event_is_found(past: Bench, grain: Grain, starts_on: date) -> None:
    one = RollUp.objects.filter(grain=grain).earliest("starts_on")
    one.pk, one.starts_on = None, starts_on
    one.save(force_insert=True)
    assert wrong_grains(past.centre) == [grain]


def test_a_sum_of_another_kind_or_basis_is_found(past: Bench) -> None:
    RollUp.objects.filter(grain=Grain.DAY, flow="saw", measure="resource").update(basis="estimated")
    assert wrong_grains(past.centre) == [Grain.DAY]


def test_an_event_that_waits_nowhere_is_missed_in_every_grain(past: Bench) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_unfoldedevent")
    assert wrong_grains(past.centre) == list(Grain)


def test_the_corrections_of_a_year_are_found_without_reading_its_events(past: Bench) -> None:
    """With ten million events the year's own index took twelve seconds."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # for a handful of rows it reads the table
            cursor.execute("SET LOCAL enable_seqscan = off")
    rows = (
        EconomicEvent.objects.filter(
            centre__in=[past.centre],
            corrects__isnull=False,
            occurred_on__gte=date(2026, 1, 1),
            occurred_on__lt=date(2027, 1, 1),
        )
        .order_by()
        .values_list("flow", "resource_conforms_to_id")
        .annotate(count=Count("pk"))
    )
    assert "event_corrections" in rows.explain()
