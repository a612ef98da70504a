from __future__ import annotations

from datetime import date, timedelta

import pytest

from wesprint.kernel.errors import Invalid
from wesprint.platform.reference.holidays_de import STATES, closed_on

CORPUS_CHRISTI = date(2026, 6, 4)
ASSUMPTION = date(2026, 8, 15)


def test_number_of_holidays_of_each_state_in_2026() -> None:
    days = [date(2026, 1, 1) + timedelta(days=step) for step in range(365)]
    assert {state: sum(closed_on(state, day) is not None for day in days) for state in STATES} == {
        "BB": 12, "BE": 10, "BW": 12, "BY": 12, "HB": 10, "HE": 10, "HH": 10, "MV": 11,
        "NI": 10, "NW": 11, "RP": 11, "SH": 10, "SL": 12, "SN": 11, "ST": 11, "TH": 11,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "day", "catholic", "town", "name"),
    [
        ("NW", CORPUS_CHRISTI, False, "", "Fronleichnam"),
        ("NI", CORPUS_CHRISTI, False, "", None),
        ("TH", CORPUS_CHRISTI, False, "", None),
        ("TH", CORPUS_CHRISTI, True, "", "Fronleichnam"),
        ("SN", date(2026, 11, 18), False, "", "Buß- und Bettag"),
        ("BY", ASSUMPTION, False, "", None),
        ("BY", ASSUMPTION, True, "", "Mariä Himmelfahrt"),
        ("SL", ASSUMPTION, False, "", "Mariä Himmelfahrt"),
        ("BY", date(2026, 8, 8), False, "Augsburg", "Augsburger Hohes Friedensfest"),
        ("BY", date(2026, 8, 8), False, "München", None),
        ("NW", date(2026, 8, 8), False, "Augsburg", None),
    ],
)
def test_places_that_have_more(
    state: str, day: date, catholic: bool, town: str, name: str | None
) -> None:
    assert closed_on(state, day, catholic_place=catholic, town=town) == name


def test_english_names() -> None:
    assert closed_on("NW", date(2026, 10, 3), locale="en") == "German Unity Day"
    assert closed_on("NW", date(2026, 10, 3), locale="de-informal") == "Tag der Deutschen Einheit"


def test_unknown_state() -> None:
    with pytest.raises(Invalid, match="“XX” is not a federal state"):
        closed_on("XX", date(2026, 1, 1))
