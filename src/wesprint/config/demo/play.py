"""The months of the demo, event by event, through the services of the rooms.

A line of events waits in the order of time; each one may put more into the line (a test in two
days, a buyer in three weeks). The clock stands at the event while it runs, and a day is one
transaction, because a real disk needs longer for a thousand commits than for everything else.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from wesprint.apps.goods.public import (
    Contact,
    Item,
    Offer,
    Recipient,
    Weight,
    accept_offer,
    add_recipient,
    answer,
    ask_back,
    change_to_waste,
    declare_full,
    decline_offer,
    describe_item,
    dispose,
    hand_over,
    offer_goods,
    put_up_for_sale,
    record_product_data,
    record_test,
    release_expired,
    reserve,
    send_load,
    start_intake,
    take_in,
)
from wesprint.config.demo import neighbours, story
from wesprint.config.demo.bench import Bench
from wesprint.config.demo.shelf import Picture, Pictures, Piece, Shelf
from wesprint.config.demo.social import EVERY
from wesprint.config.demo.stage import SELLING_DAYS_OF_STATION, Script, Stage
from wesprint.config.demo.today import Today
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.context import Actor, ActorKind, Ctx
from wesprint.platform.base.db import write_transaction
from wesprint.platform.organisations.models import Centre, Organisation
from wesprint.platform.organisations.selectors import Calendar, calendar_of
from wesprint.platform.people.models import Person, RoleName
from wesprint.platform.people.services.persons import register_person
from wesprint.platform.reference.models import Category, GateKind

REPAIR_EVERY = 6  # days between two things that neighbours bring to be mended
Happening = Callable[[datetime], None]


@dataclass(order=True)
class _Entry:
    at: datetime
    number: int
    happen: Happening = field(compare=False)


class Line:
    """What will happen, by time; equal times in the order in which they were put in."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._numbers = count()

    def put(self, at: datetime, happen: Happening) -> None:
        heapq.heappush(self._entries, _Entry(at, next(self._numbers), happen))

    def until(self, end: datetime) -> Iterator[_Entry]:
        while self._entries and self._entries[0].at <= end:
            yield heapq.heappop(self._entries)


@dataclass
class House:
    """One of the two houses with its people, its shelf and its pace."""

    centre: Centre
    operator: Organisation
    counter: Actor
    calendar: Calendar
    shelf: Shelf
    visits_a_day: float
    offers_a_week: float
    weighed: float  # share of things on the scale
    weekdays: frozenset[int]
    givers: list[Person] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    caged: list[Item] = field(default_factory=list)
    recycler: Recipient | None = None
    slips: int = 0

    def open_on(self, day: date) -> bool:
        return day.weekday() in self.weekdays and bool(self.calendar.on(day))


