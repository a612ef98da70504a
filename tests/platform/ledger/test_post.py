from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.platform.ledger.bench_of import Bench, make_bench, quantities

from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Invalid, Refused
from wesprint.kernel.quantity import Quantity, Unit, grams
from wesprint.platform.ledger import selectors, services
from wesprint.platform.ledger.drafts import EventDraft, NewResource
from wesprint.platform.ledger.models import (
    EconomicEvent,
    EconomicResource,
    ResourceSpecification,
    UnfoldedEvent,
)


def test_an_intake_begins_a_resource(bench: Bench) -> None:
    [event] = bench.post(bench.intake(4_000, to_location="lager-1", state="good"))
    item = EconomicResource.objects.get()
    assert event.to_resource_inventoried_as == item
    assert (
        item.accounting_quantity,
        item.onhand_quantity,
        item.unit,
        item.primary_accountable,
        item.custodian,
        item.current_location,
        item.state,
    ) == (4_000, 4_000, "g", bench.house, bench.house, "lager-1", "good")
    assert (event.accounting_change, event.onhand_change) == (4_000, 4_000)
    assert list(UnfoldedEvent.objects.values_list("event_id", flat=True)) == [event.pk]


def test_a_sale_sends_goods_one_way_and_money_the_other_under_one_agreement(bench: Bench) -> None:
    item = bench.take_in(4_000)
    agreement = services.open_agreement(bench.ctx(), centre=bench.centre, name="sale")
    bench.post(
        bench.sale(item, 4_000, realization_of=agreement),
        bench.payment(1_250, realization_of=agreement),
    )
    assert quantities(item) == (0, 0)
    assert selectors.agreement_sums(agreement) == {
        (bench.house.pk, "g"): 4_000,
        (bench.neighbour.pk, "ct"): 1_250,
    }


def test_a_loan_stays_in_the_books_and_comes_back(bench: Bench) -> None:
    item = bench.take_in(900)
    away = {"action": "transferCustody", "flow": "lent"}
    bench.post(bench.sale(item, 900, **away))
    assert quantities(item) == (900, 0)
    back = {"action": "transferCustody", "flow": "returned", "to_resource": item}
    bench.post(bench.intake(900, provider=bench.neighbour, **back))
    assert quantities(item) == (900, 900)


def test_a_batch_is_split_and_keeps_its_owner(bench: Bench) -> None:
    batch = bench.take_in(10_000)
    part = NewResource(bench.chair, lot="B7")
    bench.post(
        bench.sale(
            batch,
            2_500,
            action="move",
            flow="moved",
            receiver=bench.house,
            to_resource=part,
            to_location="regal-3",
        )
    )
    made = EconomicResource.objects.get(lot="B7")
    assert quantities(batch) == (7_500, 7_500)
    assert quantities(made) == (2_500, 2_500)
    assert (made.primary_accountable, made.current_location) == (bench.house, "regal-3")


def test_what_is_not_there_cannot_go_and_nothing_is_left_behind(bench: Bench) -> None:
    item = bench.take_in(4_000)
    with pytest.raises(Refused) as refused:
        bench.post(bench.payment(100), bench.sale(item, 4_001))
    assert "4000" in str(refused.value)
    assert (refused.value.code, quantities(item)) == ("not-enough", (4_000, 4_000))
    assert EconomicEvent.objects.count() == 1


def test_an_account_may_be_overdrawn_where_its_kind_says_so(bench: Bench) -> None:
    giro = services.define_specification(
        bench.ctx(), code="money.giro", name="Giro", unit=Unit.CENT, may_be_negative=True
    )
    account = NewResource(giro)
    fee = {"action": "lower", "flow": "fees", "provider": bench.house, "receiver": bench.house}
    bench.post(EventDraft(**fee, resource=account, resource_quantity=Quantity(500, Unit.CENT)))
    assert quantities(EconomicResource.objects.get()) == (-500, -500)


