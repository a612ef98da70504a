"""Suppliers, their goods, and putting some of them aside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.apps.market import things
from tests.apps.market.things import BAKER, BREAD, MIA, TOM
from tests.world import Town, make_town

from wesprint.apps.goods.public import Contact
from wesprint.apps.market import services
from wesprint.apps.market.models import Booking, Listing, Supplier
from wesprint.apps.market.selectors.window import window
from wesprint.apps.market.services.listings import TakenOver
from wesprint.apps.market.wares import Ware
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Conflict, DomainError, Invalid, Refused
from wesprint.platform.base.clock import use_clock
from wesprint.platform.ledger.models import EconomicEvent, Intent
from wesprint.platform.organisations.models import Organisation


def titles(town: Town, **asked: str) -> list[str]:
    return [card.listing.title for card in window(town.centre, **asked).cards]  # type: ignore[arg-type]


# -- suppliers -----------------------------------------------------------------------------
def test_nothing_is_seen_before_the_house_has_said_yes(town: Town) -> None:
    supplier = things.baker(town, approved=False)
    things.bread(town, supplier)
    assert (titles(town), titles(town, words="Brot")) == ([], [])
    services.approve_supplier(town.ctx(), supplier=supplier)
    supplier.refresh_from_db()
    assert (supplier.agreed_on, supplier.state) == (date(2026, 11, 24), "approved")
    assert (titles(town), titles(town, words="roggenbort")) == (["Roggenbrot"], ["Roggenbrot"])


def test_a_no_has_a_reason_and_is_said_once(town: Town) -> None:
    supplier = things.baker(town, approved=False)
    with pytest.raises(Invalid):
        services.decline_supplier(town.ctx(), supplier=supplier, text=" ")
    services.decline_supplier(town.ctx(), supplier=supplier, text="Zu weit weg.")
    with pytest.raises(Conflict):
        services.decline_supplier(town.ctx(), supplier=supplier, text="Zu weit weg.")
    with pytest.raises(Refused):
        things.bread(town, supplier)
    assert services.approve_supplier(town.ctx(), supplier=supplier).state == "approved"


def test_when_the_agreement_ends_its_goods_are_seen_no_more(
    town: Town, baker: Supplier, bread: Listing
) -> None:
    booking = services.book(town.ctx(), listing=bread, contact=MIA)
    services.end_supplier(town.ctx(), supplier=baker)
    booking.refresh_from_db()
    assert (titles(town), titles(town, words="brot"), booking.state) == ([], [], "active")


@pytest.mark.parametrize("field", ["name", "street", "postcode", "town", "email"])
def test_a_supplier_can_be_named_on_every_offer(town: Town, field: str) -> None:
    firm = replace(BAKER, **{field: " "})
    with pytest.raises(Invalid) as caught:
        services.apply_as_supplier(town.ctx(), centre=town.centre, firm=firm)
    assert (caught.value.field, Supplier.objects.count()) == (field, 0)


def test_a_tenant_of_the_installation_keeps_its_one_agent(town: Town) -> None:
    other = make_town("laden").organisation
    made = services.apply_as_supplier(
        town.ctx(), centre=town.centre, firm=BAKER, organisation=other, contact=MIA
    )
    assert made.agent == Organisation.objects.get(pk=other.pk).agent
    assert made.contact is not None
    assert made.contact.name == "Mia Muster"


# -- goods ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"price_cents": 0}, "price"),
        ({"price_cents": -5}, "price"),
        ({"price_cents": 100_000_000}, "price"),
        ({"stock": -1}, "stock"),
        ({"kind": "weapons"}, "kind"),
        ({"made_within_km": 20_000}, "made_within_km"),
        ({"maker_name": "Müller"}, "maker_name"),
        ({"maker_name": "M", "maker_address": "Weg 1", "maker_email": "nix"}, "maker_email"),
    ],
)
def test_what_cannot_be_shown(
    town: Town, baker: Supplier, values: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        things.bread(town, baker, **values)
    assert (caught.value.field, Listing.objects.count()) == (field, 0)


def test_paused_and_taken_down(town: Town, bread: Listing) -> None:
    services.set_listing_state(town.ctx(), listing=bread, state="paused")
    assert titles(town) == []
    services.set_listing_state(town.ctx(), listing=bread, state="shown")
    assert titles(town) == ["Roggenbrot"]
    services.hide_listing(town.ctx(), listing=bread)
    with pytest.raises(Conflict):
        services.set_listing_state(town.ctx(), listing=bread, state="shown")
    services.hide_listing(town.ctx(), listing=bread, hidden=False)
    assert titles(town) == ["Roggenbrot"]


def test_a_table_renews_what_it_knows_and_a_feed_ends_what_it_leaves_out(
    town: Town, baker: Supplier
) -> None:
    def take(*wares: Ware, complete: bool = True) -> TakenOver:
        return services.take_over(
            town.ctx(), supplier=baker, wares=wares, source="feed", complete=complete
        )

    rye, bun = replace(BREAD, ref="R1"), replace(BREAD, ref="R2", title="Brötchen")
    assert take(rye, bun) == TakenOver(2, 0, 0)
    services.book(town.ctx(), listing=Listing.objects.get(ref="R1"), contact=MIA, count=2)
    assert take(replace(rye, price_cents=550), complete=False) == TakenOver(0, 1, 0)
    assert take(replace(rye, price_cents=550)) == TakenOver(0, 1, 1)
    rows = Listing.objects.order_by("ref").values_list("ref", "price_cents", "stock", "state")
    assert list(rows) == [("R1", 550, 4, "shown"), ("R2", 520, 6, "gone")]
    assert titles(town, words="Brötchen") == []
    assert take(rye, bun) == TakenOver(0, 2, 0)
    assert sorted(titles(town)) == ["Brötchen", "Roggenbrot"]
    assert take(replace(rye, stock=0), bun) == TakenOver(0, 2, 0)
    assert titles(town) == ["Brötchen"]


def test_what_the_house_took_down_stays_down(town: Town, baker: Supplier) -> None:
    ware = replace(BREAD, ref="R1")
    take = {"supplier": baker, "wares": (ware,), "source": "table"}
    services.take_over(town.ctx(), **take)
    services.hide_listing(town.ctx(), listing=Listing.objects.get())
    services.take_over(town.ctx(), **take)
    assert (titles(town), Listing.objects.get().state) == ([], "hidden")


# -- bookings ------------------------------------------------------------------------------
def test_reserved_it_is_one_less_and_given_back_it_is_there_again(
    town: Town, bread: Listing
) -> None:
    made = services.book(town.ctx(), listing=bread, contact=MIA, count=6)
    bread.refresh_from_db()
    assert (bread.stock, bread.shown_since, titles(town)) == (0, None, [])
    assert made.until.isoformat() == "2026-11-25T18:00:00+01:00"
    services.cancel_booking(town.ctx(), booking=made)
    services.cancel_booking(town.ctx(), booking=made)
    bread.refresh_from_db()
    assert (bread.stock, titles(town)) == (6, ["Roggenbrot"])


@pytest.mark.parametrize("count", [0, 21])
def test_an_absurd_number_is_refused(town: Town, bread: Listing, count: int) -> None:
    with pytest.raises(Invalid):
        services.book(town.ctx(), listing=bread, contact=MIA, count=count)


def test_who_comes_second_is_told(town: Town, bread: Listing) -> None:
    services.book(town.ctx(), listing=bread, contact=MIA, count=5)
    with pytest.raises(Conflict) as caught:
        services.book(town.ctx(), listing=bread, contact=TOM, count=2)
    assert (caught.value.code, Booking.objects.count()) == ("sold-out", 1)


def test_without_a_contact_nobody_is_kept_anything(town: Town, bread: Listing) -> None:
    for contact in (Contact(), Contact("Mia")):
        with pytest.raises(DomainError):
            services.book(town.ctx(), listing=bread, contact=contact)
    assert Booking.objects.count() == 0


def test_collected_the_supplier_has_sold_and_not_the_house(town: Town, bread: Listing) -> None:
    made = services.book(town.ctx(), listing=bread, contact=MIA, count=2)
    services.collect_booking(town.ctx(), booking=made)
    services.collect_booking(town.ctx(), booking=made)
    rows = EconomicEvent.objects.order_by("pk")
    assert [(row.flow, row.resource_quantity, row.resource_unit) for row in rows] == [
        ("window-sold", 2, "piece"),
        ("window-paid", 1040, "ct"),
    ]
    assert rows[0].provider == rows[1].receiver == bread.supplier.agent
    with pytest.raises(Conflict):
        services.cancel_booking(town.ctx(), booking=made)


def test_delivered_it_is_a_wish_for_whoever_delivers(town: Town, bread: Listing) -> None:
    with pytest.raises(Invalid) as caught:
        services.book(town.ctx(), listing=bread, contact=MIA, way="deliver")
    assert caught.value.field == "deliver_to"
    made = services.book(
        town.ctx(), listing=bread, contact=MIA, way="deliver", deliver_to="Markt 2, Arnsberg"
    )
    intent = Intent.objects.get()
    assert (made.intent, intent.action, intent.quantity, intent.unit, intent.due) == (
        intent, "dropoff", 1, "piece", made.until,
    )  # fmt: skip
    services.cancel_booking(town.ctx(), booking=made)
    intent.refresh_from_db()
    assert intent.state == "withdrawn"


def test_what_has_run_out_is_free_again_and_deliveries_wait(town: Town, bread: Listing) -> None:
    old = services.book(town.ctx(), listing=bread, contact=MIA)
    sent = services.book(
        town.ctx(), listing=bread, contact=MIA, way="deliver", deliver_to="Markt 2"
    )
    with use_clock(FixedClock(sent.until + timedelta(days=1))):
        assert services.release_expired(town.ctx()) == 1
    states = dict(Booking.objects.values_list("pk", "state"))
    bread.refresh_from_db()
    assert (states, bread.stock) == ({old.pk: "expired", sent.pk: "active"}, 5)


def test_the_window_asks_as_often_for_many_as_for_one(
    town: Town, bread: Listing, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (0, 3):
        for _more in range(number):
            things.bread(town, bread.supplier)
        with django_assert_num_queries(2):
            found = window(town.centre)
            assert {card.listing.supplier.name for card in found.cards} == {"Backstube Korn"}
