"""What the cells of a table mean: amounts, weights, days and conditions as people write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import Invalid
from wesprint.platform.imports.folding import fold
from wesprint.platform.reference.models import Grade

_UNITS = re.compile(r"(eur|euro|€|kg|kilo|g|gramm)\.?$", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}([.,' ]\d{3})+")
_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})")
_GRADES = {
    Grade.A: ("a", "1", "neu", "wie neu", "neuwertig", "sehr gut", "new", "like new"),
    Grade.B: ("b", "2", "gut", "gebraucht", "good", "used"),
    Grade.C: ("c", "3", "braucht hand", "reparaturbeduerftig", "maessig", "needs a hand", "fair"),
    Grade.D: ("d", "4", "defekt", "fuer teile", "ersatzteile", "broken", "for parts"),
}
GRADES = {word: grade.value for grade, words in _GRADES.items() for word in words}
_YES = ("ja", "j", "yes", "y", "x", "1", "wahr", "true", "gewogen", "measured")


def wrong(text: str, what: object, next: object, *, field: str) -> Invalid:
    words = {"text": text[:40]}
    return Invalid(str(what) % words, next=str(next) % words, field=field, code=f"cell-{field}")


def grade_of(text: str) -> str:
    found = GRADES.get(fold(text))
    if found is None:
        raise wrong(
            text,
            _("“%(text)s” is no condition that we know."),
            _("Write A (like new), B (good), C (needs a hand) or D (for parts)."),
            field="grade",
        )
    return found


def unknown_kind(text: str) -> Invalid:
    return wrong(
        text,
        _("“%(text)s” is no kind of thing that we know."),
        _("Write our name of it, as it stands on the page “Give away”."),
        field="category",
    )


def cents_of(text: str, *, exact: bool) -> int:
    """ "12,50 €" -> 1250. exact: numbers come from a workbook, with a point before the cents."""
    return _steps(text, 100, exact=exact, field="price")


def grams_of(text: str, per_unit: int, *, exact: bool) -> int:
    return _steps(text, per_unit, exact=exact, field="weight")


def is_yes(text: str) -> bool:
    return fold(text) in _YES


def _steps(text: str, per_unit: int, *, exact: bool, field: str) -> int:
    """A decimal as a whole count of small steps; what is finer than a step is rounded."""
    plain = _UNITS.sub("", text.strip()).strip()
    try:
        number = Decimal(plain if exact else _point(plain, field))
        counted = int((number * per_unit).to_integral_value())
    except (InvalidOperation, ValueError, OverflowError):
        raise wrong(
            text, _("“%(text)s” is no number."), _("Write it like 12,50."), field=field
        ) from None
    if abs(counted) > 10**12:
        raise wrong(text, _("“%(text)s” is too large."), "", field=field)
    return counted


def _point(text: str, field: str) -> str:
    """ "1.250,00" -> "1250.00". "1.250" alone is one and a quarter to some and a thousand to
    others: nobody guesses with other people's goods."""
    if "," in text and "." in text:
        decimal = max(text.rfind(","), text.rfind("."))
        whole = re.sub(r"[.,' ]", "", text[:decimal])
        return f"{whole}.{text[decimal + 1 :]}"
    if "." in text and _THOUSANDS.fullmatch(text.lstrip("-")):
        raise wrong(
            text,
            _("“%(text)s” can be read in two ways."),
            _("Write it with a comma before the decimals and without other signs."),
            field=field,
        )
    return text.replace("'", "").replace(" ", "").replace(",", ".")


def day_of(text: str) -> date:
    """ "24.11.2026" or "2026-11-24"."""
    match = _DAY.fullmatch(text.strip())
    try:
        if match:
            day, month, year = (int(part) for part in match.groups())
            return date(year + 2000 if year < 100 else year, month, day)
        return datetime.fromisoformat(text.strip()).date()
    except ValueError:
        raise wrong(
            text,
            _("“%(text)s” is no day."),
            _("Write it like 24.11.2026."),
            field="taken_in_on",
        ) from None


MISSING = _("This cell is empty.")
MISSING_NEXT = _("Please fill it in.")


def not_a_day(on: date) -> Invalid:
    return wrong(
        on.isoformat(),
        _("Nothing came in on %(text)s."),
        _("The day lies between 1990 and today."),
        field="taken_in_on",
    )
