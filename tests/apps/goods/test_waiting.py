"""Next in line for what is reserved; collecting several things; having them delivered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.apps.goods.things import sideboard
from tests.world import Town, add_person

from wesprint.apps.goods import links, services
from wesprint.apps.goods.letters import HANDLERS
from wesprint.apps.goods.models import (
    Collection,
    DeliveryWish,
    Item,
    ItemState,
    Reservation,
    Waiting,
)
from wesprint.apps.goods.selectors.collections import kept_in, to_call, to_collect
from wesprint.apps.goods.services.contacts import Contact
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.context import job_ctx
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.platform.base.clock import now, use_clock
from wesprint.platform.ledger.models import Intent
from wesprint.platform.notices.models import Letter
from wesprint.platform.outbox.models import OutboxEvent
from wesprint.platform.people.services import erase_person

MIA = Contact("Mia Muster", "02931 1234")
PAUL = Contact("Paul Platz", "0170 123456")
ANNA = Contact("Anna Acker", "", "anna@example.org")
SHELF = "/z/kaufhaus/warenhaus/"


def text(response: Any) -> str:
    return str(response.content.decode())


def post(client: Client, path: str, **data: str) -> Any:
    return client.post(path, {"command_key": str(uuid4()), **data})


def reserve(town: Town, item: Item, contact: Contact = MIA) -> Reservation:
    return services.reserve(town.ctx(), item=item, contact=contact)


def join(town: Town, item: Item, contact: Contact = PAUL) -> Waiting:
    return services.join_waiting_list(town.ctx(), item=item, contact=contact)


def job(name: str) -> Any:
    return job_ctx(name, scope="installation", key=str(uuid4()), occurred_at=now())


def test_who_waits_gets_it_when_it_is_given_back(town: Town, sideboard: Item) -> None:
    first = reserve(town, sideboard)
    second, third = join(town, sideboard), join(town, sideboard, ANNA)
    services.cancel_reservation(town.ctx(), reservation=first)
    second.refresh_from_db()
    third.refresh_from_db()
    sideboard.refresh_from_db()
    assert (second.state, third.state, sideboard.state) == ("served", "waiting", "reserved")
    kept = second.reservation
    assert kept is not None
    assert (kept.person, kept.until, kept.state) == (second.person, first.until, "active")
    services.cancel_reservation(town.ctx(), reservation=kept)
    services.cancel_reservation(town.ctx(), reservation=_kept(third))
    sideboard.refresh_from_db()
    assert sideboard.state == ItemState.FOR_SALE


def _kept(waiting: Waiting) -> Reservation:
    waiting.refresh_from_db()
    assert waiting.reservation is not None
    return waiting.reservation


def test_the_turn_lasts_until_the_close_of_the_next_opening_day(
    town: Town, sideboard: Item
) -> None:
    first = reserve(town, sideboard)
    waiting = join(town, sideboard)
    with use_clock(FixedClock(first.until + timedelta(minutes=1))):
        assert services.release_expired(job("goods.release_expired")) == 1
    kept = _kept(waiting)
    assert kept.until - first.until == timedelta(days=1)  # Thursday 18:00


def test_nobody_overtakes_who_waits(town: Town, sideboard: Item) -> None:
    first = reserve(town, sideboard)
    join(town, sideboard)
    with (
        use_clock(FixedClock(first.until + timedelta(minutes=1))),
        pytest.raises(Conflict) as caught,
    ):
        reserve(town, sideboard, ANNA)
    assert caught.value.code == "item-reserved"


def test_once_is_enough_and_not_for_what_is_free_or_ones_own(town: Town, sideboard: Item) -> None:
    codes = []
    for contact in (PAUL, MIA, PAUL, PAUL):
        try:
            join(town, sideboard, contact)
            codes.append("joined")
        except Conflict as error:
            codes.append(error.code)
        if len(codes) == 1:
            reserve(town, sideboard)
    assert codes == ["item-free", "own-item", "joined", "waiting-already"]


def test_the_limit_holds_for_lists_and_for_turns(town: Town) -> None:
    items = [sideboard(town) for _number in range(4)]
    firsts = [
        services.reserve(
            town.ctx(), item=item, contact=Contact(f"N{number}", f"0170 {number}00000")
        )
        for number, item in enumerate(items)
    ]
    places = [join(town, item) for item in items[:3]]
    with pytest.raises(Refused) as caught:
        join(town, items[3])
    assert caught.value.code == "waiting-limit"
    others = [sideboard(town) for _number in range(3)]
    for item in others:
        reserve(town, item, PAUL)
    services.cancel_reservation(town.ctx(), reservation=firsts[0])
    places[0].refresh_from_db()
    items[0].refresh_from_db()
    assert (places[0].state, items[0].state) == ("waiting", "for-sale")  # keeps the place


def test_who_left_is_passed_over(town: Town, sideboard: Item) -> None:
    first = reserve(town, sideboard)
    gone, next_ = join(town, sideboard), join(town, sideboard, ANNA)
    services.leave_waiting_list(town.ctx(), waiting=gone)
    services.leave_waiting_list(town.ctx(), waiting=gone)
    services.cancel_reservation(town.ctx(), reservation=first)
    assert _kept(next_).state == "active"
    with pytest.raises(Conflict):
        services.leave_waiting_list(town.ctx(), waiting=next_)


def test_who_waits_for_something_sold_is_told(town: Town, sideboard: Item) -> None:
    kept = reserve(town, sideboard)
    waiting = join(town, sideboard, ANNA)
    services.hand_over(
        town.ctx("cashier"),
        item=sideboard,
        price_cents=5500,
        consideration="cash",
        reservation=kept,
    )
    assert services.close_waiting_lists(job("goods.close_waiting_lists")) == 1
    waiting.refresh_from_db()
    assert waiting.state == "gone"
    _post("goods.waiting_gone")
    assert Letter.objects.get(template="goods/waiting_gone").subject == ("Weg: Sideboard aus Eiche")


def _post(name: str) -> None:
    for event in OutboxEvent.objects.filter(name=name):
        HANDLERS[name](event)


def test_with_a_mailbox_a_letter_without_one_a_call(town: Town) -> None:
    one, two = sideboard(town), sideboard(town)
    kept = [reserve(town, item, Contact("Erste", "0170 999999")) for item in (one, two)]
    written, called = join(town, one, ANNA), join(town, two, PAUL)
    for reservation in kept:
        services.cancel_reservation(town.ctx(), reservation=reservation)
    _post("goods.waiting_served")
    letter = Letter.objects.get(template="goods/waiting_served")
    assert (letter.to, "Mittwoch, 25. November, 18:00 Uhr" in letter.body) == (
        "anna@example.org",
        True,
    )
    assert [row.pk for row in to_call(town.centre)] == [called.pk]
    services.note_call(town.ctx("cashier"), waiting=called)
    assert to_call(town.centre) == ()
    written.refresh_from_db()
    assert written.told_at is not None


# -- one visit, several things -------------------------------------------------------------
def test_one_browser_one_collection_and_no_second_form(town: Town, client: Client) -> None:
    first, second = sideboard(town), sideboard(town, title="Zweites Sideboard")
    made = post(client, f"{SHELF}{first.public_id}/", name="Mia Muster", phone="02931 1234")
    page = text(client.get(f"{SHELF}{second.public_id}/"))
    assert "Zusammen mit dem, was Sie schon reserviert haben." in page
    assert 'name="phone"' not in page
    assert "Mia" not in page
    again = post(client, f"{SHELF}{second.public_id}/")
    assert again.headers["Location"] == made.headers["Location"]
    page = text(client.get(made.headers["Location"]))
    assert page.count("Für Sie reserviert bis Mittwoch, 25. November, 18:00 Uhr.") == 2
    assert "110,00 €" in page
    assert Collection.objects.count() == 1


def test_a_contact_that_anybody_could_type_opens_nobodys_collection(
    town: Town, client: Client
) -> None:
    first, second = sideboard(town), sideboard(town)
    post(client, f"{SHELF}{first.public_id}/", name="Mia Muster", phone="02931 1234")
    other = post(Client(), f"{SHELF}{second.public_id}/", name="Mia Muster", phone="02931 1234")
    page = text(Client().get(other.headers["Location"]))
    assert page.count("Für Sie reserviert bis") == 1
    assert Collection.objects.count() == 2


def test_a_browser_forgets_but_the_link_stays(town: Town, client: Client) -> None:
    first, second = sideboard(town), sideboard(town)
    made = post(client, f"{SHELF}{first.public_id}/", name="Mia Muster", phone="02931 1234")
    address = made.headers["Location"]
    post(client, f"{address}vergessen/")
    assert 'name="phone"' in text(client.get(f"{SHELF}{second.public_id}/"))
    assert "Für Sie reserviert bis" in text(client.get(address))


def test_the_counter_sees_each_person_once(town: Town, client: Client) -> None:
    for item in (sideboard(town), sideboard(town)):
        reserve(town, item)
    reserve(town, sideboard(town), PAUL)
    rows = to_collect(town.centre, now())
    assert [(row.person.name if row.person else "", row.cents) for row in rows] == [
        ("Mia Muster", 11_000),
        ("Paul Platz", 5_500),
    ]
    cashier = add_person(town, "cashier")
    assert cashier.user is not None
    client.force_login(cashier.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = text(client.get("/z/kaufhaus/abholen/"))
    assert (page.count("Mia Muster"), page.count("Paul Platz")) == (1, 1)


def test_the_place_in_line_stands_behind_the_link(town: Town, sideboard: Item) -> None:
    reserve(town, sideboard)
    join(town, sideboard)
    second = join(town, sideboard, ANNA)
    assert second.collection is not None
    (place,) = kept_in(second.collection, now()).places
    assert place.position == 2


# -- have it delivered ---------------------------------------------------------------------
def test_a_wish_for_delivery_waits_in_the_ledger(town: Town, sideboard: Item) -> None:
    kept = reserve(town, sideboard)
    wish = services.wish_delivery(town.ctx(), reservation=kept, address="Probeweg 1")
    intent = Intent.objects.get()
    assert kept.person is not None
    assert (intent.action, intent.quantity, intent.unit, intent.state) == (
        "dropoff",
        31_500,
        "g",
        "open",
    )
    assert (intent.receiver, intent.resource_inventoried_as) == (
        kept.person.agent,
        sideboard.resource,
    )
    kept.refresh_from_db()
    assert intent.due == kept.until
    assert kept.until - now() > timedelta(days=6)
    again = services.wish_delivery(town.ctx(), reservation=kept, address="Probeweg 2")
    assert (again.pk, again.address, Intent.objects.count()) == (wish.pk, "Probeweg 2", 1)


def test_a_delivery_needs_a_telephone_and_a_running_reservation(
    town: Town, sideboard: Item
) -> None:
    kept = reserve(town, sideboard, ANNA)
    for address, phone in (("Probeweg 1", ""), ("", "02931 1234")):
        with pytest.raises(Invalid):
            services.wish_delivery(town.ctx(), reservation=kept, address=address, phone=phone)
    services.wish_delivery(town.ctx(), reservation=kept, address="Weg 1", phone="02931 1234")
    services.cancel_reservation(town.ctx(), reservation=kept)
    with pytest.raises(Conflict):
        services.wish_delivery(town.ctx(), reservation=kept, address="Weg 1")


@pytest.mark.parametrize("end", ["withdraw", "cancel", "expire", "hand over"])
def test_however_it_ends_the_wish_is_closed_and_the_address_gone(
    town: Town, sideboard: Item, end: str
) -> None:
    kept = reserve(town, sideboard)
    services.wish_delivery(town.ctx(), reservation=kept, address="Probeweg 1")
    if end == "withdraw":
        services.withdraw_delivery(town.ctx(), reservation=kept)
        services.withdraw_delivery(town.ctx(), reservation=kept)
    elif end == "cancel":
        services.cancel_reservation(town.ctx(), reservation=kept)
    elif end == "expire":
        with use_clock(FixedClock(now() + timedelta(days=9))):
            services.release_expired(job("goods.release_expired"))
    else:
        services.hand_over(
            town.ctx("cashier"),
            item=sideboard,
            price_cents=5500,
            consideration="cash",
            reservation=kept,
        )
        assert services.close_wishes(job("goods.close_wishes")) == 1
    wish = DeliveryWish.objects.get()
    assert (Intent.objects.get().state, wish.address, wish.closed_at is not None) == (
        "withdrawn",
        "",
        True,
    )


def test_by_the_page(town: Town, client: Client, sideboard: Item) -> None:
    made = post(client, f"{SHELF}{sideboard.public_id}/", name="Mia", phone="02931 1234")
    secret = links.secret_for(Reservation.objects.get().public_id, links.RESERVATION)
    assert post(client, f"/r/{secret}/liefern/", address="").status_code == 422
    answer = post(client, f"/r/{secret}/liefern/", address="Probeweg 1")
    assert answer.headers["Location"] == made.headers["Location"]
    page = text(client.get(made.headers["Location"]))
    assert "Wartet auf unsere Zustellung." in page
    post(client, f"/r/{secret}/abholen/")
    assert "Probeweg" not in text(client.get(made.headers["Location"]))


def test_who_is_erased_frees_what_was_kept(town: Town, sideboard: Item) -> None:
    kept = reserve(town, sideboard)
    services.wish_delivery(town.ctx(), reservation=kept, address="Probeweg 1")
    waiting = join(town, sideboard)
    assert kept.person is not None
    assert waiting.person is not None
    erase_person(town.ctx("board"), person=kept.person)
    waiting.refresh_from_db()
    assert (waiting.state, DeliveryWish.objects.get().address) == ("served", "")
    erase_person(town.ctx("board"), person=waiting.person)
    sideboard.refresh_from_db()
    waiting.refresh_from_db()
    assert (sideboard.state, waiting.person) == ("for-sale", None)
