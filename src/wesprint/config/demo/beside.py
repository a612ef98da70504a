"""What stands beside the demo's figures: meters read, how it was before, what buyers answered."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from wesprint.apps.flows.public import keep_answers, record_baseline, record_use
from wesprint.config.demo.stage import Script
from wesprint.platform.base.words import Words
from wesprint.platform.organisations.models import Centre
from wesprint.web.rooms import rooms

# activity -> thousandths of its unit in a usual month of the town house
A_MONTH = {
    "electricity": 2_140_000,
    "district-heat": 6_800_000,
    "van-diesel": 310_000,
    "cardboard": 42_500,
}
BEFORE = (
    (
        "bulky-waste",
        Words("t im Jahr", "t a year"),
        1_870_000,
        Words("Abfallbilanz der Stadt", "Waste statistics of the town"),
    ),
    (
        "vans",
        Words("am Tag", "a day"),
        164_000,
        Words("Zählung am Markt, zwei Wochen", "Count at the market, two weeks"),
    ),
    (
        "vacancy",
        Words("m²", "m²"),
        8_400_000,
        Words("Leerstandskataster der Stadt", "Register of vacancies of the town"),
    ),
    (
        "footfall",
        Words("am Samstag", "on a Saturday"),
        5_230_000,
        Words("Zählung der Werbegemeinschaft", "Count by the traders’ association"),
    ),
)
SMALLER = 9  # the station is so many times smaller


def put_beside(script: Script, at: datetime, town: Centre, station: Centre, first: date) -> None:
    """Whole months since `first`, baselines of the month before, and all answers so far."""
    for house, divided in ((town, 1), (station, SMALLER)):
        for month in _months(first, at.date()):
            for activity, quantity in A_MONTH.items():
                record_use(
                    script.ctx(house.scope, at),
                    centre=house,
                    month=month,
                    activity=activity,
                    quantity=quantity * (95 + month.month) // 100 // divided,
                )
        found = [one for room in rooms() if room.answers for one in room.answers(house)]
        keep_answers(script.ctx(house.scope, at), centre=house, found=found)
    for kind, unit, value, source in BEFORE:
        record_baseline(
            script.ctx(town.scope, at),
            centre=town,
            kind=kind,
            unit=unit,
            value=value,
            as_of=first - timedelta(days=30),
            source=source,
        )


def _months(first: date, last: date) -> list[date]:
    """Those that are over; the first one was none of the house yet."""
    days = [first + timedelta(days=number) for number in range((last - first).days)]
    unfinished = {first.replace(day=1), last.replace(day=1)}
    return sorted({day.replace(day=1) for day in days} - unfinished)
