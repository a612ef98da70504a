"""On the road: donations fetched, incidents, damage, an order while the bikes are out, and what
came from the shelf."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.apps.delivery import things
from tests.apps.delivery.test_senders import signed_in
from tests.apps.goods import things as goods
from tests.apps.goods.test_views import close
from tests.world import Town

from wesprint.apps.delivery import house, links, services
from wesprint.apps.delivery.models import Bike, Incident, Parcel, Sender, Shipment, Stop, Tour
from wesprint.apps.goods import services as goods_services
from wesprint.apps.goods.models import DeliveryWish
from wesprint.apps.goods.public import Contact, Intake, Reservation, reserve, wish_delivery
from wesprint.apps.goods.selectors.account import journeys
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Invalid
from wesprint.kernel.period import Period
from wesprint.platform.jobs.worker import work_off
from wesprint.platform.outbox.models import OutboxEvent
from wesprint.web.links import secret_for

DOOR = "Birkenstraße 4"
MONTH = Period(things.DAY.replace(day=1), things.DAY.replace(month=12, day=1))


def out(town: Town) -> Tour:
    """Planned, loaded and on the road at nine."""
    services.plan_day(town.ctx("dispatcher"), things.board(town), things.QUICK)
    tour = Tour.objects.select_related("board__centre", "rider").get()
    tour = services.take_tour(town.ctx("dispatcher"), tour=tour, rider=town.people["rider"])
    services.load_all(town.ctx("rider"), tour=tour)
    return services.depart(town.ctx("rider"), tour=tour)


def kind_of(answer: Any) -> str:
    """Of a file; closed, but not the test's database with it."""
    close(answer)
    return str(answer.headers["Content-Type"])


def loaded(town: Town, shop: Sender) -> Tour:
    things.shipment(town, shop, DOOR, parcels=things.parcels("P1"))
    services.scan_in(town.ctx("dispatcher"), centre=town.centre, code="P1")
    return out(town)


# -- donations ------------------------------------------------------------------------------------
def offered(town: Town) -> Any:
    offer = goods_services.offer_goods(
        town.ctx(),
        centre=town.centre,
        lines=("Bücherregal",),
        way="fetch",
        contact=Contact("Mia Muster", "0921 123456"),
        fetch_address=DOOR,
    )
    return goods_services.accept_offer(town.ctx(), offer=offer)


def test_what_is_fetched_waits_at_the_intake(town: Town, bike: Bike, shop: Sender) -> None:
    offer, desk, rider = offered(town), signed_in(town, "dispatcher"), signed_in(town, "rider")
    things.shipment(town, shop, "Eichenweg 2", parcels=things.parcels("P1"))
    services.scan_in(town.ctx("dispatcher"), centre=town.centre, code="P1")
    for _twice in range(2):
        asked = {"tag": things.DAY.isoformat(), "offer": offer.public_id}
        assert desk.post("/z/kaufhaus/lieferung/abholen/", asked).status_code == 302
    tour = out(town)
    stop = Stop.objects.get(kind="collect")
    assert (stop.tour, stop.offer, stop.collect_g) == (tour, offer.public_id, 10_000)
    photo = SimpleUploadedFile("regal.jpg", goods.photo(), "image/jpeg")
    sent = {"outcome": "collected", "collected": "12,5", "photo": photo, "command_key": "once"}
    path = f"/z/kaufhaus/lieferung/halt/{stop.public_id}/ende/"
    assert rider.post(path, sent).status_code == 302
    intake = Intake.objects.get()
    assert (intake.offer, intake.giver, intake.fetched_g) == (offer, offer.giver, 12_500)
    assert intake.offer.state == "arrived"
    bench = signed_in(town, "staff").get(f"/z/kaufhaus/annahme/{intake.public_id}/")
    (seen,) = bench.context["givers_photos"]
    assert bench.context["fetched"] == "12,5 kg"
    assert kind_of(signed_in(town, "staff").get(seen["url"])) == "image/webp"
    assert [(one.kind, one.count) for one in journeys(town.centre, MONTH)] == [("fetch", 0)]


def test_what_the_house_fetched_itself_is_a_way_of_its_own(town: Town) -> None:
    offer = offered(town)
    goods_services.start_intake(town.ctx(), centre=town.centre, offer=offer)
    assert [(one.kind, one.count) for one in journeys(town.centre, MONTH)] == [("fetch", 1)]


# -- on the way -----------------------------------------------------------------------------------
def test_an_incident_stands_on_the_board(town: Town, bike: Bike, shop: Sender) -> None:
    tour = loaded(town, shop)
    rider = signed_in(town, "rider")
    path = f"/z/kaufhaus/lieferung/fahren/{tour.public_id}/melden/"
    for key in ("once", "once"):
        rider.post(path, {"text": "Platten am Hinterrad", "command_key": key})
    assert list(Incident.objects.values_list("tour", "text")) == [(tour.pk, "Platten am Hinterrad")]
    page = signed_in(town, "dispatcher").get("/z/kaufhaus/lieferung/?tag=2026-11-24")
    (told,) = page.context["incidents"]
    assert told == {"text": "Platten am Hinterrad", "line": "8:00 Uhr · Tour 1 · Rider Muster"}
    with pytest.raises(Invalid, match="what happened"):
        services.report(town.ctx("rider"), tour=tour, text=" ")


