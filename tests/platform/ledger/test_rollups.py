from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.platform.ledger.bench_of import Bench, make_bench

from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import DomainError
from wesprint.kernel.period import Period
from wesprint.kernel.quantity import Quantity, Unit
from wesprint.platform.ledger import rollups, selectors, services, tasks
from wesprint.platform.ledger.drafts import EventDraft
from wesprint.platform.ledger.models import Basis, EconomicEvent, Grain
from wesprint.platform.ledger.rollups import Span, spans
from wesprint.platform.ledger.selectors import FlowMass, MassBalance, Stock

NOVEMBER = Period.month(2026, 11)
in_database = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
numbers = itertools.count()


def day(number: int, month: int = 11) -> datetime:
    return datetime(2026, month, number, 12, tzinfo=UTC)


# -- spans -----------------------------------------------------------------------------------
def test_a_period_is_asked_in_the_coarsest_spans() -> None:
    period = Period(date(2024, 11, 29), date(2027, 2, 3))
    assert spans(period) == [
        Span(Grain.DAY, date(2024, 11, 29), date(2024, 12, 1)),
        Span(Grain.MONTH, date(2024, 12, 1), date(2025, 1, 1)),
        Span(Grain.YEAR, date(2025, 1, 1), date(2027, 1, 1)),
        Span(Grain.MONTH, date(2027, 1, 1), date(2027, 2, 1)),
        Span(Grain.DAY, date(2027, 2, 1), date(2027, 2, 3)),
    ]
    assert spans(Period(date(2026, 1, 1), date(2026, 1, 1))) == []


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 1500))
def test_spans_cover_the_period_without_gap_or_overlap(start: date, days: int) -> None:
    parts = spans(Period(start, start + timedelta(days=days)))
    edges = [start, *(part.end for part in parts)]
    assert [part.start for part in parts] == edges[:-1]
    assert edges[-1] == start + timedelta(days=days)
    assert len(parts) <= 5


# -- sums ------------------------------------------------------------------------------------
def test_totals_before_and_after_folding_are_the_same(bench: Bench) -> None:
    item = bench.take_in(4_000, at=day(3))
    bench.take_in(500, at=day(4))
    bench.post(bench.sale(item, 4_000), bench.payment(900), at=day(20))
    expected = [
        rollups.Total(4_500, 4_500, 4_500, 2, flow="intake", unit="g"),
        rollups.Total(900, 0, 0, 1, flow="paid", unit="ct"),
        rollups.Total(4_000, -4_000, -4_000, 1, flow="sold", unit="g"),
    ]
    keys = ("flow", "unit")
    assert selectors.totals(bench.centre, NOVEMBER, group_by=keys) == expected
    assert rollups.fold(bench.ctx(), most=2) == 2
    assert selectors.totals(bench.centre, NOVEMBER, group_by=keys) == expected
    assert tasks.fold.call() == 2
    assert rollups.tail_size() == 0
    assert selectors.totals(bench.centre, NOVEMBER, group_by=keys) == expected
    assert selectors.recount(bench.centre, NOVEMBER, group_by=keys) == expected


def test_hours_and_things_are_counted_apart(bench: Bench) -> None:
    both = EventDraft(
        action="use",
        flow="saw",
        provider=bench.house,
        conforms_to=bench.chair,
        resource_quantity=Quantity(1_000, Unit.GRAM),
        effort_quantity=Quantity(3_600, Unit.SECOND),
    )
    bench.post(both)
    expected = [
        rollups.Total(3_600, 0, 0, 1, measure="effort", unit="s"),
        rollups.Total(1_000, 0, 0, 1, measure="resource", unit="g"),
    ]
    assert selectors.totals(bench.centre, group_by=("measure", "unit")) == expected
    tasks.fold.call()
    assert selectors.totals(bench.centre, group_by=("measure", "unit")) == expected


def test_a_series_joins_folded_months_and_the_tail(bench: Bench) -> None:
    bench.take_in(100, at=day(30, month=9))
    bench.take_in(200, at=day(1, month=10))
    tasks.fold.call()
    bench.take_in(300, at=day(5, month=10))
    bench.take_in(400, at=day(5))
    found = selectors.series(
        bench.centre, Period.year(2026), Grain.MONTH, group_by=("flow",), unit=Unit.GRAM
    )
    assert [(row.starts_on, row.flow, row.quantity) for row in found] == [
        (date(2026, 9, 1), "intake", 100),
        (date(2026, 10, 1), "intake", 500),
        (date(2026, 11, 1), "intake", 400),
    ]


def test_a_period_without_events_has_no_sums(bench: Bench) -> None:
    assert selectors.totals(bench.centre, NOVEMBER) == []
    assert selectors.totals(bench.centre, Period(NOVEMBER.start, NOVEMBER.start)) == []


def test_only_known_keys_reach_the_statement(bench: Bench) -> None:
    with pytest.raises(ValueError, match="not a key"):
        selectors.totals(bench.centre, group_by=("flow; DROP TABLE",))