class Play:
    """Plays one region. Everything by chance is drawn from `chance`, in the order of time."""

    def __init__(self, stage: Stage, script: Script, clock: FixedClock, chance: Random) -> None:
        self.script, self.clock, self.chance = script, clock, chance
        self.line = Line()
        self.pictured: dict[int, tuple[House, Picture]] = {}
        self.houses = [self._town(stage), self._station(stage)]
        self.bench = self._bench(stage)
        self.repairs = self.sales = 0

    def _town(self, stage: Stage) -> House:
        return House(
            stage.town,
            stage.cooperative,
            _actor(stage.people[RoleName.STAFF]),
            calendar_of(stage.town),
            Shelf(self.chance, story.TOWN_SHELF),
            visits_a_day=2.2,
            offers_a_week=5,
            weighed=0.86,
            weekdays=frozenset(range(6)),
        )

    def _station(self, stage: Stage) -> House:
        smaller = {
            slug: share
            for slug, share in story.TOWN_SHELF.items()
            if slug not in story.TOO_LARGE_FOR_A_ROOM
        }
        return House(
            stage.station,
            stage.association,
            _actor(stage.people["station-staff"]),
            calendar_of(stage.station),
            Shelf(self.chance, smaller),
            visits_a_day=1.3,
            offers_a_week=1.5,
            weighed=0.55,
            weekdays=SELLING_DAYS_OF_STATION,
        )

    def _bench(self, stage: Stage) -> Bench:
        """The workshop of the town house; what is planned there happens while it is open."""
        town, lead = self.houses[0], _actor(stage.people[RoleName.WORKSHOP_LEAD])
        return Bench(
            town.centre,
            lambda at, happen: self.line.put(self._open_from(town, at), happen),
            lambda at: self._ctx(town, at, lead),
            Random("bench"),  # noqa: S311 - a story, no secret
        )

    def _open_from(self, house: House, at: datetime) -> datetime:
        """`at`, or noon of the next open day when the house is closed then."""
        day = at.astimezone(house.centre.tz).date()
        opens, closes = house.calendar.open_of(day), house.calendar.close_of(day)
        if opens and closes and opens <= at < closes:
            return at
        noon = datetime.combine(day, time(12), house.centre.tz)
        while noon < at or not house.open_on(noon.date()):
            noon += timedelta(days=1)
        return noon

    # -- the days ----------------------------------------------------------------------------
    def day(self, day: date, until: datetime) -> None:
        """Everything of one day up to `until`, in one transaction."""
        for house in self.houses:
            self._plan(house, day)
        end = min(until, datetime.combine(day, datetime.max.time(), self.houses[0].centre.tz))
        with write_transaction():
            for entry in self.line.until(end):
                self.clock.at = entry.at
                entry.happen(entry.at)

    def _plan(self, house: House, day: date) -> None:
        if self.chance.random() < house.offers_a_week / 7:
            evening = self._moment(day, 7, 22, house)
            self.line.put(evening, lambda at: self._offer(house, at))
        if not house.open_on(day):
            return
        for _visit in range(self._many(house.visits_a_day)):
            self.line.put(self._open_time(house, day), lambda at: self._visit(house, at))
        opens = house.calendar.open_of(day)
        if opens is not None:
            self.line.put(opens, lambda at: self._morning(house, at))
            if house is self.houses[0] and day.toordinal() % REPAIR_EVERY == 0:
                self.line.put(opens + timedelta(hours=1), self._repair)

    def _repair(self, at: datetime) -> None:
        """A neighbour brings something of theirs to be mended."""
        first, last = story.FIRST_NAMES, story.LAST_NAMES
        name = f"{first[self.repairs % len(first)]} {last[-1 - self.repairs % len(last)]}"
        contact = Contact(name, f"0171 39200{self.repairs % 100:02}")
        self.bench.bring(self.repairs, contact, at)
        self.repairs += 1

    def _many(self, mean: float) -> int:
        """Around the mean, never none: 60 to 140 per cent of it."""
        return max(1, round(mean * self.chance.uniform(0.6, 1.4)))

    def _moment(self, day: date, first: int, last: int, house: House) -> datetime:
        minutes = self.chance.randrange(first * 60, last * 60)
        start = datetime.combine(day, datetime.min.time(), house.centre.tz)
        return start + timedelta(minutes=minutes)

    def _open_time(self, house: House, day: date) -> datetime:
        """Some minute while the house is open on that day."""
        opens, closes = house.calendar.open_of(day), house.calendar.close_of(day)
        if opens is None or closes is None:
            raise ValueError(f"closed on {day}")
        minutes = (closes - opens) // timedelta(minutes=1)
        return opens + timedelta(minutes=self.chance.randrange(5, minutes - 5))

    def _later(self, house: House, at: datetime, days: float) -> datetime:
        """Some minute on the first open day at least `days` after `at`."""
        day = (at + timedelta(days=days)).date()
        while not house.open_on(day):
            day += timedelta(days=1)
        moment = self._open_time(house, day)
        return moment if moment > at else self._later(house, at, days + 1)

    def _ctx(self, house: House, at: datetime, actor: Actor | None = None) -> Ctx:
        return self.script.ctx(house.centre.scope, at, actor or house.counter)

    def fill_up(self, at: datetime) -> None:
        """Some kinds have no room in the town house this week; the offer form says so."""
        town = self.houses[0]
        for slug in story.FULL_KINDS:
            declare_full(
                self._ctx(town, at),
                centre=town.centre,
                category=Category.objects.get(slug=slug),
                until=at.date() + timedelta(days=6),
                note=story.FULL,
            )
        neighbours.play(lambda: self._ctx(town, at), town.centre, at)

    def plan_today(self, end: datetime) -> None:
        town = self.houses[0]
        today = Today(town.centre, lambda at: self._ctx(town, at), self.bench.ctx, end)
        today.plan(self.line.put)

    def photograph(self, at: datetime) -> None:
        """What is still here gets its picture. What has left needs none, and most has."""
        pictures = Pictures()
        here = list(Item.objects.filter(pk__in=self.pictured, left_at=None).order_by("pk"))
        pictures.draw_all(self.pictured[item.pk][1] for item in here)
        with write_transaction():
            for item in here:
                house, picture = self.pictured[item.pk]
                describe_item(self._ctx(house, at), item=item, photos=(pictures.of(picture),))

    # -- people ------------------------------------------------------------------------------
    def _morning(self, house: House, at: datetime) -> None:
        release_expired(self._ctx(house, at))

    def _giver(self, house: House, at: datetime) -> Person | None:
        """Half of them stay anonymous; of the others half were here before."""
        draw = self.chance.random()
        if draw < 0.5:
            return None
        if draw < 0.75 and house.givers:
            return self.chance.choice(house.givers)
        contact = self._new_contact()
        person = register_person(
            self._ctx(house, at),
            organisation=house.operator,
            name=contact.name,
            phone=contact.phone,
        )
        house.givers.append(person)
        return person

    def _new_contact(self) -> Contact:
        name = f"{self.chance.choice(story.FIRST_NAMES)} {self.chance.choice(story.LAST_NAMES)}"
        # 0171 39200xx: numbers that the Bundesnetzagentur keeps for stories
        return Contact(name=name, phone=f"0171 39200{self.chance.randrange(100):02}")

    # -- things come in ----------------------------------------------------------------------
    def _visit(self, house: House, at: datetime) -> None:
        things = self.chance.choices((1, 2, 3, 4), (45, 30, 15, 10))[0]
        intake = start_intake(
            self._ctx(house, at), centre=house.centre, giver=self._giver(house, at)
        )
        for number in range(things):
            moment = at + timedelta(seconds=40 * number)
            self.clock.at = moment
            self._take_in(house, moment, house.shelf.next_piece(), intake=intake)

    def _take_in(self, house: House, at: datetime, piece: Piece, **visit: object) -> None:
        weighed = self.chance.random() < house.weighed
        item = take_in(
            self._ctx(house, at),
            centre=house.centre,
            category=piece.facts.slug,
            grade=piece.grade,
            weight=Weight(piece.grams, "measured") if weighed else Weight(piece.usual_g),
            price_cents=piece.price if piece.sells_at_once else None,
            title=piece.title,
            note=piece.note,
            **visit,  # type: ignore[arg-type]  # intake, and nothing else
        )
        if piece.picture:
            self.pictured[item.pk] = house, piece.picture
        if item.barred == GateKind.NEEDS_DATA:
            self._describe(house, at, item, piece)
        self._plan_way(house, at, item, piece)

    def _describe(self, house: House, at: datetime, item: Item, piece: Piece) -> None:
        """A pram stands online with its product data only."""
        record_product_data(self._ctx(house, at), item=item, data=story.PRODUCT_DATA)
        if piece.sells_at_once:
            put_up_for_sale(self._ctx(house, at), item=item, price_cents=piece.price)

    def _plan_way(self, house: House, at: datetime, item: Item, piece: Piece) -> None:
        """Sold at once, tested first, mended first, or never."""
        if piece.sells_at_once:
            self._plan_buyer(house, at, item, piece)
        elif piece.grade == "D":
            when = self._later(house, at, self.chance.uniform(1, 9))
            self.line.put(when, lambda at: self._send_away(house, at, item, piece))
        elif piece.facts.electrical:
            when = self._later(house, at, self.chance.uniform(0, 3))
            self.line.put(when, lambda at: self._test(house, at, item, piece))
        elif house is not self.houses[0] or not self.bench.takes(item, at):
            when = self._later(house, at, self.chance.uniform(4, 20))
            self.line.put(when, lambda at: self._put_up(house, at, item, piece))

    def _test(self, house: House, at: datetime, item: Item, piece: Piece) -> None:
        passed = self.chance.random() < 0.84
        report = story.GOOD_SHEET if passed else story.BAD_SHEET
        record_test(self._ctx(house, at), item=item, passed=passed, report=report)
        if passed:
            self._put_up(house, at, item, piece)
        else:
            when = self._later(house, at, self.chance.uniform(1, 7))
            self.line.put(when, lambda at: self._send_away(house, at, item, piece))

    def _put_up(self, house: House, at: datetime, item: Item, piece: Piece) -> None:
        put_up_for_sale(self._ctx(house, at), item=item, price_cents=piece.price)
        self._plan_buyer(house, at, item, piece)

    def _send_away(self, house: House, at: datetime, item: Item, piece: Piece) -> None:
        code, route = piece.waste
        if not piece.facts.electrical:
            dispose(self._ctx(house, at), item=item, waste_code=code, route=route)
            return
        item = change_to_waste(self._ctx(house, at), item=item, waste_code=code)
        house.caged.append(item)
        if len(house.caged) >= story.FULL_CAGE:
            self._carry_away(house, at, code)

    def _carry_away(self, house: House, at: datetime, code: str) -> None:
        """A full cage leaves as one load, weighed once on the recycler's weighbridge."""
        if house.recycler is None:
            house.recycler = add_recipient(
                self._ctx(house, at), centre=house.centre, **story.RECYCLER
            )
        house.slips += 1
        booked = sum(item.mass_g for item in house.caged)
        send_load(
            self._ctx(house, at),
            centre=house.centre,
            items=house.caged,
            waste_code=code,
            recipient=house.recycler,
            slip_number=f"W-{house.slips:04}",
            weight=Weight(round(booked * self.chance.uniform(0.93, 1.05)), "measured"),
        )
        house.caged.clear()

    # -- and go out again --------------------------------------------------------------------
    def _plan_buyer(self, house: House, at: datetime, item: Item, piece: Piece) -> None:
        days = self.chance.expovariate(1 / piece.days_on_shelf)
        when = self._later(house, at, days)
        if self.chance.random() < 0.14:
            self.line.put(when, lambda at: self._reserve(house, at, item, piece))
        else:
            self.line.put(when, lambda at: self._sell(house, at, item, piece))

    def _sell(self, house: House, at: datetime, item: Item, piece: Piece) -> None:
        self._hand_over(house, at, item, piece.price)

    def _hand_over(
        self, house: House, at: datetime, item: Item, price: int, **more: object
    ) -> None:
        price = 0 if self.chance.random() < 0.05 else price
        self.sales += 1
        with_pass = house is self.houses[0] and self.sales % EVERY == 0
        hand_over(
            self._ctx(house, at),
            item=item,
            price_cents=price,
            consideration=self.chance.choice(("cash", "cash", "card")) if price else "free",
            displaced=self.chance.choices(("", "yes", "no", "unsure"), (60, 20, 13, 7))[0],
            social_pass=with_pass,
            **more,  # type: ignore[arg-type]  # reservation, and nothing else
        )

    def _reserve(self, house: House, at: datetime, item: Item, piece: Piece) -> None:
        """From home; nine of ten come for it before the house closes on the next opening day."""
        anybody = Actor(ActorKind.ANONYMOUS)
        booking = reserve(self._ctx(house, at, anybody), item=item, contact=self._new_contact())
        comes = self.chance.random() < 0.9
        when = self._later(house, at, 1) if comes else booking.until + timedelta(days=3)
        if comes and when < booking.until:
            self.line.put(
                when,
                lambda at: self._hand_over(house, at, item, piece.price, reservation=booking),
            )
        else:
            after = self._later(house, booking.until, 1)
            self.line.put(after, lambda at: self._sell(house, at, item, piece))

    # -- offers from home --------------------------------------------------------------------
    def _offer(self, house: House, at: datetime) -> None:
        whats, size = self.chance.choice(story.OFFERS)
        fetched = size in ("L", "XL")
        offer = offer_goods(
            self._ctx(house, at, Actor(ActorKind.ANONYMOUS)),
            centre=house.centre,
            lines=whats,
            size=size,
            way="fetch" if fetched else "bring",
            contact=self._new_contact(),
            fetch_address=self._address() if fetched else "",
        )
        when = self._later(house, at, self.chance.uniform(0.2, 2.5))
        asks = self.chance.random() < 0.2
        reply = self._ask if asks else self._decide
        self.line.put(when, lambda at: reply(house, at, offer))

    def _address(self) -> str:
        return f"{self.chance.choice(story.STREETS)} {self.chance.randrange(1, 80)}, Kaiserslautern"

    def _ask(self, house: House, at: datetime, offer: Offer) -> None:
        ask_back(self._ctx(house, at), offer=offer, text=story.QUESTION)
        when = at + timedelta(hours=self.chance.uniform(2, 40))
        self.line.put(when, lambda at: self._answer(house, at, offer))

    def _answer(self, house: House, at: datetime, offer: Offer) -> None:
        answer(self._ctx(house, at, Actor(ActorKind.ANONYMOUS)), offer=offer, text=story.ANSWER)
        when = self._later(house, at, 0.2)
        self.line.put(when, lambda at: self._decide(house, at, offer))

    def _decide(self, house: House, at: datetime, offer: Offer) -> None:
        if self.chance.random() < 0.2:
            decline_offer(self._ctx(house, at), offer=offer, text=story.NO)
            return
        yes = story.YES_FETCH if offer.way == "fetch" else story.YES_BRING
        accept_offer(self._ctx(house, at), offer=offer, text=yes)
        when = self._later(house, at, self.chance.uniform(1, 8))
        self.line.put(when, lambda at: self._arrive(house, at, offer))

    def _arrive(self, house: House, at: datetime, offer: Offer) -> None:
        intake = start_intake(self._ctx(house, at), centre=house.centre, offer=offer)
        for what in offer.lines.order_by("position"):
            piece = house.shelf.piece_like(what.what)
            self._take_in(house, at, piece, intake=intake)


def _actor(person: Person) -> Actor:
    user = person.user
    return Actor(ActorKind.PERSON, user.public_id if user else person.public_id)
