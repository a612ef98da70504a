"""The attendance sheet of one person and month as a page of paper and as a table, and the
confirmation of learning steps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wesprint.apps.team.days import Day, State
from wesprint.apps.team.models import Engagement, ReachedStep
from wesprint.apps.team.presenters import days as show
from wesprint.apps.team.presenters import engagements as show_one
from wesprint.apps.team.selectors.attendance import Month, month_of
from wesprint.apps.team.selectors.norms import kind_named
from wesprint.platform.base.sheets import harmless
from wesprint.platform.organisations.models import Centre
from wesprint.web import formats
from wesprint.web.sheets import csv_lines

FOLDER = Path(__file__).parent / "typst"
NUMBERS = (3, 4)


def _compile(name: str, data: dict[str, Any]) -> bytes:
    return typst.compile(str(FOLDER / name), sys_inputs={"data": json.dumps(data)})


# -- the attendance sheet ------------------------------------------------------------------
def pdf(one: Engagement, first: date, today: date) -> bytes:
    """A4, one page for one person and one month. Only confirmed days are summed up as such;
    what is not settled stands there in words."""
    return _compile("sheet.typ", _sheet(one, month_of(one, first, today)))


def _sheet(one: Engagement, month: Month) -> dict[str, Any]:
    return {
        "lang": (get_language() or "de")[:2],
        "title": _("Attendance sheet"),
        "month": show.month_name(month.first),
        "house": _house(one.centre),
        "facts": _facts(one),
        "columns": [_("Day"), _("From"), _("To"), _("Break"), _("Hours"), _("Remark")],
        "numbers": list(NUMBERS),
        "rows": [_row(one, day) for day in month.days],
        "weekend": [day.day.weekday() >= 5 for day in month.days],
        "foot": [
            _("Together"), "", "", show.duration(month.breaks), show.duration(month.seconds), "",
        ],
        "sums": _sums(month),
        "note": _("Recorded at the house by badge, own page or the lead. Hours:minutes."),
        "signatures": [_("Date, signature of the participant"), _("Date, signature of the house")],
    }  # fmt: skip


def _house(centre: Centre) -> list[str]:
    return [centre.name, centre.street, f"{centre.postcode} {centre.town}"]


def _facts(one: Engagement) -> list[list[str]]:
    kind = kind_named(one.kind, one.since)
    pairs = [
        (_("Name"), show_one.name_of(one)),
        (_("Kind"), f"{kind.name(show_one.locale())}, {kind.law}" if kind else one.kind),
        (_("Assigned by"), one.sponsor or "–"),
        (_("Reference number"), one.reference or "–"),
        (_("Period"), show_one.period(one)),
        (_("Agreed hours a week"), show.duration(one.weekly_minutes * 60)),
        (_("Supervisor"), one.supervisor.name if one.supervisor else "–"),
    ]
    return [list(pair) for pair in pairs]


def _row(one: Engagement, day: Day) -> list[str]:
    tz, counts = one.centre.tz, day.counts
    return [
        show.weekday_date(day.day),
        show.clock(day.work.came, tz),
        show.clock(day.work.left, tz),
        show.duration(day.work.breaks) if counts and day.work.breaks else "",
        show.duration(day.work.seconds) if counts else "",
        _remark(day),
    ]


def _remark(day: Day) -> str:
    if day.state in (State.FREE, State.CONFIRMED, State.EXPECTED):
        return ""
    return str(show.state_tag(day)["text"])


def _sums(month: Month) -> list[list[str]]:
    """Days and hours, and the absences by kind."""
    present = month.with_state(State.COMPLETE, State.CONFIRMED)
    sums = [
        [_("Days present"), str(len(present))],
        [_("Hours"), show.duration(month.seconds)],
        [_("of these confirmed"), show.duration(month.confirmed_seconds)],
    ]
    absent = [show.absence_name(day) for day in month.with_state(State.ABSENT)]
    sums += [[name, str(absent.count(name))] for name in dict.fromkeys(absent)]
    unsettled = len(month.with_state(State.OPEN, State.MISSING))
    return [*sums, [_("Days not settled"), str(unsettled)]] if unsettled else sums


def as_csv(one: Engagement, first: date, today: date) -> str:
    """One row a day, for any program: ISO days, times with a colon, minutes as numbers."""
    month, tz = month_of(one, first, today), one.centre.tz
    head = ["reference", "day", "from", "to", "break_minutes", "minutes", "absence", "state"]
    rows = [
        [
            harmless(one.reference),
            day.day.isoformat(),
            show.clock(day.work.came, tz),
            show.clock(day.work.left, tz),
            day.work.breaks // 60 if day.counts else "",
            day.work.seconds // 60 if day.counts else "",
            day.absence,
            str(day.state),
        ]
        for day in month.days
    ]
    return "\ufeff" + "".join(csv_lines([head, *rows]))


# -- learning steps ------------------------------------------------------------------------
def steps_pdf(one: Engagement, reached: Sequence[ReachedStep], today: date) -> bytes:
    """What somebody can do, by work area. No marks, nothing that is missing."""
    path = [(row.step, row) for row in sorted(reached, key=_by_area)]
    data = {
        "lang": (get_language() or "de")[:2],
        "title": _("Confirmation"),
        "house": _house(one.centre),
        "name": show_one.name_of(one),
        "intro": _("has learned and shown in our house:"),
        "areas": [
            {"area": area["area"], "steps": [_step_line(step) for step in _steps_in(area)]}
            for area in show_one.areas(path)
        ],
        "place": f"{one.centre.town}, {formats.short_date(today)}",
        "signature": _("For the house"),
    }
    return _compile("steps.typ", data)


def _by_area(row: ReachedStep) -> tuple[str, int, str]:
    return row.step.area, row.step.level, row.step.title


def _steps_in(area: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for level in area["levels"] for step in level["steps"]]


def _step_line(step: dict[str, Any]) -> list[str]:
    by = f", {step['by']}" if step["by"] else ""
    return [step["step"].title, formats.short_date(step["reached"].on) + by]
