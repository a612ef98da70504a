"""Shipments and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wesprint.apps.delivery.models import (
    NOT_BROUGHT,
    Board,
    Parcel,
    ParcelState,
    Scan,
    Sender,
    Shipment,
    Stop,
    StopState,
)
from wesprint.kernel.errors import NotFound
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.secrets import secret_hash


def shipment_by_id(centre: Centre, public_id: str) -> Shipment:
    rows = Shipment.objects.filter(centre=centre, public_id=public_id)
    found = rows.select_related(
        "centre", "sender", "recipient", "stop__board__centre", "stop__tour__bike"
    ).first()
    if found is None:
        raise NotFound(_("This shipment does not exist here."))
    return found


def shipment_by_secret(secret: str, purpose: str) -> Shipment:
    rows = Shipment.objects.filter(secret_hash=secret_hash(secret, purpose))
    found = rows.select_related(
        "centre", "sender", "stop__board__centre", "stop__tour__bike"
    ).first()
    if found is None:
        raise NotFound(
            _("This link leads to no shipment."),
            next=_("Please check the address, or ask whoever sent it."),
            code="no-shipment",
        )
    return found


def parcel_by_id(centre: Centre, public_id: str) -> Parcel:
    found = (
        Parcel.objects.filter(centre=centre, public_id=public_id)
        .select_related("centre", "shipment__stop__board__centre", "shipment__recipient")
        .first()
    )
    if found is None:
        raise NotFound(_("This parcel does not exist here."))
    return found


def last_of(sender: Sender, most: int = 50) -> tuple[Shipment, ...]:
    """One query."""
    rows = Shipment.objects.filter(sender=sender).select_related("recipient", "stop__tour")
    rows = rows.prefetch_related("parcels")
    return tuple(rows.order_by("-pk")[:most])


@dataclass(frozen=True, slots=True)
class Counts:
    """Parcels of a day by where they are, and stops by how they ended."""

    announced: int
    here: int
    loaded: int
    delivered: int
    open: int
    done: int
    failed: int
    unplanned: int


def counts(board: Board) -> Counts:
    """Two queries."""
    states = {one: Count("pk", filter=Q(state=one)) for one in ("announced", "here", "loaded",
              "delivered")}  # fmt: skip
    parcels = Parcel.objects.filter(shipment__stop__board=board).aggregate(**states)
    doors = Stop.objects.filter(board=board).exclude(kind="reload")
    stops = doors.aggregate(
        open=Count("pk", filter=Q(state=StopState.OPEN) & ~Q(why="called-off")),
        done=Count("pk", filter=Q(state=StopState.DONE)),
        failed=Count("pk", filter=Q(state=StopState.FAILED)),
        unplanned=Count("pk", filter=Q(state=StopState.OPEN, tour=None) & ~Q(why__in=NOT_BROUGHT)),
    )
    return Counts(**parcels, **stops)


def missing(board: Board) -> tuple[Parcel, ...]:
    """Announced for the day and not here yet. One query."""
    rows = Parcel.objects.filter(shipment__stop__board=board, state=ParcelState.ANNOUNCED)
    return tuple(rows.select_related("shipment__sender").order_by("shipment__sender", "pk"))


def to_be_fetched(centre: Centre) -> QuerySet[Parcel]:
    """In the hub, for people who fetch it themselves."""
    rows = Parcel.objects.filter(centre=centre, state=ParcelState.HERE, shipment__wish="centre")
    return rows.select_related("shipment__recipient").order_by("pk")


MOST_EVENTS = 1000  # in one answer; the next begins where it ended


def events_of(sender: Sender, since: datetime) -> tuple[Scan, ...]:
    """Handovers that we heard of after `since`, oldest first. One query."""
    rows = Scan.objects.filter(parcel__shipment__sender=sender, recorded_at__gt=since)
    rows = rows.select_related("parcel__shipment__stop")
    return tuple(rows.order_by("recorded_at", "pk")[:MOST_EVENTS])


def billed(sender: Sender, start: date, end: date) -> tuple[Shipment, ...]:
    """Shipments brought from `start` to before `end`; none that was called off. One query."""
    zone = sender.centre.tz
    first, after = (datetime.combine(day, time.min, zone) for day in (start, end))
    rows = Shipment.objects.filter(
        sender=sender, closed_at__gte=first, closed_at__lt=after, parcels__state="delivered"
    )
    return tuple(rows.annotate(count=Count("parcels")).order_by("closed_at", "pk"))
