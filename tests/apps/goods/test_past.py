"""A past told at once is what single commands would have left: sums, stocks and seals agree."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db.models import Sum
from tests.world import Town, make_town

from wesprint.apps.flows.selectors.picture import picture
from wesprint.apps.goods import services
from wesprint.apps.goods.models import HandOver, Intake, Item, ItemState
from wesprint.apps.goods.selectors.catalogue import shelf
from wesprint.apps.goods.selectors.counter import today_tree
from wesprint.apps.goods.services.intake import Weight
from wesprint.apps.goods.services.past import MOVES, Slice, finish, tell_past
from wesprint.apps.goods.wanted import Wanted
from wesprint.kernel.clock import FixedClock
from wesprint.platform.base.clock import now
from wesprint.platform.ledger.checking import verify_database
from wesprint.platform.ledger.models import EconomicEvent, EconomicResource, Seal
from wesprint.platform.ledger.recounting import wrong_grains
from wesprint.platform.ledger.rollups import FOREVER, recount, totals
from wesprint.platform.ledger.selectors import stock_gap

pytestmark = pytest.mark.django_db
THINGS = 120


@pytest.fixture
def town(clock: FixedClock) -> Town:
    town = make_town("kaufhaus")
    since = clock.at - timedelta(days=200)
    half = since + timedelta(days=100)
    tell_past(town.ctx(key="1"), centre=town.centre, part=Slice(80, since, half, clock.at), seed=7)
    tell_past(
        town.ctx(key="2"), centre=town.centre, part=Slice(40, half, clock.at, clock.at), seed=7
    )
    finish()
    return town


def test_every_sum_equals_a_full_recount(town: Town) -> None:
    assert totals(town.centre) == recount(town.centre)
    assert wrong_grains(town.centre) == []
    assert stock_gap(town.centre) == 0


def test_each_thing_stands_in_the_ledger_as_it_stands_in_the_house(town: Town) -> None:
    assert (Item.objects.count(), Intake.objects.count()) == (THINGS, 41)
    for item in Item.objects.select_related("resource"):
        here = 0 if item.state == ItemState.HANDED_OVER else item.mass_g
        assert (item.resource.onhand_quantity, item.resource.accounting_quantity) == (here, here)
        assert item.resource.tracking_identifier == item.public_id
    events = Counter(EconomicEvent.objects.values_list("flow", flat=True))
    gone = HandOver.objects.count()
    assert (events["intake"], events["moved"]) == (THINGS, THINGS * MOVES)
    assert events["sold"] + events["given"] == gone > 0
    assert events["paid"] == HandOver.objects.filter(price_cents__gt=0).count()


def test_the_transparency_page_closes_over_it(town: Town, clock: FixedClock) -> None:
    found = picture([town.centre], FOREVER, clock.at.date())
    stock = EconomicResource.objects.filter(centre=town.centre, unit="g")
    assert found.closes
    assert found.end == stock.aggregate(sum=Sum("onhand_quantity"))["sum"]


def test_it_is_sealed_and_unchanged(town: Town) -> None:
    assert Seal.objects.filter(centre=town.centre).count() == 2
    report = verify_database()
    assert (report.problems, report.unsealed) == ([], 0)


def test_life_goes_on_after_it(town: Town) -> None:
    item = services.take_in(
        town.ctx(),
        centre=town.centre,
        category="chair",
        grade="B",
        weight=Weight(5_000, "measured"),
        price_cents=900,
        route="sell",
    )
    services.hand_over(town.ctx(), item=item, price_cents=900, consideration="cash")
    assert totals(town.centre) == recount(town.centre)


def test_the_same_seed_gives_the_same_things(town: Town) -> None:
    other = make_town("nachbarort")
    first = Item.objects.filter(centre=town.centre).order_by("pk")[:80]
    part = Slice(
        80, first[0].taken_in_at, first[0].taken_in_at + timedelta(days=100), town.ctx().occurred_at
    )
    tell_past(other.ctx(key="1"), centre=other.centre, part=part, seed=7)
    again = Item.objects.filter(centre=other.centre).order_by("pk")
    fields = ("title", "grade", "mass_g", "basis", "state", "left_at")
    assert list(again.values_list(*fields)) == list(first.values_list(*fields))


def test_what_is_left_is_found_on_the_shelf(town: Town) -> None:
    listed = Item.objects.filter(state=ItemState.FOR_SALE)
    assert 0 < listed.count() < THINGS
    word = listed.latest("for_sale_since").title.split()[0]
    page = shelf(town.centre, today_tree(town.centre, now()), Wanted(words=word), now())
    assert any(word in card.item.title for card in page.cards)
