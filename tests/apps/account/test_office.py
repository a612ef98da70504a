"""The office's forms: people, roles, badges, the house. All of them work without a script."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.utils import translation
from tests.apps.account.test_pages import signed_in
from tests.world import Town, add_person, make_town

from wesprint.platform.audit.models import AuditEntry
from wesprint.platform.base.clock import now
from wesprint.platform.base.words import Words
from wesprint.platform.organisations.models import OpeningHours
from wesprint.platform.people import selectors
from wesprint.platform.people.models import Person, Role
from wesprint.platform.people.secrets import secret_hash

pytestmark = pytest.mark.django_db
HOUSE = "/z/kaufhaus/einrichten/"


@pytest.fixture
def town() -> Town:
    return make_town()


@pytest.fixture
def board(town: Town) -> Client:
    return signed_in(town, "board")


def test_somebody_joins_gets_a_role_and_loses_it(town: Town, board: Client) -> None:
    added = board.post("/z/kaufhaus/leute/", {"name": "Erna Neu", "role": "volunteer"})
    assert added.status_code == 302
    erna = Person.objects.get(name="Erna Neu")
    path = f"/z/kaufhaus/leute/{erna.public_id}/"
    assert board.post(f"{path}rolle", {"role": "cashier"}).status_code == 302
    assert board.post(f"{path}rolle", {"role": "cashier"}).status_code == 200
    role = Role.objects.get(person=erna, role="cashier")
    assert board.post(f"{path}rolle/{role.pk}/zurueck").status_code == 302
    assert list(erna.roles.values_list("role", flat=True)) == ["volunteer"]


def test_staff_may_look_but_not_give_roles(town: Town) -> None:
    client = signed_in(town, "staff")
    person = town.people["staff"]
    assert client.get("/z/kaufhaus/leute/").status_code == 200
    refused = client.post(f"/z/kaufhaus/leute/{person.public_id}/rolle", {"role": "board"})
    assert (refused.status_code, person.roles.count()) == (403, 1)


def test_a_badge_is_shown_once_and_blocked(town: Town, board: Client) -> None:
    staff = add_person(town, "staff")
    path = f"/z/kaufhaus/leute/{staff.public_id}/"
    page = board.post(f"{path}ausweis", {"command_key": "one"})
    code = re.search(r'ws-qr__id">(\w{20})<', page.content.decode())
    badge = selectors.badge_of(staff)
    assert code is not None
    assert badge is not None
    assert badge.code_hash == secret_hash(code[1], "badge")
    assert page.headers["Cache-Control"].startswith("max-age=0")
    assert code[1] not in board.get(path).content.decode()
    assert board.post(f"{path}pin", {"pin": "1111"}).status_code == 200
    assert board.post(f"{path}pin", {"pin": "4711"}).status_code == 302
    board.post(f"{path}ausweis/sperren")
    assert selectors.badge_of(staff) is None


def test_visitors_without_a_role_get_no_badge(town: Town, board: Client) -> None:
    visitor = add_person(town, None)
    answer = board.post(f"/z/kaufhaus/leute/{visitor.public_id}/ausweis")
    assert (answer.status_code, selectors.badge_of(visitor)) == (404, None)


def test_opening_times_are_set_as_a_week(town: Town, board: Client) -> None:
    week = {"0_1_from": "09:00", "0_1_to": "12:00", "0_2_from": "14:00", "0_2_to": "18:00"}
    assert board.post(f"{HOUSE}zeiten", week).status_code == 302
    assert list(OpeningHours.objects.values_list("weekday", "opens", "closes")) == [
        (0, time(9), time(12)),
        (0, time(14), time(18)),
    ]
    page = board.get(HOUSE).content.decode()
    assert 'name="0_2_to" id="id_0_2_to" value="18:00"' in page
    half = board.post(f"{HOUSE}zeiten", {"0_1_from": "09:00"})
    assert (half.status_code, OpeningHours.objects.count()) == (200, 2)


def test_an_auditor_reads_how_the_house_is_set_up(town: Town) -> None:
    town.centre.closed_days.create(day=date(2099, 5, 2), reason="Inventur")
    page = signed_in(town, "auditor").get(HOUSE)
    text = " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
    for words in ("Montag 10:00–18:00", "Sonntag geschlossen", "2. Mai 2099 Inventur"):
        assert words in text
    assert "Erdgeschoss" in text or "Warenhaus" in text
    assert f'action="{HOUSE}' not in page.content.decode()


def test_each_time_has_its_word_and_each_colour_its_picker(town: Town, board: Client) -> None:
    page = board.get(HOUSE).content.decode()
    for day, part in ((0, 1), (6, 2)):
        assert f'<label for="id_{day}_{part}_from">von</label>' in page
        assert f'<label for="id_{day}_{part}_to">bis</label>' in page
    assert page.count('type="color"') == 2


def test_the_last_board_role_has_no_button(town: Town, board: Client) -> None:
    path = f"/z/kaufhaus/leute/{town.people['board'].public_id}/"
    assert "zurueck" not in board.get(path).content.decode()
    add_person(town, "staff")
    role = town.people["staff"].roles.create(
        role="board", organisation=town.organisation, centre=town.centre, since=date(2026, 1, 1)
    )
    assert "zurueck" in board.get(path).content.decode()
    assert role.pk


def test_a_closed_day_comes_and_goes(town: Town, board: Client) -> None:
    board.post(
        f"{HOUSE}geschlossen",
        {"day": "2099-05-02", "reason": "Inventur", "reason_en": "stocktaking"},
    )
    assert list(town.centre.closed_days.values_list("day", "reason")) == [
        (date(2099, 5, 2), Words("Inventur", "stocktaking"))
    ]
    board.post(f"{HOUSE}offen", {"day": "2099-05-02"})
    assert town.centre.closed_days.count() == 0


def test_colours_come_back_with_the_ratio_they_reach(town: Town, board: Client) -> None:
    refused = board.post(f"{HOUSE}farben", {"light": "#e0d060", "dark": "#8fd0b5"})
    assert refused.status_code == 200
    assert "1.27 : 1" in refused.content.decode()
    board.post(f"{HOUSE}farben", {"light": "#1f5a48", "dark": "#8fd0b5"})
    town.centre.refresh_from_db()
    assert (town.centre.colour_light, town.centre.colour_dark) == ("#1f5a48", "#8fd0b5")


def test_floors_rooms_and_the_address(town: Town, board: Client) -> None:
    board.post(f"{HOUSE}etage", {"level": "1", "name": "Oben", "world": "learning"})
    floor = town.centre.floors.get(level=1)
    board.post(
        f"{HOUSE}etage/{floor.pk}/raum",
        {"name": "Nähstube", "name_en": "Sewing room", "note": "dienstags"},
    )
    space = floor.spaces.get()
    assert (floor.name, space.name, space.note) == (
        Words("Oben"),
        Words("Nähstube", "Sewing room"),
        Words("dienstags"),
    )
    board.post(f"{HOUSE}raum/{space.pk}/weg")
    assert floor.spaces.count() == 0
    board.post(f"{HOUSE}haus", {"name": "Kaufhaus am Markt", "town": "Arnsberg", "state": "NW"})
    town.centre.refresh_from_db()
    assert town.centre.name == "Kaufhaus am Markt"


def test_a_sentence_about_the_house_in_two_languages(town: Town, board: Client) -> None:
    given = {"name": "Kaufhaus", "town": "Arnsberg", "state": "NW", "claim": "Kommt vorbei"}
    board.post(f"{HOUSE}haus", {**given, "claim_en": " Come in "})
    town.centre.refresh_from_db()
    assert town.centre.claim == Words("Kommt vorbei", "Come in")
    form = board.get(HOUSE).content.decode()
    assert 'value="Come in" lang="en"' in form
    reader = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert "<bdi>Come in</bdi>" in reader.get("/z/kaufhaus/").content.decode()
    refused = board.post(f"{HOUSE}haus", {**given, "claim_en": "x" * 201})
    assert (refused.status_code, "201" in refused.content.decode()) == (200, True)


def test_the_trail_is_read_with_a_reason_only(town: Town) -> None:
    auditor = signed_in(town, "auditor")
    today = now().astimezone(town.centre.tz).date()
    span = {"since": f"{today - timedelta(days=300)}", "until": f"{today}"}
    refused = auditor.post("/z/kaufhaus/pruefspur/", span)
    assert (refused.status_code, "ws-table" in refused.content.decode()) == (422, False)
    page = auditor.post("/z/kaufhaus/pruefspur/", {**span, "cause": "Jahresprüfung 2026"})
    assert "Prüfspur angesehen" not in page.content.decode()  # this look itself
    again = auditor.post("/z/kaufhaus/pruefspur/", {**span, "cause": "Nachfrage"})
    assert "Jahresprüfung 2026" in again.content.decode()
    causes = AuditEntry.objects.filter(command="people.look_into_audit").order_by("pk")
    assert list(causes.values_list("cause", flat=True)) == ["Jahresprüfung 2026", "Nachfrage"]


def entered(town: Town, command: str, actor: str, *changes: tuple[str, list[str]]) -> None:
    AuditEntry.objects.create(
        command=command,
        actor=actor,
        scope=town.centre.scope,
        changes=[{"target": target, "fields": fields} for target, fields in changes],
        occurred_at=now(),
        recorded_at=now(),
    )


def trail_of(town: Town, role: str, text: str = "") -> list[list[str]]:
    """The cells of the table, as the role reads them."""
    today = f"{now().astimezone(town.centre.tz).date()}"
    span = {"since": today, "until": today, "cause": "Prüfung", "text": text}
    page = signed_in(town, role).post("/z/kaufhaus/pruefspur/", span).content.decode()
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [re.findall(r"<td.*?>(.*?)</td>", row) for row in body.split("<tr>")[1:]]
    tidy = [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in rows]
    return [row[:3] for row in tidy if row[0] != "Prüfspur angesehen"]


def test_the_trail_speaks_in_words(town: Town) -> None:
    staff = add_person(town, "staff")
    assert staff.user is not None
    ident = staff.user.public_id
    tested = ("goods.item:PK4WPE3AA8", ["tested_at", "test_passed"])
    entered(town, "goods.record_test", f"person:{ident}@D1", tested)
    entered(town, "people.give_role", "job:demo", ("people.person:X", ["role.board"]))
    entered(town, "later.thing", "anonymous:", ("later.model:X", ["colour"]))
    result = "Artikel PK4WPE3AA8 : Tag der Prüfung, Ergebnis der Prüfung"
    with translation.override("de"):
        who = f"{staff.roles.get().get_role_display()}, am Tablet {ident[:4]}"
    assert trail_of(town, "auditor") == [
        ["later.thing", "jemand ohne Konto", "later.model: colour"],
        ["Rolle gegeben", "das Haus von selbst", "Mensch: Rolle"],
        ["Prüfung eingetragen", who, result],
    ]
    assert trail_of(town, "board", "prüfung eing") == [["Prüfung eingetragen", who, result]]
    assert trail_of(town, "board", "PK4WPE3AA8") == [["Prüfung eingetragen", who, result]]


def test_a_double_click_is_one_command(town: Town, board: Client) -> None:
    for _ in range(2):
        board.post(
            "/z/kaufhaus/leute/", {"name": "Erna", "role": "volunteer", "command_key": "same"}
        )
    assert Person.objects.filter(name="Erna").count() == 1


@pytest.mark.parametrize(
    ("since", "until"),
    [("2026-11-01", "9999-12-31"), ("2020-01-01", "2026-11-24"), ("2026-11-24", "2026-11-01")],
)
@pytest.mark.usefixtures("clock")
def test_a_look_covers_a_year_that_has_been(town: Town, since: str, until: str) -> None:
    answer = signed_in(town, "auditor").post(
        "/z/kaufhaus/pruefspur/", {"since": since, "until": until, "cause": "Prüfung"}
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["until"])
