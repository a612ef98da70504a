"""What this room knows about a person: handed out on request, erased on request."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wesprint.apps.delivery.models import Shipment, Stop, Tour
from wesprint.kernel.context import Ctx
from wesprint.platform.commands.services import changed
from wesprint.platform.people.models import Person
from wesprint.platform.people.privacy import PersonalData


def _export(person: Person) -> Any:
    rows = Shipment.objects.filter(recipient=person).select_related("sender", "stop", "centre")
    return [
        {
            "centre": one.centre.name,
            "from": one.sender.name,
            "address": one.address,
            "note": one.note,
            "day": one.day.isoformat(),
            "wish": one.wish,
            "wish_note": one.wish_note,
            "taken_by": one.stop.taken_by,
            "ended_at": one.closed_at.isoformat() if one.closed_at else None,
        }
        for one in rows.order_by("pk")
    ]


def _erase(ctx: Ctx, person: Person) -> None:
    """Where they live and what they asked for goes; that a parcel was brought stays. While one is
    under way its address stays with it, without their name."""
    rows = Shipment.objects.filter(recipient=person)
    for one in rows:
        changed(one, "recipient", "address")
    ended = rows.exclude(closed_at=None)
    stops = Stop.objects.filter(pk__in=ended.values("stop"))
    stops.update(taken_by="", note="", photo=None, signature=None, lat=None, lon=None)
    ended.update(address="", match="", note="", wish_note="", lat=None, lon=None)
    rows.update(recipient=None)


def _last_used(person: Person) -> datetime | None:
    rows = Shipment.objects.filter(recipient=person).order_by("-created_at")
    moment: datetime | None = rows.values_list("created_at", flat=True).first()
    return moment


def _export_tours(person: Person) -> Any:
    rows = Tour.objects.filter(rider=person).select_related("board__centre").order_by("pk")
    return [
        {
            "centre": one.board.centre.name,
            "day": one.board.day.isoformat(),
            "number": one.number,
            "left_at": one.left_at.isoformat() if one.left_at else None,
            "back_at": one.back_at.isoformat() if one.back_at else None,
        }
        for one in rows
    ]


def _erase_tours(ctx: Ctx, person: Person) -> None:
    """The tours stay, without who rode them."""
    if Tour.objects.filter(rider=person).update(rider=None):
        changed(person, "delivery_tours")


def _tours_last_used(person: Person) -> datetime | None:
    rows = Tour.objects.filter(rider=person, left_at__isnull=False).order_by("-left_at")
    moment: datetime | None = rows.values_list("left_at", flat=True).first()
    return moment


PERSONAL = [
    PersonalData("delivery.shipments", _export, _erase, last_used=_last_used),
    PersonalData("delivery.tours", _export_tours, _erase_tours, last_used=_tours_last_used),
]
