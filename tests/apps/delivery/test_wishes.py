"""What recipients ask for behind their link, what shops do behind theirs, and what things cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from tests.apps.delivery import things
from tests.world import Town

from wesprint.apps.delivery import links, services
from wesprint.apps.delivery.models import Bike, Parcel, Sender, Shipment, Stop, Tour
from wesprint.apps.delivery.presenters import labels
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Conflict, Invalid
from wesprint.platform.jobs.worker import work_off
from wesprint.web.links import secret_for

DOOR = "Birkenstraße 4"


@pytest.fixture
def parcel(town: Town, bike: Bike, shop: Sender) -> Shipment:
    made = things.shipment(town, shop, DOOR, parcels=things.parcels("P1"))
    services.scan_in(town.ctx("dispatcher"), centre=town.centre, code="P1")
    return made


def planned(town: Town) -> None:
    services.plan_day(town.ctx("dispatcher"), things.board(town), things.QUICK)


def wished(parcel: Shipment, **fields: str) -> tuple[int, Shipment]:
    """By the recipient, without an account."""
    verb = "tag" if "day" in fields else "wunsch"
    path = f"{links.tracking_path(parcel)}{verb}/"
    status = Client().post(path, {"command_key": str(fields), **fields}).status_code
    return status, Shipment.objects.select_related("stop__tour", "stop__board").get(pk=parcel.pk)


@pytest.mark.parametrize("wish", ["neighbour", "safe-place"])
def test_a_neighbour_or_a_place_is_told_to_the_rider(
    town: Town, parcel: Shipment, wish: str
) -> None:
    planned(town)
    status, found = wished(parcel, wish=wish, note="Frau Nowak, links")
    assert (status, found.wish, found.wish_note) == (302, wish, "Frau Nowak, links")
    assert found.stop.tour == Tour.objects.get()
    status, found = wished(parcel, wish=wish, note="")
    assert (status, found.wish_note) == (422, "Frau Nowak, links")


def test_what_is_fetched_at_the_centre_is_in_no_tour_until_it_is_to_be_brought(
    town: Town, parcel: Shipment
) -> None:
    planned(town)
    status, found = wished(parcel, wish="centre")
    assert (status, found.stop.tour, found.stop.why) == (302, None, "fetched")
    planned(town)
    assert Stop.objects.filter(tour__isnull=False).count() == 0
    assert wished(parcel, wish="centre")[1].stop == found.stop
    status, found = wished(parcel, wish="neighbour", note="Nowak")
    assert (status, found.stop.why, Stop.objects.count()) == (302, "", 1)
    planned(town)
    assert Stop.objects.get().tour == Tour.objects.order_by("pk").last()


def test_another_parcel_for_the_same_door_is_brought_all_the_same(
    town: Town, parcel: Shipment, shop: Sender
) -> None:
    wished(parcel, wish="centre")
    second = things.shipment(town, shop, DOOR, parcels=things.parcels("P2"))
    planned(town)
    assert Stop.objects.get(shipments=second).tour is not None
    assert Stop.objects.get(shipments=parcel).tour is None


def test_handed_out_at_the_centre_it_is_over(town: Town, parcel: Shipment) -> None:
    wished(parcel, wish="centre")
    services.hand_out(town.ctx("dispatcher"), parcel=Parcel.objects.get())
    found = Shipment.objects.get()
    assert (found.closed_at, Parcel.objects.get().state) == (things.moment(8), "delivered")
    status, _same = wished(parcel, wish="neighbour", note="Nowak")
    assert status == 422


def test_another_day_is_another_board(town: Town, parcel: Shipment) -> None:
    planned(town)
    version, touched = Tour.objects.get().version, things.board(town).touched
    day = things.DAY + timedelta(days=2)
    status, found = wished(parcel, day=day.isoformat())
    assert (status, found.day, found.stop.board.day) == (302, day, day)
    assert (found.stop.tour, Stop.objects.count()) == (None, 1)
    assert (Tour.objects.get().version, things.board(town).touched) == (version + 1, touched + 1)
    assert wished(parcel, day=things.DAY.isoformat())[0] == 422


def test_on_the_bike_it_is_too_late_for_another_day(town: Town, parcel: Shipment) -> None:
    planned(town)
    services.scan_out(town.ctx("rider"), tour=Tour.objects.get(), code="P1")
    day = (things.DAY + timedelta(days=2)).isoformat()
    for fields in ({"wish": "centre"}, {"day": day}):
        status, found = wished(parcel, **fields)
        assert (status, found.wish, found.day) == (422, "", things.DAY)


def test_what_is_called_off_is_planned_no_more(town: Town, bike: Bike, shop: Sender) -> None:
    made = things.shipment(town, shop, DOOR)
    planned(town)
    services.cancel(town.ctx("dispatcher"), shipment=made)
    again = services.cancel(town.ctx("dispatcher"), shipment=made)
    assert again.closed_at == things.moment(8)
    planned(town)
    assert list(Stop.objects.values_list("tour", "why")) == [(None, "called-off")]


def test_the_letter_leads_to_the_parcel(town: Town, shop: Sender) -> None:
    to = services.Recipient("Ada Adler", email="ada@example.org")
    at = services.door(town.centre, DOOR)
    made = services.announce(town.ctx(), sender=shop, to=to, at=at, day=things.DAY)
    work_off()
    (letter,) = mail.outbox
    assert letter.to == ["ada@example.org"]
    assert letter.subject == "Ein Paket von Buchladen kommt zu Ihnen"
    assert links.tracking_url(made) in letter.body
    page = Client().get(links.tracking_path(made), HTTP_ACCEPT_LANGUAGE="de")
    assert "Ihr Paket von Buchladen" in page.content.decode()


# -- shops ----------------------------------------------------------------------------------------
def secret_of(shop: Sender) -> str:
    return f"/versand/{secret_for(shop.public_id, links.SENDER)}/"


def test_a_shop_announces_behind_its_link_and_sends_again(
    town: Town, shop: Sender, clock: FixedClock
) -> None:
    fields = {
        "name": "Ada Adler",
        "address": f"{DOOR}, Bindlach",
        "size": "M",
        "day": "2026-11-24",
        "count": "2",
    }
    for _twice in range(2):
        sent = {**fields, "command_key": "once"}
        assert Client().post(secret_of(shop), sent).status_code == 302
    made = Shipment.objects.get()
    assert (made.sender, made.match, made.parcels.count()) == (shop, "exact", 2)
    page = Client().get(f"{secret_of(shop)}?wieder={made.public_id}")
    form = page.context["form"]
    assert (form["name"].value(), form["address"].value()) == (
        "Ada Adler",
        "Birkenstraße 4, Bindlach",
    )
    assert Client().get("/versand/erfunden/").status_code == 404
    clock.at += timedelta(days=800)
    assert Client().get(secret_of(shop)).status_code == 404


def test_a_shop_cannot_send_again_what_another_sent(town: Town, shop: Sender) -> None:
    other = things.shop(town, "Blumen Rot")
    made = things.shipment(town, other, DOOR)
    page = Client().get(f"{secret_of(shop)}?wieder={made.public_id}")
    assert page.context["form"]["name"].value() is None


# -- prices ---------------------------------------------------------------------------------------
def test_a_contract_and_the_nearest_zone_come_first(town: Town, shop: Sender) -> None:
    def rule(cents: int, **values: object) -> None:
        usual = {"centre": town.centre, "size": "S", "since": things.DAY}
        services.set_price(town.ctx("board"), cents=cents, **(usual | values))  # type: ignore[arg-type]

    def price(sender: Sender, **values: object) -> int | None:
        return things.shipment(town, sender, DOOR, **values).price_cents

    other = things.shop(town, "Blumen Rot")
    assert price(shop) is None
    rule(500, window_cents=150)
    rule(300, within_m=8_000)
    rule(250, sender=shop)
    window = (things.moment(14), things.moment(16))
    assert (price(other), price(shop)) == (300, 250)
    assert price(other, parcels=things.parcels("A", "B")) == 600
    assert price(other, size="M") is None
    rule(200, within_m=1_000, window_cents=100)
    assert price(other, window=window) == 300
    rule(450, since=things.DAY + timedelta(days=1), window_cents=75, sender=other)
    assert price(other, window=window, day=things.DAY) == 300


def test_a_price_comes_with_the_address(town: Town, shop: Sender) -> None:
    services.set_price(town.ctx("board"), centre=town.centre, size="S", cents=320, since=things.DAY)
    lost = things.shipment(town, shop, "Nirgendwo 99", parcels=things.parcels("A", "B"))
    assert (lost.match, lost.price_cents) == ("", None)
    at = services.door(town.centre, DOOR)
    found = services.correct_address(town.ctx("dispatcher"), shipment=lost, at=at)
    assert (found.match, found.price_cents, found.stop.lat) == ("exact", 640, at.lat)


def test_a_wish_nobody_knows_is_refused(town: Town, parcel: Shipment) -> None:
    with pytest.raises(Invalid):
        services.wish(town.ctx(), shipment=parcel, wish="roof")
    services.hand_out(town.ctx("dispatcher"), parcel=Parcel.objects.get())
    with pytest.raises(Conflict, match="delivered already"):
        services.wish(town.ctx(), shipment=parcel, wish="neighbour", note="Nowak")


def test_the_day_stands_in_the_form_as_a_browser_reads_it(town: Town, shop: Sender) -> None:
    page = Client().get(secret_of(shop), HTTP_ACCEPT_LANGUAGE="de").content.decode()
    assert '<input type="date" name="day" value="2026-11-24"' in page


def test_a_day_ahead_is_named_with_its_window(town: Town, bike: Bike, shop: Sender) -> None:
    day = things.DAY + timedelta(days=1)
    made = things.shipment(town, shop, DOOR, day=day)
    services.plan_day(town.ctx("dispatcher"), things.board(town, day), things.QUICK)
    page = Client().get(links.tracking_path(made), HTTP_ACCEPT_LANGUAGE="de")
    title = page.context["status"]["title"]
    assert title.startswith("25. November 2026, ")
    assert title.endswith(" Uhr")


def test_labels_are_the_senders_own(town: Town, shop: Sender) -> None:
    made = things.shipment(town, shop, DOOR, parcels=things.parcels("A", "B", mass_g=12_000))
    answer = Client().get(f"{secret_of(shop)}{made.public_id}.pdf")
    assert (answer.headers["Content-Type"], answer.content[:4]) == ("application/pdf", b"%PDF")
    assert [
        (one.id, one.qr, one.title, one.facts, one.price)
        for one in labels.of(made.parcels.order_by("pk"))
    ] == [
        ("A", "A", DOOR, "Ada Adler", "over 10 kg"),
        ("B", "B", DOOR, "Ada Adler", "over 10 kg"),
    ]
    other = things.shop(town, "Blumen Rot")
    assert Client().get(f"{secret_of(other)}{made.public_id}.pdf").status_code == 404
