"""What the public account learns from this room: answers of buyers, and things with their pages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.goods.things import sideboard
from tests.world import Town, make_town

from wesprint.apps.flows.models import AnswerCount
from wesprint.apps.flows.tasks import count_answers
from wesprint.apps.goods import services
from wesprint.apps.goods.models import HandOver
from wesprint.apps.goods.selectors.account import answers, things
from wesprint.kernel.clock import FixedClock
from wesprint.web.rooms import Answered, PublicThing

pytestmark = pytest.mark.django_db

# In Arnsberg it is November already.
LAST_HOUR_OF_OCTOBER = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)


@pytest.fixture
def town(clock: FixedClock) -> Town:
    return make_town()


def sell(town: Town, answer: str, at: datetime, category: str = "chest-of-drawers") -> HandOver:
    item = sideboard(town, category=category)
    return services.hand_over(
        town.ctx("cashier", at=at),
        item=item,
        price_cents=5500,
        consideration="cash",
        displaced=answer,
    )


def test_answers_by_month_of_the_house_and_category(town: Town, clock: FixedClock) -> None:
    for answer in ("yes", "yes", "no", "unsure", ""):
        sell(town, answer, LAST_HOUR_OF_OCTOBER)
    sell(town, "no", clock.now(), "books")
    wrong = sell(town, "yes", clock.now())
    services.take_back_hand_over(town.ctx("cashier"), hand_over=wrong)
    with CaptureQueriesContext(connection) as queries:
        found = answers(town.centre)
    assert list(found) == [
        Answered(date(2026, 11, 1), "books", yes=0, perhaps=0, no=1),
        Answered(date(2026, 11, 1), "chest-of-drawers", yes=2, perhaps=1, no=1),
    ]
    assert len(queries) == 1
    assert answers(make_town("anderswo").centre) == []


def test_the_job_counts_anew_and_twice_is_once(town: Town, clock: FixedClock) -> None:
    sell(town, "unsure", clock.now())
    assert (count_answers.call(), count_answers.call()) == (1, 1)
    [row] = AnswerCount.objects.values_list("category__slug", "yes", "perhaps", "no")
    assert row == ("chest-of-drawers", 0, 1, 0)


def test_things_have_their_title_and_their_pass(town: Town) -> None:
    item = sideboard(town)
    assert things([item.public_id, "XXXXXXXXXX"]) == {
        item.public_id: PublicThing("Sideboard aus Eiche", f"/p/{item.public_id}")
    }
