"""Signing in and up: what is refused, what is paused, what the logs may know."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from tests.apps.account.test_pages import PASSWORD, signed_in
from tests.world import add_person, make_town

from wesprint.platform.people.models import User

pytestmark = pytest.mark.django_db
LOGIN = "/konto/zugang/login/"
ERNA = "erna.musterfrau@example.org"


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def paused(settings: Any) -> None:
    """The tests' settings switch the pause off; here it is the subject."""
    settings.AXES_ENABLED = True


def guess(email: str, password: str, address: str = "192.0.2.1") -> int:
    client = Client(REMOTE_ADDR=address)
    return client.post(LOGIN, {"login": email, "password": password}).status_code


def account(email: str = ERNA) -> User:
    user = User.objects.create_user(email, PASSWORD)
    user.emailaddress_set.create(email=email, verified=True, primary=True)  # type: ignore[attr-defined]  # allauth's
    return user


def test_guessing_is_paused_for_the_guesser_and_not_for_the_owner(paused: None) -> None:
    account()
    assert [guess(ERNA, f"wrong-{n}") for n in range(9)] == [200] * 7 + [429] * 2
    assert guess(ERNA, PASSWORD) == 429
    assert guess(ERNA, PASSWORD, "192.0.2.2") == 302


def test_a_machine_that_goes_on_guessing_does_not_lock_the_owner_out(paused: None) -> None:
    account()
    answers = {guess(ERNA, f"wrong-{n}") for n in range(120)}
    assert answers == {200, 429}
    assert guess(ERNA, PASSWORD, "192.0.2.2") == 302


def test_many_machines_at_one_account_meet_a_limit(paused: None) -> None:
    account()
    for n in range(100):
        guess(ERNA, f"wrong-{n}", f"198.51.100.{n}")
    assert guess(ERNA, PASSWORD, "203.0.113.1") == 200  # the page again, with a word about it


@pytest.mark.parametrize(
    "password",
    [
        "short-one",
        "password1234",
        "passwortpasswort",
        "wesprint-2026",
        "1234567890",
        "erna.musterfrau",
        "x" * 257,
    ],
)
def test_passwords_that_are_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, User(email=ERNA))


@pytest.mark.parametrize(
    "password",
    ["drei blaue Vögel", "aaaaaaaaab mit Honig", "korrekt pferd batterie " * 11, "Große Ähre!"],
)
def test_passwords_that_are_welcome(password: str) -> None:
    validate_password(password, User(email=ERNA))


def test_signing_up_makes_an_account_once_the_letter_was_opened() -> None:
    client = Client()
    response = client.post(
        "/konto/zugang/signup/", {"email": ERNA, "password1": "drei blaue Vögel"}
    )
    assert response.headers["Location"] == "/konto/zugang/confirm-email/"
    assert guess(ERNA, "drei blaue Vögel") == 302  # to the page about the letter
    [letter] = mail.outbox[:1]
    assert letter.to == [ERNA]
    link = re.search(r"http://[^/]+(/konto/zugang/confirm-email/\S+)", str(letter.body))
    assert link is not None
    assert "/konto/" in client.get(link[1]).content.decode()
    assert client.post(link[1]).status_code == 302
    assert User.objects.get(email=ERNA).persons.count() == 0


def test_an_address_that_is_taken_is_not_told_to_a_stranger() -> None:
    account()
    response = Client().post(
        "/konto/zugang/signup/", {"email": ERNA, "password1": "drei blaue Vögel"}
    )
    assert response.headers["Location"] == "/konto/zugang/confirm-email/"
    assert [letter.to for letter in mail.outbox] == [[ERNA]]


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once() -> None:
    account()
    client = Client()
    client.post("/konto/zugang/password/reset/", {"email": ERNA})
    link = re.search(
        r"http://[^/]+(/konto/zugang/password/reset/key/\S+)", str(mail.outbox[0].body)
    )
    assert link is not None
    page = client.get(link[1], follow=True)
    form_path = page.redirect_chain[-1][0]
    done = client.post(form_path, {"password1": "vier graue Wale", "password2": "vier graue Wale"})
    assert done.status_code == 302
    assert guess(ERNA, "vier graue Wale") == 302
    assert "abgelaufen" in Client().get(link[1], follow=True).content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_next_never_leads_away(target: str) -> None:
    account()
    response = Client().post(LOGIN, {"login": ERNA, "password": PASSWORD, "next": target})
    assert response.headers["Location"] == "/"


def test_logs_know_neither_addresses_nor_names(
    paused: None, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    account()
    for n in range(9):
        guess(ERNA, f"geheim-{n}")
    Client().post("/konto/zugang/password/reset/", {"email": ERNA})
    Client().post("/konto/zugang/signup/", {"email": ERNA, "password1": "geheim-lang-genug"})
    town = make_town()
    signed_in(town).get(f"/z/kaufhaus/leute/{add_person(town, 'rider').public_id}/")
    written = caplog.text + "".join(capfd.readouterr())
    for word in ("musterfrau", "geheim", "Rider", "kaufhaus.example"):
        assert word not in written


def test_the_table_of_failures_is_no_list_of_addresses(paused: None) -> None:
    from axes.models import AccessAttempt

    account()
    guess(ERNA, "wrong")
    [attempt] = AccessAttempt.objects.values()
    assert "musterfrau" not in str(attempt)
