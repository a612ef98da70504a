"""A giver takes a time in the form of the offer, where the house allows it before its answer."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.apps.goods.test_appointments import WEDNESDAY, slot, text
from tests.apps.goods.things import MIA
from tests.world import Town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import Booking, Offer
from wesprint.apps.goods.services.appointments import Time
from wesprint.kernel.errors import Conflict, Refused

OFFER, HOUSEHOLD = "/z/kaufhaus/abgeben/angebot/", "/z/kaufhaus/abgeben/haushalt/"
FETCH = {"way": "fetch", "fetch_address": "Probeweg 1", "name": "Mia", "phone": "02931 1234"}


def send(client: Client, path: str, **data: Any) -> Any:
    what = {"what": "Sideboard", "size": "L"} if path == OFFER else {"what-0": "Sideboard"}
    return client.post(path, {"command_key": str(uuid4()), **what, **data})


def booked() -> list[tuple[str, str]]:
    rows = Booking.objects.order_by("pk").values_list("slot__way", "day")
    return [(way, day.isoformat()) for way, day in rows]


@pytest.mark.parametrize("path", [OFFER, HOUSEHOLD])
def test_the_time_is_taken_with_the_offer(town: Town, client: Client, path: str) -> None:
    early, fetch = slot(town, at_once=True), slot(town, "fetch", at_once=True)
    page = text(client.get(path))
    assert f'value="{early.public_id}/{WEDNESDAY}"' in page
    answer = send(
        client,
        path,
        **FETCH,
        time_bring=f"{early.public_id}/{WEDNESDAY}",  # of the other way: it does not count
        time_fetch=f"{fetch.public_id}/{WEDNESDAY}",
    )
    assert answer.status_code == 302
    assert booked() == [("fetch", "2026-11-25")]
    assert "Ihr Termin" in text(client.get(answer.headers["Location"]))


@pytest.mark.parametrize("path", [OFFER, HOUSEHOLD])
def test_without_such_times_nothing_is_asked(town: Town, client: Client, path: str) -> None:
    slot(town)  # waits for the answer
    assert "Wann kommen Sie?" not in text(client.get(path))
    assert send(client, path, **FETCH).status_code == 302
    assert booked() == []


def test_a_time_that_is_gone_keeps_what_was_typed(town: Town, client: Client) -> None:
    early = slot(town, at_once=True)
    key = f"{early.public_id}/{WEDNESDAY}"
    assert send(client, OFFER, way="bring", time_bring=key).status_code == 302
    page = text(send(client, OFFER, way="bring", time_bring=key, note="im Flur"))
    assert "Diese Zeit ist nicht mehr frei." in page
    assert "im Flur" in page
    assert (Offer.objects.count(), len(booked())) == (1, 1)


def test_the_offer_and_its_time_come_together_or_not_at_all(town: Town) -> None:
    full, late = slot(town, at_once=True), slot(town)
    for wanted, error in ((full, None), (full, Conflict), (late, Refused)):
        values: dict[str, Any] = {
            "centre": town.centre,
            "lines": ("Sideboard",),
            "contact": MIA,
            "time": Time(wanted, WEDNESDAY),
        }
        if error is None:
            services.offer_goods(town.ctx(), **values)
            continue
        with pytest.raises(error):
            services.offer_goods(town.ctx(), **values)
    assert (Offer.objects.count(), len(booked())) == (1, 1)
