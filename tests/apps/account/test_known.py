"""People without an account are found, told, put right and erased by the office, with a cause."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.apps.account.test_pages import signed_in
from tests.apps.goods.things import MIA
from tests.world import Town, add_person, make_town

from wesprint.apps.account import known
from wesprint.apps.account.services import ask_to_confirm
from wesprint.apps.goods import services as goods
from wesprint.kernel.errors import Invalid, Refused
from wesprint.platform.audit.models import AuditEntry
from wesprint.platform.commands.models import Command
from wesprint.platform.notices.models import Letter
from wesprint.platform.people import privacy
from wesprint.platform.people.models import Person
from wesprint.platform.people.privacy import Block, PersonalData
from wesprint.platform.people.services import give_role

pytestmark = pytest.mark.django_db
WHY = {"cause": "Anruf, Auskunft erbeten"}


@pytest.fixture
def town() -> Town:
    return make_town()


@pytest.fixture
def mia(town: Town) -> Person:
    """Known by an offer alone."""
    offer = goods.offer_goods(
        town.ctx(), centre=town.centre, lines=("Sideboard",), contact=MIA, note="Hinterhof"
    )
    assert offer.giver is not None
    return offer.giver


def page_of(town: Town, person: Person, verb: str = "") -> str:
    return f"/z/{town.centre.slug}/menschen/{person.public_id}/{verb}"


def send(client: Client, path: str, **data: Any) -> HttpResponse:
    return client.post(path, {**WHY, **data})  # type: ignore[return-value]


def words(answer: Any) -> str:
    return str(answer.content.decode())


def looks() -> list[tuple[str, str]]:
    rows = AuditEntry.objects.filter(command__startswith="account.").order_by("pk")
    return list(rows.values_list("command", "cause"))


def test_somebody_is_found_and_everything_stored_is_shown(town: Town, mia: Person) -> None:
    board = signed_in(town, "board")
    found = words(send(board, "/z/kaufhaus/menschen/", text="0293"))
    assert ("1 Mensch gefunden" in found, page_of(town, mia) in found) == (True, True)
    shown = words(send(board, page_of(town, mia)))
    assert [text in shown for text in ("Mia Muster", "029311234", "Hinterhof")] == [True] * 3
    assert looks() == [
        ("account.find_people", WHY["cause"]),
        ("account.look_at_person", WHY["cause"]),
    ]
    kept = json.dumps(list(Command.objects.values_list("result", flat=True)))
    assert "Muster" not in kept


def test_without_a_reason_nothing_is_shown(town: Town, mia: Person) -> None:
    board = signed_in(town, "board")
    for answer, status in (
        (board.get(page_of(town, mia)), 200),
        (board.post(page_of(town, mia), {"cause": " "}), 422),
        (board.post("/z/kaufhaus/menschen/", {"text": "Mia"}), 422),
    ):
        assert (answer.status_code, "Muster" in words(answer)) == (status, False)
    for verb in ("daten.json", "aendern", "loeschen"):
        answer = board.post(page_of(town, mia, verb), {"name": "X", "sure": "on"})
        assert (verb, answer.status_code) == (verb, 422)
    assert looks() == []
    with pytest.raises(Invalid):
        known.erase(town.ctx("board"), person=mia)


def test_the_data_are_handed_out_as_a_file(town: Town, mia: Person) -> None:
    answer = send(signed_in(town, "auditor"), page_of(town, mia, "daten.json"))
    name = f'attachment; filename="daten-{mia.public_id}.json"'
    assert answer.headers["Content-Disposition"] == name
    given = json.loads(words(answer))
    assert (given["person"]["name"], given["person"]["phone"]) == ("Mia Muster", "029311234")
    assert [offer["things"] for offer in given["person"]["rooms"]["goods.offers"]] == [
        ["Sideboard"]
    ]
    assert looks() == [("account.hand_out_data", WHY["cause"])]


def test_letters_stay_with_their_reader(town: Town) -> None:
    """They may hold a link that proves whose address it is."""
    member = add_person(town, "member")
    ask_to_confirm(town.ctx(), person=member, email=member.email, purpose="contact")
    assert "/konto/bestaetigen/" in Letter.objects.get(to=member.email).body
    answer = send(signed_in(town, "board"), page_of(town, member, "daten.json"))
    assert (answer.status_code, "/bestaetigen/" in words(answer)) == (200, False)
    assert "letters" not in json.loads(words(answer))["person"]["rooms"]


def test_contact_data_are_put_right(town: Town, mia: Person) -> None:
    board = signed_in(town, "board")
    empty = send(board, page_of(town, mia, "aendern"))
    assert (empty.status_code, "Mindestens" in words(empty)) == (200, True)
    moved = {"name": "Mia Neu", "phone": "02931 99", "letter": "Neuer Weg 2, 59821 Arnsberg"}
    assert send(board, page_of(town, mia, "aendern"), **moved).status_code == 302
    mia.refresh_from_db()
    assert (mia.name, mia.phone, mia.letter) == (moved["name"], "0293199", moved["letter"])
    assert looks() == [("account.change_contact", WHY["cause"])]


def test_erased_by_the_office_is_gone(town: Town, mia: Person) -> None:
    board = signed_in(town, "board")
    unsure = send(board, page_of(town, mia, "loeschen"))
    assert (unsure.status_code, Person.objects.get(pk=mia.pk).erased_at) == (200, None)
    done = send(board, page_of(town, mia, "loeschen"), sure="on")
    assert (done.status_code, done.headers["Location"]) == (302, "/z/kaufhaus/menschen/")
    mia.refresh_from_db()
    assert (mia.name, mia.phone, mia.offers.count(), mia.agent.salt) == ("", "", 0, "")
    assert mia.erased_at is not None
    assert send(board, page_of(town, mia)).status_code == 404
    assert looks() == [("account.erase_known", WHY["cause"])]


def test_what_a_law_keeps_is_said_before_and_after(
    town: Town, mia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = Block(date(2036, 12, 31), "§ 147 AO")
    books = PersonalData("books", lambda _: [], lambda ctx, _: None, block=lambda _: block)
    monkeypatch.setattr(privacy, "_registered", {"books": books})
    board = signed_in(town, "board")
    shown = words(send(board, page_of(town, mia)))
    assert "bis 31. Dezember 2036 (§ 147 AO)" in shown
    done = board.post(page_of(town, mia, "loeschen"), {**WHY, "sure": "on"}, follow=True)
    assert "bis auf das, was das Gesetz bis 31.12.2036" in words(done)
    mia.refresh_from_db()
    assert (mia.name, mia.phone, mia.blocked_because) == ("Mia Muster", "", "§ 147 AO")
    assert send(board, page_of(town, mia)).status_code == 404


def test_whoever_has_a_role_keeps_it_until_it_is_withdrawn(town: Town) -> None:
    board = signed_in(town, "board")
    me = town.people["board"]
    answer = send(board, page_of(town, me, "loeschen"), sure="on")
    assert (answer.status_code, "Dieser Mensch hat eine Rolle" in words(answer)) == (200, True)
    assert me.roles.count() == 1
    with pytest.raises(Refused):
        known.erase(replace(town.ctx("board"), cause="Brief"), person=me)


def test_staff_and_other_houses_find_nobody(town: Town, mia: Person) -> None:
    other = make_town("anderswo")
    abroad = signed_in(other, "board")
    assert send(signed_in(town, "staff"), "/z/kaufhaus/menschen/", text="Mia").status_code == 403
    assert send(signed_in(town, "auditor"), page_of(town, mia, "loeschen")).status_code == 403
    assert send(abroad, page_of(town, mia)).status_code == 404
    assert send(abroad, page_of(other, mia)).status_code == 404
    assert "Mia Muster" not in words(send(abroad, "/z/anderswo/menschen/", text="Mia"))


def test_the_board_of_one_house_gets_no_key_to_another(town: Town) -> None:
    """A badge, a PIN or an address of somebody who works elsewhere too would be one."""
    board = signed_in(town, "board")
    staff = add_person(town, "staff")
    team = f"/z/kaufhaus/leute/{staff.public_id}/"
    assert board.post(f"{team}ausweis").status_code == 200
    give_role(
        town.ctx("board"), person=staff, role="treasurer", since=town.centre.created_at.date()
    )
    answers = [
        board.post(f"{team}ausweis").status_code,
        board.post(f"{team}pin", {"pin": "4711"}).status_code,
        send(board, page_of(town, staff, "aendern"), name="X", email="x@y.example").status_code,
    ]
    assert answers == [403, 403, 403]
    staff.refresh_from_db()
    assert (staff.name, staff.badges.count()) == ("Staff Muster", 1)
    town.people["board"].roles.update(centre=None)
    assert board.post(f"{team}pin", {"pin": "4711"}).status_code == 302
