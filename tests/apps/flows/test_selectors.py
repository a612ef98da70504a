"""The account of a small cycle, to the gram."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.flows.world import FLOWS, STORE, leave, take_in
from tests.world import Town, make_town

from wesprint.apps.flows import words
from wesprint.apps.flows.footprint import Reused, any_grade, inputs_on, items_of
from wesprint.apps.flows.selectors import picture as selectors
from wesprint.apps.flows.selectors.picture import FlowSum, Group, months, picture
from wesprint.apps.flows.selectors.records import Survey
from wesprint.engines.footprint import Range, bounds
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.context import job_ctx
from wesprint.kernel.period import Period
from wesprint.platform.ledger.rollups import FOREVER, fold
from wesprint.platform.ledger.services import correct
from wesprint.web.rooms import Fate, Flow

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
NOBODY = Survey(())
OCTOBER = datetime(2026, 10, 5, 10, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 9, 10, tzinfo=UTC)
INTAKE, SOLD, RECYCLED = FLOWS


@pytest.fixture
def town(clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Town:
    """In October a chair and a kettle come in, in November the chair is sold, the kettle goes
    to recycling, and a second chair comes in."""
    monkeypatch.setattr(words, "rooms", lambda: (STORE,))
    town = make_town()
    chair = take_in(town, "chair", 5_001, OCTOBER, weighed=False)
    kettle = take_in(town, "kettle", 1_200, OCTOBER)
    leave(town, chair, 5_001, NOVEMBER, "sold", weighed=False)
    leave(town, kettle, 1_200, NOVEMBER, "recycled")
    take_in(town, "chair", 4_000, NOVEMBER)
    return town


def test_an_answer_is_kept_until_the_ledger_moves(town: Town) -> None:
    before = picture([town.centre], FOREVER, TODAY)
    assert picture([town.centre], FOREVER, TODAY) is before
    take_in(town, "chair", 1, NOVEMBER)
    assert picture([town.centre], FOREVER, TODAY).end == before.end + 1


def fold_all() -> int:
    at = datetime(2026, 11, 24, 9, tzinfo=UTC)
    return fold(job_ctx("fold", scope="installation", key="fold", occurred_at=at))


@pytest.mark.parametrize("folded", [False, True])
def test_the_whole_account(town: Town, folded: bool) -> None:
    if folded:
        assert fold_all() == 5
    found = picture([town.centre], FOREVER, TODAY)
    assert found.flows == (
        FlowSum(INTAKE, 10_201, 5_200, 3),
        FlowSum(SOLD, 5_001, 0, 1),
        FlowSum(RECYCLED, 1_200, 1_200, 1),
    )
    assert found.groups == (
        Group("furniture", "Möbel", "Furniture", 0, {"intake": 9_001}, {"sold": 5_001}, 4_000),
        Group(
            "kitchen-electrics",
            "Küchengeräte",
            "Kitchen appliances",
            0,
            {"intake": 1_200},
            {"recycled": 1_200},
            0,
        ),
    )
    assert (found.start, found.came_in, found.went_out, found.end) == (0, 10_201, 6_201, 4_000)
    assert (found.gap, found.closes, found.weighed) == (0, True, 5_200)
    assert found.reused == (Reused("chair", "furniture", 5_001, 0, 1),)


def test_a_month_begins_with_what_was_there(town: Town) -> None:
    found = picture([town.centre], Period.month(2026, 11), TODAY)
    assert found.groups == (
        Group("furniture", "Möbel", "Furniture", 5_001, {"intake": 4_000}, {"sold": 5_001}, 4_000),
        Group(
            "kitchen-electrics",
            "Küchengeräte",
            "Kitchen appliances",
            1_200,
            {},
            {"recycled": 1_200},
            0,
        ),
    )
    assert (found.start, found.end, found.closes) == (6_201, 4_000, True)


def test_a_mistake_taken_back_leaves_no_trace_in_the_sums(town: Town) -> None:
    lamp = take_in(town, "lamp", 2_000, NOVEMBER)
    sold = leave(town, lamp, 2_000, NOVEMBER, "sold")
    correct(town.ctx(), event=sold)
    found = picture([town.centre], FOREVER, TODAY)
    assert found.reused == (Reused("chair", "furniture", 5_001, 0, 1),)
    assert found.flows[1] == FlowSum(SOLD, 5_001, 0, 1)
    assert (found.end, found.closes) == (6_000, True)


def test_a_flow_that_nobody_declared_is_shown_under_its_own_name(town: Town) -> None:
    lamp = take_in(town, "lamp", 2_000, NOVEMBER)
    leave(town, lamp, 500, NOVEMBER, "lent")
    found = picture([town.centre], FOREVER, TODAY)
    assert found.flows[3] == FlowSum(Flow("lent", "lent", Fate.LEFT), 500, 500, 1)
    assert found.closes


def test_avoided_emissions_come_from_sums_and_facts_alone(town: Town) -> None:
    inputs = inputs_on(TODAY)
    assert any_grade(inputs.lifetime).permille == Range(300, 700, 1000)
    one = Reused("chair", "furniture", 5_001, 0, 1)
    found = picture([town.centre], FOREVER, TODAY).footprint
    assert found.bounds == bounds(items_of(one, inputs, NOBODY))
    assert (found.count, found.mass, found.weighed_permille) == (1, 5_001, 0)
    # Twice as many things of twice the weight avoid twice as much.
    double = bounds(items_of(Reused("chair", "furniture", 10_002, 0, 2), inputs, NOBODY))
    assert double.central == pytest.approx(2 * found.bounds.central, abs=2)


def test_weighed_and_estimated_parts_add_up_to_the_same_bounds(town: Town) -> None:
    inputs = inputs_on(TODAY)
    whole = bounds(items_of(Reused("kettle", "kitchen-electrics", 4_000, 4_000, 4), inputs, NOBODY))
    parts = bounds(items_of(Reused("kettle", "kitchen-electrics", 4_000, 1_000, 4), inputs, NOBODY))
    assert abs(whole.low - parts.low) <= 2
    assert abs(whole.high - parts.high) <= 2


def test_what_has_no_category_avoids_nothing(town: Town) -> None:
    assert items_of(Reused("moon-dust", "moon", 1_000, 0, 1), inputs_on(TODAY), NOBODY) == ()


def test_houses_together(town: Town) -> None:
    other = make_town("bahnhof")
    take_in(other, "chair", 1_000, NOVEMBER)
    both = picture([town.centre, other.centre], FOREVER, TODAY)
    assert (both.came_in, both.end, both.closes) == (11_201, 5_000, True)
    assert picture([other.centre], FOREVER, TODAY).came_in == 1_000


def test_months_by_fate(town: Town) -> None:
    assert months([town.centre]) == {
        date(2026, 10, 1): {Fate.CAME_IN: 6_201},
        date(2026, 11, 1): {Fate.CAME_IN: 4_000, Fate.USED_AGAIN: 5_001, Fate.RECYCLED: 1_200},
    }


def test_the_number_of_queries_is_fixed(town: Town) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            picture([town.centre], Period.month(2026, 11), TODAY)
        return len(found)

    first = queries()
    for category in ("lamp", "toaster", "desk"):
        take_in(town, category, 1_000, NOVEMBER)
    assert (first, queries()) == (9, 9)
    assert queries() == 1  # nothing happened since
    assert list(selectors.latest_seals([town.centre])) == []
