"""A customer's lamp: in custody, an estimate, a yes, the repair, and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from tests.apps.goods.things import REPORT
from tests.apps.workshop import things
from tests.world import Town

from wesprint.apps.goods.public import Contact
from wesprint.apps.workshop import links, services
from wesprint.apps.workshop.letters import HANDLERS
from wesprint.apps.workshop.models import CustomerRepair, Order, RepairTest
from wesprint.apps.workshop.personal import PERSONAL
from wesprint.apps.workshop.services import Made, Offcut
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.kernel.period import Period
from wesprint.kernel.quantity import Unit
from wesprint.platform.ledger.models import EconomicEvent
from wesprint.platform.ledger.selectors import Stock, mass_balance, unbalanced
from wesprint.platform.notices.models import Letter
from wesprint.platform.outbox.models import OutboxEvent
from wesprint.platform.people.services import erase_person


def deliver() -> None:
    """What the worker does, twice: an event may come again."""
    for event in OutboxEvent.objects.order_by("pk"):
        if event.name in HANDLERS:
            HANDLERS[event.name](event)
            HANDLERS[event.name](event)


def approved(town: Town, **values: object) -> Order:
    order = things.lamp(town, **values)
    services.approve(town.ctx(), order=order, cents=2500, by="telephone")
    return services.move_order(town.ctx(), order=order, state="in-work")


def test_work_begins_when_the_customer_has_said_yes(town: Town) -> None:
    order = things.lamp(town)
    with pytest.raises(Refused) as caught:
        services.move_order(town.ctx(), order=order, state="in-work")
    assert caught.value.code == "not-approved"
    services.estimate(town.ctx(), order=order, cents=3000)
    with pytest.raises(Conflict) as changed:
        services.approve(town.ctx(), order=order, cents=2500)
    assert changed.value.code == "estimate-changed"
    services.approve(town.ctx(), order=order, cents=3000)
    assert services.move_order(town.ctx(), order=order, state="in-work").state == "in-work"
    with pytest.raises(Conflict) as begun:
        services.decline(town.ctx(), order=order)
    assert begun.value.code == "repair-begun"


def test_it_is_theirs_all_the_time_and_parts_leave_with_it(town: Town) -> None:
    hinges = things.hinges(town)
    order = approved(town)
    custody = order.repair.custody
    assert (custody.onhand_quantity, custody.accounting_quantity, custody.unit) == (1, 0, "piece")
    services.use_lot(town.ctx(), order=order, lot=hinges, count=1)
    with pytest.raises(Refused) as theirs:
        services.weigh_out(town.ctx(), order=order, made=(Made("stool", 80),))
    assert theirs.value.code == "customer-order"
    done = services.weigh_out(town.ctx(), order=order, offcuts=(Offcut("electronics", 60),))
    assert done.state == "done"
    with pytest.raises(Refused) as dear:
        services.hand_back(town.ctx("cashier"), order=order, cents=2600)
    assert dear.value.code == "above-estimate"
    services.tell_ready(town.ctx(), order=order)
    services.hand_back(town.ctx("cashier"), order=order, cents=2400)
    with pytest.raises(Conflict):
        services.hand_back(town.ctx("cashier"), order=order, cents=2400)
    custody.refresh_from_db()
    assert (custody.onhand_quantity, custody.accounting_quantity) == (0, 0)
    grams = {one.flow: one.change for one in mass_balance(town.centre, Period.year(2026)).flows}
    assert grams == {"bought": 800, "built-in": -80, "worn-parts": 60}
    pieces = mass_balance(town.centre, Period.year(2026), stock=Stock.ONHAND, unit=Unit.PIECE)
    assert {one.flow: one.change for one in pieces.flows} == {
        "into-custody": 1,
        "out-of-custody": -1,
    }
    assert EconomicEvent.objects.filter(flow="repaired", action="deliverService").count() == 1
    assert EconomicEvent.objects.get(flow="paid").resource_quantity == 2400
    assert unbalanced(town.centre) == []


def test_what_has_a_plug_goes_back_tested(town: Town) -> None:
    order = approved(town, electrical=True)
    services.weigh_out(town.ctx(), order=order)
    for wrong in (None, False):
        if wrong is False:
            services.record_repair_test(town.ctx(), order=order, passed=False)
        with pytest.raises(Refused) as caught:
            services.finish(town.ctx(), order=order)
        assert caught.value.code == "not-tested"
    with pytest.raises(Invalid) as bare:
        services.record_repair_test(town.ctx(), order=order, passed=True)
    assert bare.value.code == "no-report"
    weak = replace(REPORT, insulation_kohm=1_999, leakage_ua=None)
    with pytest.raises(Refused) as broken:
        services.record_repair_test(town.ctx(), order=order, passed=True, report=weak)
    assert broken.value.code == "not-within-limits"
    services.record_repair_test(town.ctx("workshop-lead"), order=order, passed=True, report=REPORT)
    (sheet,) = RepairTest.objects.all()
    assert (sheet.device, sheet.initials, sheet.insulation_kohm, sheet.leakage_ua) == (
        "Prüfgerät 1",
        "EB",
        20_000,
        40,
    )
    assert sheet.tester == town.people["workshop-lead"]
    assert services.finish(town.ctx(), order=order).state == "done"


def test_what_could_not_be_repaired_costs_nothing(town: Town) -> None:
    order = approved(town)
    services.give_up(town.ctx(), order=order, note="kein Ersatzteil")
    services.hand_back(town.ctx("cashier"), order=order, cents=0)
    assert CustomerRepair.objects.get(order=order).price_cents == 0
    assert not EconomicEvent.objects.filter(flow__in=("paid", "repaired")).exists()


def test_somebody_must_be_reachable_and_the_thing_have_a_name(town: Town) -> None:
    for wrong in ({"thing": " "}, {"contact": Contact()}, {"contact": Contact("Mia")}):
        with pytest.raises(Invalid):
            things.lamp(town, **wrong)
    assert Order.objects.count() == 0


def test_the_customer_hears_of_each_step_once(town: Town) -> None:
    order = approved(town)
    services.weigh_out(town.ctx(), order=order)
    services.tell_ready(town.ctx(), order=order)
    services.tell_ready(town.ctx(), order=order)
    deliver()
    letters = Letter.objects.order_by("pk")
    assert [letter.subject for letter in letters] == [
        "Was die Reparatur kostet: Nr. 1",
        "Repariert, zum Abholen bereit: Stehlampe",
    ]
    assert {letter.to for letter in letters} == {"mia@example.org"}
    assert links.repair_path(order) in letters[0].body
    assert "25,00" in letters[0].body


def test_the_secret_page_says_yes_once(town: Town) -> None:
    order = things.lamp(town)
    path, client = links.repair_path(order), Client()
    assert "25,00" in client.get(path).content.decode()
    assert client.post(f"{path}ja/", {"cents": "1"}).status_code == 422
    for _again in range(2):
        assert client.post(f"{path}ja/", {"cents": "2500"}).headers["Location"] == path
    repair = CustomerRepair.objects.get(order=order)
    assert (repair.approved_by, repair.approved_at is not None) == ("link", True)
    assert client.get("/w/nonsense/").status_code == 404
    assert client.post(f"{path}nein/").headers["Location"] == path
    repair.refresh_from_db()
    assert (repair.approved_at, repair.declined_at is not None) == (None, True)


def test_erased_people_leave_hours_and_parts_but_no_words(town: Town) -> None:
    order = approved(town)
    services.note_work(town.ctx(), order=order, role="staff", seconds=1800)
    person = order.repair.person
    declared = PERSONAL[0]
    assert declared.export(person)[0]["thing"] == "Stehlampe"
    erase_person(town.ctx("board"), person=person)
    order.refresh_from_db()
    repair = CustomerRepair.objects.get(order=order)
    assert (order.title, repair.fault, repair.person) == ("–", "", None)
    assert order.work.count() == 1
    assert Client().get(links.repair_path(order)).status_code == 404
