"""Erasing a person leaves none of their words in this room, nor words said to them."""

from __future__ import annotations

from typing import Any

from django.db import models
from tests.apps.goods.things import MIA, photo
from tests.world import Town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import (
    HandOver,
    Item,
    Offer,
    OfferLine,
    OfferMessage,
    OfferPhoto,
    Reservation,
)
from wesprint.platform.files.services import prepare
from wesprint.platform.people.models import Person
from wesprint.platform.people.services import erase_person

WORDS = (models.CharField, models.TextField)


def told(town: Town) -> Offer:
    """An offer in which both sides said a lot."""
    offer = services.offer_goods(
        town.ctx(),
        centre=town.centre,
        lines=("Sideboard von Oma Probe", "Dingsbums von Probe"),
        way="fetch",
        contact=MIA,
        fetch_address="Probeweg 1, Arnsberg",
        note="Bitte bei Probe klingeln",
        photos=(prepare(photo()),),
    )
    services.ask_back(town.ctx(), offer=offer, text="Liebe Frau Probe, wie breit ist es?")
    services.answer(town.ctx(), offer=offer, text="120 cm, Ihre Probe")
    return services.accept_offer(town.ctx(), offer=offer, text="Liebe Frau Probe, gern.")


def stored_words(row: Any) -> str:
    fields = [field for field in row._meta.fields if isinstance(field, WORDS)]
    return " ".join(str(getattr(row, field.name)) for field in fields)


def test_no_word_of_a_giver_or_to_a_giver_stays(town: Town) -> None:
    offer = told(town)
    assert offer.giver is not None
    erase_person(town.ctx("board"), person=offer.giver)
    offer.refresh_from_db()
    lines = [(line.what, line.category and line.category.slug) for line in offer.lines.all()]
    assert lines == [("–", "chest-of-drawers"), ("–", None)]
    assert (offer.answer, offer.note, offer.fetch_address, offer.giver_id) == ("", "", "", None)
    assert (offer.state, offer.number, offer.size) == ("accepted", 1, "M")
    assert (OfferMessage.objects.count(), OfferPhoto.objects.count()) == (0, 0)


def test_nothing_in_the_house_names_an_erased_person(town: Town, sideboard: Item) -> None:
    """Whatever field is added one day: no text of this room or of `people` may hold a name."""
    offer = told(town)
    assert offer.giver is not None
    kept = services.reserve(town.ctx(), item=sideboard, person=offer.giver)
    services.cancel_reservation(town.ctx(), reservation=kept)
    services.hand_over(
        town.ctx("cashier"),
        item=sideboard,
        price_cents=5500,
        consideration="cash",
        person=offer.giver,
    )
    erase_person(town.ctx("board"), person=offer.giver)
    rows = [
        row
        for model in (Offer, OfferLine, OfferMessage, Reservation, HandOver, Item, Person)
        for row in model.objects.all()
    ]
    found = [str(row) for row in rows if "Probe" in stored_words(row) or "Mia" in stored_words(row)]
    assert found == []
    assert list(Reservation.objects.values_list("person", flat=True)) == [None]
    assert list(HandOver.objects.values_list("person", flat=True)) == [None]
