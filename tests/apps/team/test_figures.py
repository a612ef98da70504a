"""Figures of teams: nobody can be computed from what is shown."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st
from tests.apps.team import things
from tests.world import Town

from wesprint.apps.team import services
from wesprint.apps.team.house import figures as public_figures
from wesprint.apps.team.house import today as today_lines
from wesprint.apps.team.models import Engagement
from wesprint.apps.team.selectors.figures import figures, weeks_of
from wesprint.apps.team.services import Present
from wesprint.apps.team.suppress import Cell, suppress
from wesprint.kernel.errors import Invalid
from wesprint.platform.base.clock import now

TODAY = date(2026, 11, 24)
LAST_WEEK = date(2026, 11, 16)
LEAST = 5


def cell(people: int, value: int = 0, first: int = 0) -> Cell:
    return Cell(frozenset(range(first, first + people)), value)


@pytest.mark.parametrize(
    ("cells", "shown", "total"),
    [
        ({"a": cell(5, 10), "b": cell(6, 20, 9)}, {"a": 10, "b": 20}, 30),
        ({"a": cell(5, 10), "b": cell(0)}, {"a": 10, "b": 0}, 10),
        ({"a": cell(5, 10), "b": cell(4, 3, 9)}, {"a": 10}, None),  # the sum would name b
        ({"a": cell(5, 10), "b": cell(2, 3, 9), "c": cell(2, 4, 20)}, {"a": 10}, None),
        ({"a": cell(5, 10), "b": cell(3, 3, 9), "c": cell(2, 4, 20)}, {"a": 10}, 17),
        # three people who are counted in both hidden cells are still three
        ({"a": cell(5, 10), "b": cell(3, 3, 9), "c": cell(3, 4, 9)}, {"a": 10}, None),
        ({"a": cell(2, 3)}, {}, None),
        ({}, {}, 0),
    ],
)
def test_what_may_be_shown(
    cells: dict[str, Cell], shown: dict[str, int], total: int | None
) -> None:
    found = suppress(cells, LEAST)
    assert (dict(found.cells), found.total) == (shown, total)


CELLS = st.dictionaries(
    st.sampled_from("abcdef"),
    st.builds(
        lambda people, value: Cell(frozenset(people), value if people else 0),
        st.sets(st.integers(0, 30), max_size=9),
        st.integers(0, 1000),
    ),
    max_size=6,
)


@given(CELLS, st.integers(5, 8))
def test_no_difference_speaks_of_fewer_people(cells: dict[str, Cell], least: int) -> None:
    found = suppress(cells, least)
    for key in found.cells:
        assert not cells[key].people or len(cells[key].people) >= least
    if found.total is not None and found.hidden:
        behind = frozenset[object]().union(*(cells[key].people for key in found.hidden))
        assert len(found.hidden) >= 2
        assert len(behind) >= least


def volunteers(town: Town, count: int, **values: object) -> list[Engagement]:
    people = [things.somebody(town, f"helper{number}") for number in range(count)]
    return [things.volunteer(town, person, **values) for person in people]


def week_of(town: Town, engagements: list[Engagement], monday: date = LAST_WEEK) -> None:
    """Each of them gave four hours on that Monday."""
    for one in engagements:
        services.enter_days(
            town.ctx(), engagement=one, days={monday: Present(time(8), time(12))}, reason="Blatt"
        )
        things.confirmed(town, one, monday)


def last_week(town: Town) -> tuple[dict[str, int], frozenset[str], int | None]:
    _least, weeks = weeks_of(town.centre, TODAY)
    assert weeks[-1].monday == LAST_WEEK
    hours = weeks[-1].hours
    return dict(hours.cells), hours.hidden, hours.total


def test_five_volunteers_make_a_figure_four_do_not(town: Town) -> None:
    helpers = volunteers(town, 5)
    week_of(town, helpers[:4])
    assert last_week(town) == (
        {"placement": 0, "service": 0, "employee": 0},
        frozenset({"volunteer"}),
        None,
    )
    assert public_figures(town.centre, TODAY) == []
    cache.clear()  # an hour later
    week_of(town, helpers[4:])
    assert last_week(town)[0]["volunteer"] == 5 * 4 * 3600
    (figure,) = public_figures(town.centre, TODAY)
    assert figure.value == "20"


def test_one_placement_cannot_be_computed_from_the_sum(town: Town) -> None:
    week_of(town, volunteers(town, 5))
    week_of(town, [things.placement(town)])
    shown, hidden, total = last_week(town)
    assert (shown["volunteer"], hidden, total) == (72_000, {"placement"}, None)


def test_only_confirmed_days_of_weeks_that_are_over_count(town: Town) -> None:
    helpers = volunteers(town, 5)
    for one in helpers:
        services.enter_days(
            town.ctx(), engagement=one, days={LAST_WEEK: Present(time(8), time(12))}, reason="x"
        )
    week_of(town, helpers, date(2026, 11, 23))  # this week
    assert last_week(town)[0]["volunteer"] == 0


def test_a_house_may_ask_for_more_people_never_for_fewer(town: Town) -> None:
    week_of(town, volunteers(town, 5))
    with pytest.raises(Invalid) as caught:
        services.set_figures_from(town.ctx("board"), centre=town.centre, people=4)
    assert caught.value.code == "too-few-people"
    services.set_figures_from(town.ctx("board"), centre=town.centre, people=6)
    assert last_week(town)[1] == {"volunteer"}


def test_who_stays_is_counted_by_whole_quarters(town: Town) -> None:
    helpers = volunteers(town, 6, since=date(2026, 4, 10))
    services.end_engagement(town.ctx(), engagement=helpers[0], until=date(2026, 5, 1))
    found = figures(town.centre, TODAY)
    assert (found.quarter, dict(found.began.cells), dict(found.stayed)) == (
        date(2026, 7, 1),
        {"volunteer": 6},
        {"volunteer": 5},
    )


def test_the_public_line_of_today_needs_five_who_are_expected(town: Town) -> None:
    volunteers(town, 4)
    assert today_lines(town.centre, now()) == []
    cache.clear()  # an hour later
    things.placement(town)
    (line,) = today_lines(town.centre, now())
    assert str(line.text).startswith("5 ")


def test_figures_take_a_fixed_number_of_queries(
    town: Town, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(5):  # type: ignore[operator]
        figures(town.centre, TODAY)
    week_of(town, volunteers(town, 5))
    week_of(town, [things.placement(town)], LAST_WEEK - timedelta(weeks=1))
    with django_assert_num_queries(5):  # type: ignore[operator]
        figures(town.centre, TODAY)
