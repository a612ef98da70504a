"""Planning and changing the day: nothing is lost, nothing is double, and of two who change the
same tour one is told."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from tests.apps.delivery import things
from tests.world import Town

from wesprint.apps.delivery import services
from wesprint.apps.delivery.models import Bike, PlanRun, Sender, Stop, Tour
from wesprint.apps.delivery.planning import Layout
from wesprint.apps.delivery.services.shipments import Door
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.platform.jobs.worker import work_off

DOORS = ["Adam-Weber-Weg 3", "Birkenstraße 4", "Eichenweg 2", "Hügelstraße 3", "Brunnenstraße 5"]


@pytest.fixture
def day(town: Town, bike: Bike, shop: Sender) -> list[Stop]:
    return [things.shipment(town, shop, door).stop for door in DOORS]


def plan(town: Town) -> None:
    services.plan_day(town.ctx("dispatcher"), things.board(town), things.QUICK)


def test_a_job_plans_the_day_and_says_how_it_went(town: Town, day: list[Stop]) -> None:
    run = services.start_plan(town.ctx("dispatcher"), board=things.board(town), seconds=1)
    with pytest.raises(Conflict, match="being made already"):
        services.start_plan(town.ctx("dispatcher"), board=things.board(town), seconds=1)
    work_off()
    assert (PlanRun.objects.get(pk=run.pk).state, Stop.objects.filter(tour=None).count()) == (
        "done",
        0,
    )


def test_a_dragged_stop_has_new_times_at_once(town: Town, day: list[Stop]) -> None:
    plan(town)
    tour = Tour.objects.get()
    first, *_rest, last = Stop.objects.filter(tour=tour).order_by("position")
    services.move_stop(town.ctx("dispatcher"), stop=last, bike=tour.bike_id, before=first)
    ordered = list(Stop.objects.filter(tour=tour).order_by("position"))
    assert ordered[:2] == [last, first]
    assert all(a.leave < b.arrive or a.leave == b.arrive for a, b in itertools.pairwise(ordered))


def test_of_two_dispatchers_who_drag_the_same_stop_one_is_told(town: Town, day: list[Stop]) -> None:
    plan(town)
    tour = Tour.objects.get()
    seen = tour.version
    stop = Stop.objects.filter(tour=tour).order_by("position")[0]
    services.move_stop(town.ctx("dispatcher"), stop=stop, bike=tour.bike_id, version=seen)
    with pytest.raises(Conflict, match="meanwhile"):
        services.move_stop(town.ctx("staff"), stop=stop, bike=tour.bike_id, version=seen)
    assert Stop.objects.filter(tour=tour).count() == len(DOORS)


def test_a_plan_from_an_older_state_is_refused(town: Town, day: list[Stop]) -> None:
    plan(town)
    tour = Tour.objects.get()
    old = Layout((), ((day[0].pk, "taken-out"),))
    services.arrange(town.ctx("dispatcher"), board=things.board(town), layout=Layout(()), what="x")
    with pytest.raises(Conflict, match="meanwhile"):
        services.arrange(town.ctx("dispatcher"), board=things.board(town), layout=old, what="x")
    assert Stop.objects.filter(tour=tour).count() == len(DOORS)


def test_undo_brings_the_order_back(town: Town, day: list[Stop]) -> None:
    plan(town)
    tour = Tour.objects.get()
    before = list(Stop.objects.filter(tour=tour).order_by("position"))
    services.move_stop(town.ctx("dispatcher"), stop=before[0], bike=None)
    assert Stop.objects.get(pk=before[0].pk).tour is None
    services.undo(town.ctx("dispatcher"), board=things.board(town))
    assert list(Stop.objects.filter(tour=tour).order_by("position")) == before


def test_an_optimised_tour_is_not_longer(town: Town, day: list[Stop]) -> None:
    plan(town)
    tour = Tour.objects.get()
    order = list(Stop.objects.filter(tour=tour).order_by("position"))
    for stop in (order[3], order[1]):
        services.move_stop(town.ctx("dispatcher"), stop=stop, bike=tour.bike_id)
    tour.refresh_from_db()
    long = tour.metres
    services.tidy_tour(town.ctx("dispatcher"), tour=tour)
    tour.refresh_from_db()
    assert tour.metres <= long
    assert Counter(Stop.objects.filter(tour=tour)) == Counter(order)


def test_a_locked_tour_stays_as_it_is(town: Town, day: list[Stop]) -> None:
    plan(town)
    tour = services.lock_tour(town.ctx("dispatcher"), tour=Tour.objects.get(), locked=True)
    order = list(Stop.objects.filter(tour=tour).order_by("position"))
    things.bike(town, "Zeisig")
    things.shipment(town, Sender.objects.get(), "Erlenstraße 3")
    plan(town)
    assert list(Stop.objects.filter(tour=tour).order_by("position")) == order
    assert Tour.objects.count() == 2


def test_a_live_order_is_promised_before_it_is_accepted(
    town: Town, day: list[Stop], clock: FixedClock
) -> None:
    plan(town)
    clock.at = things.moment(8, 30)
    late = things.shipment(town, Sender.objects.get(), "Erlenstraße 3").stop
    promise = services.promise_for(late)
    assert promise is not None
    assert Stop.objects.get(pk=late.pk).tour is None
    services.accept(town.ctx("dispatcher"), stop=late, promise=promise)
    stop = Stop.objects.get(pk=late.pk)
    assert stop.tour is not None
    assert promise.start <= things.moment(8) or stop.begin > 0


def test_too_much_for_two_riders_says_what_stays_and_why(town: Town, shop: Sender) -> None:
    things.bike(town, "Elster", capacity_g=20_000)
    things.bike(town, "Zeisig", capacity_g=20_000)
    heavy = things.shipment(town, shop, DOORS[0], parcels=things.parcels("H", mass_g=40_000)).stop
    unknown = things.shipment(town, shop, "Nirgendwo 99").stop
    early = things.shipment(
        town, shop, DOORS[1], window=(things.moment(8, 10), things.moment(8, 20))
    ).stop
    many = [
        things.shipment(
            town, shop, f"Hügelstraße {n}", parcels=things.parcels(f"M{n}", mass_g=15_000)
        )
        for n in range(1, 13)
    ]
    plan(town)
    reasons = dict(Stop.objects.filter(tour=None).values_list("pk", "why"))
    assert (reasons[heavy.pk], reasons[unknown.pk], reasons[early.pk]) == (
        "load",
        "address",
        "window",
    )
    served = Stop.objects.filter(tour__isnull=False, kind="drop").count()
    left = len(reasons) - 3
    assert served + left == len({one.stop_id for one in many})
    assert set(reasons.values()) <= {"load", "address", "window", "fleet"}


def test_more_than_a_bike_carries_is_refused_by_hand(town: Town, shop: Sender) -> None:
    bike = things.bike(town, capacity_g=20_000)
    stop = things.shipment(town, shop, DOORS[0], parcels=things.parcels("H", mass_g=40_000)).stop
    with pytest.raises(Refused, match="more than the bike carries"):
        services.move_stop(town.ctx("dispatcher"), stop=stop, bike=bike.pk)
    assert (Tour.objects.count(), Stop.objects.get().tour) == (0, None)


def test_a_hub_off_the_streets_is_refused(town: Town) -> None:
    town.centre.lat, town.centre.lon = 49.0, 11.0
    town.centre.save()
    with pytest.raises(Invalid, match="No street"):
        things.hub(town, things.bindlach(town), address="")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"window": (things.moment(6), things.moment(7))}, "window is over"),
        ({"day": things.DAY.replace(day=23)}, "day is over"),
        ({"parcels": things.parcels("A", "A")}, "under way already"),
        ({"parcels": things.parcels("A", mass_g=90_000)}, "weighs up to"),
        ({"at": Door("")}, "where it goes"),
    ],
)
def test_bad_input_is_named_and_nothing_is_kept(
    town: Town, shop: Sender, values: dict[str, object], words: str
) -> None:
    usual: dict[str, object] = {
        "day": things.DAY,
        "at": Door("Birkenstraße 4", 49.97, 11.6, "exact"),
    }
    with pytest.raises((Invalid, Conflict), match=words):
        services.announce(
            town.ctx(),
            sender=shop,
            to=services.Recipient("Ada"),
            **(usual | values),  # type: ignore[arg-type]
        )
    assert Stop.objects.count() == 0


def test_a_barcode_under_way_is_not_there_twice(town: Town, shop: Sender) -> None:
    things.shipment(town, shop, DOORS[0], parcels=things.parcels("00340"))
    with pytest.raises(Conflict, match="00340 is under way"):
        things.shipment(town, shop, DOORS[1], parcels=things.parcels("00340"))
    assert Stop.objects.count() == 1
