"""Strangers are paused, each connection for itself; whoever works in a house is not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from tests.apps.account.test_pages import signed_in
from tests.apps.goods.things import MIA, sideboard
from tests.world import Town, make_town

from wesprint.apps.goods import links, services
from wesprint.apps.goods.models import Offer, OfferMessage, Reservation
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import TooOften
from wesprint.platform.people.viewer import ANONYMOUS
from wesprint.web.addresses import client_ip, household
from wesprint.web.throttle import throttle

OFFER = "/z/kaufhaus/abgeben/angebot/"


@pytest.fixture
def town(db: None, clock: FixedClock) -> Town:
    return make_town()


def send(client: Client, path: str, address: str = "192.0.2.1", **data: Any) -> int:
    given = {"command_key": str(uuid4()), **data}
    return client.post(path, given, REMOTE_ADDR=address).status_code


def offer(client: Client, address: str = "192.0.2.1") -> int:
    return send(client, OFFER, address, what="Sideboard", size="M", way="bring", meant="another")


@pytest.fixture(autouse=True)
def low_limits(settings: Any) -> None:
    settings.PER_HOUR, settings.ATTEMPTS = {"offer": 4, "reserve": 4, "answer": 6}, 5


def test_after_so_many_offers_of_an_hour_the_next_one_waits(
    town: Town, client: Client, clock: FixedClock
) -> None:
    assert [offer(client) for _each in range(5)] == [302] * 4 + [429]
    assert Offer.objects.count() == 4
    assert offer(client, "192.0.2.2") == 302
    clock.advance(timedelta(hours=1))
    assert offer(client) == 302


def test_the_page_says_what_happened_and_what_next(town: Town, client: Client) -> None:
    for _each in range(4):
        offer(client)
    paused = client.post(OFFER, {"what": "Stuhl"}, REMOTE_ADDR="192.0.2.1")
    words = paused.content.decode()
    assert paused.status_code == 429
    assert "Von Ihrem Anschluss kam in einer Stunde so viel" in words
    assert "Ihre Eingaben stehen noch im Browser" in words


def test_the_telephone_in_the_house_may_ring_all_day(town: Town) -> None:
    staff = signed_in(town, "staff")
    assert [offer(staff) for _each in range(13)] == [302] * 13


def test_an_account_without_a_role_is_counted_like_everybody(town: Town) -> None:
    visitor = signed_in(town, "visitor")
    assert [offer(visitor) for _each in range(5)][-1] == 429


def test_forms_that_come_back_lock_nobody_out_of_a_shared_address(
    town: Town, client: Client
) -> None:
    path = f"/z/kaufhaus/warenhaus/{sideboard(town).public_id}/"
    assert [send(client, path, name="") for _each in range(10)] == [422] * 10
    assert send(client, path, name="Mia", phone="02931 1234") == 302
    assert Reservation.objects.count() == 1


def test_a_script_that_only_tries_is_stopped_later(town: Town, client: Client) -> None:
    path = f"/z/kaufhaus/warenhaus/{sideboard(town).public_id}/"
    assert [send(client, path, name="") for _each in range(21)] == [422] * 20 + [429]
    assert send(client, path, "192.0.2.9", name="Mia", phone="02931 1234") == 302


def test_answers_by_the_secret_link_are_counted_together(town: Town, client: Client) -> None:
    made = services.offer_goods(town.ctx(), centre=town.centre, lines=("Stuhl",), contact=MIA)
    services.ask_back(town.ctx(), offer=made, text="Wie hoch?")
    path = links.offer_path(made)
    assert [send(client, f"{path}antwort/", text="") for _each in range(30)] == [422] * 30
    assert send(client, f"{path}antwort/", text="80 cm") == 429
    assert send(client, f"{path}zurueckziehen/") == 429
    assert OfferMessage.objects.count() == 1


def test_too_many_photos_are_refused_before_one_is_looked_at(town: Town, client: Client) -> None:
    """None of them is a photo: whoever looked would say so."""
    files = [SimpleUploadedFile(f"{n}.jpg", b"no photo", "image/jpeg") for n in range(9)]
    given = {"what": "Sideboard", "size": "M", "way": "bring", "photos": files}
    answer = client.post(OFFER, given)
    assert answer.status_code == 422
    assert "Bitte höchstens 8 Fotos." in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "shared"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_a_connection_counts_once_however_many_addresses_it_has(address: str, shared: str) -> None:
    assert household(address) == shared


@pytest.mark.parametrize(("https", "expected"), [(True, "192.0.2.7"), (False, "10.0.0.1")])
def test_only_the_proxys_own_word_counts(settings: Any, https: bool, expected: str) -> None:
    settings.HTTPS = https
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 192.0.2.7"
    )
    assert client_ip(request) == expected


def test_the_limit_holds_for_each_matter_alone(settings: Any, clock: FixedClock) -> None:
    settings.PER_HOUR, settings.ATTEMPTS = {"offer": 1, "reserve": 1}, 1
    request = RequestFactory().post("/")
    request.viewer = ANONYMOUS  # type: ignore[attr-defined]  # as viewer_of keeps it
    throttle(request, "offer")
    throttle(request, "reserve")
    with pytest.raises(TooOften) as paused:
        throttle(request, "offer")
    assert (paused.value.status, paused.value.exit_code) == (429, 6)
