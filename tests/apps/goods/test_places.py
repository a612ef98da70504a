"""Where things stand, and counting them while people go on working."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.apps.goods import things
from tests.world import Town, make_town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import Item, Place, StocktakeLine
from wesprint.apps.goods.selectors.stocktake import missing, progress, result
from wesprint.apps.goods.services.contacts import Contact
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.platform.ledger.models import EconomicEvent


@pytest.fixture
def shelf(town: Town) -> Place:
    return things.shelf(town)


@pytest.fixture
def box(town: Town, shelf: Place) -> Place:
    return services.add_place(
        town.ctx(), centre=town.centre, kind="box", code="1a1", name="Kiste", parent=shelf
    )


def put(town: Town, place: Place | None, *items: Item) -> None:
    services.move_items(town.ctx(), items=items, place=place)


def standing(item: Item) -> tuple[str, str]:
    """State and code of the place."""
    item = Item.objects.select_related("place").get(pk=item.pk)
    return item.state, item.place.code if item.place else ""


def moves(item: Item) -> list[tuple[str, int | None, str, str]]:
    rows = EconomicEvent.objects.filter(centre=item.centre).order_by("pk")
    return [(row.flow, row.resource_quantity, row.at_location, row.to_location) for row in rows][1:]


def test_a_tree_of_places(town: Town, box: Place) -> None:
    shelf = box.parent
    assert shelf is not None and shelf.parent is not None
    assert box.path == f"/{shelf.parent.pk}/{shelf.pk}/{box.pk}/"
    assert (box.code, shelf.code, shelf.parent.code) == ("1A1", "1A", "1")


@pytest.mark.parametrize("code", ["", "1A", "Y1", "a-z", "123456789", "ÄÖ"])
def test_codes_that_no_place_can_have(town: Town, shelf: Place, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        services.add_place(
            town.ctx(), centre=town.centre, kind="box", code=code, name="", parent=shelf
        )
    assert caught.value.field == "code"
    assert Place.objects.count() == 2


def test_what_stands_on_what(town: Town, box: Place) -> None:
    foreign = things.shelf(make_town("nachbarort"))
    for kind, parent in (("shelf", box), ("floor", box), ("box", foreign), ("cage", box)):
        with pytest.raises(Invalid):
            services.add_place(
                town.ctx(), centre=town.centre, kind=kind, code="9", name="", parent=parent
            )


def test_moving_is_an_event_that_weighs_nothing(town: Town, sideboard: Item, box: Place) -> None:
    put(town, box, sideboard)
    put(town, box, sideboard)
    put(town, None, sideboard)
    assert moves(sideboard) == [
        ("moved", 31_500, "", box.public_id),
        ("moved", 31_500, box.public_id, ""),
    ]
    resource = Item.objects.get(pk=sideboard.pk).resource
    assert (resource.onhand_quantity, resource.accounting_quantity) == (31_500, 31_500)


def test_what_is_gone_is_not_moved(town: Town, sideboard: Item, box: Place) -> None:
    services.hand_over(town.ctx("cashier"), item=sideboard, price_cents=5500, consideration="cash")
    with pytest.raises(Conflict) as caught:
        put(town, box, sideboard)
    assert caught.value.code == "item-handed-over"
    assert standing(sideboard) == ("handed-over", "")


def test_the_cage_takes_waste_only(town: Town, sideboard: Item, shelf: Place) -> None:
    cage = services.add_place(
        town.ctx(), centre=town.centre, kind="cage", code="R", name="", parent=shelf.parent
    )
    with pytest.raises(Refused) as caught:
        put(town, cage, sideboard)
    assert caught.value.code == "cage-only-waste"
    services.change_to_waste(town.ctx(), item=sideboard)
    put(town, cage, sideboard)
    assert standing(sideboard) == ("taken-in", "R")


def test_a_place_is_closed_when_it_is_empty(town: Town, sideboard: Item, box: Place) -> None:
    put(town, box, sideboard)
    assert box.parent is not None
    with pytest.raises(Refused):
        services.close_place(town.ctx(), place=box.parent)
    put(town, None, sideboard)
    services.close_place(town.ctx(), place=box.parent)
    box.refresh_from_db()
    with pytest.raises(Refused):
        put(town, box, sideboard)


def test_a_count_names_what_is_missing_and_what_is_too_much(
    town: Town, clock: FixedClock, shelf: Place, box: Place
) -> None:
    here, gone, elsewhere, lost, sold = (things.sideboard(town) for _one in range(5))
    put(town, shelf, gone, lost, sold)
    put(town, box, here)
    services.declare_lost(town.ctx(), item=lost)
    services.hand_over(town.ctx("cashier"), item=sold, price_cents=5500, consideration="cash")
    clock.advance(timedelta(hours=1))
    count = services.begin_stocktake(town.ctx(), centre=town.centre, place=shelf)
    for item in (here, elsewhere, lost, sold):
        services.count_item(town.ctx(), stocktake=count, item=item)
    assert list(missing(count)) == [gone]
    clock.advance(timedelta(hours=1))
    services.finish_stocktake(town.ctx(), stocktake=count)
    found = {outcome: [line.item for line in lines] for outcome, lines in result(count).items()}
    assert found == {
        "here": [here],
        "moved": [elsewhere],
        "found": [lost],
        "gone": [sold],
        "missing": [gone],
    }
    assert [standing(item) for item in (here, gone, elsewhere, lost)] == [
        ("for-sale", "1A1"),
        ("lost", "1A"),
        ("for-sale", "1A"),
        ("for-sale", "1A"),
    ]
    assert sorted(flow for flow, *_rest in moves(gone) if flow in ("lost", "found")) == [
        "found",
        "lost",
        "lost",
    ]


def test_what_is_sold_or_moved_meanwhile_is_not_missing(
    town: Town, clock: FixedClock, shelf: Place, box: Place
) -> None:
    sold, moved_away, counted_then_moved, moved_in = (things.sideboard(town) for _one in range(4))
    other = services.add_place(
        town.ctx(), centre=town.centre, kind="shelf", code="1B", name="", parent=shelf.parent
    )
    put(town, shelf, sold, moved_away, counted_then_moved)
    clock.advance(timedelta(minutes=1))
    count = services.begin_stocktake(town.ctx(), centre=town.centre, place=shelf)
    clock.advance(timedelta(minutes=1))
    services.count_item(town.ctx(), stocktake=count, item=counted_then_moved)
    clock.advance(timedelta(minutes=1))
    services.hand_over(town.ctx("cashier"), item=sold, price_cents=5500, consideration="cash")
    put(town, other, moved_away, counted_then_moved)
    put(town, shelf, moved_in)
    fresh = things.sideboard(town)
    put(town, box, fresh)
    assert progress(count).missing == ()
    services.finish_stocktake(town.ctx(), stocktake=count)
    assert [line.outcome for line in StocktakeLine.objects.all()] == ["here"]
    assert [standing(item) for item in (moved_away, counted_then_moved, moved_in, fresh)] == [
        ("for-sale", "1B"),
        ("for-sale", "1B"),
        ("for-sale", "1A"),
        ("for-sale", "1A1"),
    ]


def test_a_reserved_thing_that_is_missing_is_promised_to_nobody(
    town: Town, clock: FixedClock, shelf: Place, sideboard: Item
) -> None:
    put(town, shelf, sideboard)
    kept = services.reserve(town.ctx(), item=sideboard, contact=Contact("Mia", "02931 1234"))
    count = services.begin_stocktake(town.ctx(), centre=town.centre)
    services.finish_stocktake(town.ctx(), stocktake=count)
    kept.refresh_from_db()
    assert (kept.state, standing(sideboard)[0]) == ("cancelled", "lost")
    services.declare_found(town.ctx(), item=sideboard)
    assert standing(sideboard) == ("for-sale", "1A")
    with pytest.raises(Conflict):
        services.declare_found(town.ctx(), item=sideboard)


def test_one_count_of_a_place_at_a_time(town: Town, shelf: Place, sideboard: Item) -> None:
    count = services.begin_stocktake(town.ctx(), centre=town.centre, place=shelf)
    with pytest.raises(Conflict):
        services.begin_stocktake(town.ctx(), centre=town.centre, place=shelf)
    services.cancel_stocktake(town.ctx(), stocktake=count)
    with pytest.raises(Conflict):
        services.count_item(town.ctx(), stocktake=count, item=sideboard)
    services.begin_stocktake(town.ctx(), centre=town.centre, place=shelf)


def test_a_scan_by_mistake_is_taken_back(town: Town, shelf: Place, sideboard: Item) -> None:
    put(town, shelf, sideboard)
    count = services.begin_stocktake(town.ctx(), centre=town.centre, place=shelf)
    services.count_item(town.ctx(), stocktake=count, item=sideboard)
    services.uncount_item(town.ctx(), stocktake=count, item=sideboard)
    assert list(missing(count)) == [sideboard]


def test_things_of_another_house_are_not_counted(town: Town, shelf: Place) -> None:
    foreign = things.sideboard(make_town("nachbarort"))
    count = services.begin_stocktake(town.ctx(), centre=town.centre, place=shelf)
    with pytest.raises(Refused):
        services.count_item(town.ctx(), stocktake=count, item=foreign)
