"""Back, corrected, sent again: nobody makes two offers by mistake, and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from tests.apps.goods.test_views import HOUSE, jpeg, text
from tests.world import Town

from wesprint.apps.goods import links
from wesprint.apps.goods.models import Offer, OfferState
from wesprint.kernel.clock import FixedClock

PAGE = f"{HOUSE}abgeben/angebot/"


def send(client: Client, key: str = "", **data: Any) -> Any:
    given = {"what": "Sideboard", "size": "L", "way": "bring", "note": "Eiche", **data}
    return client.post(PAGE, {"command_key": key or str(uuid4()), **given})


def states() -> dict[int, str]:
    return dict(Offer.objects.values_list("number", "state"))


def test_the_same_form_with_other_words_comes_back_with_all_of_them(town: Town) -> None:
    client, key = Client(), str(uuid4())
    send(client, key)
    answer = send(client, key, what="Sideboard, Buche", note="zwei Türen", photos=[jpeg()])
    page = text(answer)
    offer = Offer.objects.get()
    assert answer.status_code == 422
    for words in (
        "Dieses Formular wurde schon mit anderen Angaben gesendet.",
        f'href="{links.offer_path(offer)}"',
        f"Anstelle von Nr. {offer.number} senden",
        "Als zweites Angebot senden",
        "Sideboard, Buche",
        "zwei Türen",
        "1 Foto ist schon da.",
    ):
        assert words in page, words
    fresh = re.findall(r'name="command_key" value="([^"]+)"', page)
    assert key not in fresh


def test_in_its_place_leaves_one_offer_with_its_photo(town: Town) -> None:
    client, key = Client(), str(uuid4())
    send(client, key)
    page = text(send(client, key, note="zwei Türen", photos=[jpeg()]))
    token = re.findall(r'name="kept_photos" value="([^"]+)"', page)[0]
    made = send(client, meant="instead", note="zwei Türen", kept_photos=token)
    assert (made.status_code, states()) == (302, {1: OfferState.WITHDRAWN, 2: OfferState.OFFERED})
    offer = Offer.objects.get(number=2)
    assert (offer.note, offer.photos.count()) == ("zwei Türen", 1)


def test_after_going_back_the_page_says_what_was_sent(town: Town) -> None:
    client = Client()
    assert "ist beim Haus" not in text(client.get(PAGE))
    send(client)
    page = text(client.get(PAGE))
    assert "Ihr Angebot Nr. 1 von 10:00" in page
    assert f'href="{links.offer_path(Offer.objects.get())}"' in page
    assert "Angebot Nr. 1" not in text(Client().get(PAGE))  # nobody else learns of it


def test_a_page_from_the_browsers_memory_asks_which_is_meant(town: Town) -> None:
    client = Client()
    send(client)
    asked = send(client, note="zwei Türen")
    assert (asked.status_code, states()) == (422, {1: OfferState.OFFERED})
    assert "Sie haben das Angebot Nr. 1 schon gesendet." in text(asked)
    assert send(client, note="zwei Türen", meant="another").status_code == 302
    assert states() == {1: OfferState.OFFERED, 2: OfferState.OFFERED}


def test_a_double_click_is_still_one_offer(town: Town) -> None:
    client, key = Client(), str(uuid4())
    answers = [send(client, key) for _ in range(3)]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    key = str(uuid4())
    for _ in range(2):
        assert send(client, key, note="neu", meant="instead").status_code == 302
    assert states() == {1: OfferState.WITHDRAWN, 2: OfferState.OFFERED}


def test_later_or_when_it_is_withdrawn_nobody_asks(town: Town, clock: FixedClock) -> None:
    client = Client()
    send(client)
    clock.advance(timedelta(hours=2))
    assert send(client).status_code == 302
    offer = Offer.objects.get(number=2)
    client.post(f"{links.offer_path(offer)}zurueckziehen/", {"command_key": str(uuid4())})
    assert send(client).status_code == 302
    assert len(states()) == 3
