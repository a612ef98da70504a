"""Suppliers and consignors sign in and see what is theirs, and nothing of anybody else."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.test import Client
from tests.apps.market import things
from tests.world import Town

from wesprint.apps.market import links
from wesprint.apps.market.models import Settlement
from wesprint.platform.people.models import User

MINE = "/schaufenster/meins/"


def signed_in(email: str, *, verified: bool = True) -> Client:
    user = User.objects.create_user(email, "korrekt-pferd-batterie")
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=verified)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(client: Client) -> str:
    return client.get(MINE).content.decode()


def test_the_confirmed_address_opens_the_shop(town: Town) -> None:
    baker = things.baker(town)
    things.bread(town, baker)
    things.bread(town, baker, title="Zopf", ref="z")
    text = page(signed_in("KORN@example.org"))
    for words in ("Backstube Korn", "2 Waren stehen im Schaufenster", links.supplier_path(baker)):
        assert words in text


def test_an_address_that_nobody_confirmed_opens_nothing(town: Town) -> None:
    baker = things.baker(town)
    for client in (signed_in("korn@example.org", verified=False), signed_in("mia@example.org")):
        text = page(client)
        assert "Backstube Korn" not in text
        assert links.supplier_path(baker) not in text


def test_without_an_account_one_is_asked_to_sign_in(town: Town) -> None:
    things.baker(town)
    answer = Client().get(MINE)
    assert answer.status_code == 302
    assert "/login/" in answer.headers["Location"]


def test_the_statement_is_mine_alone(town: Town) -> None:
    things.fill(town)
    (statement,) = Settlement.objects.all()
    person = statement.consignor.person
    assert person is not None
    mine, other = signed_in("petra@example.org"), signed_in("mia@example.org")
    person.user = User.objects.get(email="petra@example.org")
    person.save(update_fields=["user"])
    path = f"{MINE}{statement.public_id}.pdf"
    assert path in page(mine)
    assert mine.get(path).headers["Content-Type"] == "application/pdf"
    assert path not in page(other)
    assert (other.get(path).status_code, Client().get(path).status_code) == (404, 302)
