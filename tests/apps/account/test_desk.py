"""The shared tablet: a badge for intake, badge and PIN for money, locking by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.world import Town, add_person, make_town

from wesprint.apps.account.desk import KEY_COOKIE, NOTE_COOKIE
from wesprint.kernel.clock import FixedClock
from wesprint.platform.audit.models import AuditEntry
from wesprint.platform.people import selectors, services
from wesprint.platform.people.models import Badge, Device, Person

pytestmark = pytest.mark.django_db
TEAM = "/z/kaufhaus/leute/"


def tablet(town: Town, seconds: int = 300) -> tuple[Client, Device]:
    """A browser that holds the key of a registered tablet."""
    device, key = services.register_device(
        town.ctx("board"),
        centre=town.centre,
        name="Theke 1",
        lock_after_seconds=seconds,
        by=None,
    )
    client = Client()
    client.cookies[KEY_COOKIE] = key
    return client, device


def badge(town: Town, role: str, pin: str = "") -> str:
    person = town.people.get(role) or add_person(town, role)
    issued, code = services.issue_badge(town.ctx("board"), person=person)
    if pin:
        services.set_pin(town.ctx("board"), badge=issued, pin=pin)
    return code


def show(client: Client, code: str, following: str = TEAM) -> str:
    response = client.post("/theke/", {"code": code, "next": following})
    return response.headers.get("Location", f"page {response.status_code}")


def test_a_badge_alone_identifies_and_the_actor_names_the_tablet(clock: FixedClock) -> None:
    town = make_town()
    client, device = tablet(town)
    assert client.get(TEAM).headers["Location"] == "/theke/?next=%2Fz%2Fkaufhaus%2Fleute%2F"
    assert show(client, badge(town, "staff").lower()) == TEAM
    page = client.get(TEAM).content.decode()
    assert "Staff Muster" in page
    assert 'data-ws-lock="300"' in page
    person = town.people["staff"]
    services.set_pin(town.ctx("board"), badge=badge_of(person), pin="4711")
    client.post("/theke/pin/", {"pin": "4711"})
    entry = AuditEntry.objects.get(command="people.try_pin")
    assert entry.actor == f"person:{person.public_id}@{device.public_id}"


def badge_of(person: Person) -> Badge:
    found = selectors.badge_of(person)
    assert found is not None
    return found


def test_what_changes_something_asks_for_the_pin_first(clock: FixedClock) -> None:
    town = make_town()
    client, _device = tablet(town)
    show(client, badge(town, "board", pin="4711"))
    trail = "/z/kaufhaus/pruefspur/"
    asked = client.get(trail).headers["Location"]
    assert asked == "/theke/pin/?next=%2Fz%2Fkaufhaus%2Fpruefspur%2F"
    assert client.post("/theke/pin/", {"pin": "0815", "next": trail}).status_code == 200
    assert client.get(trail).status_code == 302
    proven = client.post("/theke/pin/", {"pin": "4711", "next": trail})
    assert (proven.status_code, proven.headers["Location"]) == (302, trail)
    assert client.get(trail).status_code == 200


def test_five_wrong_pins_lock_the_badge_not_the_tablet(clock: FixedClock) -> None:
    town = make_town()
    client, _device = tablet(town)
    show(client, badge(town, "cashier", pin="4711"))
    for _ in range(5):
        client.post("/theke/pin/", {"pin": "0815"})
    page = client.post("/theke/pin/", {"pin": "4711"}).content.decode()
    assert "15 Minuten" in page
    show(client, badge(town, "board", pin="2580"))
    assert client.post("/theke/pin/", {"pin": "2580"}).status_code == 302


def test_the_server_locks_after_silence_and_use_keeps_it_open(clock: FixedClock) -> None:
    town = make_town()
    client, _device = tablet(town, seconds=60)
    show(client, badge(town, "staff"))
    for _ in range(3):
        clock.advance(timedelta(seconds=59))
        assert client.get(TEAM).status_code == 200
    stolen = client.cookies[NOTE_COOKIE].value
    clock.advance(timedelta(seconds=60))
    assert client.get(TEAM).headers["Location"].startswith("/theke/")
    client.cookies[NOTE_COOKIE] = stolen
    assert client.get(TEAM).headers["Location"].startswith("/theke/")


def test_locking_by_hand(clock: FixedClock) -> None:
    town = make_town()
    client, _device = tablet(town)
    show(client, badge(town, "staff"))
    assert client.post("/theke/sperren/").headers["Location"] == "/theke/"
    assert client.get(TEAM).status_code == 302


def test_badges_and_tablets_taken_back_stop_at_once(clock: FixedClock) -> None:
    town = make_town()
    client, device = tablet(town)
    code = badge(town, "staff")
    show(client, code)
    services.revoke_badge(town.ctx("board"), badge=badge_of(town.people["staff"]))
    assert client.get(TEAM).status_code == 302
    assert show(client, code) == "page 200"
    show(client, badge(town, "staff"))
    assert client.get(TEAM).status_code == 200
    services.revoke_device(town.ctx("board"), device=device)
    assert client.get(TEAM).headers["Location"].startswith("/konto/zugang/login/")


def test_a_badge_opens_tablets_of_its_own_house_only(clock: FixedClock) -> None:
    town, other = make_town(), make_town("anderswo")
    client, _device = tablet(town)
    assert show(client, badge(other, "staff")) == "page 200"
    assert show(client, "00000000000000000000") == "page 200"
    assert client.get(TEAM).status_code == 302


def test_a_note_of_another_tablet_is_worth_nothing(clock: FixedClock) -> None:
    town = make_town()
    client, _device = tablet(town)
    second, _other = tablet(town)
    show(client, badge(town, "staff"))
    second.cookies[NOTE_COOKIE] = client.cookies[NOTE_COOKIE].value
    assert second.get(TEAM).status_code == 302
    second.cookies[NOTE_COOKIE] = "forged"
    assert second.get(TEAM).status_code == 302


def test_on_a_tablet_an_account_does_not_count(clock: FixedClock) -> None:
    town = make_town()
    client, _device = tablet(town)
    user = add_person(town, "treasurer").user
    assert user is not None
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/konto/").headers["Location"].startswith("/theke/")


def test_registering_signs_out_and_lays_the_key(clock: FixedClock) -> None:
    town = make_town()
    user = add_person(town, "staff").user
    assert user is not None
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.post("/z/kaufhaus/geraete/", {"name": "Theke", "lock_after_seconds": "300"})
    assert (response.status_code, response.headers["Location"]) == (302, "/theke/")
    cookie = response.cookies[KEY_COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert "_auth_user_id" not in client.session
    assert "Ausweis" in client.get("/theke/").content.decode()


def test_the_next_page_is_one_of_ours(clock: FixedClock) -> None:
    town = make_town()
    client, _device = tablet(town)
    code = badge(town, "staff")
    assert show(client, code, "https://evil.example/") == "/z/kaufhaus/annahme/"
    assert show(client, code, "//evil.example/") == "/z/kaufhaus/annahme/"
