"""What is wrong with a form at the counter is said in one round, not in two."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.apps.goods.test_views import HOUSE, client_of, post, text
from tests.world import Town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import HandOver, Item
from wesprint.apps.goods.services.contacts import Contact

RESERVED = "Dieses Stück ist bis 25.11., 18:00 für jemanden reserviert."


@pytest.fixture
def staff(town: Town) -> Client:
    return client_of(town, "cashier")


def summary(page: str) -> str:
    return page[page.index('class="ws-errors"') :].split("</ul>")[0]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"price": "viel"}, ["„viel“ ist kein Betrag", "Bitte wählen Sie, wie bezahlt wird"]),
        ({"price": "-5"}, ["Ein Preis kann nicht unter null liegen", "wie bezahlt wird"]),
        ({"price": "12000"}, ["10.000", "wie bezahlt wird"]),
        ({"price": "-5", "consideration": "cash"}, ["Ein Preis kann nicht unter null liegen"]),
        ({"price": "0", "consideration": "cash"}, ["kostet nichts"]),
    ],
)
def test_a_reserved_thing_with_a_wrong_price_says_everything(
    town: Town, staff: Client, sideboard: Item, given: dict[str, str], said: list[str]
) -> None:
    services.reserve(town.ctx(), item=sideboard, contact=Contact("Mia", "02931 123456"))
    answer = post(staff, f"{HOUSE}uebergabe/{sideboard.public_id}/", **given)
    told = summary(text(answer))
    assert [words for words in [*said, "reserviert"] if words not in told] == []
    assert (answer.status_code, len(re.findall("<li>", told))) == (422, len(said) + 1)
    assert HandOver.objects.count() == 0


def test_who_stands_there_is_not_told_that_it_is_reserved(
    town: Town, staff: Client, sideboard: Item
) -> None:
    services.reserve(town.ctx(), item=sideboard, contact=Contact("Mia", "02931 123456"))
    path = f"{HOUSE}uebergabe/{sideboard.public_id}/"
    page = text(post(staff, path, price="-5", consideration="cash", collected="1"))
    told = summary(page)
    assert ("reserviert" in told, "unter null" in told) == (False, True)
    assert '<input type="checkbox" name="collected" value="1" checked>' in page
    assert 'name="collected" value="1">' in text(post(staff, path, price="-5"))


def test_at_the_intake_weight_and_price_are_said_together(town: Town) -> None:
    page = text(
        post(
            client_of(town, "staff"),
            f"{HOUSE}annahme/",
            category="kettle",
            grade="A",
            mass="schwer",
            price="-3",
        )
    )
    told = summary(page)
    assert ("kein Gewicht" in told, "unter null" in told) == (True, True)
