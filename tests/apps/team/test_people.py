"""Engagements, learning steps, and what is known of a person."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from tests.apps.team import things
from tests.apps.team.things import MONDAY
from tests.world import Town, make_town

from wesprint.apps.team import personal, services
from wesprint.apps.team.models import (
    Confirmed,
    Engagement,
    EngagementKind,
    Entry,
    Norm,
    ReachedStep,
    Stamp,
)
from wesprint.apps.team.selectors.engagements import patterns
from wesprint.apps.team.selectors.steps import path_of
from wesprint.apps.team.services import Terms, WeekDay
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Conflict, DomainError, Invalid, Refused
from wesprint.platform.people.services.consents import record_consent
from wesprint.platform.people.services.privacy import erase_person


def test_kinds_and_norms_are_dated_rows_with_a_source(town: Town) -> None:
    kind = EngagementKind.objects.get(slug="placement-16d")
    assert (kind.law, kind.source.slug) == ("§ 16d SGB II", "team-sgb2")
    norms = dict(Norm.objects.values_list("key", "value"))
    assert (norms["break-first-minutes"], norms["figures-from-people"]) == (30, 5)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"kind": "slavery"}, "team-kind"),
        ({"weekly_minutes": 49 * 60}, "team-hours"),
        ({"weekly_minutes": 0}, "team-hours"),
        ({"until": date(2026, 9, 1)}, "team-until"),
        ({"sponsor": " "}, "team-sponsor"),
    ],
)
def test_what_cannot_be_agreed(town: Town, values: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as caught:
        things.placement(town, **values)
    assert (caught.value.code, Engagement.objects.count()) == (code, 0)


def test_nobody_works_twice_at_a_time(town: Town) -> None:
    person = things.somebody(town)
    things.placement(town, person, until=date(2026, 10, 31))
    with pytest.raises(Conflict) as caught:
        things.volunteer(town, person, since=date(2026, 10, 31))
    assert caught.value.code == "team-overlap"
    things.volunteer(town, person, since=date(2026, 11, 1))
    assert Engagement.objects.count() == 2


def test_only_the_lead_of_the_house_supervises(town: Town) -> None:
    terms = Terms("volunteer", 60, MONDAY)
    with pytest.raises(Invalid) as caught:
        services.agree_engagement(
            town.ctx("board"),
            centre=town.centre,
            terms=terms,
            name="Neu",
            supervisor=town.people["staff"],
        )
    assert caught.value.code == "team-supervisor"


def test_somebody_of_another_house_is_not_known(town: Town) -> None:
    stranger = things.somebody(make_town("anderswo"))
    with pytest.raises(Invalid) as caught:
        things.volunteer(town, stranger)
    assert caught.value.code == "team-person"


def test_another_week_holds_from_its_day_on(town: Town, placement: Engagement) -> None:
    services.set_week(
        town.ctx(),
        engagement=placement,
        since=MONDAY,
        week=[WeekDay(5, time(10), time(16))],
    )
    pattern = patterns([placement])[placement.pk]
    before, after = date(2026, 11, 17), date(2026, 11, 24)
    assert (pattern.on(before) is not None, pattern.on(after)) == (True, None)
    saturday = pattern.on(date(2026, 11, 28))
    assert saturday is not None and saturday.starts == time(10)


def test_an_engagement_does_not_end_before_its_last_day(town: Town, placement: Engagement) -> None:
    things.worked(town, placement, MONDAY)
    with pytest.raises(Conflict) as caught:
        services.end_engagement(town.ctx(), engagement=placement, until=MONDAY - timedelta(days=1))
    assert caught.value.code == "team-days-after"
    services.end_engagement(town.ctx(), engagement=placement, until=MONDAY)


# -- learning steps ------------------------------------------------------------------------
def test_a_step_needs_the_persons_consent(town: Town, placement: Engagement) -> None:
    step, person = things.step(town), placement.person
    assert person is not None
    with pytest.raises(Refused) as caught:
        services.confirm_step(town.ctx(), engagement=placement, step=step)
    assert caught.value.code == "team-no-consent"
    things.agree(town, person)
    services.confirm_step(town.ctx(), engagement=placement, step=step, by=town.people["board"])
    services.confirm_step(town.ctx(), engagement=placement, step=step)  # again: nothing new
    ((shown, reached),) = path_of(person, town.centre)
    assert (shown, reached and reached.by) == (step, town.people["board"])


def test_whoever_takes_the_consent_back_has_no_steps(town: Town, placement: Engagement) -> None:
    person = placement.person
    assert person is not None
    things.agree(town, person)
    services.confirm_step(town.ctx(), engagement=placement, step=things.step(town))
    services.agree_to_steps(town.ctx(), person=person, given=False)
    assert ReachedStep.objects.count() == 0


def test_a_consent_taken_back_elsewhere_hides_at_once_and_deletes_at_night(
    town: Town, placement: Engagement
) -> None:
    person = placement.person
    assert person is not None
    things.agree(town, person)
    services.confirm_step(town.ctx(), engagement=placement, step=things.step(town))
    record_consent(town.ctx(), person=person, purpose="team.steps", given=False, wording="x")
    assert [reached for _step, reached in path_of(person, town.centre)] == [None]
    services.tidy(town.ctx())
    assert ReachedStep.objects.count() == 0


def test_a_step_that_is_no_longer_learned_stays_with_who_reached_it(
    town: Town, placement: Engagement
) -> None:
    step, person = things.step(town), placement.person
    assert person is not None
    things.agree(town, person)
    services.confirm_step(town.ctx(), engagement=placement, step=step)
    services.retire_step(town.ctx(), step=step)
    assert [shown for shown, _reached in path_of(person, town.centre)] == [step]
    assert path_of(town.people["staff"], town.centre) == ()
    with pytest.raises(Conflict):
        things.step(town, "x")
        things.step(town, "x")


# -- what is known of a person -------------------------------------------------------------
def test_everything_is_handed_out(town: Town, placement: Engagement) -> None:
    things.worked(town, placement, MONDAY)
    things.entered(town, placement, MONDAY)
    things.confirmed(town, placement, MONDAY)
    (data,) = personal._export(placement.person)  # type: ignore[arg-type]
    assert (data["reference"], len(data["stamps"]), data["entries"][0]["reason"]) == (
        "AGH-2026-117",
        4,
        "Karte vergessen",
    )
    assert data["confirmed"] == [{"day": "2026-11-23", "seconds": 19800, "taken_back_at": None}]


def test_attendance_is_kept_as_long_as_the_law_asks(
    town: Town, placement: Engagement, clock: FixedClock
) -> None:
    person = placement.person
    assert person is not None
    things.entered(town, placement, MONDAY)
    things.confirmed(town, placement, MONDAY)
    block = personal._block(person)
    assert block is not None
    assert (block.until, block.because) == (date(2028, 11, 30), "§ 16 (2) ArbZG")
    erase_person(town.ctx("board"), person=person)
    assert Entry.objects.count() == 1
    clock.at += timedelta(days=800)
    person.refresh_from_db()
    erase_person(town.ctx("board"), person=person)
    placement.refresh_from_db()
    assert (placement.person, placement.reference, Entry.objects.count()) == (None, "", 0)
    assert Confirmed.objects.get().seconds == 19800  # that so much was worked stays, nameless


def test_details_of_ended_engagements_go_after_their_time(
    town: Town, placement: Engagement, clock: FixedClock
) -> None:
    things.worked(town, placement, MONDAY)
    services.end_engagement(town.ctx(), engagement=placement, until=MONDAY)
    assert services.tidy(town.ctx()) == 0
    clock.at += timedelta(days=740)
    assert services.tidy(town.ctx()) == 1
    placement.refresh_from_db()
    assert (placement.person, Stamp.objects.count()) == (None, 0)


def test_a_running_engagement_ties_somebody_to_the_house(town: Town, placement: Engagement) -> None:
    assert placement.person is not None
    assert personal._last_used(placement.person) is not None
