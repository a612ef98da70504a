"""The span of time that a reader asks for: everything, a year, a month, any days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wesprint.kernel.errors import Invalid
from wesprint.kernel.period import Period
from wesprint.platform.ledger.rollups import BEGINNING, FOREVER
from wesprint.web import formats

ALL = ""
BETWEEN = ".."
_PATTERN = re.compile(r"(\d{4})(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Choice:
    """`key`: "" (everything), "2026", "2026-11" or "2026-11-03..2026-11-20" (both days
    included), as in the address."""

    key: str
    period: Period

    @property
    def label(self) -> str:
        if self.key == ALL:
            return _("Since the beginning")
        if len(self.key) == 4:
            return self.key
        if BETWEEN in self.key:
            first, last = self.period.start, self.period.last_day
            return f"{formats.short_date(first)} – {formats.short_date(last)}"
        return f"{MONTHS[self.period.start.month]} {self.period.start.year}"


def choice_of(key: str) -> Choice:
    """Raises Invalid for anything that is no year, month or span of days."""
    if key == ALL:
        return Choice(ALL, FOREVER)
    if BETWEEN in key:
        return _days(key)
    match = _PATTERN.fullmatch(key)
    year, month = (int(part or 0) for part in match.groups()) if match else (0, 0)
    if not 1 <= year <= 9998 or not 0 <= month <= 12 or (match and match[2] == "00"):
        raise _unknown()
    return Choice(key, Period.month(year, month) if month else Period.year(year))


def _days(key: str) -> Choice:
    try:
        first, last = (date.fromisoformat(part) for part in key.split(BETWEEN))
    except ValueError:
        raise _unknown() from None
    if last < first:
        raise Invalid(
            gettext_lazy("The last day lies before the first."),
            next=gettext_lazy("Please exchange the two days."),
            field="bis",
            code="period-backwards",
        )
    if not BEGINNING <= first <= last < FOREVER.end - timedelta(days=1):
        raise _unknown()
    return Choice(key, Period(first, last + timedelta(days=1)))


def asked_for(values: Mapping[str, str]) -> Choice:
    """What an address or a form asks for: `zeitraum`, or the days `von` and `bis`; one of the
    two alone means that day."""
    first, last = values.get("von", "").strip(), values.get("bis", "").strip()
    if first or last:
        return choice_of(f"{first or last}{BETWEEN}{last or first}")
    return choice_of(values.get("zeitraum", ""))


def _unknown() -> Invalid:
    return Invalid(
        gettext_lazy("This is no month and no year."),
        next=gettext_lazy("Please choose one of the periods shown."),
        field="zeitraum",
        code="unknown-period",
    )


def choices(months: Iterable[date]) -> tuple[Choice, ...]:
    """Everything, then each year and month in which something flowed, newest first."""
    known = sorted(set(months), reverse=True)
    years = dict.fromkeys(f"{month:%Y}" for month in known)
    keys: list[Any] = [ALL, *years, *(f"{month:%Y-%m}" for month in known)]
    return tuple(choice_of(key) for key in keys)
