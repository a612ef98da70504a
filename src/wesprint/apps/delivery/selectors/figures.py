"""What the delivery did in a period, computed from what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from wesprint.apps.delivery.models import Parcel, Stop, StopState, Tour, TourState
from wesprint.apps.delivery.selectors.house import midnight
from wesprint.platform.organisations.models import Centre

PUNCTUAL_S = 900  # seconds after the promised begin that still count as on time


@dataclass(frozen=True, slots=True)
class Figures:
    """Of tours that came back. metres along the streets as planned; seconds on the road; stops
    ended well or not; `first`: met at the first try; `on_time`: begun within a quarter of an hour
    of the promise (of `timed` stops with one); `load` in grams at the start against `capacity`."""

    tours: int = 0
    metres: int = 0
    seconds: int = 0
    done: int = 0
    failed: int = 0
    first: int = 0
    on_time: int = 0
    timed: int = 0
    grams: int = 0
    capacity_g: int = 0
    collected_g: int = 0
    cost_cents: int = 0
    parcels: int = 0

    @property
    def stops_an_hour(self) -> float | None:
        return self.done * 3600 / self.seconds if self.seconds else None

    @property
    def first_rate(self) -> float | None:
        ended = self.done + self.failed
        return self.first / ended if ended else None

    @property
    def on_time_rate(self) -> float | None:
        return self.on_time / self.timed if self.timed else None

    @property
    def load_factor(self) -> float | None:
        return self.grams / self.capacity_g if self.capacity_g else None

    @property
    def cents_a_drop(self) -> float | None:
        return self.cost_cents / self.done if self.done else None


def figures(centre: Centre, start: date, end: date) -> Figures:
    """From `start` to before `end`. Three queries."""
    tours = list(
        Tour.objects.filter(
            board__centre=centre,
            board__day__gte=start,
            board__day__lt=end,
            state=TourState.DONE,
        ).select_related("bike", "board__centre")
    )
    stops = list(
        Stop.objects.filter(tour__in=tours)
        .exclude(state=StopState.OPEN)
        .exclude(kind="reload")
        .annotate(tries=Sum("shipments__attempts"))
        .values_list("state", "kind", "promised", "at", "tour_id", "collected_g", "tries")
    )
    begins = {tour.pk: _begin(tour) for tour in tours}
    brought = Parcel.objects.filter(scans__kind="out", scans__tour__in=tours).distinct()
    loads = list(brought.values_list("pk", "mass_g", "state"))
    promised = [
        at.timestamp() - begins[tour] - due
        for _state, _kind, due, at, tour, _grams, _tries in stops
        if due is not None and at is not None
    ]
    seconds = sum(round(_out(one)) for one in tours)
    metres = sum(one.metres for one in tours)
    return Figures(
        tours=len(tours),
        metres=metres,
        seconds=seconds,
        done=sum(one[0] == StopState.DONE for one in stops),
        failed=sum(one[0] == StopState.FAILED for one in stops),
        first=sum(one[0] == StopState.DONE and not one[6] for one in stops),
        on_time=sum(late <= PUNCTUAL_S for late in promised),
        timed=len(promised),
        grams=sum(mass for _pk, mass, _state in loads),
        capacity_g=sum(one.bike.capacity_g for one in tours),
        collected_g=sum(one[5] for one in stops),
        cost_cents=_cost(tours),
        parcels=sum(state == "delivered" for _pk, _mass, state in loads),
    )


def _begin(tour: Tour) -> float:
    return midnight(tour.board.centre, tour.board.day).timestamp()


def _out(tour: Tour) -> float:
    """Seconds on the road."""
    if tour.back_at is None or tour.left_at is None:
        return 0.0
    return (tour.back_at - tour.left_at).total_seconds()


def _cost(tours: list[Tour]) -> int:
    """What the hours and kilometres cost at the bikes' rates."""
    cents = 0.0
    for tour in tours:
        hours = _out(tour) / 3600
        cents += hours * tour.bike.cost_hour_cents + tour.metres / 1000 * tour.bike.cost_km_cents
    return round(cents)


def metres_between(centre: Centre, start: date, end: date) -> int:
    """One query."""
    rows = Tour.objects.filter(
        board__centre=centre, board__day__gte=start, board__day__lt=end, state=TourState.DONE
    )
    return int(rows.aggregate(sum=Sum("metres", default=0))["sum"])
