"""Public holidays of the sixteen federal states, and of the places that have more."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from holidays import CATHOLIC, PUBLIC, HolidayBase, country_holidays

from wesprint.kernel.errors import Invalid, Text

STATES = (
    "BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH",
)  # fmt: skip
AUGSBURG = "Augsburg"  # the only town with a holiday of its own (8 August)


def closed_on(
    state: str, day: date, *, catholic_place: bool = False, town: str = "", locale: str = "de"
) -> str | None:
    """The name of the public holiday, or None on a working day.

    state: ISO 3166-2:DE without "DE-". catholic_place: a municipality with a Catholic majority
    also keeps Assumption Day (Bavaria) or Corpus Christi (parts of Saxony and Thuringia).
    Raises Invalid for an unknown state.
    """
    if state not in STATES:
        raise Invalid(Text("“%(state)s” is not a federal state.", {"state": state}), field="state")
    language = "en_US" if locale.startswith("en") else "de"
    subdivision = AUGSBURG if state == "BY" and town == AUGSBURG else state
    return _calendar(subdivision, catholic_place, day.year, language).get(day)


@lru_cache(maxsize=256)
def _calendar(subdivision: str, catholic: bool, year: int, language: str) -> HolidayBase:
    categories = (PUBLIC, CATHOLIC) if catholic else (PUBLIC,)
    return country_holidays(
        "DE", subdiv=subdivision, years=year, categories=categories, language=language
    )
