"""The week of the store: sums from the ledger, beside the same days 52 weeks ago."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.apps.goods.things import sideboard
from tests.world import Town, add_person, make_town

from wesprint.apps.goods import services
from wesprint.apps.goods.presenters import week as show
from wesprint.apps.goods.selectors.week import (
    Day,
    SellThrough,
    forget_sell_through,
    sell_through,
    week,
)
from wesprint.apps.goods.services.intake import Weight
from wesprint.kernel.clock import FixedClock
from wesprint.platform.organisations.models import CentreRelation

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


@pytest.fixture
def town(clock: FixedClock) -> Town:
    forget_sell_through()
    return make_town("kaufhaus")


def sell(town: Town, cents: int = 5500, **values: object) -> None:
    item = sideboard(town, **values)
    services.hand_over(town.ctx(), item=item, price_cents=cents, consideration="cash")


def test_a_week_sums_what_came_what_went_and_what_was_paid(town: Town, clock: FixedClock) -> None:
    sell(town)
    sideboard(town, weight=Weight(4000, "measured"))
    gone = sideboard(town)
    done = services.hand_over(town.ctx(), item=gone, price_cents=100, consideration="card")
    services.take_back_hand_over(town.ctx(), hand_over=done)
    clock.advance(timedelta(days=2))
    free = sideboard(town)
    services.hand_over(town.ctx(), item=free, price_cents=0, consideration="free")
    found = week(town.centre, MONDAY)
    assert found.days == (
        Day(MONDAY),
        Day(date(2026, 11, 24), came_in=67_000, handed_on=31_500, cents=5500),
        Day(date(2026, 11, 25)),
        Day(date(2026, 11, 26), came_in=31_500, handed_on=31_500),
        Day(date(2026, 11, 27)),
        Day(date(2026, 11, 28)),
        Day(date(2026, 11, 29)),
    )
    assert found.total("handed_on", date(2026, 11, 25)) == 31_500


def test_days_to_come_are_not_compared(town: Town, clock: FixedClock) -> None:
    CentreRelation.objects.update(since=date(2025, 1, 1))
    clock.at -= timedelta(weeks=52)
    sell(town)
    clock.advance(timedelta(days=3))
    sell(town)  # on the Friday of last year, which this year is still to come
    clock.at += timedelta(weeks=52) - timedelta(days=3)
    sell(town, cents=11_000)
    this, last = week(town.centre, MONDAY), week(town.centre, MONDAY - timedelta(weeks=52))
    today = date(2026, 11, 24)
    shown = show.figures(this, last, today - timedelta(weeks=52), today)
    assert [(one["value"], one["range"]) for one in shown] == [
        ("31,5 kg", "31,5 kg vor einem Jahr, +0 %"),
        ("31,5 kg", "31,5 kg vor einem Jahr, +0 %"),
        ("110,00 €", "55,00 € vor einem Jahr, +100 %"),
    ]


def test_without_last_year_nothing_is_made_up(town: Town, clock: FixedClock) -> None:
    this, last = week(town.centre, MONDAY), week(town.centre, MONDAY - timedelta(weeks=52))
    shown = show.figures(this, last, MONDAY - timedelta(weeks=52), MONDAY)
    assert {one["range"] for one in shown} == {"nichts in denselben Tagen vor einem Jahr"}


def test_what_sells_quickly_and_at_which_price(town: Town, clock: FixedClock) -> None:
    clock.at -= timedelta(days=60)
    quick, slow = sideboard(town), sideboard(town)
    sideboard(town, route="workshop", price_cents=None)  # never stood on the shelf
    assert quick.suggested_cents == 5500
    clock.advance(timedelta(days=20))
    services.hand_over(town.ctx(), item=quick, price_cents=6800, consideration="cash")
    clock.advance(timedelta(days=20))
    services.hand_over(town.ctx(), item=slow, price_cents=1700, consideration="cash")
    clock.advance(timedelta(days=20))
    assert sell_through(town.centre, clock.at.date()) == (
        SellThrough("furniture", "Möbel", "Furniture", 2, 1, 8500, 11_000),
    )


def test_a_share_of_few_things_is_not_drawn() -> None:
    few = SellThrough("furniture", "Möbel", "Furniture", 9, 9, 0, 0)
    enough = SellThrough("textiles", "Textilien", "Textiles", 10, 4, 300, 400)
    chart = show.selling_chart([few, enough])
    assert (chart["categories"], chart["series"][0]["values"]) == (["Textilien"], [40.0])
    assert [row["cells"][3:] for row in show.selling_table([few, enough])["rows"]] == [
        ["zu wenige", ""],
        ["40 %", "75 %"],
    ]


def test_the_page_costs_the_same_for_one_sale_and_for_many(
    town: Town, clock: FixedClock, client: Client
) -> None:
    add_person(town, "board")
    client.force_login(town.people["board"].user)  # type: ignore[arg-type]  # has an account
    counts = []
    for more in (1, 4):
        for _ in range(more):
            sell(town)
        forget_sell_through()
        with CaptureQueriesContext(connection) as queries:
            answer = client.get("/z/kaufhaus/woche/")
        assert answer.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("asked", ["", "morgen", "0001-01-01", "9999-12-31", "2026-11-99"])
def test_nonsense_in_the_address_means_this_week(
    town: Town, clock: FixedClock, client: Client, asked: str
) -> None:
    add_person(town, "board")
    client.force_login(town.people["board"].user)  # type: ignore[arg-type]  # has an account
    page = client.get("/z/kaufhaus/woche/", {"woche": asked}).content.decode()
    assert "Woche 48, vom 23.11.2026 bis 29.11.2026" in page
