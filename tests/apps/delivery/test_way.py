"""The whole way of parcels: announced, scanned in, planned on real streets, loaded, brought, and
every hand they passed through stands in the ledger."""

from __future__ import annotations

import pytest
from tests.apps.delivery import things
from tests.world import Town

from wesprint.apps.delivery import services
from wesprint.apps.delivery.models import Bike, Parcel, Scan, Sender, Shipment, Stop, Tour
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Conflict, Refused
from wesprint.platform.ledger.models import EconomicEvent

DOORS = ["Adam-Weber-Weg 3", "Ängerleinstraße 5", "Birkenstraße 4", "Eichenweg 2"]


def announced(town: Town, shop: Sender) -> list[Shipment]:
    return [
        things.shipment(town, shop, door, parcels=things.parcels(f"P{n}", f"Q{n}"))
        for n, door in enumerate(DOORS)
    ]


def planned(town: Town) -> Tour:
    services.plan_day(town.ctx("dispatcher"), things.board(town), things.QUICK)
    return Tour.objects.select_related("board__centre", "rider").get()


def scanned_in(town: Town) -> None:
    for parcel in Parcel.objects.order_by("pk"):
        services.scan_in(town.ctx("dispatcher"), centre=town.centre, code=parcel.barcode)


def test_parcels_go_from_hand_to_hand(
    town: Town, bike: Bike, shop: Sender, clock: FixedClock
) -> None:
    announced(town, shop)
    scanned_in(town)
    tour = planned(town)
    assert (tour.number, tour.bike, tour.stops.count()) == (1, bike, 4)
    assert 3_000 < tour.metres < 12_000
    tour = services.take_tour(town.ctx("dispatcher"), tour=tour, rider=town.people["rider"])
    assert services.load_all(town.ctx("rider"), tour=tour) == 8
    clock.at = things.moment(9, 10)
    services.depart(town.ctx("rider"), tour=tour)
    *most, last = Stop.objects.filter(tour=tour).order_by("position")
    for stop in most:
        services.finish_stop(town.ctx("rider"), stop=stop, outcome="person")
    services.finish_stop(town.ctx("rider"), stop=last, outcome="absent")
    tour = services.come_back(town.ctx("rider"), tour=tour)
    assert tour.state == "done"
    kinds = sorted(Scan.objects.values_list("kind", flat=True))
    assert kinds == ["back"] * 2 + ["delivered"] * 6 + ["in"] * 8 + ["out"] * 8
    assert EconomicEvent.objects.filter(action="transferCustody").count() == 24
    assert Parcel.objects.filter(state="delivered").count() == 6
    again = Shipment.objects.get(closed_at=None)
    assert (again.attempts, again.day.isoformat(), again.stop.tour) == (1, "2026-11-25", None)


def test_who_had_a_parcel_when(town: Town, bike: Bike, shop: Sender, clock: FixedClock) -> None:
    things.shipment(town, shop, DOORS[0], parcels=things.parcels("00340"), name="Ada Adler")
    scanned_in(town)
    tour = planned(town)
    services.take_tour(town.ctx("rider"), tour=tour, rider=town.people["rider"])
    services.scan_out(town.ctx("rider"), tour=tour, code="00340")
    services.depart(town.ctx("rider"), tour=tour)
    clock.at = things.moment(9, 30)
    stop = Stop.objects.get()
    services.finish_stop(town.ctx("rider"), stop=stop, outcome="person")
    rows = Scan.objects.select_related("event__provider", "event__receiver")
    house, rider = town.organisation.agent, town.people["rider"].agent
    ada = Shipment.objects.get().recipient
    assert ada is not None
    assert [(one.kind, one.event.provider, one.event.receiver) for one in rows] == [
        ("in", shop.agent, house),
        ("out", house, rider),
        ("delivered", rider, ada.agent),
    ]
    assert rows.last().at == things.moment(9, 30)  # type: ignore[union-attr]  # three


