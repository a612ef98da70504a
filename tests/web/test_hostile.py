"""What a hostile visitor sends: said in words, with nothing half-saved and nothing in the logs."""

from __future__ import annotations

import errno
from typing import Any
from uuid import uuid4

import pytest
from django.db import DataError, OperationalError
from django.test import Client
from django.utils import translation
from tests.apps.goods import things
from tests.world import Town, add_person, make_town

from wesprint.apps.goods.models import Item, Offer
from wesprint.web.errors import told

HOUSE = "/z/kaufhaus/"
UNREADABLE = "Mit dieser Anfrage konnte das Haus nichts anfangen."


@pytest.fixture
def town(db: None, clock: Any) -> Town:
    return make_town()


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def staff(town: Town, client: Client) -> Client:
    person = add_person(town, "staff")
    assert person.user is not None
    client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.parametrize("sign", ["%00", "%ed%a0%80", "%ff%fe", "%e2%80%ae", "9" * 400])
@pytest.mark.parametrize(
    "path",
    [
        "warenhaus/?q=a{}",
        "warenhaus/?nach={}",
        "warenhaus/?art={}",
        "abgeben/?q={}",
        "abgeben/angebot/?was={}",
        "schaufenster/?nach={}",
        "materialboerse/?q={}",
        "warenhaus/{}/",
        "schaufenster/{}/",
        "wirkung/?von={}",
    ],
)
def test_strange_signs_in_an_address_are_no_accident(
    town: Town, client: Client, path: str, sign: str
) -> None:
    answer = client.get(HOUSE + path.format(sign))
    assert answer.status_code in (200, 301, 302, 404, 422), answer.status_code


@pytest.mark.parametrize("path", ["/o/a%00b/", "/z/kauf%00haus/", "/r/%00/", "/v/%00/"])
def test_an_address_with_nul_is_not_found(town: Town, client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, "gibt es nicht" in text(answer)) == (404, True)


@pytest.mark.parametrize(
    "field", ["giver", "offer", "category", "grade", "route", "status", "mass"]
)
@pytest.mark.parametrize("value", ["a\0b", "9" * 300, "\u202eABC", "-1", "1e400", "NaN", "²", "٣"])
def test_the_counter_takes_no_nonsense_in(
    town: Town, staff: Client, field: str, value: str
) -> None:
    given = {"category": "chair", "grade": "A", "mass": "6,5", field: value}
    answer = staff.post(f"{HOUSE}annahme/", {"command_key": str(uuid4()), **given})
    assert (answer.status_code in (302, 404, 422), answer.status_code) == (True, answer.status_code)
    assert Item.objects.count() == (1 if answer.status_code == 302 else 0)


@pytest.mark.parametrize(
    ("asked", "led"),
    [("²", "/"), ("goods_give", "/"), ("a\0b", "/"), ("//evil.example", "/"), ("/z/x/?a=1", None)],
)
def test_back_leads_to_a_page_of_the_house(db: None, asked: str, led: str | None) -> None:
    answer = Client().post("/einstellungen/ansicht", {"next": asked, "theme": "dark"})
    assert (answer.status_code, answer.headers["Location"]) == (302, led or asked)


def test_ten_megabytes_of_text_are_said_to_be_too_much(town: Town, client: Client) -> None:
    given = {"what": "x" * 10_000_000, "size": "M", "way": "bring"}
    answer = client.post(f"{HOUSE}abgeben/angebot/", given)
    page = text(answer)
    assert "Das ist mehr, als ein Formular des Hauses aufnimmt." in page
    assert ("Traceback" in page, Offer.objects.count()) == (False, 0)


def test_a_name_of_the_other_direction_stays_in_its_place(town: Town, staff: Client) -> None:
    """U+202E would turn the rest of the line round, in a list as on a label."""
    given = {"category": "chair", "grade": "A", "mass": "6,5", "title": "Stuhl \u202eEXE"}
    staff.post(f"{HOUSE}annahme/", {"command_key": str(uuid4()), **given})
    assert Item.objects.get().title == "Stuhl EXE"


def test_a_key_of_a_command_may_be_any_text(town: Town, client: Client) -> None:
    for key in ("a\0b", "\u202e", "x" * 81, "👩"):
        given = {"what": "Stuhl", "size": "M", "way": "bring", "command_key": key}
        answer = Client(raise_request_exception=False).post(f"{HOUSE}abgeben/angebot/", given)
        assert answer.status_code in (302, 422), (key, answer.status_code)


@pytest.mark.parametrize("host", ["evil.example", "192.168.1.5:8161", "a b", "[::1"])
def test_an_address_that_is_not_the_houses_is_told_the_right_one(
    town: Town, client: Client, settings: Any, host: str
) -> None:
    settings.ALLOWED_HOSTS = ["haus.example"]
    settings.BASE_URL = "https://haus.example"
    answer = client.get(HOUSE, headers={"host": host})
    assert (answer.status_code, "https://haus.example" in text(answer)) == (400, True)
    assert "Unter dieser Adresse antwortet das Haus nicht." in text(answer)


def test_a_thing_of_another_house_is_not_found(town: Town, staff: Client) -> None:
    other = things.sideboard(make_town("bahnhof"))
    for path in (f"warenhaus/{other.public_id}/", f"uebergabe/{other.public_id}/"):
        assert staff.get(HOUSE + path).status_code == 404
        assert staff.post(HOUSE + path, {"consideration": "cash"}).status_code == 404


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/var/x"), 503, "voll"),
        (OperationalError("database or disk is full"), 503, "voll"),
        (OperationalError("database is locked"), 503, "Aufzeichnungen"),
        (DataError("integer out of range"), 422, UNREADABLE),
        (ValueError("A string literal cannot contain NUL (0x00) characters."), 422, UNREADABLE),
    ],
)
def test_what_breaks_in_known_ways_is_said(error: Exception, status: int, said: str) -> None:
    found = told(error)
    assert found is not None
    with translation.override("de"):
        assert (found.status, said in str(found)) == (status, True), str(found)


def test_what_nobody_expected_stays_unexpected() -> None:
    assert told(ValueError("Erika Muster")) is None
    assert told(PermissionError(errno.EACCES, "denied")) is None
