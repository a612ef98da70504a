"""What neighbours have put aside and wait for: behind their link, and as the counter's list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.links import COLLECTION, RESERVATION
from wesprint.apps.goods.models import (
    Collection,
    Item,
    Reservation,
    ReservationState,
    Waiting,
    WaitingState,
)
from wesprint.kernel.errors import NotFound
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Person
from wesprint.platform.people.secrets import secret_hash

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place in line, counted from 1."""

    waiting: Waiting
    position: int


@dataclass(frozen=True, slots=True)
class Kept:
    """reservations: running ones first. over: those of them that have ended."""

    running: tuple[Reservation, ...]
    over: tuple[Reservation, ...]
    places: tuple[Place, ...] = ()

    @property
    def cents(self) -> int:
        return sum(one.item.price_cents or 0 for one in self.running)


def _not_found() -> NotFound:
    return NotFound(
        _("This link leads to no reservation."),
        next=_("Look into the catalogue: perhaps it is still there."),
        code="no-reservation",
    )


def collection_by_secret(secret: str) -> Collection:
    """With centre and person. One query. Raises NotFound."""
    rows = Collection.objects.filter(secret_hash=secret_hash(secret, COLLECTION))
    found = rows.select_related("centre", "person").first()
    if found is None:
        raise _not_found()
    return found


def reservation_by_secret(secret: str) -> Reservation:
    """With what its page shows. One query. Raises NotFound."""
    rows = Reservation.objects.filter(secret_hash=secret_hash(secret, RESERVATION))
    found = _shown(rows).select_related("collection").first()
    if found is None:
        raise _not_found()
    return found


def _shown(rows: QuerySet[Reservation]) -> QuerySet[Reservation]:
    return rows.select_related(
        "item__category", "item__centre", "centre", "person", "delivery_wish__intent"
    )


def kept_in(collection: Collection, moment: datetime) -> Kept:
    """Two queries."""
    rows = _shown(Reservation.objects.filter(collection=collection)).order_by("-pk")[:AT_ONCE]
    return Kept(*_sorted(rows, moment), places=_places(collection))


def kept_alone(reservation: Reservation, moment: datetime) -> Kept:
    return Kept(*_sorted([reservation], moment))


def _sorted(
    rows: Iterable[Reservation], moment: datetime
) -> tuple[tuple[Reservation, ...], tuple[Reservation, ...]]:
    found = list(rows)
    running = tuple(one for one in found if is_running(one, moment))
    return running, tuple(one for one in found if one not in running)


def is_running(reservation: Reservation, moment: datetime) -> bool:
    return reservation.state == ReservationState.ACTIVE and reservation.until > moment


def _places(collection: Collection) -> tuple[Place, ...]:
    rows = Waiting.objects.filter(collection=collection, state=WaitingState.WAITING)
    rows = rows.select_related("item__category").annotate(before=_before())
    return tuple(Place(one, one.before + 1) for one in rows.order_by("pk"))


def _before() -> Coalesce:
    """How many wait for the same thing longer."""
    rows = Waiting.objects.filter(
        item=OuterRef("item"), state=WaitingState.WAITING, pk__lt=OuterRef("pk")
    )
    counted = rows.order_by().values("item").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def waiting_in(collection: Collection, public_id: str) -> Waiting:
    found = Waiting.objects.filter(collection=collection, public_id=public_id).first()
    if found is None:
        raise _not_found()
    return found


def how_many_wait(item: Item) -> int:
    """One query."""
    return Waiting.objects.filter(item=item, state=WaitingState.WAITING).count()


@dataclass(frozen=True, slots=True)
class Visitor:
    """Everything that one person has put aside."""

    person: Person | None
    reservations: tuple[Reservation, ...]

    @property
    def cents(self) -> int:
        return sum(one.item.price_cents or 0 for one in self.reservations)

    @property
    def until(self) -> datetime:
        return min(one.until for one in self.reservations)


def to_collect(centre: Centre, moment: datetime) -> tuple[Visitor, ...]:
    """The counter's list: by person, whose time runs out first stands first. One query."""
    rows = _shown(
        Reservation.objects.filter(centre=centre, state=ReservationState.ACTIVE, until__gt=moment)
    ).order_by("until", "pk")[:AT_ONCE]
    found: dict[object, list[Reservation]] = {}
    for one in rows:
        found.setdefault(one.person_id or one, []).append(one)
    return tuple(Visitor(group[0].person, tuple(group)) for group in found.values())


def to_call(centre: Centre) -> tuple[Waiting, ...]:
    """Whose turn it is and who has no e-mail address: somebody rings them up. One query."""
    rows = Waiting.objects.filter(
        centre=centre,
        state=WaitingState.SERVED,
        told_at=None,
        person__isnull=False,
        reservation__state=ReservationState.ACTIVE,
    )
    rows = rows.select_related("person", "item__category", "reservation")
    return tuple(rows.order_by("pk")[:AT_ONCE])


def waiting_to_call(centre: Centre, public_id: str) -> Waiting:
    rows = Waiting.objects.filter(centre=centre, public_id=public_id).select_related("person")
    found = rows.first()
    if found is None:
        raise _not_found()
    return found
