"""What the house says about its opening times, in both languages."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from wesprint.apps.house.opening import Hours, Opening, opening, week_hours
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import Calendar, Span

BERLIN = ZoneInfo("Europe/Berlin")
SPANS = (
    *(Span(weekday, time(10), time(13)) for weekday in range(6)),
    *(Span(weekday, time(14, 30), time(18)) for weekday in range(5)),
)
CALENDAR = Calendar(
    Centre(state="NW"), SPANS, {date(2026, 11, 24): "Inventur", date(2026, 11, 25): ""}
)


@pytest.mark.parametrize(
    ("at", "is_open", "german", "english"),
    [
        ("2026-11-20 10:00", True, "offen bis 13 Uhr", "open until 13:00"),
        ("2026-11-20 17:59", True, "offen bis 18 Uhr", "open until 18:00"),
        ("2026-11-20 09:59", False, "öffnet heute um 10 Uhr", "opens today at 10:00"),
        ("2026-11-20 13:00", False, "öffnet heute um 14:30 Uhr", "opens today at 14:30"),
        (
            "2026-11-20 18:00",
            False,
            "für heute geschlossen, morgen ab 10 Uhr",
            "closed for today, tomorrow from 10:00",
        ),
        (
            "2026-11-22 12:00",
            False,
            "heute geschlossen, morgen ab 10 Uhr",
            "closed today, tomorrow from 10:00",
        ),
        (
            "2026-11-01 12:00",
            False,
            "heute geschlossen: Feiertag Allerheiligen, morgen ab 10 Uhr",
            "closed today: public holiday All Saints' Day, tomorrow from 10:00",
        ),
        (
            "2026-11-24 12:00",
            False,
            "heute geschlossen: Inventur, Donnerstag ab 10 Uhr",
            "closed today: Inventur, Thursday from 10:00",
        ),
        (
            "2026-11-25 12:00",
            False,
            "heute geschlossen, morgen ab 10 Uhr",
            "closed today, tomorrow from 10:00",
        ),
    ],
)
def test_the_state_of_the_house(at: str, is_open: bool, german: str, english: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=BERLIN)
    with translation.override("de"):
        assert opening(CALENDAR, moment) == Opening(is_open, german)
    with translation.override("en"):
        assert opening(CALENDAR, moment) == Opening(is_open, english)


def test_a_house_that_opens_rarely_names_the_date() -> None:
    closed = {date(2026, 11, day): "Umbau" for day in range(1, 31)}
    calendar = Calendar(Centre(state="NW"), (Span(0, time(9), time(12)),), closed)
    with translation.override("de"):
        text = opening(calendar, datetime(2026, 11, 3, 12, tzinfo=BERLIN)).text
    assert text == "heute geschlossen: Umbau, Montag, 7. Dezember ab 9 Uhr"


def test_a_house_without_hours_says_nothing() -> None:
    calendar = Calendar(Centre(state="NW"), (), {})
    assert opening(calendar, datetime(2026, 11, 3, 12, tzinfo=BERLIN)) == Opening(False, "")


def test_the_usual_week_as_a_table() -> None:
    spans = (
        *(Span(day, time(9, 30), time(12)) for day in (1, 2, 4)),
        *(Span(day, time(14), time(18)) for day in (1, 2)),
    )
    calendar = Calendar(Centre(state="NW"), spans, {})
    with translation.override("de"):
        assert week_hours(calendar, date(2026, 11, 24)) == (
            Hours("Montag", "", today=False),
            Hours("Dienstag und Mittwoch", "9:30 bis 12 Uhr, 14 bis 18 Uhr", today=True),
            Hours("Donnerstag", "", today=False),
            Hours("Freitag", "9:30 bis 12 Uhr", today=False),
            Hours("Samstag und Sonntag", "", today=False),
        )
    with translation.override("en"):
        daily = Calendar(
            Centre(state="NW"), tuple(Span(d, time(9), time(12)) for d in range(7)), {}
        )
        assert week_hours(daily, date(2026, 11, 24)) == (
            Hours("Monday to Sunday", "09:00–12:00", today=True),
        )