def test_a_scan_twice_is_one(town: Town, bike: Bike, shop: Sender) -> None:
    announced(town, shop)
    first = services.scan_in(town.ctx(), centre=town.centre, code="P0")
    second = services.scan_in(town.ctx(), centre=town.centre, code="P0")
    assert (first.again, second.again) == (False, True)
    assert Scan.objects.count() == 1


def test_a_parcel_of_another_tour_stays_and_its_tour_is_named(
    town: Town, bike: Bike, shop: Sender
) -> None:
    announced(town, shop)
    scanned_in(town)
    tour = planned(town)
    other = things.bike(town, "Zeisig")
    stop = Stop.objects.get(shipments__parcels__barcode="P2")
    services.move_stop(town.ctx("dispatcher"), stop=stop, bike=other.pk)
    with pytest.raises(Conflict, match="belongs to tour 2"):
        services.scan_out(town.ctx("rider"), tour=tour, code="P2")
    assert Parcel.objects.get(barcode="P2").state == "here"


def test_out_without_in_is_both(town: Town, bike: Bike, shop: Sender) -> None:
    announced(town, shop)
    tour = planned(town)
    done = services.scan_out(town.ctx("rider"), tour=tour, code="P1")
    assert (done.early, done.parcel.state) == (True, "loaded")
    assert list(Scan.objects.values_list("kind", flat=True)) == ["in", "out"]


def test_what_is_not_loaded_stays_as_missing(town: Town, bike: Bike, shop: Sender) -> None:
    announced(town, shop)
    scanned_in(town)
    tour = planned(town)
    services.take_tour(town.ctx("rider"), tour=tour, rider=town.people["rider"])
    with pytest.raises(Refused, match="Nothing of this tour"):
        services.depart(town.ctx("rider"), tour=tour)
    services.scan_out(town.ctx("rider"), tour=tour, code="P1")
    services.depart(town.ctx("rider"), tour=tour)
    assert Stop.objects.filter(why="missing", tour=None).count() == 3


def test_a_stop_closed_too_early_is_opened_again(town: Town, bike: Bike, shop: Sender) -> None:
    announced(town, shop)
    scanned_in(town)
    tour = planned(town)
    services.take_tour(town.ctx("rider"), tour=tour, rider=town.people["rider"])
    services.load_all(town.ctx("rider"), tour=tour)
    services.depart(town.ctx("rider"), tour=tour)
    stop = Stop.objects.filter(tour=tour).order_by("position")[0]
    services.finish_stop(town.ctx("rider"), stop=stop, outcome="person")
    with pytest.raises(Conflict, match="closed already"):
        services.finish_stop(town.ctx("rider"), stop=stop, outcome="absent")
    stop = services.reopen_stop(town.ctx("rider"), stop=stop)
    assert (stop.state, Parcel.objects.filter(state="loaded").count()) == ("open", 8)
    services.finish_stop(town.ctx("rider"), stop=stop, outcome="absent")
    assert Shipment.objects.filter(closed_at=None).count() == 4


@pytest.mark.parametrize("wrong", [-86_400, 3_600])
def test_a_phone_with_a_wrong_clock_tells_the_right_time(
    town: Town, bike: Bike, shop: Sender, clock: FixedClock, wrong: int
) -> None:
    from datetime import timedelta

    announced(town, shop)
    scanned_in(town)
    tour = planned(town)
    services.take_tour(town.ctx("rider"), tour=tour, rider=town.people["rider"])
    services.load_all(town.ctx("rider"), tour=tour)
    services.depart(town.ctx("rider"), tour=tour)
    clock.at = things.moment(11)
    off = timedelta(seconds=wrong)
    told = services.Told(things.moment(10, 20) + off, things.moment(11) + off)
    stop = Stop.objects.filter(tour=tour).order_by("position")[0]
    stop = services.finish_stop(town.ctx("rider"), stop=stop, outcome="person", told=told)
    assert (stop.at, stop.clock_off) == (things.moment(10, 20), wrong)