def test_damage_is_seen_and_the_sender_hears_of_it(town: Town, shop: Sender) -> None:
    things.shipment(town, shop, DOOR, parcels=things.parcels("P1"))
    services.scan_in(town.ctx("dispatcher"), centre=town.centre, code="P1")
    parcel, desk = Parcel.objects.get(), signed_in(town, "dispatcher")
    path = f"/z/kaufhaus/lieferung/paket/{parcel.public_id}/"
    assert desk.get(f"{path}bild/").status_code == 404
    photo = SimpleUploadedFile("ecke.jpg", goods.photo(), "image/jpeg")
    desk.post(f"{path}schaden/", {"text": "Ecke eingedrückt", "photo": photo, "command_key": "k"})
    parcel.refresh_from_db()
    assert (parcel.damage, parcel.damaged_at) == ("Ecke eingedrückt", things.moment(8))
    assert kind_of(desk.get(f"{path}bild/")) == "image/webp"
    secret = secret_for(shop.public_id, links.SENDER)
    (told,) = Client().get(f"/versand/{secret}/status.json").json()["events"]
    assert (told["event"], told["damage"]) == ("in", "Ecke eingedrückt")


def test_an_upload_that_is_no_photo_changes_nothing(town: Town, shop: Sender) -> None:
    things.shipment(town, shop, DOOR, parcels=things.parcels("P1"))
    parcel, desk = Parcel.objects.get(), signed_in(town, "dispatcher")
    file = SimpleUploadedFile("ecke.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    path = f"/z/kaufhaus/lieferung/paket/{parcel.public_id}/schaden/"
    desk.post(path, {"text": "Ecke", "photo": file, "command_key": "k"})
    parcel.refresh_from_db()
    assert (parcel.damage, parcel.damage_photo) == ("", None)


def test_a_live_order_is_promised_then_accepted(
    town: Town, bike: Bike, shop: Sender, clock: FixedClock
) -> None:
    things.shipment(town, shop, DOOR)
    services.plan_day(town.ctx("dispatcher"), things.board(town), things.QUICK)
    tour = Tour.objects.get()
    clock.at = things.moment(8, 30)
    late = things.shipment(town, shop, "Erlenstraße 3").stop
    desk, address = signed_in(town, "dispatcher"), "/z/kaufhaus/lieferung/"
    asked = {"tag": "2026-11-24", "stop": late.public_id}
    desk.post(f"{address}einfuegen/", {**asked, "command_key": "ask"})
    page = desk.get(f"{address}?tag=2026-11-24")
    offer = page.context["offer"]
    assert offer["stop"] == late.public_id
    assert Stop.objects.get(pk=late.pk).tour is None
    assert desk.get(f"{address}?tag=2026-11-24").context["offer"] is None
    sent = {**asked, "promise": offer["window"], "command_key": "accept"}
    desk.post(f"{address}einfuegen/", sent)
    late.refresh_from_db()
    assert late.tour == tour
    assert offer["window"] == "8:30–9:30 Uhr"
    assert 8.5 * 3600 <= late.begin <= 9.5 * 3600


# -- the shelf ------------------------------------------------------------------------------------
def ordered(town: Town) -> Reservation:
    item = goods.sideboard(town)
    contact = Contact("Mia Muster", "0921 123456", "mia@example.org")
    reservation = reserve(town.ctx(), item=item, contact=contact)
    wish_delivery(town.ctx(), reservation=reservation, address=f"{DOOR}, Bindlach")
    work_off()
    return reservation


def test_a_wish_with_another_address_reaches_its_shipment(town: Town) -> None:
    reservation = ordered(town)
    wish_delivery(town.ctx(), reservation=reservation, address="Erlenstraße 3, Bindlach")
    work_off()
    found = Shipment.objects.select_related("stop").get()
    assert (found.address, found.match) == ("Erlenstraße 3, Bindlach", "exact")
    assert (found.stop.lat, Stop.objects.count()) == (found.lat, 1)


def test_a_wish_taken_back_calls_its_shipment_off(town: Town) -> None:
    reservation = ordered(town)
    goods_services.withdraw_delivery(town.ctx(), reservation=reservation)
    work_off()
    assert Shipment.objects.get().closed_at == things.moment(8)
    assert Stop.objects.get().why == "called-off"


def test_a_thing_that_was_brought_settles_its_wish_once(
    town: Town, bike: Bike, clock: FixedClock
) -> None:
    reservation = ordered(town)
    clock.at += timedelta(days=1)
    parcel = Parcel.objects.get()
    services.scan_in(town.ctx("dispatcher"), centre=town.centre, code=parcel.barcode)
    board = things.board(town, things.DAY + timedelta(days=1))
    services.plan_day(town.ctx("dispatcher"), board, things.QUICK)
    tour = Tour.objects.select_related("board__centre", "rider").get()
    services.take_tour(town.ctx("dispatcher"), tour=tour, rider=town.people["rider"])
    services.load_all(town.ctx("rider"), tour=tour)
    services.depart(town.ctx("rider"), tour=tour)
    services.finish_stop(town.ctx("rider"), stop=Stop.objects.get(), outcome="person")
    work_off()
    wish = DeliveryWish.objects.select_related("intent").get()
    assert (wish.intent.state, wish.closed_at, wish.address) == ("satisfied", clock.at, "")
    assert OutboxEvent.objects.filter(name="goods.delivery_withdrawn").count() == 0
    again = goods_services.settle_delivery(town.ctx(), reservation=reservation)
    assert (again.state, again.until > clock.at + timedelta(days=29)) == ("active", True)
    clock.at += timedelta(hours=1)
    services.come_back(town.ctx("rider"), tour=tour)
    tour.refresh_from_db()
    found = [*journeys(town.centre, MONTH), *house.journeys(town.centre, MONTH)]
    assert [(one.kind, one.count, one.metres) for one in found] == [
        ("fetch", 0, 0),
        ("tour", 0, tour.metres),
    ]
