"""Which times are free, who comes when, and the household clearances with what they kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.links import CLEARANCE
from wesprint.apps.goods.models import (
    Booking,
    BookingState,
    Clearance,
    DiversionRate,
    Item,
    ItemState,
    Offer,
    Slot,
    Status,
)
from wesprint.kernel.errors import NotFound
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import Calendar, calendar_of
from wesprint.platform.people.secrets import secret_hash

DAYS_AHEAD = 21
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A slot on one day with the places left in it. `key` goes into a form."""

    slot: Slot
    day: date
    left: int

    @property
    def key(self) -> str:
        return f"{self.slot.public_id}/{self.day.isoformat()}"

    @property
    def starts(self) -> datetime:
        return datetime.combine(self.day, self.slot.starts, self.slot.centre.tz)


def slots_of(centre: Centre, on: date) -> tuple[Slot, ...]:
    """Those that hold on this day or later. One query."""
    rows = Slot.objects.filter(Q(until__isnull=True) | Q(until__gte=on), centre=centre)
    rows = rows.select_related("centre")
    return tuple(rows.order_by("way", "weekday", "starts", "pk"))


def free_times(
    centre: Centre, way: str, moment: datetime, *, at_once: bool = False
) -> tuple[FreeTime, ...]:
    """From tomorrow on, on days on which the house is not closed. at_once: only times that a
    giver may take before anybody has answered. Four queries."""
    today = moment.astimezone(centre.tz).date()
    slots = [
        slot
        for slot in slots_of(centre, today)
        if slot.way == way and (slot.at_once or not at_once)
    ]
    if not slots:
        return ()
    return tuple(_free(slots, today, calendar_of(centre), _taken(slots, today)))


def _taken(slots: Iterable[Slot], today: date) -> dict[tuple[int, date], int]:
    rows = Booking.objects.filter(slot__in=slots, day__gt=today, state=BookingState.BOOKED)
    counted = rows.order_by().values_list("slot_id", "day").annotate(number=Count("pk"))
    return {(slot, day): number for slot, day, number in counted}


def _free(
    slots: list[Slot], today: date, calendar: Calendar, taken: dict[tuple[int, date], int]
) -> Iterator[FreeTime]:
    for ahead in range(1, DAYS_AHEAD + 1):
        day = today + timedelta(days=ahead)
        for slot in slots if calendar.why_closed(day) is None else ():
            left = slot.capacity - taken.get((slot.pk, day), 0)
            if left > 0 and holds_on(slot, day):
                yield FreeTime(slot, day, left)


def holds_on(slot: Slot, day: date) -> bool:
    ended = slot.until is not None and slot.until < day
    return slot.weekday == day.weekday() and slot.since <= day and not ended


def slot_by_id(centre: Centre, public_id: str) -> Slot:
    found = Slot.objects.filter(centre=centre, public_id=public_id).first()
    if found is None:
        raise NotFound(_("This time does not exist."), code="no-slot")
    return found


def booking_of(offer: Offer) -> Booking | None:
    """The appointment that stands. One query."""
    rows = Booking.objects.filter(offer=offer, state=BookingState.BOOKED)
    return rows.select_related("slot__centre", "intent").first()


def bookings_from(centre: Centre, day: date, *, last: date | None = None) -> tuple[Booking, ...]:
    """Who comes, or is fetched from, in the order of time. Two queries."""
    rows = Booking.objects.filter(centre=centre, day__gte=day, state=BookingState.BOOKED)
    if last is not None:
        rows = rows.filter(day__lte=last)
    rows = rows.select_related("slot", "offer__giver", "offer__centre", "intent")
    rows = rows.prefetch_related("offer__lines")
    return tuple(rows.order_by("day", "slot__starts", "pk")[:AT_ONCE])


# -- household clearances ------------------------------------------------------------------
def clearance_of(offer: Offer) -> Clearance | None:
    return Clearance.objects.filter(offer=offer).first()


def clearance_by_secret(secret: str, moment: datetime) -> Clearance:
    """For the waste authority, as long as its link lives; with the lines left to it. Raises
    NotFound."""
    rows = Clearance.objects.filter(
        secret_hash=secret_hash(secret, CLEARANCE), link_until__gt=moment
    )
    rows = rows.select_related("offer__giver", "offer__centre", "centre")
    found = rows.prefetch_related("offer__lines__category").first()
    if found is None:
        raise NotFound(
            _("This link leads to no list, or it has run out."),
            next=_("Please ask the store for a new one."),
            code="no-rest",
        )
    return found


@dataclass(frozen=True, slots=True)
class Kept:
    """What one clearance kept out of bulky waste: grams of things really taken in under it that
    did not become waste, the rate of its day and the money, rounded half up to cents."""

    clearance: Clearance
    pieces: int
    grams: int
    weighed_grams: int
    cents_per_tonne: int

    @property
    def cents(self) -> int:
        return (self.grams * self.cents_per_tonne + 500_000) // 1_000_000


@dataclass(frozen=True, slots=True)
class Statement:
    """A month's clearances, chosen in it. The sum is the sum of the lines as they are shown."""

    rows: tuple[Kept, ...]

    @property
    def grams(self) -> int:
        return sum(row.grams for row in self.rows)

    @property
    def weighed_grams(self) -> int:
        return sum(row.weighed_grams for row in self.rows)

    @property
    def pieces(self) -> int:
        return sum(row.pieces for row in self.rows)

    @property
    def cents(self) -> int:
        return sum(row.cents for row in self.rows)


def statement(centre: Centre, first: date, last: date) -> Statement:
    """Clearances whose things were chosen from the one day to the other. Three queries."""
    start = datetime.combine(first, datetime.min.time(), centre.tz)
    end = datetime.combine(last + timedelta(days=1), datetime.min.time(), centre.tz)
    rows = Clearance.objects.filter(centre=centre, chosen_at__gte=start, chosen_at__lt=end)
    found = list(rows.select_related("offer").order_by("chosen_at", "pk"))
    rates = rates_of(centre)
    sums = _sums(found)
    return Statement(tuple(_kept(one, sums, rates, centre) for one in found))


def _sums(found: Iterable[Clearance]) -> dict[int, tuple[int, int, int]]:
    """Pieces, grams and weighed grams by offer; what went to waste after all is left out."""
    rows = Item.objects.filter(
        intake__offer__in=[one.offer_id for one in found], status=Status.PRODUCT
    ).exclude(state=ItemState.WITHDRAWN)
    counted = (
        rows.order_by()
        .values("intake__offer")
        .annotate(
            pieces=Count("pk"),
            grams=Sum("mass_g"),
            weighed=Sum("mass_g", filter=Q(basis="measured"), default=0),
        )
    )
    return {row["intake__offer"]: (row["pieces"], row["grams"], row["weighed"]) for row in counted}


def _kept(
    one: Clearance,
    sums: dict[int, tuple[int, int, int]],
    rates: tuple[DiversionRate, ...],
    centre: Centre,
) -> Kept:
    pieces, grams, weighed = sums.get(one.offer_id, (0, 0, 0))
    assert one.chosen_at is not None  # noqa: S101 - the statement asks for chosen ones
    day = one.chosen_at.astimezone(centre.tz).date()
    rate = next((rate.cents_per_tonne for rate in rates if rate.since <= day), 0)
    return Kept(one, pieces, grams, weighed, rate)


def rates_of(centre: Centre) -> tuple[DiversionRate, ...]:
    """Newest first. One query."""
    return tuple(DiversionRate.objects.filter(centre=centre).order_by("-since"))