def test_a_new_resource_cannot_begin_below_zero(bench: Bench) -> None:
    draft = bench.intake(5, action="lower", to_resource=None, resource=NewResource(bench.chair))
    with pytest.raises(Refused, match="0 g"):
        bench.post(draft)
    assert EconomicResource.objects.count() == 0


def test_the_same_new_resource_may_be_named_twice(bench: Bench) -> None:
    item = NewResource(bench.chair)
    bench.post(
        bench.intake(4_000, to_resource=item),
        bench.intake(600, flow="found", to_resource=item),
    )
    assert quantities(EconomicResource.objects.get()) == (4_600, 4_600)


def test_repair_goes_through_a_process(bench: Bench) -> None:
    item = bench.take_in(4_000)
    repair = services.open_process(bench.ctx(), centre=bench.centre, based_on="repair")
    way: dict[str, Any] = {"provider": bench.house, "receiver": bench.house, "flow": "workshop"}
    bench.post(bench.sale(item, 4_000, action="accept", input_of=repair, **way))
    assert quantities(item) == (4_000, 0)
    hours = EventDraft(
        action="work",
        flow="work",
        provider=bench.giver,
        conforms_to=bench.work,
        effort_quantity=Quantity(5_400, Unit.SECOND),
        input_of=repair,
    )
    done = bench.sale(item, 4_000, action="modify", output_of=repair, state="works", **way)
    bench.post(hours, done)
    assert quantities(item) == (4_000, 4_000)
    assert (item.stage, item.state) == ("repair", "works")
    assert sorted(repair.inputs.values_list("action", flat=True)) == ["accept", "work"]
    with pytest.raises(Refused) as refused:
        bench.post(done)
    assert refused.value.code == "not-entered"


def test_an_entry_cannot_be_taken_back_after_the_exit(bench: Bench) -> None:
    item = bench.take_in(4_000)
    repair = services.open_process(bench.ctx(), centre=bench.centre, based_on="repair")
    way: dict[str, Any] = {"provider": bench.house, "receiver": bench.house, "flow": "workshop"}
    [entry] = bench.post(bench.sale(item, 4_000, action="accept", input_of=repair, **way))
    bench.post(bench.sale(item, 4_000, action="modify", output_of=repair, **way))
    with pytest.raises(Refused) as refused:
        services.correct(bench.ctx(), event=entry)
    assert refused.value.code == "not-entered"


def test_a_finished_process_takes_nothing_more(bench: Bench) -> None:
    item = bench.take_in(4_000)
    work = services.open_process(bench.ctx(), centre=bench.centre, based_on="sorting")
    work = services.finish_process(bench.ctx(), process=work)
    with pytest.raises(Refused) as refused:
        bench.post(bench.sale(item, 1, action="consume", input_of=work))
    assert refused.value.code == "process-finished"


def test_a_thing_goes_into_a_box_and_out_again(bench: Bench) -> None:
    item, box = bench.take_in(300), bench.take_in(1_000)
    into = bench.sale(item, 300, action="combine", flow="packed", to_resource=box)
    bench.post(into)
    assert (quantities(item), quantities(box)) == ((300, 0), (1_000, 1_000))
    assert item.contained_in == box
    out = bench.sale(item, 300, action="separate", flow="unpacked")
    bench.post(out)
    assert (quantities(item), item.contained_in) == ((300, 300), None)
    with pytest.raises(Refused) as refused:
        bench.post(out)
    assert refused.value.code == "not-contained"


