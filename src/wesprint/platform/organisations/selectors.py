"""What can be asked about organisations and houses. Days are counted in the house's own zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.db.models import Q, QuerySet

from wesprint.platform.base.words import Words
from wesprint.platform.organisations.models import (
    Centre,
    CentreRelation,
    Floor,
    Organisation,
    RelationKind,
)

LOOK_AHEAD = 92  # days: a house that opens less often than once a quarter has no next day
STATES: tuple[str, ...] = (
    *("BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV"),
    *("NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"),
)  # ISO 3166-2:DE

_HOLIDAYS_SPEAK = {"de": "de", "en": "en_US"}  # in the words of the package


@lru_cache(maxsize=128)
def _holidays_of(state: str, year: int, language: str) -> dict[date, str]:
    import holidays  # late: it loads 300 modules, which every start would wait for

    found = holidays.country_holidays(
        "DE", subdiv=state, years=year, language=_HOLIDAYS_SPEAK[language]
    )
    return dict(found.items())


def holiday_on(state: str, day: date, language: str = "de") -> str | None:
    """The name of the public holiday, None on a usual day.

    state: ISO 3166-2:DE without "DE-" ("NW"). Source: the `holidays` package (MIT).
    """
    return _holidays_of(state, day.year, language).get(day)


@dataclass(frozen=True, slots=True)
class Span:
    """Open from `opens` up to `closes` on one weekday (0 is Monday)."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class Calendar:
    """The opening times of one house, read with two queries and asked as often as needed."""

    centre: Centre
    spans: tuple[Span, ...]
    closed: dict[date, Words]

    def why_closed(self, day: date) -> Words | None:
        """The holiday or the reason given; empty for a closed day without one; None if neither."""
        if day in self.closed:
            return self.closed[day]
        name = holiday_on(self.centre.state, day)
        return None if name is None else Words(name, holiday_on(self.centre.state, day, "en") or "")

    def on(self, day: date) -> tuple[Span, ...]:
        if self.why_closed(day) is not None:
            return ()
        return tuple(span for span in self.spans if span.weekday == day.weekday())

    def opening_days(self, after: date) -> Iterator[date]:
        for step in range(1, LOOK_AHEAD + 1):
            if self.on(day := after + timedelta(days=step)):
                yield day

    def close_of(self, day: date) -> datetime | None:
        spans = self.on(day)
        return self._moment(day, max(span.closes for span in spans)) if spans else None

    def open_of(self, day: date) -> datetime | None:
        spans = self.on(day)
        return self._moment(day, min(span.opens for span in spans)) if spans else None

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.centre.tz)

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.centre.tz)


def calendar_of(centre: Centre) -> Calendar:
    """Two queries; none for a house whose `opening_hours` and `closed_days` are prefetched."""
    return Calendar(
        centre,
        tuple(Span(row.weekday, row.opens, row.closes) for row in centre.opening_hours.all()),
        {row.day: row.reason for row in centre.closed_days.all()},
    )


def is_open_at(centre: Centre, moment: datetime) -> bool:
    return open_until(centre, moment) is not None


def open_until(centre: Centre, moment: datetime) -> datetime | None:
    """The end of the span that is running at `moment`; None while the house is closed."""
    calendar = calendar_of(centre)
    local = calendar.local(moment)
    for span in calendar.on(local.date()):
        if span.opens <= local.time() < span.closes:
            return datetime.combine(local.date(), span.closes, centre.tz)
    return None


def closes_today(centre: Centre, moment: datetime) -> datetime | None:
    """When the house closes for good today; None if it does not open today or has closed."""
    calendar = calendar_of(centre)
    close = calendar.close_of(calendar.local(moment).date())
    return close if close is not None and close > moment else None


def next_opening_day(centre: Centre, moment: datetime) -> date | None:
    """The first day after today on which the house opens; None within a quarter of a year."""
    calendar = calendar_of(centre)
    return next(calendar.opening_days(calendar.local(moment).date()), None)


def closing_of_next_opening_day(centre: Centre, moment: datetime) -> datetime | None:
    """Until when something is kept for a neighbour: the close of the next opening day."""
    calendar = calendar_of(centre)
    day = next(calendar.opening_days(calendar.local(moment).date()), None)
    return calendar.close_of(day) if day else None


def next_opening(centre: Centre, moment: datetime) -> datetime | None:
    """When the house opens next: later today, or on the next opening day."""
    calendar = calendar_of(centre)
    local = calendar.local(moment)
    later = [span.opens for span in calendar.on(local.date()) if span.opens > local.time()]
    if later:
        return datetime.combine(local.date(), min(later), centre.tz)
    day = next(calendar.opening_days(local.date()), None)
    return calendar.open_of(day) if day else None


def relations_at(centre: Centre, day: date) -> QuerySet[CentreRelation]:
    return CentreRelation.objects.filter(
        Q(until__isnull=True) | Q(until__gt=day), centre=centre, since__lte=day
    )


def organisations_at(centre: Centre, day: date, *kinds: RelationKind) -> tuple[Organisation, ...]:
    """Who stands in one of the relations (none named: any) to the house on that day."""
    rows = relations_at(centre, day)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    ids = rows.values("organisation_id")
    return tuple(Organisation.objects.filter(pk__in=ids).order_by("name", "pk"))


def operators_at(centre: Centre, day: date) -> tuple[Organisation, ...]:
    return organisations_at(centre, day, RelationKind.OPERATOR)


def operator_of(centre: Centre, day: date) -> Organisation | None:
    """Who takes goods in and keeps the register; the one who has run the house longest."""
    rows = relations_at(centre, day).filter(kind=RelationKind.OPERATOR)
    first = rows.select_related("organisation__agent").order_by("since", "pk").first()
    return first.organisation if first else None


def is_charitable(centre: Centre, day: date) -> bool:
    """Whether pages may speak of donations: everybody who runs the house is charitable."""
    operators = operators_at(centre, day)
    return bool(operators) and all(
        operator.charitable_since is not None and operator.charitable_since <= day
        for operator in operators
    )


def centres_of(organisation: Organisation, day: date) -> tuple[Centre, ...]:
    ids = CentreRelation.objects.filter(
        Q(until__isnull=True) | Q(until__gt=day), organisation=organisation, since__lte=day
    ).values("centre_id")
    return tuple(Centre.objects.filter(pk__in=ids).order_by("name", "pk"))


def centres() -> tuple[Centre, ...]:
    return tuple(Centre.objects.order_by("town", "name", "pk"))


def floors_of(centre: Centre) -> tuple[Floor, ...]:
    """Top floor first, with worlds and spaces; three queries."""
    return tuple(centre.floors.prefetch_related("worlds", "spaces"))
