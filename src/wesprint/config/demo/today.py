"""What is going on in the demo's town house just now: somebody has an appointment today, a
reservation is about to end, and in the workshop an order stands in each column."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

from wesprint.apps.goods.public import (
    Contact,
    Weight,
    accept_offer,
    book,
    free_times,
    offer_goods,
    open_slot,
    reserve,
    take_in,
)
from wesprint.apps.workshop.public import (
    Order,
    approve,
    estimate,
    move_order,
    note_work,
    take_in_repair,
    tell_ready,
    weigh_out,
)
from wesprint.config.demo.story import YES_BRING
from wesprint.kernel.context import Ctx
from wesprint.platform.organisations.models import Centre

Put = Callable[[datetime, Callable[[datetime], None]], None]
Context = Callable[[datetime], Ctx]
HOURS, A_DAY = (time(10), time(16)), 4
# who comes today, with what
COMING = (
    (("Kommode aus Kiefer",), Contact("Katrin Kommt", "0171 3920031")),
    (("Wasserkocher", "Toaster"), Contact("Timo Termin", "0171 3920032")),
)
# kind, title, grams, cents: reserved from home yesterday
KEPT = (
    ("chair", "Armlehnstuhl, Esche, neu geleimt", 5_400, 2_800),
    ("vase", "Blumenvase, Glas, mundgeblasen", 1_100, 1_900),
)
KEEPERS = Contact("Lotte Langsam", "0171 3920033"), Contact("Emil Eilig", "0171 3920034")
HALF_AN_HOUR = 1_800
# thing, fault, electrical, cents, how far it has come
ORDERS = (
    ("Bürolampe mit Gelenkarm", "Der Arm hält nicht.", True, 1_900, "in-work"),
    ("Plattenspieler", "Die Nadel springt, ein Ersatz ist bestellt.", True, 3_900, "waiting"),
    ("Puppenwagen", "Ein Rad eiert.", False, 1_400, "ready"),
)


class Today:
    """Puts the last two days into the line. counter, workshop: make the contexts of commands."""

    def __init__(self, centre: Centre, counter: Context, workshop: Context, end: datetime) -> None:
        self.centre, self.counter, self.workshop = centre, counter, workshop
        self.end = end

    def plan(self, put: Put) -> None:
        put(self.end - timedelta(days=2, hours=1), self._appointments)
        put(self.end - timedelta(days=1, hours=22), self._orders)
        put(self.end - timedelta(days=1), self._reservations)

    @property
    def _day(self) -> int:
        return self.end.astimezone(self.centre.tz).weekday()

    def _appointments(self, at: datetime) -> None:
        """Booked two days ago, for today; on a day on which the house is closed, for none."""
        open_slot(
            self.counter(at),
            centre=self.centre,
            way="bring",
            weekday=self._day,
            starts=HOURS[0],
            ends=HOURS[1],
            capacity=A_DAY,
            at_once=True,
        )
        today = self.end.astimezone(self.centre.tz).date()
        free = [one for one in free_times(self.centre, "bring", at) if one.day == today]
        for (lines, contact), found in zip(COMING, free * len(COMING), strict=False):
            offer = offer_goods(
                self.counter(at), centre=self.centre, lines=lines, size="M", way="bring",
                contact=contact,
            )  # fmt: skip
            accept_offer(self.counter(at), offer=offer, text=YES_BRING)
            book(self.counter(at), offer=offer, slot=found.slot, day=today)

    def _reservations(self, at: datetime) -> None:
        """Of things that nobody else in the story wants."""
        for (kind, title, grams, cents), contact in zip(KEPT, KEEPERS, strict=True):
            item = take_in(
                self.counter(at), centre=self.centre, category=kind, grade="B", title=title,
                weight=Weight(grams, "measured"), price_cents=cents,
            )  # fmt: skip
            reserve(self.counter(at), item=item, contact=contact)

    def _orders(self, at: datetime) -> None:
        for number, (thing, fault, electrical, cents, stage) in enumerate(ORDERS):
            order = take_in_repair(
                self.workshop(at), centre=self.centre, thing=thing, fault=fault,
                contact=Contact(f"Nachbarin {number + 1}", f"0171 392004{number}"),
                electrical=electrical,
            )  # fmt: skip
            estimate(self.workshop(at), order=order, cents=cents, note="Arbeit und Teile zusammen")
            approve(self.workshop(at), order=order, cents=cents, by="telephone")
            move_order(self.workshop(at), order=order, state="in-work")
            self._on(order, stage, at)

    def _on(self, order: Order, stage: str, at: datetime) -> None:
        if stage == "waiting":
            move_order(self.workshop(at), order=order, state="waiting")
        if stage != "ready":
            return
        note_work(self.workshop(at), order=order, role="staff", seconds=HALF_AN_HOUR)
        weigh_out(self.workshop(at), order=order)
        tell_ready(self.workshop(at), order=order)
