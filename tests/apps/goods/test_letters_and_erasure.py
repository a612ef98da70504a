"""What goes out by mail, and what is left when somebody wants to be forgotten."""

from __future__ import annotations

from tests.apps.goods import things
from tests.world import Town

from wesprint.apps.goods import links, services
from wesprint.apps.goods.letters import HANDLERS
from wesprint.apps.goods.models import HandOver, Intake, Item, Offer, Reservation
from wesprint.apps.goods.personal import PERSONAL
from wesprint.apps.goods.services.contacts import Contact
from wesprint.platform.files.models import StoredFile
from wesprint.platform.files.services import prepare
from wesprint.platform.ledger.models import EconomicEvent
from wesprint.platform.notices.models import Letter
from wesprint.platform.outbox.models import OutboxEvent
from wesprint.platform.people.services import erase_person

MIA = Contact("Mia Muster", "02931 1234", "mia@example.org")


def deliver() -> None:
    """What the worker does, twice: an event may come again."""
    for event in OutboxEvent.objects.order_by("pk"):
        if event.name in HANDLERS:
            HANDLERS[event.name](event)
            HANDLERS[event.name](event)


def test_the_giver_hears_of_each_step_once(town: Town) -> None:
    offer = services.offer_goods(
        town.ctx(), centre=town.centre, lines=("Sideboard", "Stuhl"), contact=MIA
    )
    services.ask_back(town.ctx(), offer=offer, text="Wie breit?")
    services.answer(town.ctx(), offer=offer, text="1,20 m")
    services.accept_offer(town.ctx(), offer=offer, text="Sehr gern.")
    deliver()
    sent = Letter.objects.order_by("pk")
    assert [letter.subject for letter in sent] == [
        "Ihr Angebot Nr. 1 an Kaufhaus",
        "Eine Frage zu Ihrem Angebot Nr. 1",
        "Ja, gerne: Ihr Angebot Nr. 1",
    ]
    assert {letter.to for letter in sent} == {"mia@example.org"}
    assert links.offer_path(offer) in sent[0].body
    assert "Sideboard" not in sent[0].body  # the address is not proven yet: no words of anybody
    assert "Sideboard, Stuhl" in sent[2].body
    assert "Sehr gern." in sent[2].body


def test_a_reservation_is_confirmed_with_day_and_hour(town: Town, sideboard: Item) -> None:
    services.reserve(town.ctx(), item=sideboard, contact=MIA)
    deliver()
    letter = Letter.objects.get()
    assert letter.subject == "Für Sie reserviert: Sideboard aus Eiche"
    assert "bis Mittwoch, 25. November, 18:00 Uhr" in letter.body


def test_without_an_address_nothing_is_written(town: Town, sideboard: Item) -> None:
    services.reserve(town.ctx(), item=sideboard, contact=Contact("Mia", "02931 1234"))
    deliver()
    assert Letter.objects.count() == 0


def test_erased_people_leave_things_and_sums_but_no_words(town: Town) -> None:
    offer = services.offer_goods(
        town.ctx(),
        centre=town.centre,
        lines=("Sideboard",),
        contact=MIA,
        way="fetch",
        fetch_address="Am Markt 3",
        note="bei Muster klingeln",
        photos=(prepare(things.photo()),),
    )
    person = offer.giver
    assert person is not None
    item = things.sideboard(town, giver=person)
    kept = services.reserve(town.ctx(), item=item, person=person)
    services.hand_over(
        town.ctx("cashier"), item=item, price_cents=5500, consideration="cash", reservation=kept
    )
    before = list(EconomicEvent.objects.values_list("resource_quantity", flat=True))
    exported = {data.name: data.export(person) for data in PERSONAL}
    assert exported["goods.offers"][0]["fetch_address"] == "Am Markt 3"
    assert exported["goods.hand_overs"][0]["price_cents"] == 5500
    assert [len(rows) for rows in exported.values()] == [1, 1, 1, 0, 0, 1, 0]

    erase_person(town.ctx("board"), person=person)

    offer.refresh_from_db()
    assert (offer.giver, offer.fetch_address, offer.note) == (None, "", "")
    assert StoredFile.objects.filter(purpose="goods.offer").count() == 0
    for model, who in ((Offer, "giver"), (Intake, "giver"), (Reservation, "person")):
        assert not model._default_manager.filter(**{who: person}).exists()
    assert HandOver.objects.get().person is None
    assert list(EconomicEvent.objects.values_list("resource_quantity", flat=True)) == before
