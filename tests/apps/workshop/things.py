"""What the pages of this room are about: a sideboard in work, a customer's lamp, hinges, oil."""

from __future__ import annotations

from tests.apps.goods.things import REPORT
from tests.apps.goods.things import sideboard as goods_sideboard
from tests.world import Town

from wesprint.apps.goods.public import Contact, Item, record_test
from wesprint.apps.workshop import links, services
from wesprint.apps.workshop.models import Lot, LotUnit, Order, OrderState

MIA = Contact("Mia Muster", "02931 1234", "mia@example.org")


def sideboard(town: Town, **values: object) -> Item:
    """Weighed at 31.5 kg, in the store room, for the workshop."""
    usual: dict[str, object] = {"grade": "C", "route": "workshop", "price_cents": None}
    return goods_sideboard(town, **(usual | values))


def order(town: Town, *items: Item, kind: str = "upcycle") -> Order:
    """In work."""
    made = services.open_order(town.ctx(), centre=town.centre, items=items, kind=kind)
    return services.move_order(town.ctx(), order=made, state=OrderState.IN_WORK)


def passed(town: Town, item: Item) -> None:
    record_test(town.ctx("workshop-lead"), item=item, passed=True, report=REPORT)


def hinges(town: Town) -> Lot:
    """Ten hinges of 80 g, 3.20 € each."""
    return services.buy_lot(
        town.ctx(),
        centre=town.centre,
        name="Scharnier",
        unit=LotUnit.PIECE,
        count=10,
        grams_each=80,
        price_cents=320,
        lot="R-2026-17",
    )


def oil(town: Town) -> Lot:
    """A litre of linseed oil, 930 g, 18 € a kilo."""
    return services.buy_lot(
        town.ctx(),
        centre=town.centre,
        name="Leinöl",
        unit=LotUnit.GRAM,
        count=930,
        price_cents=1800,
    )


def lamp(town: Town, **values: object) -> Order:
    """Somebody's floor lamp, with an estimate of 25 €."""
    usual: dict[str, object] = {
        "thing": "Stehlampe",
        "contact": MIA,
        "fault": "geht nicht an",
        "estimate_cents": 2500,
    }
    given = usual | values
    return services.take_in_repair(town.ctx(), centre=town.centre, **given)  # type: ignore[arg-type]


def fill(town: Town) -> None:
    hinges(town)
    sideboard(town)
    made, repair = order(town, sideboard(town)), lamp(town)
    town.things["workshop"] = {
        "order": made.public_id,
        "repair": repair.public_id,
        "secret": links.secret_of(repair),
    }
