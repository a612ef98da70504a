"""When a house is open, in its own zone and with the holidays of its own state."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from tests.world import make_town

from wesprint.kernel.clock import FixedClock
from wesprint.platform.base.words import Words
from wesprint.platform.organisations import selectors, services
from wesprint.platform.organisations.models import Centre, Organisation
from wesprint.platform.organisations.selectors import Span

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        (at(24, 9, 59), None),
        (at(24, 10), at(24, 18)),
        (at(24, 17, 59), at(24, 18)),
        (at(24, 18), None),
        (at(29, 12), None),  # a Sunday
    ],
)
def test_open_until(clock: FixedClock, moment: datetime, until: datetime | None) -> None:
    centre = make_town().centre
    assert selectors.open_until(centre, moment) == until
    assert selectors.is_open_at(centre, moment) is (until is not None)


def test_a_moment_in_another_zone_counts_in_the_houses_own(clock: FixedClock) -> None:
    centre = make_town().centre
    assert selectors.is_open_at(centre, datetime(2026, 11, 24, 9, 0, tzinfo=UTC)) is True
    assert selectors.is_open_at(centre, datetime(2026, 11, 24, 17, 0, tzinfo=UTC)) is False


def test_two_spans_of_a_day_leave_a_gap_but_close_once(clock: FixedClock) -> None:
    town = make_town()
    spans = (Span(1, time(9), time(12)), Span(1, time(15), time(19)))
    services.set_opening_hours(town.ctx("board"), centre=town.centre, spans=spans)
    assert selectors.open_until(town.centre, at(24, 11)) == at(24, 12)
    assert selectors.open_until(town.centre, at(24, 13)) is None
    assert selectors.closes_today(town.centre, at(24, 13)) == at(24, 19)
    assert selectors.closes_today(town.centre, at(24, 19)) is None
    assert selectors.next_opening(town.centre, at(24, 13)) == at(24, 15)
    assert selectors.next_opening(town.centre, at(24, 20)) == datetime(
        2026, 12, 1, 9, tzinfo=BERLIN
    )


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (at(24, 12), date(2026, 11, 25)),
        (at(28, 12), date(2026, 11, 30)),  # Saturday: not on Sunday
        (at(24, 12, month=12), date(2026, 12, 28)),  # both Christmas days, then a Sunday
    ],
)
def test_the_next_opening_day_skips_sundays_and_holidays(
    clock: FixedClock, moment: datetime, day: date
) -> None:
    centre = make_town().centre
    assert selectors.next_opening_day(centre, moment) == day
    assert selectors.closing_of_next_opening_day(centre, moment) == datetime(
        day.year, day.month, day.day, 18, tzinfo=BERLIN
    )


def test_a_closed_day_is_skipped_and_can_be_taken_back(clock: FixedClock) -> None:
    town = make_town()
    closed = date(2026, 11, 25)
    services.close_on_day(town.ctx("board"), centre=town.centre, day=closed, reason="Inventur")
    calendar = selectors.calendar_of(town.centre)
    assert (calendar.why_closed(closed), calendar.on(closed)) == (Words("Inventur"), ())
    assert selectors.next_opening_day(town.centre, at(24, 12)) == date(2026, 11, 26)
    services.open_on_day(town.ctx("board"), centre=town.centre, day=closed)
    assert selectors.next_opening_day(town.centre, at(24, 12)) == closed


def test_a_house_that_never_opens_has_no_next_day(clock: FixedClock) -> None:
    town = make_town()
    services.set_opening_hours(town.ctx("board"), centre=town.centre, spans=())
    assert selectors.next_opening_day(town.centre, at(24, 12)) is None
    assert selectors.closing_of_next_opening_day(town.centre, at(24, 12)) is None
    assert selectors.next_opening(town.centre, at(24, 12)) is None


def test_holidays_differ_by_state() -> None:
    corpus_christi, reformation = date(2026, 6, 4), date(2026, 10, 31)
    assert selectors.holiday_on("NW", corpus_christi) == "Fronleichnam"
    assert selectors.holiday_on("BE", corpus_christi) is None
    assert selectors.holiday_on("BB", reformation) == "Reformationstag"
    assert selectors.holiday_on("NW", reformation) is None
    assert len(selectors.STATES) == 16


def test_who_runs_the_house_is_a_question_of_the_day(clock: FixedClock) -> None:
    town = make_town()
    ctx = town.ctx("board")
    agency = services.found_organisation(
        ctx, name="Logistikagentur", slug="agentur", legal_form="municipality"
    )
    relation = town.centre.relations.get(kind="operator")
    services.end_relation(town.ctx("board"), relation=relation, until=date(2026, 7, 1))
    services.relate(
        town.ctx("board"),
        centre=town.centre,
        organisation=agency,
        kind="operator",
        since=date(2026, 7, 1),
    )
    assert selectors.operators_at(town.centre, date(2026, 6, 30)) == (town.organisation,)
    assert selectors.operators_at(town.centre, date(2026, 7, 1)) == (agency,)
    assert selectors.operator_of(town.centre, date(2026, 7, 1)) == agency
    assert selectors.centres_of(agency, date(2026, 7, 1)) == (town.centre,)
    assert selectors.centres_of(agency, date(2026, 6, 30)) == ()


def test_donations_only_where_everybody_who_runs_it_is_charitable(clock: FixedClock) -> None:
    town = make_town()
    day = date(2026, 3, 1)
    assert selectors.is_charitable(town.centre, day) is False
    _charitable(town.organisation, day)
    assert selectors.is_charitable(town.centre, date(2026, 2, 28)) is False
    assert selectors.is_charitable(town.centre, day) is True
    other = services.found_organisation(town.ctx("board"), name="GmbH", slug="gmbh")
    services.relate(
        town.ctx("board"), centre=town.centre, organisation=other, kind="operator", since=day
    )
    assert selectors.is_charitable(town.centre, day) is False
    assert selectors.is_charitable(Centre(pk=0), day) is False


def _charitable(organisation: Organisation, since: date) -> None:
    organisation.charitable_since = since
    organisation.save()
