"""Numbers, money, masses and dates as the readers of the active language write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone, translation
from django.utils.dateformat import format as dateformat
from django.utils.translation import gettext, ngettext, pgettext

from wesprint.platform.base.clock import now

KILO = 1000
TONNE = 1_000_000


def is_german() -> bool:
    return (translation.get_language() or "de").startswith("de")


def whole(text: str) -> str:
    """Figures and their unit stay in their order within a line that runs from the right."""
    if not translation.get_language_bidi():
        return text
    # The mark in front: where a browser asks for the first letter with a direction (dir="auto"),
    # it does not pass over what is isolated.
    return f"\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def _unit(text: str, unit: str) -> str:
    return whole(f"{text} {unit}")


def _euros(text: str) -> str:
    """Before the amount in English only."""
    english = (translation.get_language() or "de").startswith("en")
    return f"€{text}" if english else _unit(text, "€")


def number(value: Decimal | int, decimals: int = 0) -> str:
    """`1236` -> "1.236", in English "1,236"; half is rounded up."""
    step = Decimal(1).scaleb(-decimals)
    text = f"{Decimal(value).quantize(step, ROUND_HALF_UP):,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,")) if is_german() else text


def kilos(grams: int) -> str:
    """`31_500` -> "31,5 kg", `850` -> "850 g", `1_236_000` -> "1.236 kg"."""
    if abs(grams) < KILO:
        return _unit(number(grams), "g")
    return _unit(_at_most_one_decimal(grams, KILO), "kg")


def mass(grams: int) -> str:
    """Like `kilos`, but from ten tonnes on in tonnes: `18_400_000` -> "18,4 t"."""
    if abs(grams) < 10 * TONNE:
        return kilos(grams)
    return _unit(_at_most_one_decimal(grams, TONNE), "t")


def kilos_exact(grams: int) -> str:
    """To the gram, for balances that must close: `31_500` -> "31,500 kg"."""
    return _unit(number(Decimal(grams) / KILO, 3), "kg")


def money(cents: int) -> str:
    """`1250` -> "12,50 €", in English "€12.50"."""
    amount = number(Decimal(abs(cents)) / 100, 2)
    sign = "-" if cents < 0 else ""
    if (translation.get_language() or "de").startswith("en"):
        return f"{sign}€{amount}"
    return _unit(f"{sign}{amount}", "€")


def money_range(low: int, high: int) -> str:
    """`5500, 8000` -> "55–80 €": a suggestion, so whole euros."""
    ends = [number(Decimal(end) / 100) for end in (low, high)]
    text = ends[0] if ends[0] == ends[1] else "–".join(ends)
    return _euros(text)


def co2e(low: int, high: int) -> str:
    """Grams of CO2e, each end rounded to two digits: "20–70 kg CO₂e", "12–31 t CO₂e"."""
    unit, step = ("t", TONNE) if max(abs(low), abs(high)) >= 10 * TONNE else ("kg", KILO)
    ends = [_two_digits(Decimal(end) / step) for end in (low, high)]
    text = ends[0] if ends[0] == ends[1] else _span(*ends)
    return _unit(text, f"{unit} CO₂e")


def mass_range(low: int, high: int) -> str:
    """`18_000, 34_000` -> "18–34 kg"."""
    unit, step = ("g", 1) if max(low, high) < KILO else ("kg", KILO)
    ends = [_two_digits(Decimal(end) / step) for end in (low, high)]
    text = ends[0] if ends[0] == ends[1] else _span(*ends)
    return _unit(text, unit)


def number_to(count: int, most: int) -> str:
    """A count that stopped at one beyond `most`: "1.000+" for more than a thousand."""
    return number(count) if count <= most else f"{number(most)}+"


def percent(share: float | Decimal) -> str:
    """A share of one: `0.624` -> "62 %", in English "62%"."""
    text = number(Decimal(str(share)) * 100)
    return _unit(text, "%") if is_german() else whole(f"{text}%")


def day(value: date) -> str:
    """ "Samstag, 21. November", in English "Saturday, 21 November"; the year is left out."""
    return dateformat(_local(value), "l, j. F" if is_german() else f"l{comma()}j F")


def comma() -> str:
    """Between two parts of a line."""
    return "، " if (translation.get_language() or "de").startswith("ar") else ", "


def full_date(value: date) -> str:
    """ "21. November 2026", in English "21 November 2026"."""
    return dateformat(_local(value), "j. F Y" if is_german() else "j F Y")


def short_date(value: date) -> str:
    """ "21.11.2026", in English "21/11/2026"."""
    return whole(dateformat(_local(value), "d.m.Y" if is_german() else "d/m/Y"))


def clock(value: datetime) -> str:
    """ "14:52 Uhr", in English "14:52"."""
    text = dateformat(_local(value), "G:i")
    return f"{text} Uhr" if is_german() else whole(text)


def relative(value: datetime, at: datetime | None = None) -> str:
    """ "gerade eben", "vor 5 Minuten", "gestern, 14:52 Uhr", else the date and the time."""
    at = at or now()
    minutes = int((at - value).total_seconds() // 60)
    if 0 <= minutes < 60:
        return _minutes_ago(minutes)
    days = (_local_day(at) - _local_day(value)) // timedelta(days=1)
    near = {0: gettext("today"), 1: gettext("yesterday"), -1: gettext("tomorrow")}
    return f"{near.get(days) or full_date(value)}{comma()}{clock(value)}"


def _minutes_ago(minutes: int) -> str:
    if minutes == 0:
        return gettext("just now")
    text = ngettext("%(count)s minute ago", "%(count)s minutes ago", minutes)
    return text % {"count": minutes}


def _local(value: date) -> date:
    """A moment in the reader's zone; a day stays what it is."""
    return timezone.localtime(value) if isinstance(value, datetime) else value


def _local_day(value: datetime) -> date:
    return timezone.localtime(value).date()


def _at_most_one_decimal(count: int, step: int) -> str:
    tenths = (Decimal(count) * 10 / step).quantize(Decimal(1), ROUND_HALF_UP)
    return number(tenths / 10, 0 if tenths % 10 == 0 else 1)


def _two_digits(value: Decimal) -> str:
    """Two significant digits, because the footprints are not known better."""
    if value == 0:
        return "0"
    exponent = value.adjusted() - 1
    rounded = value.quantize(Decimal(1).scaleb(exponent), ROUND_HALF_UP)
    decimals = max(0, -exponent)
    if decimals and rounded == rounded.to_integral_value():
        decimals = 0
    return number(Decimal(f"{rounded:f}"), decimals)


def _span(low: str, high: str) -> str:
    """An en dash; beside a minus sign it would be misread, so then the word."""
    return f"{low} {pgettext('range', 'to')} {high}" if "-" in low + high else f"{low}–{high}"
