"""Quantities as whole counts of their unit's smallest step, and what people type for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum

from wesprint.kernel.errors import Invalid, Text


class Unit(StrEnum):
    """The smallest step in which a kind of quantity is counted."""

    PIECE = "piece"
    GRAM = "g"
    CENT = "ct"
    SECOND = "s"
    METRE = "m"
    WATT_HOUR = "Wh"


@dataclass(frozen=True, slots=True)
class Quantity:
    """`count` steps of `unit`: Quantity(31_500, Unit.GRAM) is 31.5 kg."""

    count: int
    unit: Unit

    def __add__(self, other: Quantity) -> Quantity:
        self._same_unit(other)
        return Quantity(self.count + other.count, self.unit)

    def __sub__(self, other: Quantity) -> Quantity:
        return self + -other

    def __neg__(self) -> Quantity:
        return Quantity(-self.count, self.unit)

    def _same_unit(self, other: Quantity) -> None:
        if self.unit is not other.unit:
            raise Invalid(_mismatch(self.unit, other.unit), code="unit-mismatch")


def _mismatch(one: str, other: str) -> Text:
    return Text("%(one)s and %(other)s do not add up.", {"one": one, "other": other})


def grams(count: int) -> Quantity:
    return Quantity(count, Unit.GRAM)


def pieces(count: int = 1) -> Quantity:
    return Quantity(count, Unit.PIECE)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """Whole cents of one currency."""

    cents: int
    currency: str = "EUR"

    def __add__(self, other: Money) -> Money:
        if self.currency != other.currency:
            raise Invalid(_mismatch(self.currency, other.currency), code="unit-mismatch")
        return Money(self.cents + other.cents, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.cents, self.currency)


_MASS_STEPS = {"": 1000, "kg": 1000, "kilo": 1000, "kilogramm": 1000, "g": 1, "gramm": 1}
_MASS_STEPS |= {"t": 1_000_000, "kilogram": 1000, "kilograms": 1000, "gram": 1, "grams": 1}
_MONEY_STEPS = {"": 100, "€": 100, "eur": 100, "euro": 100, "ct": 1, "cent": 1}
_PLAIN_STEPS = {"": 1000}
_NO_MASS = "“%(text)s” is not a weight. Please write it like 31,5 kg or 800 g."
_NO_MONEY = "“%(text)s” is not an amount. Please write it like 12,50."
_DECIMALS = "“%(text)s” has more than two decimals. Did you mean %(meant)s?"
_THREE = "“%(text)s” has three decimals. Did you mean %(meant)s, or %(whole)s?"
_TWO_WAYS = "“%(text)s” can be read in two ways. Please write %(small)s or %(large)s."
_NO_NUMBER = "“%(text)s” is not a number. Please write it like 1.250 or 12,5."
_GROUPED = re.compile(r"^[+-]?[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:,\d{3})+)$")
_MANY_GROUPS = re.compile(r"^[+-]?[1-9]\d{0,2}(?:(?:\.\d{3}){2,}|(?:,\d{3}){2,})$")
_TOO_FINE = re.compile(r"^[+-]?(?:[\d.]*\d,\d{3,}|\d+\.\d{4,}|\d[\d,]*,\d+\.\d{3,})$")
_POINTS = {"de": ",", "en": "."}  # what stands before decimals; of others we know too little
_FINER = {"kg": "g", "t": "kg"}
_NUMBER = re.compile(r"^\s*([+-]?[\d.,'\s]*\d(?:[.,]-)?)\s*([^\d\s]*)\s*$")


def parse_mass(text: str, language: str = "") -> int:
    """`"31,5 kg"`, `"31.5"`, `"800 g"` -> grams. Raises Invalid for anything else.

    language: of who typed it ("de", "en-gb"). A scale shows "2,000" for two kilos, a reader of
    German takes "2.000" for two thousand, and for English it is the other way round: what the
    language does not decide is asked back, naming both.
    """
    _refuse_two_ways(text, language[:2])
    return _parse(text, _MASS_STEPS, _NO_MASS)


def parse_money(text: str) -> int:
    """`"12,50 €"`, `"1.234,50"`, `"80 ct"` -> cents. Raises Invalid for anything else.

    "12,345" is asked back: a slip of the finger must not become twelve thousand.
    """
    _refuse_too_fine(text)
    return _parse(text, _MONEY_STEPS, _NO_MONEY)


def parse_thousandths(text: str) -> int:
    """`"12,5"` -> 12_500, `"1.250"` (a meter, so thousands) -> 1_250_000. Raises Invalid for
    anything else."""
    return _parse(text, _PLAIN_STEPS, _NO_NUMBER)


def _parse(text: str, steps: dict[str, int], refusal: str) -> int:
    match = _NUMBER.match(text[:80])
    step = steps.get(match[2].lower()) if match else None
    if match is None or step is None:
        raise _unreadable(text, refusal)
    try:
        number = Decimal(_plain(match[1], thousands=steps is not _MASS_STEPS or step == 1))
        return int((number * step).quantize(Decimal(1), ROUND_HALF_UP))
    except InvalidOperation:
        raise _unreadable(text, refusal) from None


def _refuse_too_fine(text: str) -> None:
    match = _NUMBER.match(text[:80])
    number = re.sub(r"[\s']", "", match[1]) if match else ""
    if not _TOO_FINE.match(number):
        return
    exact = Decimal(_plain(number, thousands=False))
    meant = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    whole = number.replace(",", "") if _GROUPED.match(number) else ""
    if exact == meant and not whole:
        return  # "0,500"
    values: dict[str, object] = {
        "text": text[:40],
        "meant": str(meant).replace(".", ","),
        "whole": whole,
    }
    raise Invalid(Text(_THREE if whole else _DECIMALS, values), code="too-fine")


def _refuse_two_ways(text: str, language: str) -> None:
    match = _NUMBER.match(text[:80])
    step = _MASS_STEPS.get(match[2].lower(), 1) if match else 1
    number = re.sub(r"[\s']", "", match[1]) if match else ""
    one_group = _GROUPED.match(number) and not _MANY_GROUPS.match(number)
    if step == 1 or not one_group or _POINTS.get(language) == number[-4]:
        return
    raise Invalid(Text(_TWO_WAYS, _both_ways(text, number, step, language)), code="two-ways")


def _both_ways(text: str, number: str, step: int, language: str) -> dict[str, object]:
    """Both readings, each written so that it can be typed as it stands."""
    unit = "t" if step > 1000 else "kg"
    figures = re.sub(r"[.,]", "", number)
    exact = (Decimal(figures) / 1000).normalize()
    point = _POINTS.get(language, ",")
    if exact == exact.quantize(Decimal("0.01")):
        small = f"{exact:f} {unit}".replace(".", point)
    else:
        small = f"{figures} {_FINER[unit]}"
    return {"text": text.strip()[:40], "small": small, "large": f"{figures} {unit}"}


def _unreadable(text: str, refusal: str) -> Invalid:
    return Invalid(Text(refusal, {"text": text[:40]}), code="unreadable-quantity")


def _plain(number: str, *, thousands: bool) -> str:
    """German or English notation -> a plain decimal.

    With `thousands` (amounts, grams, cents: nobody writes three decimals of them) "1.500" and
    "1,500" are fifteen hundred. For kilos they are one and a half, as scales show them.
    """
    number = re.sub(r"[\s']|[.,]-$", "", number)
    if (_GROUPED if thousands else _MANY_GROUPS).match(number):
        return number.replace(".", "").replace(",", "")
    if number.rfind(",") > number.rfind("."):
        return number.replace(".", "").replace(",", ".")
    return number.replace(",", "")
