"""How numbers, money, masses and dates read in German and English."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from wesprint.kernel.clock import FixedClock
from wesprint.web import formats

NOON = datetime(2026, 11, 21, 13, 52, tzinfo=UTC)  # 14:52 in Berlin

CASES: list[tuple[Callable[..., str], tuple[Any, ...], str, str]] = [
    (formats.number, (1236,), "1.236", "1,236"),
    (formats.number, (Decimal("2.45"), 1), "2,5", "2.5"),
    (formats.number, (-1_000_000,), "-1.000.000", "-1,000,000"),
    (formats.kilos, (0,), "0 g", "0 g"),
    (formats.kilos, (850,), "850 g", "850 g"),
    (formats.kilos, (1000,), "1 kg", "1 kg"),
    (formats.kilos, (31_500,), "31,5 kg", "31.5 kg"),
    (formats.kilos, (31_540,), "31,5 kg", "31.5 kg"),
    (formats.kilos, (31_960,), "32 kg", "32 kg"),
    (formats.kilos, (1_236_000,), "1.236 kg", "1,236 kg"),
    (formats.kilos, (-2500,), "-2,5 kg", "-2.5 kg"),
    (formats.kilos_exact, (31_500,), "31,500 kg", "31.500 kg"),
    (formats.mass, (9_999_000,), "9.999 kg", "9,999 kg"),
    (formats.mass, (18_400_000,), "18,4 t", "18.4 t"),
    (formats.money, (1250,), "12,50 €", "€12.50"),
    (formats.money, (123_456,), "1.234,56 €", "€1,234.56"),
    (formats.money, (-50,), "-0,50 €", "-€0.50"),
    (formats.money_range, (5500, 8000), "55–80 €", "€55–80"),
    (formats.money_range, (5500, 5520), "55 €", "€55"),
    (formats.co2e, (20_000, 70_000), "20–70 kg CO₂e", "20–70 kg CO₂e"),
    (formats.co2e, (1234, 5678), "1,2–5,7 kg CO₂e", "1.2–5.7 kg CO₂e"),
    (formats.co2e, (900, 12_345), "0,90–12 kg CO₂e", "0.90–12 kg CO₂e"),
    (formats.co2e, (2000, 7000), "2–7 kg CO₂e", "2–7 kg CO₂e"),
    (formats.co2e, (12_300_000, 31_400_000), "12–31 t CO₂e", "12–31 t CO₂e"),
    (formats.co2e, (1_236_000, 4_950_000), "1.200–5.000 kg CO₂e", "1,200–5,000 kg CO₂e"),
    (formats.co2e, (7000, 7010), "7 kg CO₂e", "7 kg CO₂e"),
    (formats.co2e, (0, 0), "0 kg CO₂e", "0 kg CO₂e"),
    (formats.co2e, (-3000, 12_000), "-3 bis 12 kg CO₂e", "-3 to 12 kg CO₂e"),
    (formats.mass_range, (18_000, 34_000), "18–34 kg", "18–34 kg"),
    (formats.mass_range, (120, 450), "120–450 g", "120–450 g"),
    (formats.percent, (0.624,), "62 %", "62%"),
    (formats.percent, (Decimal("0.005"),), "1 %", "1%"),
    (formats.day, (date(2026, 11, 21),), "Samstag, 21. November", "Saturday, 21 November"),
    (formats.day, (NOON,), "Samstag, 21. November", "Saturday, 21 November"),
    (formats.full_date, (date(2026, 3, 1),), "1. März 2026", "1 March 2026"),
    (formats.short_date, (date(2026, 3, 1),), "01.03.2026", "01/03/2026"),
    (formats.clock, (NOON,), "14:52 Uhr", "14:52"),
]


@pytest.mark.parametrize(("function", "given", "german", "english"), CASES)
def test_both_languages(
    function: Callable[..., str], given: tuple[Any, ...], german: str, english: str
) -> None:
    shown = []
    for language in ("de", "de-informal", "en"):
        with translation.override(language):
            shown.append(function(*given))
    assert shown == [german, german, english]


@pytest.mark.parametrize(
    ("before", "german", "english"),
    [
        (timedelta(seconds=20), "gerade eben", "just now"),
        (timedelta(minutes=1), "vor 1 Minute", "1 minute ago"),
        (timedelta(minutes=5), "vor 5 Minuten", "5 minutes ago"),
        (timedelta(hours=3), "heute, 7:00 Uhr", "today, 7:00"),
        (timedelta(days=1), "gestern, 10:00 Uhr", "yesterday, 10:00"),
        (timedelta(days=-1), "morgen, 10:00 Uhr", "tomorrow, 10:00"),
        (timedelta(days=3), "21. November 2026, 10:00 Uhr", "21 November 2026, 10:00"),
    ],
)
def test_relative(clock: FixedClock, before: timedelta, german: str, english: str) -> None:
    moment = clock.now() - before
    with translation.override("de"):
        assert formats.relative(moment) == german
    with translation.override("en"):
        assert formats.relative(moment) == english
