"""What is known of days: taps, entries, confirmations, put together into days."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from wesprint.apps.team.days import Day, State, day_of
from wesprint.apps.team.models import Confirmed, Engagement, Entry, Stamp
from wesprint.apps.team.selectors.engagements import Pattern, patterns

Key = tuple[int, date]


@dataclass(frozen=True, slots=True)
class Known:
    """All rows about some engagements within some days."""

    stamps: Mapping[Key, list[Stamp]]
    entries: Mapping[Key, list[Entry]]
    confirmed: Mapping[Key, Confirmed]
    patterns: Mapping[int, Pattern]

    def day(self, engagement: Engagement, day: date, today: date) -> Day:
        key = engagement.pk, day
        entries = self.entries.get(key)
        runs = engagement.runs_on(day)
        return day_of(
            day,
            today,
            taps=self.stamps.get(key, ()),
            said=entries[-1] if entries else None,
            expected=self.patterns[engagement.pk].on(day) if runs else None,
            confirmed=key in self.confirmed,
        )


def known(engagements: Sequence[Engagement], first: date, last: date) -> Known:
    """Four queries, however many people and days."""
    within = {"engagement__in": engagements, "day__gte": first, "day__lte": last}
    stamps: dict[Key, list[Stamp]] = defaultdict(list)
    for stamp in Stamp.objects.filter(**within):
        stamps[stamp.engagement_id, stamp.day].append(stamp)
    entries: dict[Key, list[Entry]] = defaultdict(list)
    for entry in Entry.objects.filter(**within).select_related("by"):
        entries[entry.engagement_id, entry.day].append(entry)
    rows = Confirmed.objects.filter(**within, taken_back_at__isnull=True).select_related("by")
    confirmed = {(row.engagement_id, row.day): row for row in rows}
    return Known(stamps, entries, confirmed, patterns(engagements))


def days_between(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of one engagement, day by day."""

    first: date
    days: tuple[Day, ...]
    known: Known = field(repr=False)

    @property
    def seconds(self) -> int:
        return sum(one.work.seconds for one in self.days if one.counts)

    @property
    def confirmed_seconds(self) -> int:
        return sum(one.work.seconds for one in self.days if one.state is State.CONFIRMED)

    @property
    def breaks(self) -> int:
        return sum(one.work.breaks for one in self.days if one.counts)

    def with_state(self, *states: State) -> tuple[Day, ...]:
        return tuple(one for one in self.days if one.state in states)


def month_of(engagement: Engagement, first: date, today: date) -> Month:
    """All days of the month that begins on `first`. Four queries."""
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    found = known([engagement], first, last)
    days = tuple(found.day(engagement, day, today) for day in days_between(first, last))
    return Month(first, days, found)


def days_in_need(
    engagements: Sequence[Engagement], today: date, back: int = 31
) -> tuple[tuple[Engagement, Day], ...]:
    """Past days that somebody has to look at: open ones, and expected ones of which nothing is
    known; the newest first. Four queries."""
    first = today - timedelta(days=back)
    found = known(engagements, first, today)
    needed = [
        (one, day)
        for one in engagements
        for at in days_between(first, today - timedelta(days=1))
        if (day := found.day(one, at, today)).state in (State.OPEN, State.MISSING)
    ]
    return tuple(sorted(needed, key=lambda pair: (pair[1].day, pair[0].pk), reverse=True))


def to_confirm(engagements: Sequence[Engagement], today: date, back: int = 62) -> int:
    """How many complete days wait to be confirmed. Four queries."""
    first = today - timedelta(days=back)
    found = known(engagements, first, today)
    return sum(
        found.day(one, at, today).state is State.COMPLETE
        for one in engagements
        for at in days_between(first, today - timedelta(days=1))
    )
