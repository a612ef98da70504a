"""One's own account: my data, erase me, consents, the confirmed address, the demo's doors."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client
from tests.apps.account.test_pages import PASSWORD, signed_in
from tests.world import Town, add_person, make_town

from wesprint.apps.account import services as account
from wesprint.apps.account.doors import DOORS, OPERATOR
from wesprint.apps.account.tasks import tidy
from wesprint.kernel.clock import FixedClock
from wesprint.platform.audit.models import AuditEntry
from wesprint.platform.notices.models import Letter
from wesprint.platform.people import privacy, selectors
from wesprint.platform.people import services as people
from wesprint.platform.people.models import Person, RoleName, User
from wesprint.web.demo import mark
from wesprint.web.files_of_design import icon_names

pytestmark = pytest.mark.django_db


def test_my_data_as_one_file() -> None:
    town = make_town()
    client = signed_in(town, "staff")
    path = "/konto/daten/meine-daten.json"
    asked = client.get(path)
    assert asked.headers["Location"] == f"/konto/zugang/reauthenticate/?{urlencode({'next': path})}"
    proven = client.post(asked.headers["Location"], {"password": PASSWORD, "next": path})
    assert proven.headers["Location"] == path
    response = client.get(path)
    assert response.headers["Content-Disposition"] == 'attachment; filename="meine-daten.json"'
    mine = json.loads(response.content)
    assert mine["account"]["email"] == "staff@kaufhaus.example"
    assert [person["name"] for person in mine["persons"]] == ["Staff Muster"]


def test_erase_me_says_what_stays_and_then_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    town = make_town()
    client = signed_in(town, "staff")
    block = privacy.Block(date(2034, 12, 31), "§ 147 AO")
    held = privacy.PersonalData(
        "deposits", export=lambda person: [], erase=lambda ctx, person: None, block=lambda _: block
    )
    monkeypatch.setitem(privacy._registered, "deposits", held)
    page = client.get("/konto/loeschen/").content.decode()
    assert "31. Dezember 2034" in page
    assert "§ 147 AO" in page
    asked = client.post("/konto/loeschen/", {"sure": "on"}).headers["Location"]
    assert asked == f"/konto/zugang/reauthenticate/?{urlencode({'next': '/konto/loeschen/'})}"
    wrong = {"password": "falsch geraten", "next": "/konto/loeschen/"}
    assert client.post(asked, wrong).status_code == 200
    assert User.objects.filter(email="staff@kaufhaus.example").exists()
    erased = client.post(asked, {**wrong, "password": PASSWORD})
    assert erased.headers["Location"] == "/konto/zugang/login/"
    assert not User.objects.filter(email="staff@kaufhaus.example").exists()
    person = Person.objects.get(pk=town.people["staff"].pk)
    assert (person.email, person.blocked_until) == ("", date(2034, 12, 31))
    assert client.get("/konto/").status_code == 302


def test_a_consent_is_withdrawn_by_its_owner_only() -> None:
    town = make_town()
    person = add_person(town, "staff")
    people.record_consent(
        town.ctx("staff"), person=person, purpose="news", given=True, wording="News?"
    )
    path = f"/konto/daten/{person.public_id}/widerruf"
    assert signed_in(town, "board").post(path, {"purpose": "news"}).status_code == 404
    assert selectors.has_consent(person, "news") is True
    client = signed_in(town, "staff")
    assert client.post(path, {"purpose": "news"}).status_code == 302
    assert selectors.has_consent(person, "news") is False
    client.post(path, {"purpose": "made up"})
    assert person.consents.count() == 2


def test_a_new_address_counts_after_its_letter() -> None:
    town = make_town()
    client = signed_in(town, "staff")
    person = town.people["staff"]
    client.post(f"/konto/daten/{person.public_id}/adresse", {"email": "neu@example.org"})
    letter = Letter.objects.get()
    link = re.search(r"http://[^/]+(/konto/bestaetigen/\w+/)", letter.body)
    assert link is not None
    assert letter.to == "neu@example.org"
    stranger = Client()
    assert "neu@example.org" in stranger.get(link[1]).content.decode()
    person.refresh_from_db()
    assert person.email == "staff@kaufhaus.example"
    assert stranger.post(link[1]).status_code == 200
    person.refresh_from_db()
    assert person.email == "neu@example.org"
    assert stranger.post(link[1]).status_code == 409
    assert stranger.get("/konto/bestaetigen/unknown/").status_code == 404


def test_letters_speak_the_language_one_chose() -> None:
    town = make_town()
    client = signed_in(town, "staff")
    client.post("/konto/", {"locale": "en"})
    assert User.objects.get(email="staff@kaufhaus.example").locale == "en"
    assert client.post("/konto/", {"locale": "tlh"}).status_code == 200


@pytest.fixture
def demo_region(settings: Any, tmp_path: Path) -> Town:
    """A region as `wesprint demo` leaves it: its accounts end with @demo.example."""
    settings.DEMO, settings.VAR = True, tmp_path
    town = make_town("demo")
    mark(seed=1)
    return town


def test_the_demo_has_one_door_for_each_role(demo_region: Town) -> None:
    town = demo_region
    for role in ("cashier", "board"):
        add_person(town, role)
    add_person(town, "staff", account=False)
    client = Client()
    page = client.get("/konto/demo/").content.decode()
    assert re.findall(r'name="role" value="([a-z-]+)"', page) == ["cashier", "board"]
    entered = client.post("/konto/demo/", {"centre": "demo", "role": "cashier"})
    assert entered.headers["Location"] == "/z/demo/uebergabe/"
    assert "cashier@demo.example" in client.get("/konto/").content.decode()
    for wrong in ({"centre": "demo", "role": "staff"}, {"centre": "x", "role": "board"}):
        assert Client().post("/konto/demo/", wrong).status_code == 404
    away = {"centre": "demo", "role": "board", "next": "https://evil.example/"}
    assert Client().post("/konto/demo/", away).headers["Location"] == "/z/demo/heute/"


def test_the_operator_has_a_door_without_a_house(demo_region: Town) -> None:
    user = User.objects.create_user("operator@demo.example", is_operator=True)
    client = Client()
    assert 'value="operator"' in client.get("/konto/demo/").content.decode()
    entered = client.post("/konto/demo/", {"centre": "", "role": "operator"})
    assert (entered.headers["Location"], client.session["_auth_user_id"]) == ("/", str(user.pk))


def test_each_door_has_a_picture_and_a_hint_of_its_own() -> None:
    assert set(DOORS) == {*RoleName.values, OPERATOR}
    assert len({icon for icon, _hint in DOORS.values()}) == len(DOORS)
    assert {icon for icon, _hint in DOORS.values()} <= set(icon_names())
    assert len({str(hint) for _icon, hint in DOORS.values()}) == len(DOORS)


def test_each_door_leads_to_where_the_work_begins(demo_region: Town) -> None:
    """A page of the room that declares it, and one that the role may open."""
    first = {
        "member": "",
        "volunteer": "annahme/",
        "staff": "annahme/",
        "workshop-lead": "werkstatt/",
        "cashier": "uebergabe/",
        "dispatcher": "lieferung/",
        "rider": "lieferung/fahren/",
        "treasurer": "woche/",
        "board": "heute/",
        "town-hall": "sperrmuell/",
        "auditor": "pruefspur/",
    }
    assert set(first) == set(RoleName.values)
    found = {}
    for role in first:
        add_person(demo_region, role)
        client = Client()
        entered = client.post("/konto/demo/", {"centre": "demo", "role": role})
        found[role] = entered.headers["Location"].removeprefix("/z/demo/")
        assert client.get(entered.headers["Location"]).status_code == 200
    assert found == first


def test_in_the_demo_nobody_is_asked_for_a_password_there_is_not(demo_region: Town) -> None:
    user = add_person(demo_region, "staff").user
    assert user is not None
    user.set_unusable_password()
    user.save()
    client = Client()
    client.post("/konto/demo/", {"centre": "demo", "role": "staff"})
    assert client.get("/konto/daten/meine-daten.json").status_code == 200
    assert client.post("/konto/loeschen/", {}).status_code == 200
    assert client.post("/konto/loeschen/", {"sure": "on"}).status_code == 302
    assert not User.objects.filter(pk=user.pk).exists()


def test_the_demo_opens_no_account_that_it_did_not_make(demo_region: Town) -> None:
    person = add_person(demo_region, "board")
    User.objects.filter(persons=person).update(email="ada@example.org")
    door = {"centre": "demo", "role": "board"}
    assert Client().post("/konto/demo/", door).status_code == 404


def test_the_setting_alone_opens_no_door(demo_region: Town, tmp_path: Path) -> None:
    """The mark of another database, of an older kind, of no use or none at all."""
    add_person(demo_region, "board")
    door = {"centre": "demo", "role": "board"}
    assert Client().get("/konto/demo/").status_code == 200
    for text in ('{"houses": ["ANOTHERONE"]}', '{"seed": 1}', "[]", "nonsense"):
        (tmp_path / "demo.json").write_text(text)
        assert Client().get("/konto/demo/").status_code == 404
        assert Client().post("/konto/demo/", door).status_code == 404
        assert "/konto/demo/" not in Client().get("/konto/zugang/login/").content.decode()
    (tmp_path / "demo.json").unlink()
    assert Client().post("/konto/demo/", door).status_code == 404


def test_without_a_demo_there_is_no_such_door(settings: Any) -> None:
    settings.DEMO = False
    town = make_town()
    add_person(town, "board")
    assert Client().get("/konto/demo/").status_code == 404
    answer = Client().post("/konto/demo/", {"centre": "kaufhaus", "role": "board"})
    assert answer.status_code == 404


def test_the_night_shift_runs_once_a_day(clock: FixedClock) -> None:
    make_town()
    assert (tidy.func(), tidy.func()) == (0, 0)
    assert AuditEntry.objects.filter(command="account.tidy").count() == 1


def join(town: Town, **values: str) -> Person:
    return account.add_member(
        town.ctx("board"),
        centre=town.centre,
        organisation=town.organisation,
        since=date(2026, 11, 24),
        **values,
    )


def test_a_member_is_joined_with_the_account_of_a_confirmed_address(clock: FixedClock) -> None:
    town = make_town()
    for email, verified in (("erna@example.org", True), ("ida@example.org", False)):
        user = User.objects.create_user(email)
        user.emailaddress_set.create(email=email, verified=verified, primary=True)  # type: ignore[attr-defined]  # allauth's
    erna = join(town, name="Erna", role="staff", email="erna@example.org")
    ida = join(town, name="Ida", role="staff", email="ida@example.org")
    assert (erna.user and erna.user.email, ida.user) == ("erna@example.org", None)
    again = join(town, name="Erna M.", role="cashier", email="ERNA@example.org")
    assert (again, again.roles.count()) == (erna, 2)


def account_of(email: str, *, verified: bool = True) -> User:
    user = User.objects.create_user(email, PASSWORD)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=verified)
    return user


def known_by_itself(town: Town, **values: Any) -> Person:
    return people.register_person(town.ctx("board"), organisation=town.organisation, **values)


def test_a_member_is_no_stranger_who_typed_the_same_address(clock: FixedClock) -> None:
    town = make_town()
    stranger = known_by_itself(town, name="Fremd", email="erna@example.org")
    erna = join(town, name="Erna", role="staff", email="Erna@example.org")
    assert (erna == stranger, erna.name, erna.user) == (False, "Erna", None)
    assert join(town, name="Erna", role="cashier", email="erna@example.org") == erna
    user = account_of("erna@example.org")
    assert join(town, name="Erna", role="member", email="erna@example.org").user == user
    stranger.refresh_from_db()
    assert (stranger.user, stranger.roles.count()) == (None, 0)


def test_a_neighbour_with_an_account_joins_the_team_by_the_name_the_house_knows(
    clock: FixedClock,
) -> None:
    town = make_town()
    user = account_of("erna@example.org")
    neighbour = known_by_itself(
        town, name="Superfrau", phone="02931 123456", email=user.email, user=user
    )
    erna = join(town, name="Erna Muster", role="staff", email="erna@example.org")
    assert (erna, erna.name, erna.phone) == (neighbour, "Erna Muster", "02931123456")


def test_the_account_that_comes_later_meets_the_member(clock: FixedClock) -> None:
    """Added to the team of two towns; known to a third only by what somebody typed."""
    one, other, third = make_town(), make_town("bahnhof"), make_town("schule")
    members = [join(town, name="Erna", role="staff", email="e@b.example") for town in (one, other)]
    stranger = known_by_itself(third, name="Fremd", email="e@b.example")
    client = Client()
    words = {"email": "e@b.example", "password1": "drei blaue Vögel"}
    client.post("/konto/zugang/signup/", words)
    assert list(Person.objects.exclude(user=None).filter(email="e@b.example")) == []
    link = re.search(r"http://[^/]+(/konto/zugang/confirm-email/\S+)", str(mail.outbox[0].body))
    assert link is not None
    assert client.post(link[1]).status_code == 302
    user = User.objects.get(email="e@b.example")
    assert list(Person.objects.filter(user=user).order_by("pk")) == members
    stranger.refresh_from_db()
    assert stranger.user is None


def test_signing_in_joins_nobody_by_an_address_that_is_not_confirmed(clock: FixedClock) -> None:
    town = make_town()
    erna = join(town, name="Erna", role="staff", email="erna@example.org")
    ida = account_of("ida@example.org")
    EmailAddress.objects.create(user=ida, email="erna@example.org", verified=False)
    assert account.join_account(ida) == []
    user = account_of("erna@example.org")
    client = Client()
    client.post("/konto/zugang/login/", {"login": "erna@example.org", "password": PASSWORD})
    erna.refresh_from_db()
    assert erna.user == user
    assert client.get("/z/kaufhaus/leute/").status_code == 200


def test_people_are_never_merged(clock: FixedClock) -> None:
    town = make_town()
    erna = join(town, name="Erna", role="staff", email="erna@example.org")
    user = account_of("erna@example.org")
    own = known_by_itself(town, name="Mia", email=user.email, user=user)
    assert account.join_account(user) == []
    two, other = make_town("bahnhof"), account_of("team@example.org")
    for name in ("Ida", "Uwe"):
        person = known_by_itself(two, name=name, email=other.email)
        people.give_role(two.ctx("board"), person=person, role="staff", since=date(2026, 1, 1))
    assert account.join_account(other) == []
    assert set(Person.objects.filter(user__in=[user, other])) == {own}
    assert erna.user is None


def test_other_devices_are_signed_out_at_once() -> None:
    town = make_town()
    here = signed_in(town, "staff")
    there = Client()
    email = "staff@kaufhaus.example"
    there.post("/konto/zugang/login/", {"login": email, "password": PASSWORD})
    assert there.get("/konto/").status_code == 200
    assert here.post("/konto/zugang/sessions/").status_code == 302
    assert (here.get("/konto/").status_code, there.get("/konto/").status_code) == (200, 302)
    here.post("/konto/zugang/reauthenticate/", {"password": PASSWORD})
    mine = json.loads(here.get("/konto/daten/meine-daten.json").content)
    assert [sign_in["address"] for sign_in in mine["sign_ins"]] == ["127.0.0.1"]


def test_a_second_proof_is_set_up_asked_for_and_replaced_by_a_recovery_code() -> None:
    town = make_town()
    client = signed_in(town, "staff")
    client.post("/konto/zugang/reauthenticate/", {"password": PASSWORD})
    page = client.get("/konto/zugang/2fa/totp/activate/").content.decode()
    secret = re.search(r'ws-qr__id">([A-Z2-7]+)<', page)
    assert secret is not None
    code = format_hotp_value(hotp_value(secret[1], next(yield_hotp_counters_from_time())))
    assert client.post("/konto/zugang/2fa/totp/activate/", {"code": code}).status_code == 302
    codes = re.findall(
        r"<code>(\w+)</code>",
        client.get("/konto/zugang/2fa/recovery-codes/").content.decode(),
    )
    assert len(codes) == 10
    other = Client()
    login = {"login": "staff@kaufhaus.example", "password": PASSWORD}
    asked = other.post("/konto/zugang/login/", login).headers["Location"]
    assert asked == "/konto/zugang/2fa/authenticate/"
    body = other.get(asked).content.decode()
    assert 'class="ws-header"' in body
    assert other.post(asked, {"code": "000000"}).status_code == 200
    assert other.post(asked, {"code": codes[0]}).headers["Location"] == "/"


def test_a_dead_mail_server_is_said_and_nothing_is_half_saved(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answer = Client().post(
        "/konto/zugang/signup/", {"email": "neu@example.org", "password1": "drei blaue Vögel"}
    )
    assert answer.status_code == 503
    assert "neu@example.org" not in answer.content.decode()
    assert not User.objects.filter(email="neu@example.org").exists()
