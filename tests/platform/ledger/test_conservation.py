"""Nothing appears and nothing vanishes, whatever is done in whatever order."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.platform.ledger.bench_of import Bench, make_bench, quantities

from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Refused
from wesprint.kernel.quantity import Quantity, Unit, grams
from wesprint.platform.ledger import selectors, services
from wesprint.platform.ledger.drafts import EventDraft, NewResource
from wesprint.platform.ledger.effects import ACTIONS, Action, Side
from wesprint.platform.ledger.models import EconomicEvent, EconomicResource

in_database = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
numbers = itertools.count()


def conserves(action: Action) -> bool:
    return action.two_sided and sum(action.accounting) == 0 and sum(action.onhand) == 0


FAMILY = sorted(name for name, action in ACTIONS.items() if conserves(action))


def test_the_transfer_family() -> None:
    assert FAMILY == ["move", "transfer", "transferAllRights", "transferCustody"]


def all_stock(bench: Bench) -> tuple[int, int]:
    sums = EconomicResource.objects.filter(centre=bench.centre).aggregate(
        accounting=Sum("accounting_quantity"), onhand=Sum("onhand_quantity")
    )
    return sums["accounting"], sums["onhand"]


hops = st.tuples(
    st.sampled_from(FAMILY), st.integers(0, 5), st.integers(-1, 5), st.integers(0, 6_000)
)


@given(st.lists(hops, max_size=12))
@in_database
def test_the_transfer_family_conserves_all_stock(
    db: None, clock: FixedClock, story: list[tuple[str, int, int, int]]
) -> None:
    bench = make_bench(f"c{next(numbers)}")
    for weight in (5_000, 3_000, 1):
        bench.take_in(weight)
    for name, source, target, weight in story:
        items = list(bench.centre.resources.order_by("pk"))
        to = NewResource(bench.chair) if target < 0 else items[target % len(items)]
        draft = bench.sale(items[source % len(items)], weight, action=name, to_resource=to)
        try:
            bench.post(draft)
        except Refused as refusal:
            assert refusal.code == "not-enough"
        assert all_stock(bench) == (8_001, 8_001)
    assert selectors.unbalanced(bench.centre) == []


def draft_of(bench: Bench, action: Action, item: EconomicResource, weight: int) -> EventDraft:
    """Some event with this action that the table allows."""
    process = services.open_process(bench.ctx(), centre=bench.centre, based_on="work")
    fields: dict[str, Any] = {
        "provider": bench.house,
        "receiver": bench.neighbour,
        "resource": item if action.takes_resource_quantity else None,
        "conforms_to": bench.chair,
    }
    if action.takes_resource_quantity:
        fields["resource_quantity"] = grams(weight)
    if action.takes_effort_quantity:
        fields["effort_quantity"] = Quantity(weight, Unit.SECOND)
    if action.may_name_to_resource:
        fields["to_resource"] = bench.take_in(1)
    if action.may_be_input:
        fields["input_of"] = process
    elif action.may_be_output:
        fields["output_of"] = process
    return EventDraft(action.name, "probe", **fields)


def prepare(bench: Bench, action: Action, item: EconomicResource, draft: EventDraft) -> None:
    """What must have happened before: the way into the process, or into the container."""
    if action.pairs_with and action.may_be_output:
        entry = bench.sale(item, 5_000, action=action.pairs_with, input_of=draft.output_of)
        bench.post(entry)
    if action.leaves_container:
        packing = next(name for name, other in ACTIONS.items() if other.needs_container)
        bench.post(bench.sale(item, 5_000, action=packing, to_resource=bench.take_in(1)))


@pytest.mark.parametrize("name", ACTIONS)
def test_an_event_and_its_correction_are_nothing(bench: Bench, name: str) -> None:
    action, item = ACTIONS[name], bench.take_in(9_000)
    draft = draft_of(bench, action, item, 1_234)
    prepare(bench, action, item, draft)
    before = quantities(item)
    [event] = bench.post(draft)
    accounting, onhand = action.signs(Side.RESOURCE)
    assert quantities(item) == (before[0] + accounting * 1_234, before[1] + onhand * 1_234)
    services.correct(bench.ctx(), event=event)
    assert quantities(item) == before
    totals = selectors.totals(bench.centre, group_by=("flow", "measure"))
    probes = [total for total in totals if total.flow == "probe"]
    assert {
        (total.quantity, total.accounting_change, total.onhand_change, total.events)
        for total in probes
    } == {(0, 0, 0, 2)}
    assert selectors.unbalanced(bench.centre) == []
    assert EconomicEvent.objects.get(corrects=event).action == name
