"""Days and months in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.dateformat import format as dateformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wesprint.apps.team.days import Day, Hint, Limits, State, hints
from wesprint.apps.team.models import Absence, Engagement, Entry, Norm, NormKey, Stamp, Verb, Way
from wesprint.apps.team.selectors.attendance import Month
from wesprint.web import formats

HOUR, MINUTE = 3600, 60
STATES: Mapping[State, tuple[Any, str]] = {
    State.FREE: (gettext_lazy("not expected"), "plain"),
    State.EXPECTED: (gettext_lazy("expected"), "plain"),
    State.MISSING: (gettext_lazy("nothing known"), "now"),
    State.HERE: (gettext_lazy("here"), ""),
    State.PAUSED: (gettext_lazy("on a break"), ""),
    State.OPEN: (gettext_lazy("came, but never left"), "now"),
    State.ABSENT: (gettext_lazy("absent"), "line"),
    State.COMPLETE: (gettext_lazy("to be confirmed"), "plain"),
    State.CONFIRMED: (gettext_lazy("confirmed"), ""),
}
VERBS: Mapping[str, tuple[Any, str]] = {
    Verb.COME: (gettext_lazy("I am here"), "check"),
    Verb.PAUSE: (gettext_lazy("Break"), "hourglass"),
    Verb.RESUME: (gettext_lazy("Back from the break"), "check"),
    Verb.GO: (gettext_lazy("I am leaving"), "house"),
}


def duration(seconds: int) -> str:
    """Hours and minutes, as on the sheet: "5:30"."""
    return f"{seconds // HOUR}:{seconds % HOUR // MINUTE:02}"


def hours(seconds: int) -> str:
    """ "5:30 h" for a sum on a page."""
    return _("%(time)s h") % {"time": duration(seconds)}


def clock(moment: datetime | None, tz: ZoneInfo) -> str:
    return f"{moment.astimezone(tz):%H:%M}" if moment else ""


def state_tag(day: Day) -> dict[str, Any]:
    text, kind = STATES[day.state]
    return {"text": absence_name(day) if day.absence else text, "kind": kind}


def _tag(day: Day) -> SafeString:
    found = state_tag(day)
    css = f" ws-tag--{found['kind']}" if found["kind"] else ""
    return format_html('<span class="ws-tag{}">{}</span>', css, found["text"])


def absence_name(day: Day) -> str:
    return str(Absence(day.absence).label) if day.absence else ""


def expected_words(day: Day) -> str:
    if day.expected is None:
        return ""
    return f"{day.expected.starts:%H:%M}–{day.expected.ends:%H:%M}"


def weekday_date(day: date) -> str:
    """ "Mo, 23.11."."""
    return dateformat(day, "D, j.n." if formats.is_german() else "D, j/n")


def month_name(first: date) -> str:
    return dateformat(first, "F Y")


def hint_words(
    day: Day, limits: Limits, norms: Mapping[str, Norm], before: Day | None
) -> list[str]:
    """What the law on working time would ask, with its paragraph. Hints, nothing is refused."""
    words = {
        Hint.BREAK: (
            _("More break is due after so many hours (%(law)s)."),
            NormKey.BREAK_FIRST,
        ),
        Hint.TOO_LONG: (_("A working day beyond the longest one (%(law)s)."), NormKey.DAY_AT_MOST),
        Hint.REST: (_("Too little rest since the day before (%(law)s)."), NormKey.REST),
    }
    found = [words[hint] for hint in hints(day, limits, before)]
    return [text % {"law": norms[key].law} for text, key in found]


def day_url(one: Engagement, day: date) -> str:
    return reverse("team_day", args=[one.centre.slug, one.public_id, day.isoformat()])


# -- a month as a table --------------------------------------------------------------------
def month_columns() -> list[dict[str, str]]:
    return [
        {"label": _("Day")},
        {"label": _("From")},
        {"label": _("To")},
        {"label": _("Break"), "kind": "number"},
        {"label": _("Hours"), "kind": "number"},
        {"label": _("State")},
    ]


def month_rows(one: Engagement, month: Month, *, link: bool) -> list[dict[str, Any]]:
    """Only days that say something."""
    tz = one.centre.tz
    return [
        {
            "url": day_url(one, day.day) if link else "",
            "cells": [*_cells(day, tz), _tag(day)],
        }
        for day in month.days
        if day.state not in (State.FREE,)
    ]


def _cells(day: Day, tz: ZoneInfo) -> list[str]:
    counts = day.counts
    return [
        weekday_date(day.day),
        clock(day.work.came, tz),
        clock(day.work.left, tz),
        duration(day.work.breaks) if counts and day.work.breaks else "",
        duration(day.work.seconds) if counts else "",
    ]


def month_foot(month: Month) -> list[str]:
    return [_("Together"), "", "", duration(month.breaks), duration(month.seconds), ""]


def month_tabs(one: Engagement, first: date, today: date, base: str) -> list[dict[str, Any]]:
    """The last months in which the engagement ran, the newest first; at most four."""
    tabs: list[dict[str, Any]] = []
    month = today.replace(day=1)
    while month >= one.since.replace(day=1) and len(tabs) < 4:
        tabs.append(
            {
                "label": dateformat(month, "F"),
                "url": f"{base}?monat={month:%Y-%m}",
                "current": month == first,
            }
        )
        month = _month_before(month)
    return tabs


def _month_before(first: date) -> date:
    return first.replace(year=first.year - (first.month == 1), month=(first.month - 2) % 12 + 1)


# -- one day -------------------------------------------------------------------------------
def stamp_line(stamp: Stamp, tz: ZoneInfo) -> str:
    return _("%(time)s: %(what)s (%(way)s)") % {
        "time": clock(stamp.at, tz),
        "what": Verb(stamp.verb).label,
        "way": Way(stamp.way).label,
    }


def entry_line(entry: Entry, tz: ZoneInfo, *, counts: bool) -> dict[str, Any]:
    return {
        "what": _entry_words(entry, tz),
        "reason": entry.reason,
        "by": entry.by.name if entry.by else "",
        "when": entry.noted_at,
        "counts": counts,
    }


def _entry_words(entry: Entry, tz: ZoneInfo) -> str:
    if entry.absence:
        return str(Absence(entry.absence).label)
    text = f"{clock(entry.came, tz)}–{clock(entry.left, tz)}"
    minutes = entry.break_minutes
    if not minutes:
        return text
    pause = ngettext("%(count)s minute of break", "%(count)s minutes of break", minutes)
    return f"{text}, {pause % {'count': minutes}}"