def test_each_question_is_one_statement(bench: Bench) -> None:
    bench.take_in(100)
    with CaptureQueriesContext(connection) as captured:
        selectors.totals(bench.centre, NOVEMBER)
    assert len(captured) == 1
    with CaptureQueriesContext(connection) as captured:
        selectors.mass_balance(bench.centre, NOVEMBER)
    assert len(captured) == 3


# -- mass balance ----------------------------------------------------------------------------
def test_the_mass_balance_closes_to_the_gram(bench: Bench) -> None:
    bench.take_in(10_000, at=day(20, month=10))
    item = bench.take_in(4_000, at=day(2))
    bench.post(bench.intake(333, basis=Basis.ESTIMATED), at=day(3))
    bench.post(bench.sale(item, 1_500), bench.payment(700), at=day(10))
    bench.post(bench.sale(item, 2_000, action="transferCustody", flow="lent"), at=day(11))
    expected = MassBalance(
        start=10_000,
        flows=(
            FlowMass("intake", 4_333, 4_000),
            FlowMass("lent", -2_000, -2_000),
            FlowMass("sold", -1_500, -1_500),
        ),
        end=10_833,
        gap=0,
    )
    assert selectors.mass_balance(bench.centre, NOVEMBER) == expected
    tasks.fold.call()
    balance = selectors.mass_balance(bench.centre, NOVEMBER)
    assert balance == expected
    assert (balance.came_in, balance.went_out) == (4_333, 3_500)
    books = selectors.mass_balance(bench.centre, NOVEMBER, stock=Stock.ACCOUNTING)
    assert (books.end, books.gap) == (12_833, 0)


def test_a_stock_that_was_touched_past_the_ledger_shows(bench: Bench) -> None:
    item = bench.take_in(4_000)
    assert (selectors.stock_gap(bench.centre), selectors.unbalanced(bench.centre)) == (0, [])
    type(item).objects.filter(pk=item.pk).update(onhand_quantity=4_001)
    assert selectors.stock_gap(bench.centre) == 1
    assert selectors.unbalanced(bench.centre) == [item.public_id]


# -- whatever happens ------------------------------------------------------------------------
weights = st.integers(0, 50_000)
days = st.integers(-400, 0)
pick = st.integers(0, 10)
steps = st.one_of(
    st.tuples(st.just("intake"), weights, days, st.sampled_from(Basis)),
    st.tuples(st.just("sale"), pick, weights, days),
    st.tuples(st.just("lend"), pick, weights, days),
    st.tuples(st.just("correct"), pick, weights),
    st.tuples(st.just("work"), weights, days),
    st.tuples(st.just("fold"), st.integers(1, 4)),
)


def play(bench: Bench, clock: FixedClock, step: tuple[str, int, int, int]) -> None:
    """One step; what the ledger refuses is refused and leaves nothing."""
    name, first, *rest = step
    at = clock.now() + timedelta(days=rest[-1]) if name in {"sale", "lend", "work"} else None
    match name:
        case "intake":
            back_dated = clock.now() + timedelta(days=rest[0])
            bench.post(bench.intake(first, basis=rest[1]), at=back_dated)
        case "sale" | "lend":
            items = list(bench.centre.resources.order_by("pk"))
            how = {"flow": name, "action": {"sale": "transfer", "lend": "transferCustody"}[name]}
            if items:
                item = items[first % len(items)]
                bench.post(bench.sale(item, rest[0], **how), bench.payment(first), at=at)
        case "correct":
            events = list(EconomicEvent.objects.filter(centre=bench.centre).order_by("pk"))
            if events:
                services.correct(
                    bench.ctx(), event=events[first % len(events)], count=rest[0] or None
                )
        case "work":
            effort = Quantity(first, Unit.SECOND)
            draft = EventDraft(
                action="work",
                flow="work",
                provider=bench.giver,
                conforms_to=bench.work,
                effort_quantity=effort,
            )
            bench.post(draft, at=at)
        case "fold":
            rollups.fold(bench.ctx(), most=first)


@given(st.lists(steps, max_size=14), st.dates(date(2025, 10, 1), date(2026, 11, 24)), days)
@in_database
def test_roll_ups_equal_a_full_recount_whatever_happens(
    db: None,
    clock: FixedClock,
    story: list[tuple[str, int, int, int]],
    start: date,
    length: int,
) -> None:
    bench = make_bench(f"h{next(numbers)}")
    period = Period(start, start - timedelta(days=length))
    for step in story:
        try:
            play(bench, clock, step)
        except DomainError as refusal:
            assert refusal.kind in {"refused", "invalid"}
        assert selectors.totals(bench.centre) == selectors.recount(bench.centre)
        assert selectors.totals(bench.centre, period) == selectors.recount(bench.centre, period)
        assert selectors.unbalanced(bench.centre) == []
        for stock in Stock:
            balance = selectors.mass_balance(bench.centre, period, stock=stock)
            assert balance.gap == 0
            assert balance.end == balance.start + balance.came_in - balance.went_out
