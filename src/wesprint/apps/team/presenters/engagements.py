"""Engagements, the board of today, learning steps, the figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.dateformat import format as dateformat
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wesprint.apps.team.days import Day, State
from wesprint.apps.team.models import Engagement, EngagementKind, Group, Level, ReachedStep, Step
from wesprint.apps.team.presenters import days as show
from wesprint.apps.team.selectors.engagements import Pattern
from wesprint.apps.team.selectors.figures import Figures
from wesprint.apps.team.selectors.norms import kind_named
from wesprint.web import formats


def locale() -> str:
    return get_language() or "de"


def name_of(one: Engagement) -> str:
    return one.person.name if one.person else "–"


def kind_name(one: Engagement, kinds: dict[str, EngagementKind]) -> str:
    kind = kinds.get(one.kind) or kind_named(one.kind, one.since)
    return kind.name(locale()) if kind else one.kind


def kind_choices(kinds: dict[str, EngagementKind]) -> list[tuple[str, str]]:
    return [(slug, f"{kind.name(locale())} ({kind.law})") for slug, kind in kinds.items()]


def period(one: Engagement) -> str:
    since = formats.short_date(one.since)
    if one.until is None:
        return _("from %(day)s") % {"day": since}
    return f"{since} – {formats.short_date(one.until)}"


def facts(one: Engagement) -> list[dict[str, Any]]:
    kind = kind_named(one.kind, one.since)
    pairs = [
        (_("Kind"), f"{kind.name(locale())} ({kind.law})" if kind else one.kind),
        (_("Agreed"), _("%(hours)s a week") % {"hours": show.hours(one.weekly_minutes * 60)}),
        (_("Period"), period(one)),
        (_("Assigned by"), one.sponsor),
        (_("Reference number"), one.reference),
        (_("Supervisor"), one.supervisor.name if one.supervisor else ""),
    ]
    return [{"label": label, "value": value} for label, value in pairs if value]


def week_facts(one: Engagement, pattern: Pattern, today: date) -> list[dict[str, str]]:
    """The week that holds today; of one to come, its first."""
    day = max(today, one.since)
    monday = day - timedelta(days=day.weekday())
    found = [(name, pattern.on(monday + timedelta(days=at))) for at, name in WEEKDAYS.items()]
    return [
        {"label": str(name), "value": f"{hours.starts:%H:%M}–{hours.ends:%H:%M}"}
        for name, hours in found
        if hours
    ]


# -- today ---------------------------------------------------------------------------------
_ORDER = (
    State.HERE, State.PAUSED, State.EXPECTED, State.COMPLETE, State.CONFIRMED, State.ABSENT,
    State.FREE,
)  # fmt: skip


def today_line(one: Engagement, day: Day, kinds: dict[str, EngagementKind]) -> dict[str, Any]:
    return {
        "name": name_of(one),
        "kind": kind_name(one, kinds),
        "state": show.state_tag(day),
        "expected": show.expected_words(day),
        "since": show.clock(day.work.came, one.centre.tz),
        "url": reverse("team_engagement", args=[one.centre.slug, one.public_id]),
        "day_url": show.day_url(one, day.day),
        "rank": _ORDER.index(day.state) if day.state in _ORDER else 0,
    }


def need_line(one: Engagement, day: Day) -> dict[str, Any]:
    return {
        "name": name_of(one),
        "day": formats.day(day.day),
        "state": show.state_tag(day),
        "url": show.day_url(one, day.day),
    }


def columns() -> list[dict[str, str]]:
    return [
        {"label": _("Name")},
        {"label": _("Kind")},
        {"label": _("Hours a week"), "kind": "number"},
        {"label": _("Period")},
        {"label": _("Supervisor")},
    ]


def row(one: Engagement, kinds: dict[str, EngagementKind]) -> dict[str, Any]:
    return {
        "url": reverse("team_engagement", args=[one.centre.slug, one.public_id]),
        "cells": [
            name_of(one),
            kind_name(one, kinds),
            show.duration(one.weekly_minutes * 60),
            period(one),
            one.supervisor.name if one.supervisor else "–",
        ],
    }


# -- learning steps ------------------------------------------------------------------------
Path = Sequence[tuple[Step, ReachedStep | None]]


def areas(path: Path) -> list[dict[str, Any]]:
    """Each work area with its levels, and the steps of each."""
    return [
        {
            "area": area,
            "levels": [
                {"level": Level(level).label, "steps": [_step(*pair) for pair in pairs]}
                for level, pairs in groupby(list(of_area), key=lambda pair: pair[0].level)
            ],
        }
        for area, of_area in groupby(path, key=lambda pair: pair[0].area)
    ]


def _step(step: Step, reached: ReachedStep | None) -> dict[str, Any]:
    return {
        "step": step,
        "reached": reached,
        "by": reached.by.name if reached and reached.by else "",
    }


def known_areas(steps: Iterable[Step]) -> list[str]:
    return sorted({one.area for one in steps})


# -- figures -------------------------------------------------------------------------------
HIDDEN = "·"


def week_name(monday: Any) -> str:
    sunday = monday + timedelta(days=6)
    return f"{dateformat(monday, 'j.n.')}–{dateformat(sunday, 'j.n.')}"


def _tenths(seconds: int) -> float:
    return round(seconds / 3600, 1)


def hours_table(found: Figures) -> dict[str, Any]:
    columns = [{"label": _("Week")}]
    columns += [{"label": str(Group(one).label), "kind": "number"} for one in Group.values]
    columns += [{"label": _("Together"), "kind": "number"}]
    return {"columns": columns, "rows": [_week_row(week) for week in found.weeks]}


def _week_row(week: Any) -> dict[str, Any]:
    shown = [
        _hours(week.hours.cells.get(one), hidden=one in week.hours.hidden) for one in Group.values
    ]
    return {
        "cells": [week_name(week.monday), *shown, _hours(week.hours.total, hidden=True)],
    }


def _hours(seconds: int | None, *, hidden: bool) -> str:
    if seconds is None:
        return HIDDEN if hidden else "0"
    return formats.number(round(seconds / 3600))


def hours_chart(found: Figures) -> dict[str, Any]:
    series = [
        {
            "name": str(Group(one).label),
            "values": [_tenths(week.hours.cells.get(one, 0)) for week in found.weeks],
        }
        for one in Group.values
        if any(week.hours.cells.get(one) for week in found.weeks)
    ]
    return {
        "categories": [week_name(week.monday) for week in found.weeks],
        "series": series,
        "unit": "h",
        "stacked": True,
    }


def anything(found: Figures) -> bool:
    return any(week.hours.total or any(week.hours.cells.values()) for week in found.weeks)


def steps_table(found: Figures) -> dict[str, Any]:
    columns = [{"label": _("Work area")}, {"label": _("Steps reached"), "kind": "number"}]
    keys = sorted({*found.steps.cells, *found.steps.hidden})
    rows = [{"cells": [area, _count(found.steps.cells.get(area))]} for area in keys]
    return {"columns": columns, "rows": rows, "foot": [_("Together"), _count(found.steps.total)]}


def stay_table(found: Figures) -> dict[str, Any]:
    columns = [
        {"label": _("Kind of engagement")},
        {"label": _("Began"), "kind": "number"},
        {"label": _("Still here a quarter later"), "kind": "number"},
    ]
    keys = [one for one in Group.values if one in found.began.cells or one in found.began.hidden]
    rows = [
        {
            "cells": [
                str(Group(one).label),
                _count(found.began.cells.get(one)),
                _count(found.stayed.get(one)),
            ]
        }
        for one in keys
    ]
    return {"columns": columns, "rows": rows}


def _count(value: int | None) -> str:
    return HIDDEN if value is None else formats.number(value)


def quarter_name(first: Any) -> str:
    return _("quarter %(number)s of %(year)s") % {
        "number": (first.month - 1) // 3 + 1,
        "year": first.year,
    }