def test_a_box_is_in_no_box_that_is_in_it(bench: Bench) -> None:
    inner, outer = bench.take_in(300), bench.take_in(1_000)
    bench.post(bench.sale(inner, 300, action="combine", to_resource=outer))
    with pytest.raises(Invalid) as invalid:
        bench.post(bench.sale(outer, 1_000, action="combine", to_resource=inner))
    assert invalid.value.code == "circle"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"action": "gift"}, "action"),
        ({"flow": ""}, "flow"),
        ({"flow": "Sold!"}, "flow"),
        ({"basis": "guessed"}, "flow"),
        ({"resource_quantity": None}, "no-quantity"),
        ({"resource_quantity": grams(-1)}, "negative"),
        ({"resource_quantity": grams(10**15 + 1)}, "too-large"),
        ({"resource_quantity": Quantity(1.5, Unit.GRAM)}, "not-whole"),  # type: ignore[arg-type]  # what a careless caller sends
        ({"resource_quantity": Quantity(1, "oz")}, "unit"),  # type: ignore[arg-type]  # see above
        ({"resource_quantity": Quantity(1, Unit.CENT)}, "unit"),
        ({"effort_quantity": Quantity(1, Unit.SECOND)}, "quantity-kind"),
        ({"provider": None}, "no-agent"),
        ({"receiver": None}, "no-agent"),
        ({"to_resource": None}, "kind"),
        ({"action": "produce"}, "creates"),
        ({"action": "accept"}, "process"),
        ({"occurred_at": datetime(2026, 11, 26, tzinfo=UTC)}, "future"),
        ({"occurred_at": datetime(1926, 11, 26, tzinfo=UTC)}, "too-early"),
        ({"occurred_at": datetime(2026, 11, 24)}, "naive-time"),  # noqa: DTZ001 - the point
    ],
)
def test_what_the_action_table_does_not_allow(
    bench: Bench, change: dict[str, Any], code: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        bench.post(bench.intake(4_000, **change))
    assert invalid.value.code == code
    assert (EconomicEvent.objects.count(), EconomicResource.objects.count()) == (0, 0)


def test_an_action_with_one_resource_takes_no_second(bench: Bench) -> None:
    item, other = bench.take_in(10), bench.take_in(10)
    with pytest.raises(Invalid) as invalid:
        bench.post(bench.sale(item, 1, action="consume", to_resource=other))
    assert invalid.value.code == "to-resource"


def test_two_resources_of_an_event_are_of_one_kind(bench: Bench) -> None:
    item = bench.take_in(10)
    table = services.define_specification(
        bench.ctx(), code="test.table", name="table", unit=Unit.GRAM
    )
    with pytest.raises(Invalid) as invalid:
        bench.post(bench.sale(item, 1, to_resource=NewResource(table)))
    assert invalid.value.code == "kind"


def test_nothing_of_another_centre_slips_in(bench: Bench) -> None:
    other = make_bench("bahnhof")
    foreign = other.take_in(500)
    with pytest.raises(Invalid) as invalid:
        bench.post(bench.sale(foreign, 500))
    assert (invalid.value.code, quantities(foreign)) == ("foreign", (500, 500))


def test_nobody_posts_for_an_erased_person(bench: Bench) -> None:
    bench.giver.salt = ""
    with pytest.raises(Refused) as refused:
        bench.post(bench.intake())
    assert refused.value.code == "agent-erased"


def test_days_are_counted_in_the_zone_of_the_centre(bench: Bench) -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    [event] = bench.post(bench.intake(), at=late)
    event.refresh_from_db()
    assert (event.occurred_at, event.occurred_on) == (late, date(2026, 11, 23))


def test_the_same_command_twice_is_one_event(bench: Bench) -> None:
    ctx, draft = bench.ctx(key="once"), bench.intake()
    first = services.post(ctx, centre=bench.centre, events=[draft])
    assert services.post(ctx, centre=bench.centre, events=[draft]) == first
    assert EconomicEvent.objects.count() == 1


def test_a_specification_is_found_again_but_never_in_another_unit(bench: Bench) -> None:
    same = services.define_specification(
        bench.ctx(), code="test.chair", name="chair", unit=Unit.GRAM
    )
    assert same == bench.chair
    assert ResourceSpecification.objects.count() == 3


# -- corrections -----------------------------------------------------------------------------
def test_a_correction_takes_a_part_back_at_the_time_of_the_mistake(
    bench: Bench, clock: FixedClock
) -> None:
    monday = clock.now() - timedelta(days=1)
    [event] = bench.post(bench.intake(40_000), at=monday)
    correction = services.correct(bench.ctx(), event=event, count=36_000)
    correction.refresh_from_db()
    assert (
        correction.action,
        correction.flow,
        correction.resource_quantity,
        correction.corrects,
        correction.occurred_at,
        correction.recorded_at,
        correction.onhand_change,
    ) == ("transfer", "intake", -36_000, event, monday, clock.now(), -36_000)
    assert quantities(EconomicResource.objects.get()) == (4_000, 4_000)


def test_no_more_is_taken_back_than_is_left(bench: Bench) -> None:
    [event] = bench.post(bench.intake(1_000))
    services.correct(bench.ctx(), event=event, count=400)
    with pytest.raises(Refused) as refused:
        services.correct(bench.ctx(), event=event, count=601)
    assert refused.value.code == "correction-too-large"
    rest = services.correct(bench.ctx(), event=event)
    assert rest.resource_quantity == -600
    with pytest.raises(Refused) as refused:
        services.correct(bench.ctx(), event=event)
    assert refused.value.code == "nothing-left"


def test_a_correction_is_not_corrected(bench: Bench) -> None:
    [event] = bench.post(bench.intake(1_000))
    correction = services.correct(bench.ctx(), event=event, count=400)
    with pytest.raises(Refused) as refused:
        services.correct(bench.ctx(), event=correction)
    assert refused.value.code == "is-correction"


@pytest.mark.parametrize("wrong", [{"count": -1}, {"effort": 5}])
def test_a_correction_takes_back_only_what_is_of_its_kind(
    bench: Bench, wrong: dict[str, int]
) -> None:
    [event] = bench.post(bench.intake(1_000))
    with pytest.raises(Invalid):
        services.correct(bench.ctx(), event=event, **wrong)


def test_what_was_sold_meanwhile_cannot_be_un_taken_in(bench: Bench) -> None:
    [event] = bench.post(bench.intake(1_000))
    item = event.to_resource_inventoried_as
    assert item is not None
    bench.post(bench.sale(item, 700))
    with pytest.raises(Refused, match="300"):
        services.correct(bench.ctx(), event=event)


def test_taking_back_a_packing_takes_the_thing_out_of_the_box(bench: Bench) -> None:
    item, box = bench.take_in(300), bench.take_in(1_000)
    [event] = bench.post(bench.sale(item, 300, action="combine", to_resource=box))
    services.correct(bench.ctx(), event=event)
    assert (quantities(item), item.contained_in) == ((300, 300), None)


# -- intents ---------------------------------------------------------------------------------
def test_a_wish_is_opened_and_closed_once(bench: Bench) -> None:
    wish = services.open_intent(
        bench.ctx(),
        centre=bench.centre,
        action="transferCustody",
        quantity=grams(4_000),
        provider=bench.giver,
        conforms_to=bench.chair,
    )
    done = services.close_intent(bench.ctx(), intent=wish, state=services.IntentState.SATISFIED)
    assert done.state == "satisfied"


# -- cost ------------------------------------------------------------------------------------
def test_statements_per_command(bench: Bench) -> None:
    def count(*drafts: EventDraft) -> list[str]:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            bench.post(*drafts)
        statements = [query["sql"].split()[0] for query in captured.captured_queries]
        return [word for word in statements if word in {"SELECT", "INSERT", "UPDATE"}]

    # command row, resource, event, tail, result, audit row
    assert count(bench.intake()) == ["INSERT"] * 4 + ["UPDATE", "INSERT"]
    item = bench.take_in()
    # command row, resource, two events, tail, result, audit row
    assert count(bench.sale(item, 1), bench.payment(5)) == [
        *("INSERT", "UPDATE", "INSERT", "INSERT", "UPDATE", "INSERT")
    ]
