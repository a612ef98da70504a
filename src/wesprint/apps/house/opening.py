"""What a visitor wants to know first: is the house open, until when, and when again. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from wesprint.platform.organisations.selectors import Calendar
from wesprint.web import formats
from wesprint.web.formats import comma, is_german, whole


@dataclass(frozen=True, slots=True)
class Opening:
    """`text` as part of a sentence in the active language; "" for a house without hours."""

    open: bool
    text: str


def opening(calendar: Calendar, at: datetime) -> Opening:
    local = calendar.local(at)
    today = local.date()
    for span in calendar.on(today):
        if span.opens <= local.time() < span.closes:
            return Opening(True, _("open until %(time)s") % {"time": hour(span.closes)})
        if local.time() < span.opens:
            return Opening(False, _("opens today at %(time)s") % {"time": hour(span.opens)})
    return Opening(False, _closed(calendar, today))


def _closed(calendar: Calendar, today: date) -> str:
    if not calendar.spans:
        return ""
    reason, again = _reason(calendar, today), _again(calendar, today)
    return comma().join(part for part in (reason, again) if part)


def _reason(calendar: Calendar, today: date) -> str:
    why = calendar.why_closed(today)
    if why is None:
        had_hours = bool(calendar.on(today))
        return _("closed for today") if had_hours else _("closed today")
    if not why:
        return _("closed today")
    if today in calendar.closed:
        return _("closed today: %(reason)s") % {"reason": why}
    return _("closed today: public holiday %(name)s") % {"name": why}


def _again(calendar: Calendar, today: date) -> str:
    day = next(calendar.opening_days(today), None)
    first = calendar.open_of(day) if day else None
    if day is None or first is None:
        return ""
    return _("%(day)s from %(time)s") % {"day": day_name(day, today), "time": hour(first.time())}


def day_name(day: date, today: date) -> str:
    """ "morgen", within a week "Montag", later "Montag, 7. Dezember"."""
    ahead = (day - today) // timedelta(days=1)
    if ahead == 1:
        return _("tomorrow")
    return str(WEEKDAYS[day.weekday()]) if ahead < 7 else formats.day(day)


def hour(at: time) -> str:
    """ "18 Uhr", "9:30 Uhr", in English "18:00"."""
    if not is_german():
        return f"{at:%H:%M}"
    return f"{at.hour} Uhr" if at.minute == 0 else f"{at.hour}:{at.minute:02} Uhr"


@dataclass(frozen=True, slots=True)
class Hours:
    """One row of the table of opening hours: days in a row with the same hours, like "Montag
    bis Mittwoch". `spans` is "" for closed days; `today`: one of them is today."""

    days: str
    spans: str
    today: bool


def week_hours(calendar: Calendar, today: date) -> tuple[Hours, ...]:
    """The usual week, Monday first. Holidays and closed days are not in it: the line above
    the table speaks of today."""
    by_day = [(weekday, _spans(calendar, weekday)) for weekday in range(7)]
    rows = []
    for spans, found in groupby(by_day, key=lambda pair: pair[1]):
        days = [weekday for weekday, _spans_of_day in found]
        rows.append(Hours(_days(days), spans, today.weekday() in days))
    return tuple(rows)


def _days(days: Sequence[int]) -> str:
    first, last = WEEKDAYS[days[0]], WEEKDAYS[days[-1]]
    match len(days):
        case 1:
            return str(first)
        case 2:
            return _("%(first)s and %(last)s") % {"first": first, "last": last}
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def _spans(calendar: Calendar, weekday: int) -> str:
    texts = [_span(s.opens, s.closes) for s in calendar.spans if s.weekday == weekday]
    return comma().join(texts)


def _span(opens: time, closes: time) -> str:
    """ "10 bis 18 Uhr", in English "10:00–18:00"."""
    if is_german():
        return f"{hour(opens).removesuffix(' Uhr')} bis {hour(closes)}"
    return whole(f"{hour(opens)}–{hour(closes)}")
