"""Prices that fall while things stand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.apps.goods import things
from tests.world import Town

from wesprint.apps.goods import services, tasks
from wesprint.apps.goods.models import AgeingRule, Item, PriceChange
from wesprint.apps.goods.selectors.ageing import reduced, standing
from wesprint.apps.goods.services.ageing import Fall
from wesprint.apps.goods.services.contacts import Contact
from wesprint.apps.goods.services.intake import Weight
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Invalid
from wesprint.platform.reference.models import Category

EVERY_MONTH = Fall(after_days=30, percent=20, at_most=2)


def prices(item: Item) -> list[tuple[int, int, int]]:
    rows = PriceChange.objects.filter(item=item)
    return [(row.old_cents, row.new_cents, row.step) for row in rows]


def run(clock: FixedClock, days: int = 0) -> int:
    clock.advance(timedelta(days=days))
    return int(tasks.apply_ageing.func())


def test_it_falls_by_the_rule_and_only_so_often(
    town: Town, clock: FixedClock, sideboard: Item
) -> None:
    services.set_ageing_rule(town.ctx(), centre=town.centre, fall=EVERY_MONTH)
    assert [run(clock, days) for days in (29, 1, 0, 29, 1, 100)] == [0, 1, 0, 0, 1, 0]
    assert prices(sideboard) == [(5500, 4400, 1), (4400, 3520, 2)]
    sideboard.refresh_from_db()
    assert sideboard.price_cents == 3520


def test_a_new_rule_falls_gently_on_old_stock(
    town: Town, clock: FixedClock, sideboard: Item
) -> None:
    clock.advance(timedelta(days=300))
    services.set_ageing_rule(town.ctx(), centre=town.centre, fall=EVERY_MONTH)
    assert [run(clock), run(clock), run(clock, 29), run(clock, 1)] == [1, 0, 0, 1]


def test_the_rule_of_the_category_comes_first(
    town: Town, clock: FixedClock, sideboard: Item
) -> None:
    chair = things.sideboard(town, category="chair", weight=Weight(), price_cents=1000)
    services.set_ageing_rule(town.ctx(), centre=town.centre, fall=EVERY_MONTH)
    services.set_ageing_rule(
        town.ctx(),
        centre=town.centre,
        fall=Fall(10, 50, 1),
        category=Category.objects.get(slug="chair"),
    )
    assert run(clock, 10) == 1
    assert (prices(chair), prices(sideboard)) == ([(1000, 500, 1)], [])


def test_reserved_things_keep_the_price_that_was_promised(
    town: Town, clock: FixedClock, sideboard: Item
) -> None:
    services.set_ageing_rule(town.ctx(), centre=town.centre, fall=EVERY_MONTH)
    clock.advance(timedelta(days=31))
    kept = services.reserve(town.ctx(), item=sideboard, contact=Contact("Mia", "02931 1234"))
    assert (run(clock), prices(sideboard)) == (0, [])
    services.cancel_reservation(town.ctx(), reservation=kept)
    assert run(clock) == 1


def test_after_long_it_goes_another_way(town: Town, clock: FixedClock, sideboard: Item) -> None:
    fall = Fall(30, 20, 2, route_after_days=60, route="recycle")
    services.set_ageing_rule(town.ctx(), centre=town.centre, fall=fall)
    assert [run(clock, 60), run(clock)] == [1, 0]
    sideboard.refresh_from_db()
    assert (sideboard.state, sideboard.route, prices(sideboard)) == ("taken-in", "recycle", [])


def test_rules_are_dated(town: Town, clock: FixedClock) -> None:
    services.set_ageing_rule(town.ctx(), centre=town.centre, fall=EVERY_MONTH)
    services.set_ageing_rule(town.ctx(), centre=town.centre, fall=Fall(20, 10, 3))
    clock.advance(timedelta(days=5))
    services.set_ageing_rule(town.ctx(), centre=town.centre, fall=Fall(10, 10, 3))
    clock.advance(timedelta(days=5))
    services.end_ageing_rule(town.ctx(), centre=town.centre)
    rows = AgeingRule.objects.order_by("since").values_list("after_days", "since", "until")
    assert list(rows) == [
        (20, date(2026, 11, 24), date(2026, 11, 28)),
        (10, date(2026, 11, 29), date(2026, 12, 3)),
    ]


@pytest.mark.parametrize(
    "fall",
    [
        Fall(0, 20, 2),
        Fall(30, 0, 2),
        Fall(30, 91, 2),
        Fall(30, 20, 0),
        Fall(30, 20, 2, 60, ""),
        Fall(30, 20, 2, None, "recycle"),
        Fall(30, 20, 2, 60, "sell"),
    ],
)
def test_rules_that_make_no_sense(town: Town, fall: Fall) -> None:
    with pytest.raises(Invalid):
        services.set_ageing_rule(town.ctx(), centre=town.centre, fall=fall)
    assert AgeingRule.objects.count() == 0


def test_reduced_prices_are_friendly_and_never_nothing() -> None:
    assert [reduced(5500, 20), reduced(199, 10), reduced(10, 50), reduced(15, 10)] == [
        4400,
        170,
        10,
        10,
    ]


def test_what_stands_longest_comes_first(town: Town, clock: FixedClock) -> None:
    old = things.sideboard(town)
    clock.advance(timedelta(days=20))
    young = things.sideboard(town)
    clock.advance(timedelta(days=1))
    assert standing(town.centre, timezone.now() + timedelta(days=3650)).items == (old, young)
