"""Put aside until the close of the next opening day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.apps.goods import things
from tests.world import Town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import Item, ItemState, Reservation
from wesprint.apps.goods.services.contacts import Contact
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.context import job_ctx
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.platform.base.clock import now, use_clock
from wesprint.platform.people.models import Person

MIA = Contact("Mia Muster", "02931 1234")
WEDNESDAY_SIX = datetime(2026, 11, 25, 17, tzinfo=UTC)  # 18:00 in Berlin


def reserve(town: Town, item: Item, contact: Contact = MIA) -> Reservation:
    return services.reserve(town.ctx(), item=item, contact=contact)


def chair(town: Town) -> Item:
    return services.take_in(
        town.ctx(), centre=town.centre, category="chair", grade="A", route="sell", price_cents=900
    )


def test_until_the_close_of_the_next_opening_day(town: Town, sideboard: Item) -> None:
    made = reserve(town, sideboard)
    sideboard.refresh_from_db()
    assert (made.until, sideboard.state) == (WEDNESDAY_SIX, ItemState.RESERVED)
    assert made.person is not None
    assert (made.person.name, made.person.phone) == ("Mia Muster", "029311234")


def test_who_comes_second_is_told(town: Town, sideboard: Item) -> None:
    reserve(town, sideboard)
    with pytest.raises(Conflict) as caught:
        reserve(town, sideboard, Contact("Paul Platz", "0170 123456"))
    assert caught.value.code == "item-reserved"


def test_three_at_a_time_and_the_house_may_change_that(town: Town) -> None:
    for _number in range(3):
        reserve(town, chair(town))
    with pytest.raises(Refused) as caught:
        reserve(town, chair(town))
    assert caught.value.code == "reservation-limit"
    services.set_house_rule(
        town.ctx("board"), centre=town.centre, name="reservations-per-person", value=4
    )
    assert reserve(town, chair(town)).state == "active"


def test_a_name_alone_reaches_nobody(town: Town, sideboard: Item) -> None:
    for contact in (Contact("Mia Muster"), Contact()):
        with pytest.raises(Invalid):
            reserve(town, sideboard, contact)
    sideboard.refresh_from_db()
    assert sideboard.state == ItemState.FOR_SALE


def test_given_back_it_is_free_again(town: Town, sideboard: Item) -> None:
    made = reserve(town, sideboard)
    services.cancel_reservation(town.ctx(), reservation=made)
    services.cancel_reservation(town.ctx(), reservation=made)
    sideboard.refresh_from_db()
    assert sideboard.state == ItemState.FOR_SALE
    assert reserve(town, sideboard, Contact("Paul", "0170 123456")).state == "active"


def test_what_has_run_out_stands_in_nobodys_way(
    town: Town, sideboard: Item, clock: FixedClock
) -> None:
    first = reserve(town, sideboard)
    with use_clock(FixedClock(first.until + timedelta(minutes=1))):
        second = reserve(town, sideboard, Contact("Paul", "0170 123456"))
    first.refresh_from_db()
    assert (first.state, second.state) == ("expired", "active")


def test_the_job_ends_what_has_run_out_and_nothing_else(
    town: Town, sideboard: Item, clock: FixedClock
) -> None:
    old = reserve(town, sideboard)
    after = old.until + timedelta(minutes=1)
    with use_clock(FixedClock(after)):
        fresh = reserve(town, chair(town), Contact("Paul", "0170 123456"))
        ctx = job_ctx("goods.release_expired", scope="installation", key="1", occurred_at=now())
        assert services.release_expired(ctx) == 1
    sideboard.refresh_from_db()
    states = dict(Reservation.objects.values_list("pk", "state"))
    assert states == {old.pk: "expired", fresh.pk: "active"}
    assert sideboard.state == ItemState.FOR_SALE


def test_the_price_stands_while_it_is_reserved(town: Town, sideboard: Item) -> None:
    reserve(town, sideboard)
    with pytest.raises(Refused) as caught:
        services.set_price(town.ctx("cashier"), item=sideboard, price_cents=9900)
    assert caught.value.code == "reserved"


@pytest.mark.parametrize("phone", ["abc", "12", "+", "0-0"])
def test_a_telephone_that_nobody_can_call_is_no_contact(
    town: Town, sideboard: Item, phone: str
) -> None:
    with pytest.raises(Invalid) as caught:
        services.reserve(town.ctx(), item=sideboard, contact=Contact("Mia", phone))
    assert (caught.value.field, Person.objects.filter(name="Mia").count()) == ("phone", 0)


def test_the_limit_counts_everybody_at_the_same_telephone(town: Town) -> None:
    items = [things.sideboard(town) for _ in range(4)]
    for number, item in enumerate(items[:3]):
        services.reserve(town.ctx(), item=item, contact=Contact(f"Mia {number}", "02931 12345"))
    with pytest.raises(Refused) as caught:
        services.reserve(town.ctx(), item=items[3], contact=Contact("Mia 3", "0 29 31-12345"))
    assert (caught.value.code, Person.objects.filter(name__startswith="Mia").count()) == (
        "reservation-limit",
        3,
    )
