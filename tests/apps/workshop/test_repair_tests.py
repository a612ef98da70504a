"""The sheet of a customer's electrical test: entered on its page, shown with the order."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.apps.goods.things import REPORT
from tests.apps.workshop import things
from tests.world import Town

from wesprint.apps.workshop import services
from wesprint.apps.workshop.models import Order, RepairTest
from wesprint.apps.workshop.personal import PERSONAL
from wesprint.platform.people.services import erase_person

SHEET = {
    "protection_class": "I",
    "visual_ok": "on",
    "function_ok": "on",
    "conductor": "0,2",
    "insulation": "> 20",
    "device": "Gerätetester 2",
    "initials": "EB",
}


@pytest.fixture
def lead(town: Town, client: Client) -> Client:
    town.ctx("workshop-lead")
    user = town.people["workshop-lead"].user
    assert user is not None
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def lamp(town: Town) -> Order:
    return things.lamp(town, electrical=True)


def enter(client: Client, order: Order, **values: str) -> Any:
    path = f"/z/kaufhaus/werkstatt/{order.public_id}/pruefung/"
    data = {"command_key": str(uuid4()), "passed": "1", **SHEET, **values}
    return client.post(path, data, follow=True).content.decode()


def test_values_and_device_stand_with_the_order(lead: Client, lamp: Order) -> None:
    page = enter(lead, lamp)
    for words in ("Die Prüfung ist notiert.", "Klasse I", "0,2 Ω", "Gerätetester 2 · EB"):
        assert words in page
    (sheet,) = RepairTest.objects.all()
    assert (sheet.passed, sheet.conductor_mohm, sheet.insulation_kohm) == (True, 200, 20_000)
    again = lead.get(f"/z/kaufhaus/werkstatt/{lamp.public_id}/pruefung/").content.decode()
    assert 'value="Gerätetester 2"' in again


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"conductor": "0,31"}, "Mit diesen Angaben ist die Prüfung nicht bestanden."),
        ({"insulation": "0,99"}, "Mit diesen Angaben ist die Prüfung nicht bestanden."),
        ({"visual_ok": ""}, "Mit diesen Angaben ist die Prüfung nicht bestanden."),
        ({"conductor": ""}, "Ein Wert fehlt: Schutzleiterwiderstand."),
        ({"device": ""}, "wer womit geprüft hat"),
    ],
)
def test_what_does_not_bear_it_is_not_passed(
    lead: Client, lamp: Order, wrong: dict[str, str], words: str
) -> None:
    assert words in enter(lead, lamp, **wrong)
    assert not RepairTest.objects.exists()


def test_a_thing_of_the_store_has_its_test_with_the_item(town: Town, lead: Client) -> None:
    order = things.order(town, things.sideboard(town))
    path = f"/z/kaufhaus/werkstatt/{order.public_id}/pruefung/"
    assert lead.get(path).status_code == 404


def test_who_tested_may_be_forgotten(town: Town, lamp: Order) -> None:
    services.record_repair_test(town.ctx("workshop-lead"), order=lamp, passed=True, report=REPORT)
    person = town.people["workshop-lead"]
    (exported,) = [data.export(person) for data in PERSONAL if data.name == "workshop.repair_tests"]
    assert [row["initials"] for row in exported] == ["EB"]
    erase_person(town.ctx("board"), person=person)
    sheet = RepairTest.objects.get()
    assert (sheet.tester, sheet.initials, sheet.insulation_kohm) == (None, "", 20_000)
