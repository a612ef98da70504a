"""The week in words, numbers and pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from wesprint.apps.goods.selectors.week import SellThrough, Week
from wesprint.web import formats

ENOUGH = 10  # things, below which a share says nothing
Show = Callable[[int], str]


def figures(this: Week, last: Week, last_until: date, until: date) -> list[dict[str, Any]]:
    """This week so far beside the same days 52 weeks ago."""
    fields: list[tuple[str, Any, Show]] = [
        ("came_in", _("came in"), formats.mass),
        ("handed_on", _("handed on"), formats.mass),
        ("cents", _("taken at the counter"), formats.money),
    ]
    return [
        {
            "value": show(this.total(name, until)),
            "label": label,
            "range": _against(this.total(name, until), last.total(name, last_until), show),
        }
        for name, label, show in fields
    ]


def _against(now: int, then: int, show: Show) -> str:
    if not then:
        return _("nothing in the same days a year ago")
    share = (now - then) / then
    sign = "+" if share >= 0 else "−"
    words = {"then": show(then), "change": f"{sign}{formats.percent(abs(share))}"}
    return _("%(then)s a year ago, %(change)s") % words


def days_chart(this: Week, last: Week) -> dict[str, Any]:
    """Kilos handed on, day by day; beside them last year's where there were any."""
    shown = [(_("this week"), this)]
    if last.total("handed_on"):
        shown.append((_("a year ago"), last))
    return {
        "categories": [str(WEEKDAYS_ABBR[day.day.weekday()]) for day in this.days],
        "series": [
            {"name": name, **_series([day.handed_on for day in one.days])} for name, one in shown
        ],
        "unit": "kg",
    }


def _series(grams: Sequence[int]) -> dict[str, list[Any]]:
    return {
        "values": [round(value / formats.KILO, 1) for value in grams],
        "texts": [formats.mass(value) for value in grams],
    }


def days_table(this: Week, last: Week) -> dict[str, Any]:
    columns = [{"label": _("Day")}] + [
        {"label": label, "kind": "number"}
        for label in (_("In"), _("Handed on"), _("A year ago"), _("Taken"), _("A year ago"))
    ]
    rows = [
        {
            "cells": [
                formats.day(day.day),
                formats.kilos(day.came_in),
                formats.kilos(day.handed_on),
                formats.kilos(then.handed_on),
                formats.money(day.cents),
                formats.money(then.cents),
            ]
        }
        for day, then in zip(this.days, last.days, strict=True)
    ]
    return {"columns": columns, "rows": rows, "foot": _foot(this, last)}


def _foot(this: Week, last: Week) -> list[str]:
    return [
        _("Sum"),
        formats.kilos(this.total("came_in")),
        formats.kilos(this.total("handed_on")),
        formats.kilos(last.total("handed_on")),
        formats.money(this.total("cents")),
        formats.money(last.total("cents")),
    ]


def selling_chart(groups: Sequence[SellThrough]) -> dict[str, Any]:
    """Share handed on within 30 days, the quickest group on top."""
    known = sorted((one for one in groups if one.listed >= ENOUGH), key=_share, reverse=True)
    return {
        "categories": [_name(one) for one in known],
        "series": [
            {
                "name": _("handed on within 30 days"),
                "values": [round(100 * _share(one), 1) for one in known],
                "texts": [formats.percent(_share(one)) for one in known],
            }
        ],
        "unit": "%",
        "horizontal": True,
    }


def selling_table(groups: Sequence[SellThrough]) -> dict[str, Any]:
    columns = [{"label": _("Group")}] + [
        {"label": label, "kind": "number"}
        for label in (
            _("On the shelf"),
            _("Handed on within 30 days"),
            _("Share"),
            _("Price against suggestion"),
        )
    ]
    rows = [
        {
            "cells": [
                _name(one),
                formats.number(one.listed),
                formats.number(one.soon),
                formats.percent(_share(one)) if one.listed >= ENOUGH else _("too few"),
                formats.percent(one.paid / one.suggested) if one.suggested else "",
            ]
        }
        for one in groups
    ]
    return {"columns": columns, "rows": rows}


def _share(one: SellThrough) -> float:
    return one.soon / one.listed if one.listed else 0.0


def _name(one: SellThrough) -> str:
    return one.name_de if formats.is_german() else one.name_en


def week_words(monday: date) -> str:
    """ "Woche vom 23. bis 29. November"."""
    sunday = monday + timedelta(days=6)
    return _("Week %(number)s, from %(first)s to %(last)s") % {
        "number": monday.isocalendar().week,
        "first": formats.short_date(monday),
        "last": formats.short_date(sunday),
    }
