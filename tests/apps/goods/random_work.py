"""A house in which everybody does something at random, and what must hold all the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import timedelta
from random import Random

from tests.apps.goods import things
from tests.world import add_person, make_town

from wesprint.apps.flows.balance import by_material, lines_of
from wesprint.apps.flows.selectors.picture import picture
from wesprint.apps.flows.selectors.places import place_balances
from wesprint.apps.flows.words import declared
from wesprint.apps.goods import services
from wesprint.apps.goods.models import IN_HOUSE, HandOver, Item, ItemState
from wesprint.apps.goods.services.batches import Part
from wesprint.apps.goods.services.intake import Weight
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import DomainError
from wesprint.kernel.period import Period
from wesprint.platform.ledger.selectors import unbalanced
from wesprint.web.rooms import Fate

A_MINUTE = timedelta(minutes=1)


class House:
    """One town with a shelf and a box; `done` counts what happened, `refused` what could not."""

    def __init__(self, clock: FixedClock, slug: str) -> None:
        self.clock, self.town = clock, make_town(slug)
        for role in ("staff", "cashier"):
            add_person(self.town, role)
        shelf = things.shelf(self.town)
        box = services.add_place(
            self.town.ctx(), centre=self.town.centre, kind="box", code="1A1", name="", parent=shelf
        )
        self.places = [shelf, box, None]
        self.done = self.refused = 0

    def work(self, verb: int, random: Random) -> None:
        """One command; one that cannot be done now leaves nothing behind."""
        self.clock.advance(A_MINUTE)
        try:
            VERBS[verb % len(VERBS)](self, random)
            self.done += 1
        except DomainError:
            self.refused += 1

    def item(self, random: Random, **wanted: object) -> Item:
        """Any item, gone or here, so that the impossible is tried too; mostly a fitting one."""
        rows = Item.objects.filter(centre=self.town.centre, **wanted).order_by("pk")
        if random.random() < 0.1 or not rows.exists():
            rows = Item.objects.filter(centre=self.town.centre).order_by("pk")
        found = list(rows)
        if not found:
            return things.batch(self.town)
        return random.choice(found)


def take_in(house: House, random: Random) -> None:
    grams = random.randint(1, 20_000)
    make = random.choice((things.batch, things.sideboard))
    make(house.town, weight=Weight(grams, random.choice(("measured", "estimated"))))


def move(house: House, random: Random) -> None:
    items = [house.item(random, state__in=IN_HOUSE) for _one in range(random.randint(1, 3))]
    services.move_items(house.town.ctx(), items=items, place=random.choice(house.places))


def count(house: House, random: Random) -> None:
    place = random.choice(house.places[:2])
    begun = services.begin_stocktake(house.town.ctx(), centre=house.town.centre, place=place)
    for _scan in range(random.randint(0, 4)):
        house.clock.advance(A_MINUTE)
        services.count_item(house.town.ctx(), stocktake=begun, item=house.item(random))
        house.work(random.choice(MEANWHILE), random)
    services.finish_stocktake(house.town.ctx(), stocktake=begun)


def sell_part(house: House, random: Random) -> None:
    item = house.item(random, is_batch=True, state__in=IN_HOUSE)
    services.sell_part(
        house.town.ctx("cashier"),
        item=item,
        price_cents=100,
        consideration="cash",
        mass_g=random.randint(1, item.mass_g + item.mass_g // 4),
        rest=random.random() < 0.15,
    )


def split(house: House, random: Random) -> None:
    item = house.item(random, is_batch=True, state__in=IN_HOUSE)
    parts = [
        Part(random.randint(1, max(1, item.mass_g // 2)), price_cents=random.choice((None, 300)))
        for _part in range(random.randint(1, 3))
    ]
    services.split_batch(house.town.ctx(), item=item, parts=parts)


def join(house: House, random: Random) -> None:
    services.join_batch(
        house.town.ctx(), part=house.item(random, is_batch=True, state__in=IN_HOUSE)
    )


def weigh(house: House, random: Random) -> None:
    weight = Weight(random.randint(1, 20_000), random.choice(("measured", "estimated")))
    item = house.item(random, state__in=IN_HOUSE)
    services.correct_weight(house.town.ctx(), item=item, weight=weight)


def dispose(house: House, random: Random) -> None:
    services.dispose(
        house.town.ctx(),
        item=house.item(random, state__in=IN_HOUSE),
        waste_code="20 01 38",
        route=random.choice(("recycle", "dispose")),
    )


def hand_over(house: House, random: Random) -> None:
    item = house.item(random, state__in=IN_HOUSE)
    services.hand_over(house.town.ctx("cashier"), item=item, price_cents=500, consideration="card")


def take_back(house: House, random: Random) -> None:
    found = list(HandOver.objects.filter(centre=house.town.centre).order_by("pk"))
    if found:
        ctx = house.town.ctx("staff")
        object.__setattr__(ctx, "cause", "wrong number")
        services.take_back_hand_over(ctx, hand_over=random.choice(found))


def withdraw(house: House, random: Random) -> None:
    services.withdraw_item(house.town.ctx(), item=house.item(random, state__in=IN_HOUSE))


def lose(house: House, random: Random) -> None:
    services.declare_lost(house.town.ctx(), item=house.item(random, state__in=IN_HOUSE))


def find(house: House, random: Random) -> None:
    services.declare_found(
        house.town.ctx(),
        item=house.item(random, state=ItemState.LOST),
        place=random.choice(house.places),
    )


Work = Callable[[House, Random], None]
VERBS: tuple[Work, ...] = (
    take_in, move, sell_part, take_back, split, weigh, count, hand_over, join, find, dispose,
    withdraw, lose, take_in, take_in, sell_part,
)  # fmt: skip
MEANWHILE = [VERBS.index(verb) for verb in (move, sell_part, hand_over, take_in)]


def check(house: House) -> None:
    """To the gram: what the items say, what the ledger's resources hold, and the page's sum."""
    items = Item.objects.filter(centre=house.town.centre).select_related("resource", "place")
    wrong = {
        item.public_id: (item.state, item.mass_g, item.resource.onhand_quantity)
        for item in items
        if _held(item) != (item.mass_g if item.state in IN_HOUSE else 0)
    }
    assert wrong == {}
    assert unbalanced(house.town.centre) == []
    today = house.clock.now().astimezone(house.town.centre.tz).date()
    always = Period(today - timedelta(days=400), today + timedelta(days=1))
    found = picture([house.town.centre], always, today)
    here = sum(item.mass_g for item in items if item.state in IN_HOUSE)
    check_places(house, items, always, Period(today, today + timedelta(days=1)))
    assert (found.closes, found.gap, found.start, found.end) == (True, 0, 0, here)


def check_places(house: House, items: Iterable[Item], *periods: Period) -> None:
    """Each shelf and box closes to the gram, and holds by the entries what stands in it; moves
    within the house add up to nothing."""
    stands: dict[str, int] = defaultdict(int)
    for item in items:
        if item.state in IN_HOUSE:
            stands[item.place.public_id if item.place else ""] += item.mass_g
    for period in periods:
        found = place_balances(house.town.centre, period)
        assert [(one.place.code, one.gap) for one in found if one.gap] == []
        assert {one.place.ident: sum(g.end for g in one.groups) for one in found} == {
            one.place.ident: stands[one.place.ident] for one in found
        }
        groups = [group for one in found for group in one.groups]
        assert [group.difference for group in groups if group.difference] == []
        lines = lines_of(groups, declared())
        assert sum(line.way(Fate.MOVED) for line in lines) == 0
        for one in found:
            by_stuff = by_material(lines_of(one.groups, declared()))
            assert [line.slug for line in by_stuff if line.difference] == []


def _held(item: Item) -> int:
    assert item.resource.onhand_quantity == item.resource.accounting_quantity
    return item.resource.onhand_quantity
