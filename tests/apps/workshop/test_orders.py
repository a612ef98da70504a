"""From the bench to something new, with its mass closed to the gram."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.apps.workshop import things
from tests.world import Town

from wesprint.apps.goods import services as goods
from wesprint.apps.goods.models import FractionStock, Item
from wesprint.apps.goods.public import Weight
from wesprint.apps.goods.selectors.origin import origin_of, successors_of
from wesprint.apps.workshop import services
from wesprint.apps.workshop.models import Lot, Order, OrderItem, OrderState, WorkRole
from wesprint.apps.workshop.selectors.orders import balance_of, inputs_of, results_of
from wesprint.apps.workshop.services import Back, Made, Offcut
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.kernel.period import Period
from wesprint.platform.ledger.models import EconomicEvent
from wesprint.platform.ledger.selectors import mass_balance, stock_gap, unbalanced
from wesprint.web.formats import kilos_exact

HOUR = 3600


def flows(town: Town) -> dict[str, int]:
    found = mass_balance(town.centre, Period.year(2026))
    assert found.gap == stock_gap(town.centre) == 0
    return {one.flow: one.change for one in found.flows}


def test_things_come_onto_the_bench_and_only_once(town: Town, sideboard: Item) -> None:
    order = services.open_order(town.ctx(), centre=town.centre, items=[sideboard])
    sideboard.refresh_from_db()
    assert (sideboard.state, order.number, order.title, order.state) == (
        "in-workshop",
        1,
        "Sideboard aus Eiche",
        "assess",
    )
    with pytest.raises(Conflict) as caught:
        services.open_order(town.ctx(), centre=town.centre, items=[sideboard])
    assert caught.value.code == "item-in-workshop"
    with pytest.raises(Conflict):
        goods.hand_over(town.ctx("cashier"), item=sideboard, price_cents=1, consideration="cash")
    assert Order.objects.count() == 1


def test_a_sideboard_becomes_an_upcycled_piece_with_a_pass_that_names_it(
    town: Town, sideboard: Item, order: Order
) -> None:
    hinges, oil = things.hinges(town), things.oil(town)
    services.use_lot(town.ctx(), order=order, lot=hinges, count=1)
    services.use_lot(town.ctx(), order=order, lot=oil, count=200)
    services.note_work(town.ctx(), order=order, role=WorkRole.STAFF, seconds=2 * HOUR)
    done = services.weigh_out(
        town.ctx(),
        order=order,
        made=(Made("chest-of-drawers", 29_000, title="Bank aus Sideboard", price_cents=14_900),),
        offcuts=(Offcut("wood", 2_700),),
    )
    assert (done.state, done.loss_g) == (OrderState.DONE, 80)
    made = Item.objects.get(title="Bank aus Sideboard")
    sideboard.refresh_from_db()
    assert (made.state, made.intake, made.mass_g, sideboard.state) == (
        "for-sale",
        None,
        29_000,
        "used-up",
    )
    origin = origin_of(made)
    assert ([one.pk for one in origin.things], origin.seconds, origin.materials) == (
        [sideboard.pk],
        2 * HOUR,
        ("Scharnier", "Leinöl"),
    )
    assert [one.pk for one in successors_of(sideboard)] == [made.pk]
    assert flows(town) == {
        "intake": 31_500,
        "bought": 1_730,
        "into-workshop": -31_780,
        "from-workshop": 31_780,
        "workshop-loss": -80,
    }
    inputs = inputs_of(order)
    assert (inputs.parts_cents, inputs.work_cents, inputs.cost_cents) == (680, 4800, 5480)
    assert [(lot.name, lot.left, lot.resource.onhand_quantity) for lot in Lot.objects.all()] == [
        ("Scharnier", 9, 720),
        ("Leinöl", 730, 730),
    ]
    assert FractionStock.objects.get().resource.onhand_quantity == 2_700
    assert unbalanced(town.centre) == []


@pytest.mark.parametrize("now_g", [31_500, 31_650, 30_900])
def test_the_same_thing_comes_back_repaired_lighter_or_heavier(
    town: Town, sideboard: Item, now_g: int
) -> None:
    order = things.order(town, sideboard, kind="repair")
    services.use_lot(town.ctx(), order=order, lot=things.hinges(town), count=2)
    off = 31_500 + 160 - now_g - 10
    cuts = (Offcut("metal", off),) if off > 0 else ()
    services.weigh_out(town.ctx(), order=order, back=(Back(sideboard, now_g, "B"),), offcuts=cuts)
    sideboard.refresh_from_db()
    resource = sideboard.resource
    assert (sideboard.state, sideboard.route, sideboard.grade, sideboard.mass_g) == (
        "taken-in",
        "sell",
        "B",
        now_g,
    )
    assert (resource.onhand_quantity, resource.accounting_quantity) == (now_g, now_g)
    found = flows(town)
    assert found["into-workshop"] == -found["from-workshop"]
    assert found["workshop-loss"] == -10
    goods.put_up_for_sale(town.ctx("cashier"), item=sideboard, price_cents=9900)
    goods.hand_over(town.ctx("cashier"), item=sideboard, price_cents=9900, consideration="cash")
    resource.refresh_from_db()
    assert (resource.onhand_quantity, resource.accounting_quantity) == (0, 0)
    assert origin_of(sideboard).materials == ("Scharnier",)


def test_what_comes_out_is_never_heavier_than_what_went_in(
    town: Town, sideboard: Item, order: Order
) -> None:
    events = EconomicEvent.objects.count()
    with pytest.raises(Refused) as caught:
        services.weigh_out(town.ctx(), order=order, made=(Made("chest-of-drawers", 33_000),))
    assert caught.value.code == "heavier-than-inputs"
    for grams in (33_000, 31_500, 1_500):
        assert kilos_exact(grams) in str(caught.value.what)
    assert EconomicEvent.objects.count() == events
    assert Item.objects.count() == 1


def test_a_batch_is_not_taken_apart_into_more_than_it_weighed(town: Town) -> None:
    batch = things.sideboard(town, category="books", title="Regalböden", grade="C")
    order = things.order(town, batch)
    with pytest.raises(Refused) as caught:
        services.weigh_out(
            town.ctx(),
            order=order,
            back=(Back(batch, 20_000),),
            made=(Made("shelf", 10_000), Made("stool", 4_000)),
        )
    assert caught.value.code == "heavier-than-inputs"


def test_what_is_missing_is_weighed_and_not_called_dust(
    town: Town, sideboard: Item, order: Order
) -> None:
    with pytest.raises(Refused) as caught:
        services.weigh_out(town.ctx(), order=order, made=(Made("chest-of-drawers", 20_000),))
    assert caught.value.code == "mass-missing"
    services.set_workshop_rule(
        town.ctx("workshop-lead"), centre=town.centre, name="loss-percent", value=30
    )
    with pytest.raises(Refused):
        services.weigh_out(town.ctx(), order=order, made=(Made("chest-of-drawers", 20_000),))
    with pytest.raises(Invalid) as nothing:
        services.weigh_out(town.ctx(), order=order, offcuts=(Offcut("wood", 31_500),))
    assert nothing.value.code == "no-results"


def test_parts_are_taken_from_their_lot_and_put_back(town: Town, order: Order) -> None:
    hinges = things.hinges(town)
    with pytest.raises(Refused) as caught:
        services.use_lot(town.ctx(), order=order, lot=hinges, count=11)
    assert caught.value.code == "not-enough"
    use = services.use_lot(town.ctx(), order=order, lot=hinges, count=10)
    with pytest.raises(Refused):
        services.give_up(town.ctx(), order=order)
    services.take_back_use(town.ctx(), use=use)
    hinges.refresh_from_db()
    assert (hinges.left, order.uses.count()) == (10, 0)
    gone = services.give_up(town.ctx(), order=order, note="Holzwurm", route="recycle")
    item = OrderItem.objects.get(order=order).item
    assert (gone.state, gone.note, item.state, item.route) == (
        "failed",
        "Holzwurm",
        "taken-in",
        "recycle",
    )


def test_time_belongs_to_a_role_and_can_be_taken_back(town: Town, order: Order) -> None:
    work = services.note_work(town.ctx(), order=order, role="workshop-lead", seconds=5400)
    assert work.cents == 4800
    services.take_back_work(town.ctx(), work=work)
    services.take_back_work(town.ctx(), work=work)
    assert inputs_of(order).seconds == 0
    sums = EconomicEvent.objects.filter(flow="worked").values_list("effort_quantity", flat=True)
    assert sorted(sums) == [-5400, 5400]
    for seconds in (0, -60, 25 * HOUR):
        with pytest.raises(Invalid):
            services.note_work(town.ctx(), order=order, role="staff", seconds=seconds)


def test_electrical_things_are_done_when_they_passed_their_test(
    town: Town, clock: FixedClock
) -> None:
    kettle = things.sideboard(
        town, category="kettle", title="Wasserkocher", weight=Weight(1_100, "measured")
    )
    things.passed(town, kettle)
    clock.at += timedelta(minutes=5)
    order = things.order(town, kettle, kind="repair")
    waits = services.weigh_out(town.ctx(), order=order, back=(Back(kettle, 1_100),))
    assert (waits.state, waits.weighed_at, waits.is_open) == ("in-work", clock.at, False)
    with pytest.raises(Refused) as caught:
        services.finish(town.ctx(), order=order)
    assert caught.value.code == "not-tested"
    assert "Wasserkocher" in str(caught.value.what)
    with pytest.raises(Refused) as old_report:
        goods.put_up_for_sale(town.ctx("cashier"), item=kettle, price_cents=900)
    assert old_report.value.code == "not-tested"
    with pytest.raises(Conflict) as closed:
        services.note_work(town.ctx(), order=order, role="staff", seconds=60)
    assert closed.value.code == "order-weighed"
    things.passed(town, kettle)
    assert services.finish(town.ctx(), order=order).state == "done"


def test_a_new_lamp_gets_its_pass_and_waits_for_its_test(
    town: Town, sideboard: Item, order: Order
) -> None:
    waits = services.weigh_out(
        town.ctx(),
        order=order,
        made=(Made("lamp", 2_500, title="Lampe aus Schubladen", price_cents=3_900),),
        offcuts=(Offcut("wood", 29_000),),
    )
    lamp = Item.objects.get(title="Lampe aus Schubladen")
    assert (waits.state, lamp.state, lamp.price_cents) == ("in-work", "taken-in", None)
    things.passed(town, lamp)
    assert services.finish(town.ctx(), order=order).state == "done"
    assert goods.put_up_for_sale(town.ctx("cashier"), item=lamp, price_cents=3_900).is_listed


def test_weighed_in_the_workshop_is_not_corrected_at_the_intake(
    town: Town, sideboard: Item
) -> None:
    order = things.order(town, sideboard, kind="repair")
    services.weigh_input(town.ctx(), order=order, item=sideboard, mass_g=31_400)
    services.weigh_out(town.ctx(), order=order, back=(Back(sideboard, 31_400),))
    with pytest.raises(Refused) as caught:
        goods.withdraw_item(town.ctx(), item=sideboard)
    assert caught.value.code == "weighed-in-workshop"
    with pytest.raises(Refused) as heavier:
        goods.correct_weight(town.ctx(), item=sideboard, weight=Weight(30_000, "measured"))
    assert heavier.value.code == "weighed-in-workshop"
    results = balance_of(inputs_of(order), results_of(order))
    assert (results.went_in, results.came_out, results.missing) == (31_400, 31_400, 0)
