"""A hub in Bindlach with a bike, two senders and parcels for real doors."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.test.utils import override_settings
from tests.world import Town

import wesprint.config.demo
from wesprint.apps.delivery import services
from wesprint.apps.delivery.models import Bike, Board, Hub, Sender, SenderKind, Shipment
from wesprint.apps.delivery.services import ParcelDraft, Recipient
from wesprint.engines.tours import Settings
from wesprint.platform.geo import making
from wesprint.platform.geo.models import Town as Map
from wesprint.platform.geo.services import take_town

BINDLACH = Path(wesprint.config.demo.__path__[0]) / "towns" / "bindlach_2014.osm.pbf"
DAY = date(2026, 11, 24)
QUICK = Settings(seconds=None, iterations=60, rounds=1, cores=1)
HUB = "Hauptstraße 1"


@cache
def made() -> tuple[making.Made, str]:
    """Once for all tests: reading an extract takes seconds."""
    root = tempfile.mkdtemp(prefix="wesprint-towns-")
    with override_settings(TOWNS_ROOT=Path(root)):
        return making.make(BINDLACH, box=None, step=lambda *_: None), root


def bindlach(town: Town, settings: Any) -> Map:
    found, root = made()
    settings.TOWNS_ROOT = Path(root)
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
