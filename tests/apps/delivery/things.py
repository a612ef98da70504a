"""A hub in Bindlach with a bike, two senders and parcels for real doors."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from tests.world import Town

import wesprint.config.demo
from wesprint.apps.delivery import links, services
from wesprint.apps.delivery.models import Bike, Board, Hub, Sender, SenderKind, Shipment, Tour
from wesprint.apps.delivery.planning import Layout, TimedStop, TourPlan
from wesprint.apps.delivery.services import ParcelDraft, Recipient
from wesprint.engines import addresses, streets
from wesprint.engines.tours import Settings
from wesprint.platform.base.clock import now
from wesprint.platform.geo import making
from wesprint.platform.geo.models import Town as Map
from wesprint.platform.geo.services import take_town
from wesprint.web.links import secret_for

BINDLACH = Path(wesprint.config.demo.__path__[0]) / "towns" / "bindlach_2014.osm.pbf"
DAY = date(2026, 11, 24)
QUICK = Settings(seconds=None, iterations=60, rounds=1, cores=1)
HUB = "Hauptstraße 1"


@cache
def made() -> tuple[making.Made, Path]:
    """Streets and addresses of Bindlach, once for all tests; nothing here looks at the map's
    picture, which takes longest."""
    folder = Path(tempfile.mkdtemp(prefix="wesprint-towns-")) / "bindlach"
    folder.mkdir()
    network = streets.build(streets.read_pbf(BINDLACH))
    streets.save(network, folder / making.STREETS)
    addresses.save(addresses.read_pbf(BINDLACH), folder / making.ADDRESSES)
    found = making.Made(
        folder="bindlach",
        extract=BINDLACH.name,
        extract_sha256="0" * 64,
        speed_model=network.model,
        south=49.95,
        west=11.5,
        north=50.05,
        east=11.7,
        junctions=network.counts[0],
        streets=1,
        doors=1,
    )
    return found, folder


def bindlach(town: Town) -> Map:
    """Its files where the running server looks for them."""
    found, folder = made()
    target = making.root() / found.folder
    if not target.exists():
        shutil.copytree(folder, target)
    known = Map.objects.filter(slug="bindlach").first()
    return known or take_town(town.ctx("board"), slug="bindlach", name="Bindlach", made=found)


def hub(town: Town, on: Map, address: str = HUB) -> Hub:
    return services.set_hub(town.ctx("board"), centre=town.centre, town=on, address=address)


def bike(town: Town, name: str = "Elster", **values: Any) -> Bike:
    return services.add_bike(town.ctx("board"), centre=town.centre, name=name, **values)


def shop(town: Town, name: str = "Buchladen", **values: Any) -> Sender:
    return services.add_sender(town.ctx("board"), centre=town.centre, name=name, **values)


def carrier(town: Town) -> Sender:
    return shop(town, "Paketdienst Nord", kind=SenderKind.CARRIER, provider_number="P-123")


def shipment(
    town: Town, sender: Sender, address: str, *, name: str = "Ada Adler", **values: Any
) -> Shipment:
    usual: dict[str, Any] = {"day": DAY, "size": "S"}
    at = services.door(town.centre, address)
    return services.announce(
        town.ctx("dispatcher"), sender=sender, to=Recipient(name), at=at, **(usual | values)
    )


def parcels(*codes: str, mass_g: int = 2000) -> list[ParcelDraft]:
    return [ParcelDraft(code, mass_g) for code in codes]


def board(town: Town, day: date = DAY) -> Board:
    return Board.objects.select_related("centre").get(centre=town.centre, day=day)


def moment(hour: int, minute: int = 0) -> datetime:
    """Of the day, in Berlin (UTC+1)."""
    return datetime(2026, 11, 24, hour - 1, minute, tzinfo=UTC)


def fill(town: Town) -> None:
    """Without a map: a hub at a place, a tour of two stops that somebody put together."""
    known = Map.objects.filter(slug="walk").first() or Map.objects.create(
        slug="walk",
        name="Walk",
        folder="none",
        extract="none",
        extract_sha256="",
        speed_model="none",
        south=49.9,
        west=11.5,
        north=50.1,
        east=11.7,
        junctions=1,
        streets=1,
        doors=1,
        imported_at=now(),
    )
    services.place_hub(town.ctx(), centre=town.centre, town=known, lat=50.007, lon=11.592)
    one, sender = bike(town), shop(town)
    day = now().astimezone(town.centre.tz).date()
    doors = [services.Door("Birkenstraße 4", 49.976, 11.598, "exact", 4000),
             services.Door("Nirgends 1")]  # fmt: skip
    made = [
        services.announce(
            town.ctx("dispatcher"), sender=sender, to=Recipient("Ada Adler"), at=at, day=day,
            parcels=parcels(f"W{n}"),
        )
        for n, at in enumerate(doors)
    ]  # fmt: skip
    stop = made[0].stop
    plan = TourPlan(
        one.pk, None, 0, (TimedStop(stop.pk, 33_000, 33_000, 33_180),), 32_400, 33_600, 8000
    )
    services.arrange(
        town.ctx("dispatcher"), board=board(town, day), layout=Layout((plan,)), what="plan"
    )
    tour = Tour.objects.get(board__centre=town.centre)
    town.things["delivery"] = {
        "tour": tour.public_id,
        "stop": stop.public_id,
        "shipment": made[0].public_id,
        "parcel": made[0].parcels.get().public_id,
        "secret": secret_for(made[0].public_id, links.TRACKING),
        "sender_id": sender.public_id,
        "sender": secret_for(sender.public_id, links.SENDER),
    }
