"""The workshop of the town house in the demo: what is mended, what becomes something else, and
what neighbours bring. It draws by its own chance, so that the rest of the story stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from wesprint.apps.goods.public import Contact, Item
from wesprint.apps.workshop.public import (
    Back,
    Lot,
    Made,
    Offcut,
    Order,
    approve,
    buy_lot,
    estimate,
    finish,
    hand_back,
    move_order,
    note_work,
    open_order,
    record_repair_test,
    take_in_repair,
    tell_ready,
    use_lot,
    weigh_out,
)
from wesprint.config.demo.story import GOOD_SHEET
from wesprint.kernel.context import Ctx
from wesprint.platform.organisations.models import Centre

Plan = Callable[[datetime, Callable[[datetime], None]], None]
EVERY = 9  # of the worn pieces that could be mended, one in so many gets an order
HOUR = 3600


class Supply(NamedTuple):
    name: str
    unit: str
    amount: int
    grams_each: int
    cents: int
    lot: str


SUPPLIES = (
    Supply("Topfscharnier", "piece", 40, 92, 290, "R-2214"),
    Supply("Holzschrauben 4 × 40", "piece", 500, 4, 6, "R-2214"),
    Supply("Leinölfirnis", "g", 4_600, 1, 1_650, "LF 0824"),
    Supply("Möbelstoff, Wollfilz", "g", 9_000, 1, 2_400, "B-17"),
    Supply("Netzleitung mit Stecker", "piece", 12, 145, 480, "R-2260"),
)


class Repair(NamedTuple):
    thing: str
    fault: str
    electrical: bool
    cents: int


class Upcycled(NamedTuple):
    category: str
    title: str
    share: float  # of the weight that goes in
    cents: int


NEW_THINGS = {
    "chest-of-drawers": Upcycled("stool", "Sitzbank aus einer Kommode", 0.30, 6_900),
    "wardrobe": Upcycled("shelf", "Regal aus einem Kleiderschrank", 0.42, 8_900),
    "table": Upcycled("shelf", "Wandregal aus einer Tischplatte", 0.55, 4_900),
    "shelf": Upcycled("stool", "Hocker aus Regalböden", 0.35, 3_900),
    "bed": Upcycled("stool", "Gartenbank aus einem Bett", 0.30, 7_900),
}
REPAIRS = (
    Repair("Stehlampe, Messing", "Der Schalter hat einen Wackelkontakt.", True, 2_500),
    Repair("Küchenstuhl", "Ein Bein ist aus dem Leim.", False, 1_800),
    Repair("Nähmaschine", "Der Oberfaden reißt, der Motor brummt.", True, 4_500),
    Repair("Schaukelpferd", "Die Kufe ist gebrochen, es ist von der Uroma.", False, 3_200),
    Repair("Radio, sechziger Jahre", "Es brummt und riecht warm.", True, 5_500),
)


class Bench:
    """`plan` puts something into the line of events; `ctx` makes the context of a command."""

    def __init__(
        self, centre: Centre, plan: Plan, ctx: Callable[[datetime], Ctx], chance: Random
    ) -> None:
        self.centre, self.plan, self.ctx, self.chance = centre, plan, ctx, chance
        self.seen = 0
        self.lots: dict[str, Lot] = {}

    # -- things of the store ---------------------------------------------------------------
    def takes(self, item: Item, at: datetime) -> bool:
        """Whether this worn piece gets an order; then its way is planned from here."""
        self.seen += 1
        if self.seen % EVERY:
            return False
        self._later(at, 1, 3, lambda at: self._open(item, at))
        return True

    def _later(
        self, at: datetime, least: float, most: float, happen: Callable[[datetime], None]
    ) -> None:
        self.plan(at + timedelta(days=self.chance.uniform(least, most)), happen)

    def _open(self, item: Item, at: datetime) -> None:
        kind = "upcycle" if item.category.slug in NEW_THINGS else "repair"
        order = open_order(self.ctx(at), centre=self.centre, items=[item], kind=kind)
        self._later(at, 1, 4, lambda at: self._begin(order, item, at))

    def _begin(self, order: Order, item: Item, at: datetime) -> None:
        move_order(self.ctx(at), order=order, state="in-work")
        if self.chance.random() < 0.3:
            self._later(at, 0.2, 1, lambda at: self._wait(order, item, at))
        else:
            self._later(at, 1, 5, lambda at: self._work(order, item, at))

    def _wait(self, order: Order, item: Item, at: datetime) -> None:
        move_order(self.ctx(at), order=order, state="waiting")
        self._later(at, 4, 9, lambda at: self._go_on(order, item, at))

    def _go_on(self, order: Order, item: Item, at: datetime) -> None:
        move_order(self.ctx(at), order=order, state="in-work")
        self._later(at, 1, 3, lambda at: self._work(order, item, at))

    def _lot(self, supply: Supply, at: datetime) -> Lot:
        if supply.name not in self.lots:
            self.lots[supply.name] = buy_lot(
                self.ctx(at),
                centre=self.centre,
                name=supply.name,
                unit=supply.unit,
                count=supply.amount,
                grams_each=supply.grams_each,
                price_cents=supply.cents,
                lot=supply.lot,
            )
        return self.lots[supply.name]

    def _work(self, order: Order, item: Item, at: datetime) -> None:
        added = 0
        for supply, count in ((SUPPLIES[1], 8), (SUPPLIES[2], 150)):
            use = use_lot(self.ctx(at), order=order, lot=self._lot(supply, at), count=count)
            added += use.mass_g
        role = self.chance.choice(("volunteer", "placement", "staff"))
        quarters = self.chance.randrange(3, 14)
        note_work(self.ctx(at), order=order, role=role, seconds=quarters * HOUR // 4)
        self._later(at, 0.5, 2, lambda at: self._close(order, item, added, at))

    def _close(self, order: Order, item: Item, added: int, at: datetime) -> None:
        whole = item.mass_g + added
        new = NEW_THINGS.get(item.category.slug)
        if new is None:
            back = (Back(item, whole - 20, "B"),)
            weigh_out(self.ctx(at), order=order, back=back)
            return
        made = round(item.mass_g * new.share)
        offcuts = (Offcut("wood", whole - made - 60),)
        weigh_out(
            self.ctx(at),
            order=order,
            made=(Made(new.category, made, title=new.title, price_cents=new.cents),),
            offcuts=offcuts,
        )

    # -- what neighbours bring ---------------------------------------------------------------
    def bring(self, number: int, contact: Contact, at: datetime) -> None:
        repair = REPAIRS[number % len(REPAIRS)]
        order = take_in_repair(
            self.ctx(at),
            centre=self.centre,
            thing=repair.thing,
            contact=contact,
            fault=repair.fault,
            electrical=repair.electrical,
        )
        self._later(at, 0.5, 2, lambda at: self._estimate(order, repair, at))

    def _estimate(self, order: Order, repair: Repair, at: datetime) -> None:
        estimate(self.ctx(at), order=order, cents=repair.cents, note="Arbeit und Teile zusammen")
        self._later(at, 0.3, 3, lambda at: self._agree(order, repair, at))

    def _agree(self, order: Order, repair: Repair, at: datetime) -> None:
        approve(self.ctx(at), order=order, cents=repair.cents, by="telephone")
        move_order(self.ctx(at), order=order, state="in-work")
        self._later(at, 1, 6, lambda at: self._mend(order, repair, at))

    def _mend(self, order: Order, repair: Repair, at: datetime) -> None:
        supply, count = (SUPPLIES[4], 1) if repair.electrical else (SUPPLIES[1], 4)
        use_lot(self.ctx(at), order=order, lot=self._lot(supply, at), count=count)
        note_work(self.ctx(at), order=order, role="staff", seconds=HOUR // 2)
        weigh_out(self.ctx(at), order=order)
        if repair.electrical:
            record_repair_test(self.ctx(at), order=order, passed=True, report=GOOD_SHEET)
            finish(self.ctx(at), order=order)
        tell_ready(self.ctx(at), order=order)
        self._later(at, 2, 6, lambda at: self._fetch(order, repair.cents, at))

    def _fetch(self, order: Order, cents: int, at: datetime) -> None:
        hand_back(self.ctx(at), order=order, cents=cents)
