"""Batches by weight: sold in parts, taken apart, weighed anew."""

from __future__ import annotations

import pytest
from tests.apps.goods import things
from tests.world import Town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import HandOver, Item, ItemState, PriceTag
from wesprint.apps.goods.services.batches import Part
from wesprint.apps.goods.services.intake import Weight
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.platform.ledger.models import EconomicEvent


@pytest.fixture
def clothes(town: Town) -> Item:
    """10 kg of clothing for 40 €."""
    return things.batch(town)


@pytest.fixture
def tag(town: Town, clothes: Item) -> PriceTag:
    """Shirts at 2 €, a quarter of a kilogram each."""
    return services.add_tag(town.ctx(), item=clothes, price_cents=200, piece_g=250, name="Hemd")


def stands(item: Item) -> tuple[str, int, int, int | None]:
    """State, mass, what the ledger holds, price."""
    item = Item.objects.select_related("resource").get(pk=item.pk)
    return item.state, item.mass_g, item.resource.onhand_quantity, item.price_cents


def flows_of(item: Item) -> list[tuple[str, str, int | None]]:
    rows = EconomicEvent.objects.filter(centre=item.centre).order_by("pk")
    return [(row.action, row.flow, row.resource_quantity) for row in rows]


def sell(town: Town, item: Item, **values: object) -> HandOver:
    given: dict[str, object] = {"price_cents": 600, "consideration": "cash"} | values
    return services.sell_part(town.ctx("cashier"), item=item, **given)  # type: ignore[arg-type]


def test_pieces_leave_by_their_tag(town: Town, clothes: Item, tag: PriceTag) -> None:
    done = sell(town, clothes, tag=tag, pieces=3)
    assert (done.part_g, done.pieces, done.tag) == (750, 3, tag)
    assert stands(clothes) == ("for-sale", 9250, 9250, 3700)
    assert flows_of(clothes) == [
        ("transfer", "intake", 10_000),
        ("transfer", "sold", 750),
        ("transfer", "paid", 600),
    ]


def test_never_below_zero_and_empty_is_closed(town: Town, clothes: Item, tag: PriceTag) -> None:
    sell(town, clothes, mass_g=9800)
    with pytest.raises(Refused) as caught:
        sell(town, clothes, tag=tag, pieces=1)
    assert "200" in str(caught.value.what)
    assert "250" in str(caught.value.what)
    assert stands(clothes) == ("for-sale", 200, 200, 80)
    sell(town, clothes, tag=tag, pieces=1, rest=True)
    assert stands(clothes) == ("handed-over", 200, 0, 80)
    with pytest.raises(Conflict):
        sell(town, clothes, tag=tag, pieces=1)


def test_parts_come_back_in_any_order(town: Town, clothes: Item) -> None:
    first = sell(town, clothes, mass_g=4000)
    last = sell(town, clothes, rest=True)
    assert stands(clothes)[:3] == ("handed-over", 6000, 0)
    services.take_back_hand_over(town.ctx("cashier"), hand_over=first)
    assert stands(clothes)[:3] == ("for-sale", 4000, 4000)
    services.take_back_hand_over(town.ctx("cashier"), hand_over=last)
    assert stands(clothes) == ("for-sale", 10_000, 10_000, 4000)


def test_all_of_a_batch_handed_over_at_once_is_its_last_part(town: Town, clothes: Item) -> None:
    sell(town, clothes, mass_g=1000)
    done = services.hand_over(
        town.ctx("cashier"), item=clothes, price_cents=3000, consideration="card"
    )
    assert done.part_g == 9000
    assert stands(clothes)[:3] == ("handed-over", 9000, 0)


def test_a_quantity_is_needed(town: Town, clothes: Item, tag: PriceTag) -> None:
    for wrong in ({}, {"mass_g": 0}, {"tag": tag, "pieces": 0}, {"tag": tag, "pieces": 501}):
        with pytest.raises(Invalid):
            sell(town, clothes, **wrong)
    assert HandOver.objects.count() == 0


def test_a_single_thing_has_no_parts(town: Town, sideboard: Item) -> None:
    with pytest.raises(Refused) as caught:
        sell(town, sideboard, mass_g=100)
    assert caught.value.code == "no-batch"


