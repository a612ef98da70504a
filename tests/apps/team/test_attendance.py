"""Coming and going: what is noted stays, what is corrected stands beside it, nothing is made up."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from tests.apps.team import things
from tests.apps.team.things import MONDAY, TUESDAY, local
from tests.world import Town

from wesprint.apps.team import services
from wesprint.apps.team.days import Day, State
from wesprint.apps.team.models import Confirmed, Engagement, Entry, Stamp
from wesprint.apps.team.selectors.attendance import days_in_need, known, month_of
from wesprint.apps.team.services import Present
from wesprint.kernel.errors import Conflict, DomainError, Invalid, Refused
from wesprint.platform.ledger.models import EconomicEvent


def day_of(one: Engagement, day: date, today: date = TUESDAY) -> Day:
    return known([one], day, day).day(one, day, today)


def refused(code: str, call: object, *args: object, **kwargs: object) -> None:
    with pytest.raises(DomainError) as caught:
        call(*args, **kwargs)  # type: ignore[operator]
    assert caught.value.code == code


def test_a_day_by_badge(town: Town, placement: Engagement) -> None:
    things.worked(town, placement, MONDAY)
    day = day_of(placement, MONDAY)
    assert (day.state, day.work.came, day.work.left) == (
        State.COMPLETE,
        local(town, MONDAY, 8, 2),
        local(town, MONDAY, 14, 1),
    )
    assert (day.work.breaks, day.work.seconds) == (30 * 60, 329 * 60)


def test_whoever_comes_again_had_a_break(town: Town, placement: Engagement) -> None:
    for verb, hour in (("come", 8), ("go", 11), ("come", 13), ("go", 15)):
        things.tap(town, placement, verb, local(town, MONDAY, hour))
    work = day_of(placement, MONDAY).work
    assert (work.seconds, work.breaks) == (5 * 3600, 2 * 3600)


def test_a_come_without_a_go_is_flagged_the_next_day_and_never_filled_in(
    town: Town, placement: Engagement
) -> None:
    things.tap(town, placement, "come", local(town, MONDAY, 8))
    assert day_of(placement, MONDAY, MONDAY).state is State.HERE
    assert day_of(placement, MONDAY).state is State.OPEN
    assert day_of(placement, MONDAY).work.seconds == 0
    needed = days_in_need([placement], TUESDAY, back=1)
    assert [(one, day.state) for one, day in needed] == [(placement, State.OPEN)]
    things.tap(town, placement, "come", local(town, TUESDAY, 8))  # does not close yesterday
    assert day_of(placement, MONDAY).state is State.OPEN
    refused(
        "team-nothing-to-confirm",
        services.confirm_days,
        town.ctx(),
        engagement=placement,
        days=[MONDAY],
    )


@pytest.mark.parametrize(
    "verbs", [("go",), ("pause",), ("come", "come"), ("come", "pause", "pause")]
)
def test_what_does_not_follow_is_refused(
    town: Town, placement: Engagement, verbs: tuple[str, ...]
) -> None:
    for number, verb in enumerate(verbs[:-1]):
        things.tap(town, placement, verb, local(town, MONDAY, 8 + number))
    with pytest.raises(Conflict) as caught:
        things.tap(town, placement, verbs[-1], local(town, MONDAY, 12))
    assert caught.value.code == "team-does-not-follow"
    assert Stamp.objects.count() == len(verbs) - 1


def test_a_card_read_twice_is_one_tap(town: Town, placement: Engagement) -> None:
    at = local(town, MONDAY, 8)
    things.tap(town, placement, "come", at)
    things.tap(town, placement, "come", at + timedelta(seconds=20))
    assert Stamp.objects.count() == 1


def test_outside_the_engagement_nobody_is_at_work(town: Town) -> None:
    one = things.placement(town, until=MONDAY)
    with pytest.raises(Refused) as caught:
        things.tap(town, one, "come", local(town, TUESDAY, 8))
    assert caught.value.code == "team-not-running"


def test_a_correction_stands_beside_what_was_noted(town: Town, placement: Engagement) -> None:
    things.tap(town, placement, "come", local(town, MONDAY, 8))
    things.entered(town, placement, MONDAY)
    things.entered(town, placement, MONDAY, present=Present(time(8), time(13)), reason="verlesen")
    day = day_of(placement, MONDAY)
    assert (day.state, day.work.seconds, day.said) == (State.COMPLETE, 5 * 3600, True)
    assert Stamp.objects.count() == 1
    assert list(Entry.objects.values_list("reason", flat=True)) == ["Karte vergessen", "verlesen"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"reason": "  "}, "team-no-reason"),
        ({"present": Present(time(14), time(8))}, "team-times"),
        ({"present": Present(time(8), time(9), 60)}, "team-break"),
        ({"present": None, "absence": "lazy"}, "unknown-choice"),
        ({"day": TUESDAY + timedelta(days=1)}, "team-future"),
        ({"day": date(2026, 9, 1)}, "team-not-running"),
    ],
)
def test_what_cannot_be_entered(
    town: Town, placement: Engagement, values: dict[str, object], code: str
) -> None:
    given = {"day": MONDAY, "present": Present(time(8), time(14)), "reason": "x"} | values
    refused(code, services.enter_day, town.ctx(), engagement=placement, **given)
    assert Entry.objects.count() == 0


def test_an_absence_is_entered_for_the_days_on_which_somebody_was_expected(
    town: Town, placement: Engagement
) -> None:
    rows = services.enter_absence(
        town.ctx(),
        engagement=placement,
        first=date(2026, 11, 19),  # a Thursday
        last=MONDAY,
        absence="sick",
        reason="telefonisch gemeldet",
    )
    assert [row.day for row in rows] == [date(2026, 11, 19), date(2026, 11, 20), MONDAY]
    assert day_of(placement, MONDAY).state is State.ABSENT
    refused(
        "team-nobody-expected",
        services.enter_absence,
        town.ctx(),
        engagement=placement,
        first=date(2026, 11, 21),
        last=date(2026, 11, 22),
        absence="sick",
        reason="x",
    )


def test_after_the_lead_has_entered_a_day_nobody_taps_it(town: Town, placement: Engagement) -> None:
    things.entered(town, placement, TUESDAY, present=None, absence="excused")
    with pytest.raises(Conflict) as caught:
        things.tap(town, placement, "come", local(town, TUESDAY, 10))
    assert caught.value.code == "team-day-entered"


# -- the ledger ----------------------------------------------------------------------------
def efforts() -> list[tuple[str, str, int]]:
    rows = EconomicEvent.objects.filter(flow="attended").order_by("pk")
    return list(rows.values_list("action", "provider__person__name", "effort_quantity"))


def test_a_confirmed_day_is_work_of_the_persons_agent(town: Town, placement: Engagement) -> None:
    things.worked(town, placement, MONDAY)
    things.confirmed(town, placement, MONDAY)
    assert efforts() == [("work", "Maria Muster", 329 * 60)]
    event = EconomicEvent.objects.get(flow="attended")
    assert event.occurred_at == local(town, MONDAY, 12)  # not when they came or went
    assert event.resource_conforms_to.code == "work.attendance"  # nor by which law
    assert day_of(placement, MONDAY).state is State.CONFIRMED


def test_correcting_a_confirmed_day_negates_it_and_lets_it_wait(
    town: Town, placement: Engagement
) -> None:
    things.worked(town, placement, MONDAY)
    things.confirmed(town, placement, MONDAY)
    things.entered(town, placement, MONDAY)
    assert [effort for _action, _name, effort in efforts()] == [19740, -19740]
    assert day_of(placement, MONDAY).state is State.COMPLETE
    things.confirmed(town, placement, MONDAY)
    assert [effort for _action, _name, effort in efforts()] == [19740, -19740, 5 * 3600 + 1800]
    assert Confirmed.objects.filter(taken_back_at__isnull=True).count() == 1


def test_confirming_twice_counts_once(town: Town, placement: Engagement) -> None:
    things.worked(town, placement, MONDAY)
    ctx = town.ctx()
    for _again in range(2):
        services.confirm_days(ctx, engagement=placement, days=[MONDAY])
    refused(
        "team-nothing-to-confirm",
        services.confirm_days,
        town.ctx(),
        engagement=placement,
        days=[MONDAY],
    )
    assert len(efforts()) == 1


def test_a_month_takes_four_queries_whatever_happened(
    town: Town, placement: Engagement, django_assert_num_queries: object
) -> None:
    things.worked(town, placement, MONDAY)
    things.entered(town, placement, date(2026, 11, 20))
    with django_assert_num_queries(4):  # type: ignore[operator]
        month = month_of(placement, date(2026, 11, 1), TUESDAY)
    assert (len(month.days), month.seconds) == (30, 19740 + 19800)


def test_a_sheet_of_paper_is_typed_in_as_a_whole(town: Town, placement: Engagement) -> None:
    days = {MONDAY: Present(time(8), time(14), 30), date(2026, 11, 20): Present(time(9), time(12))}
    services.enter_days(town.ctx(), engagement=placement, days=days, reason="vom Papier")
    month = month_of(placement, date(2026, 11, 1), TUESDAY)
    assert month.seconds == 19800 + 3 * 3600
    with pytest.raises(Invalid):
        services.enter_days(
            town.ctx(), engagement=placement, days={MONDAY: Present(time(9), time(9))}, reason="x"
        )
