"""Figures of teams: hours a week by kind of engagement, steps reached, who stays. Only confirmed
days of weeks that are over count, and everything passes `suppress`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wesprint.apps.team.models import Confirmed, Engagement, Group, ReachedStep
from wesprint.apps.team.selectors.norms import figures_from
from wesprint.apps.team.suppress import Cell, Shown, suppress
from wesprint.platform.organisations.models import Centre

WEEKS = 12
PUBLIC_WEEKS = 4
STAY = timedelta(days=91)


@dataclass(frozen=True, slots=True)
class Week:
    monday: date
    hours: Shown[str]  # seconds by group


@dataclass(frozen=True, slots=True)
class Figures:
    least: int
    weeks: tuple[Week, ...]
    quarter: date  # the last full one: its first day
    steps: Shown[str]  # steps reached in it, by area
    began: Shown[str]  # people who began in the quarter before it, by group
    stayed: Mapping[str, int]  # of these, how many were here a quarter later


def weeks_of(centre: Centre, today: date, count: int = WEEKS) -> tuple[int, tuple[Week, ...]]:
    """The threshold and the last full weeks, oldest first. Three queries."""
    least = figures_from(centre, today)
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=count)
    cells = _seconds_by_week(centre, first, monday)
    mondays = [first + timedelta(weeks=number) for number in range(count)]
    return least, tuple(Week(one, _shown(cells.get(one, {}), least)) for one in mondays)


_Sums = dict[Hashable, int]  # one person -> their seconds or steps


def _cell(sums: Mapping[Hashable, int]) -> Cell:
    return Cell(frozenset(sums), sum(sums.values()))


def _seconds_by_week(centre: Centre, first: date, end: date) -> dict[date, dict[str, _Sums]]:
    rows = Confirmed.objects.filter(
        engagement__centre=centre, day__gte=first, day__lt=end, taken_back_at__isnull=True
    )
    found: dict[date, dict[str, _Sums]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    columns = ("day", "engagement__group", "engagement_id", "engagement__person_id", "seconds")
    for day, group, engagement, person, seconds in rows.values_list(*columns):
        somebody = person or f"e{engagement}"  # an erased person is still one of them
        found[day - timedelta(days=day.weekday())][group][somebody] += seconds
    return found


def _shown(groups: Mapping[str, _Sums], least: int) -> Shown[str]:
    return suppress({group: _cell(groups.get(group, {})) for group in Group.values}, least)


def figures(centre: Centre, today: date) -> Figures:
    """Five queries. Steps and staying are counted by whole quarters, which do not overlap: from
    two windows that slide, the difference would name a single person."""
    least, weeks = weeks_of(centre, today)
    quarter = quarter_of(today)
    before = quarter_of(quarter - timedelta(days=1))
    began, stayed = _stayed(centre, quarter_of(before - timedelta(days=1)), before, least)
    return Figures(least, weeks, before, _steps(centre, before, quarter, least), began, stayed)


def quarter_of(day: date) -> date:
    """Its first day."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def _steps(centre: Centre, since: date, end: date, least: int) -> Shown[str]:
    rows = ReachedStep.objects.filter(step__centre=centre, on__gte=since, on__lt=end)
    areas: dict[str, _Sums] = defaultdict(lambda: defaultdict(int))
    for area, person in rows.values_list("step__area", "person_id"):
        areas[area][person] += 1
    return suppress({area: _cell(sums) for area, sums in sorted(areas.items())}, least)


def _stayed(
    centre: Centre, first: date, end: date, least: int
) -> tuple[Shown[str], Mapping[str, int]]:
    """Of those who began in the quarter before last, who was here a quarter later."""
    rows = Engagement.objects.filter(centre=centre, since__gte=first, since__lt=end)
    began: dict[str, _Sums] = defaultdict(dict)
    for pk, person, group, since, until in rows.values_list(
        "pk", "person_id", "group", "since", "until"
    ):
        began[group][person or f"e{pk}"] = int(until is None or until >= since + STAY)
    cells = {group: Cell(frozenset(began[group]), len(began[group])) for group in list(began)}
    shown = suppress(cells, least)
    return shown, {group: sum(began[group].values()) for group in shown.cells}


def public_hours(centre: Centre, today: date) -> tuple[int, int]:
    """Seconds that volunteers gave in the last four full weeks, and in how many of these there
    were enough of them to say so. A sum of shown cells: it tells nothing more than they do."""
    _least, weeks = weeks_of(centre, today, PUBLIC_WEEKS)
    shown = [_volunteers(week) for week in weeks if Group.VOLUNTEER not in week.hours.hidden]
    return sum(shown), sum(1 for seconds in shown if seconds)


def _volunteers(week: Week) -> int:
    return week.hours.cells.get(Group.VOLUNTEER, 0)