def test_a_tag_of_another_batch_or_a_closed_one_sells_nothing(
    town: Town, clothes: Item, tag: PriceTag
) -> None:
    other = things.batch(town)
    with pytest.raises(Refused):
        sell(town, other, tag=tag, pieces=1)
    services.close_tag(town.ctx(), tag=tag)
    with pytest.raises(Refused):
        sell(town, clothes, tag=tag, pieces=1)
    assert HandOver.objects.count() == 0


def test_taken_apart_the_stock_stays_the_same(town: Town, clothes: Item) -> None:
    coats, shirts = services.split_batch(
        town.ctx(), item=clothes, parts=[Part(4000, "Mäntel", 3000), Part(2500, "Hemden")]
    )
    assert stands(clothes) == ("for-sale", 3500, 3500, 1400)
    assert stands(coats) == ("for-sale", 4000, 4000, 3000)
    assert stands(shirts) == ("taken-in", 2500, 2500, None)
    assert flows_of(clothes)[1:] == [("move", "split", 4000), ("move", "split", 2500)]


@pytest.mark.parametrize("parts", [[6000, 4001], [10_000]])
def test_taken_apart_into_more_than_it_weighed(town: Town, clothes: Item, parts: list[int]) -> None:
    with pytest.raises(Refused) as caught:
        services.split_batch(town.ctx(), item=clothes, parts=[Part(grams) for grams in parts])
    assert "10" in str(caught.value.what)
    assert stands(clothes) == ("for-sale", 10_000, 10_000, 4000)
    assert Item.objects.count() == 1


def test_a_part_goes_back_unless_something_happened_to_it(town: Town, clothes: Item) -> None:
    (coats,) = services.split_batch(town.ctx(), item=clothes, parts=[Part(4000, "Mäntel", 3000)])
    (shirts,) = services.split_batch(town.ctx(), item=clothes, parts=[Part(1000, "Hemden", 800)])
    services.join_batch(town.ctx(), part=coats)
    assert stands(coats)[:3] == ("withdrawn", 4000, 0)
    assert stands(clothes)[:3] == ("for-sale", 9000, 9000)
    sell(town, shirts, mass_g=100)
    with pytest.raises(Refused):
        services.join_batch(town.ctx(), part=shirts)
    with pytest.raises(Refused):
        services.join_batch(town.ctx(), part=clothes)


def test_a_batch_turns_out_heavier_or_lighter(town: Town, clothes: Item) -> None:
    services.correct_weight(town.ctx(), item=clothes, weight=Weight(11_000, "measured"))
    sell(town, clothes, mass_g=1000)
    services.correct_weight(town.ctx(), item=clothes, weight=Weight(12_000, "measured"))
    services.correct_weight(town.ctx(), item=clothes, weight=Weight(9000, "measured"))
    assert stands(clothes)[:3] == ("for-sale", 9000, 9000)
    assert [row for row in flows_of(clothes) if row[1] != "paid"] == [
        ("transfer", "intake", 10_000),
        ("transfer", "intake", -10_000),
        ("transfer", "intake", 11_000),
        ("transfer", "sold", 1000),
        ("raise", "heavier", 2000),
        ("lower", "lighter", 3000),
    ]


def test_what_partly_left_is_not_withdrawn(town: Town, clothes: Item) -> None:
    sell(town, clothes, mass_g=1000)
    with pytest.raises(Refused) as caught:
        services.withdraw_item(town.ctx(), item=clothes)
    assert caught.value.code == "not-as-taken-in"
    assert Item.objects.get(pk=clothes.pk).state == ItemState.FOR_SALE


def test_own_prices_per_kilogram_come_from_the_part_sold(town: Town, clothes: Item) -> None:
    from wesprint.apps.goods.selectors.counter import own_prices, today_tree

    sell(town, clothes, mass_g=500, price_cents=400)
    facts = today_tree(town.centre, town.ctx().occurred_at).by_slug["clothing"]
    clothes.refresh_from_db()
    sell(town, clothes, rest=True, price_cents=1900)
    assert sorted(own_prices(town.centre, facts, "B")) == [200, 800]
