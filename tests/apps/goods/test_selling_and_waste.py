"""Onto the shelf, off it, and out of the house without a new owner."""

from __future__ import annotations

import pytest
from tests.apps.goods.things import REPORT
from tests.world import Town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import Item, ItemState
from wesprint.apps.goods.selectors.catalogue import shelf
from wesprint.apps.goods.selectors.counter import today_tree
from wesprint.apps.goods.wanted import Wanted
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.platform.base.clock import now
from wesprint.platform.ledger.models import EconomicEvent


@pytest.fixture
def kettle(town: Town) -> Item:
    return services.take_in(town.ctx(), centre=town.centre, category="kettle", grade="B")


def test_an_electrical_thing_is_tested_before_it_gets_a_price(town: Town, kettle: Item) -> None:
    with pytest.raises(Refused) as caught:
        services.put_up_for_sale(town.ctx("cashier"), item=kettle, price_cents=800)
    assert caught.value.code == "not-tested"
    services.record_test(town.ctx("workshop-lead"), item=kettle, passed=True, report=REPORT)
    listed = services.put_up_for_sale(town.ctx("cashier"), item=kettle, price_cents=800)
    assert (listed.state, listed.price_cents) == (ItemState.FOR_SALE, 800)


def test_a_failed_test_takes_it_off_the_shelf(town: Town, kettle: Item) -> None:
    services.record_test(town.ctx("workshop-lead"), item=kettle, passed=True, report=REPORT)
    services.put_up_for_sale(town.ctx("cashier"), item=kettle, price_cents=800)
    item = services.record_test(town.ctx("workshop-lead"), item=kettle, passed=False)
    assert (item.state, item.for_sale_since, item.route) == ("taken-in", None, "recycle")


def test_search_knows_what_stands_on_the_shelf_and_nothing_else(
    town: Town, sideboard: Item
) -> None:
    def found(words: str) -> list[str]:
        tree = today_tree(town.centre, now())
        page = shelf(town.centre, tree, Wanted(words=words), now())
        return [card.item.public_id for card in page.cards]

    assert found("komode") == found("sideboard") == [sideboard.public_id]
    services.take_off_sale(town.ctx("cashier"), item=sideboard)
    assert found("komode") == []


def test_waste_goes_its_way_with_its_code(town: Town, sideboard: Item) -> None:
    services.change_to_waste(town.ctx(), item=sideboard)
    with pytest.raises(Invalid):
        services.dispose(town.ctx(), item=sideboard, waste_code="99 99 99")
    with pytest.raises(Refused):
        services.hand_over(town.ctx("cashier"), item=sideboard, price_cents=1, consideration="cash")
    done = services.dispose(town.ctx(), item=sideboard, waste_code="20 03 07", route="dispose")
    event = EconomicEvent.objects.latest("pk")
    assert (event.flow, event.resource_quantity, event.resource_classified_as) == (
        "disposed",
        31_500,
        ["20 03 07"],
    )
    assert (done.state, done.waste_code, done.status) == ("disposed", "20 03 07", "waste")
    with pytest.raises(Conflict) as caught:
        services.dispose(town.ctx(), item=sideboard, waste_code="20 03 07")
    assert caught.value.code == "item-disposed"


def test_prices_that_cannot_be_meant(town: Town, sideboard: Item) -> None:
    for cents in (-1, 1_000_001):
        with pytest.raises(Invalid) as caught:
            services.set_price(town.ctx("cashier"), item=sideboard, price_cents=cents)
        assert caught.value.field == "price"
    assert services.set_price(town.ctx("cashier"), item=sideboard, price_cents=0).price_cents == 0
