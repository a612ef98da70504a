"""Every page of signing in wears the house's clothes, and none asks for inline script."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.world import Town, add_person, make_town

pytestmark = pytest.mark.django_db

PASSWORD = "korrekt-pferd-batterie"
PUBLIC = [
    "/konto/zugang/login/",
    "/konto/zugang/signup/",
    "/konto/zugang/password/reset/",
    "/konto/zugang/password/reset/done/",
    "/konto/zugang/password/reset/key/done/",
    "/konto/zugang/password/reset/key/1-abc/",
    "/konto/zugang/confirm-email/",
    "/konto/zugang/confirm-email/unknown/",
    "/konto/zugang/inactive/",
    "/theke/",
]
OWN = [
    "/konto/",
    "/konto/daten/",
    "/konto/loeschen/",
    "/konto/zugang/2fa/",
    "/konto/zugang/2fa/webauthn/",
    "/konto/zugang/2fa/webauthn/add/",
    "/konto/zugang/2fa/totp/activate/",
    "/konto/zugang/2fa/recovery-codes/generate/",
    "/konto/zugang/email/",
    "/konto/zugang/password/change/",
    "/konto/zugang/logout/",
    "/konto/zugang/reauthenticate/",
    "/konto/zugang/sessions/",
]
OFFICE = ["leute/", "geraete/", "einrichten/", "pruefspur/"]
INLINE_SCRIPT = re.compile(r"<script(?![^>]*(?:src=|application/json))[^>]*>")


def signed_in(town: Town, role: str = "board") -> Client:
    """Through the sign-in page itself, so that the session is fresh for every step."""
    client = Client()
    person = town.people.get(role) or add_person(town, role)
    assert person.user is not None
    response = client.post(
        "/konto/zugang/login/", {"login": person.user.email, "password": PASSWORD}
    )
    assert response.status_code == 302, response.content.decode()
    return client


def check(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code, response.headers)
    body = response.content.decode()
    assert "dist/app.css" in body
    assert 'class="ws-header"' in body
    assert body.count("<h1") == 1, path
    assert INLINE_SCRIPT.search(body) is None
    assert " style=" not in body
    assert re.search(r"<[^>]+ on[a-z]+=", body) is None
    return body


@pytest.mark.parametrize("path", PUBLIC)
def test_pages_before_signing_in(path: str) -> None:
    check(Client(), path)


def test_pages_of_ones_own_account() -> None:
    client = signed_in(make_town())
    proven = client.post("/konto/zugang/reauthenticate/", {"password": PASSWORD})
    assert proven.status_code == 302
    for path in OWN:
        check(client, path)


def test_pages_of_the_office() -> None:
    town = make_town()
    client = signed_in(town)
    for path in OFFICE:
        check(client, f"/z/kaufhaus/{path}")
    check(client, f"/z/kaufhaus/leute/{town.people['board'].public_id}/")
