"""The town's window, consignments and the material exchange of the demo: a few of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from wesprint.apps.goods.public import Contact, Weight, hand_over
from wesprint.apps.market.public import (
    Booking,
    ConsignedItem,
    Consignment,
    Entry,
    Firm,
    Listing,
    Payout,
    Supplier,
    Ware,
    Words,
    agree_consignment,
    answer_approach,
    apply_as_supplier,
    approach,
    approve_supplier,
    book,
    collect_booking,
    confirm_approach,
    confirm_entry,
    consign,
    decide_entry,
    draw_up_month,
    draw_up_payout,
    list_ware,
    mark_paid,
    true_up,
    write_entry,
)
from wesprint.config.demo.looks import look_of
from wesprint.config.demo.pictures import draw
from wesprint.config.demo.stage import Script, Stage
from wesprint.kernel.context import Actor, ActorKind, Ctx
from wesprint.platform.files.services import Prepared, prepare
from wesprint.platform.people.models import Person, RoleName

Put = Callable[[datetime, Callable[[datetime], None]], None]
ANYBODY = Actor(ActorKind.ANONYMOUS)


class Shown(NamedTuple):
    """A thing in the window; picture: sign and group, as the shelf's pictures are drawn."""

    title: str
    cents: int
    stock: int
    kind: str
    km: int
    text: str = ""
    picture: tuple[str, str] | None = None
    place: str = "supplier"


SUPPLIERS: tuple[tuple[Firm, tuple[Shown, ...]], ...] = (
    (
        Firm(
            "Backstube Korn", "Schneiderstraße 5", "67655", "Kaiserslautern", "korn@demo.example",
            "Sauerteigbrot aus Getreide von der Sickinger Höhe.",
        ),
        (
            Shown(
                "Roggenbrot, 1\N{NO-BREAK SPACE}kg", 520, 8, "food", 18,
                "Drei Tage haltbar, aus dem Holzofen.", ("thing-bread", "food"),
            ),
            Shown(
                "Dinkelknäcke", 450, 20, "food", 18, "Mit Kümmel und Leinsaat.",
                ("thing-crispbread", "food"),
            ),
        ),
    ),
    (
        Firm(
            "Töpferei am Lämmchesberg", "Königstraße 30", "67655", "Kaiserslautern",
            "toepferei@demo.example", "Steinzeug für jeden Tag.",
        ),
        (
            Shown(
                "Müslischale, blau", 1900, 6, "home", 4, "Spülmaschinenfest.",
                ("thing-bowl", "kitchenware"), "house",
            ),
            Shown(
                "Krug, 1\N{NO-BREAK SPACE}Liter", 3400, 2, "home", 4, "",
                ("thing-jug", "kitchenware"), "house",
            ),
        ),
    ),
    (
        Firm(
            "Seifenküche Lauter", "Turnerstraße 3", "67659", "Kaiserslautern",
            "seife@demo.example",
            "Von Hand gesiedete Seifen.",
        ),
        (
            Shown(
                "Lavendelseife", 480, 24, "body", 9, "Ohne Palmöl.",
                ("thing-soap", "food"),
            ),
        ),
    ),
    (
        Firm(
            "Nähwerk Kotten", "Pirmasenser Straße 20", "67655", "Kaiserslautern",
            "naehwerk@demo.example",
            "Taschen und Schürzen aus alten Stoffen.",
        ),
        (
            Shown(
                "Tasche aus Vorhangstoff", 2900, 3, "clothing", 7, "Jede ein Einzelstück.",
                ("cat-bag", "textiles"), "house",
            ),
            Shown("Küchenschürze", 2400, 4, "clothing", 7, "", ("thing-apron", "textiles")),
        ),
    ),
)  # fmt: skip
WAITING = Firm(
    "Imkerei Bännjerrück", "Auf dem Bännjerrück 5", "67663", "Kaiserslautern",
    "imkerei@demo.example",
    "Honig von 30 Völkern am Waldrand.",
)  # fmt: skip
# category, title, grade, grams, cents, days until it is sold (0: not yet)
BROUGHT = (
    ("dishes", "Teeservice, sechsteilig", "A", 2600, 4800, 9),
    ("mirror", "Spiegel, Rahmen aus Treibholz", "A", 3900, 6900, 0),
    ("chair", "Schaukelstuhl, neu geflochten", "A", 8200, 9500, 21),
    ("picture-frame", "Rahmen aus Eiche", "B", 900, 2200, 14),
    ("vase", "Bodenvase, Steinzeug", "A", 4100, 3900, 0),
)
ENTRIES: tuple[tuple[str, str, str, int, str, str, str], ...] = (
    ("offer", "wood", "Eichenbretter, Reste bis 80 cm", 60, "piece", "Tischlerei Brandt",
     "Getrocknet, gehobelt, 20 bis 27 mm stark."),
    ("offer", "furniture", "Nachttische aus Hotelzimmern", 24, "piece", "Hotel zur Post",
     "Buche, gut erhalten, wegen Umbau."),
    ("request", "wood", "Eichenbretter für Regale gesucht", 25, "piece", "Kita Sonnenhang",
     "Kürzere Stücke sind willkommen."),
    ("offer", "packaging", "Kartons 60 × 40 × 40, einmal benutzt", 150, "piece", "Radhaus am Ring",
     ""),
    ("request", "textile", "Segeltuch oder Planen", 120_000, "g", "Nähwerk Kotten",
     "Für Taschen; Farben gleich."),
)  # fmt: skip
ASKED = "Wir könnten 25 Bretter am Freitag mit dem Lastenrad holen."


class Market:
    """Puts into the line what happens in the town house, at times that follow from the first
    and the last day."""

    def __init__(self, stage: Stage, script: Script, put: Put, seed: int) -> None:
        self.stage, self.script, self.put = stage, script, put
        self.centre = stage.town
        self.in_house: list[Listing] = []
        self.chance = Random(f"{seed}/market")  # noqa: S311 - a story, no secret

    def plan(self, first: date, end: datetime) -> None:
        start = datetime.combine(first, datetime.min.time(), self.centre.tz)
        days = max(1, (end.date() - first).days)
        morning = start + timedelta(days=1, hours=11)
        for number, (firm, shown) in enumerate(SUPPLIERS):
            at = morning + timedelta(days=number * days // 9, minutes=number)
            self.put(at, lambda at, f=firm, s=shown: self._join(at, f, s))  # type: ignore[misc]  # a lambda with defaults has no type of its own
        self.put(self._before(end, 0.2), lambda at: self._wait(at, WAITING))
        self.put(self._before(end, 0.15), self._put_aside)
        self.put(morning + timedelta(days=days // 8), self._consignments)
        for month in _months_ended(first, end.date()):
            self.put(
                datetime.combine(month, datetime.min.time(), self.centre.tz)
                + timedelta(days=1, hours=9),
                self._settle,
            )
        self._plan_entries(morning, days)

    def _before(self, end: datetime, days: float) -> datetime:
        return end - timedelta(days=days)

    def _plan_entries(self, morning: datetime, days: int) -> None:
        for number in range(len(ENTRIES)):
            at = morning + timedelta(days=days * (number + 4) // 10, hours=number)
            self.put(at, lambda at, n=number: self._write(at, n))  # type: ignore[misc]  # a lambda with defaults has no type of its own

    def _ctx(self, at: datetime, actor: Actor = ANYBODY) -> Ctx:
        return self.script.ctx(self.centre.scope, at, actor)

    def _staff(self, role: str = RoleName.STAFF) -> Actor:
        person: Person = self.stage.people[role]
        return Actor(ActorKind.PERSON, person.user.public_id if person.user else person.public_id)

    def _put_aside(self, at: datetime) -> None:
        """Reserved in the window today, and still there for its buyer."""
        for listing in self.in_house[:1]:
            contact = Contact("Nele Nachher", "0171 3920035")
            book(self._ctx(at), listing=listing, contact=contact)

    # -- the window --------------------------------------------------------------------------
    def _wait(self, at: datetime, firm: Firm) -> None:
        self._apply(at, firm)

    def _apply(self, at: datetime, firm: Firm) -> Supplier:
        return apply_as_supplier(self._ctx(at), centre=self.centre, firm=firm)

    def _join(self, at: datetime, firm: Firm, shown: tuple[Shown, ...]) -> None:
        supplier = self._apply(at, firm)
        listed = [self._list(at, supplier, one) for one in shown]
        self.in_house += [
            one for one, plan in zip(listed, shown, strict=True) if plan.place == "house"
        ]
        approve_supplier(self._ctx(at, self._staff(RoleName.BOARD)), supplier=supplier)
        for week in (8, 15, 22):
            one = self.chance.choice(listed)
            self.put(at + timedelta(days=week), lambda at, o=one: self._book(at, o))  # type: ignore[misc]  # a lambda with defaults has no type of its own

    def _list(self, at: datetime, supplier: Supplier, one: Shown) -> Listing:
        ware = Ware(
            one.title, one.cents, stock=one.stock, kind=one.kind, text=one.text, place=one.place,
            made_within_km=one.km,
        )  # fmt: skip
        photos = (_picture(one.title, *one.picture),) if one.picture else ()
        return list_ware(self._ctx(at), supplier=supplier, ware=ware, photos=photos)

    def _book(self, at: datetime, listing: Listing) -> None:
        listing.refresh_from_db()
        if not listing.shown_since:
            return
        contact = Contact("Nora Nachbarin", f"0171 39200{self.chance.randrange(100):02}")
        made = book(self._ctx(at), listing=listing, contact=contact)
        if self.chance.random() < 0.8:
            later = at + timedelta(hours=3)
            self.put(later, lambda at: self._collected(at, made))

    def _collected(self, at: datetime, made: Booking) -> None:
        collect_booking(self._ctx(at, self._staff()), booking=made)

    # -- consignments ------------------------------------------------------------------------
    def _consignments(self, at: datetime) -> None:
        made = agree_consignment(
            self._ctx(at, self._staff()),
            centre=self.centre,
            since=at.date(),
            per_mille=350,
            afterwards="back",
            contact=Contact("Petra Probst", "0171 3920017"),
            iban="DE89370400440532013000",
        )
        for piece in BROUGHT:
            self._bring(at, made, piece)

    def _bring(
        self, at: datetime, made: Consignment, piece: tuple[str, str, str, int, int, int]
    ) -> None:
        category, title, grade, grams, cents, days = piece
        brought = consign(
            self._ctx(at, self._staff()),
            consignment=made,
            category=category,
            title=title,
            grade=grade,
            weight=Weight(grams, "measured"),
            price_cents=cents,
            least_cents=cents * 8 // 10,
        )
        if days:
            self.put(at + timedelta(days=days, hours=1), lambda at: self._sell(at, brought, cents))

    def _sell(self, at: datetime, brought: ConsignedItem, cents: int) -> None:
        seller = self._staff(RoleName.CASHIER)
        brought.item.refresh_from_db()
        hand_over(self._ctx(at, seller), item=brought.item, price_cents=cents, consideration="card")
        true_up(self._ctx(at), item=brought.item.public_id)

    def _settle(self, at: datetime) -> None:
        treasurer = self._staff(RoleName.TREASURER)
        month = (at.date().replace(day=1) - timedelta(days=1)).replace(day=1)
        if draw_up_month(self._ctx(at, treasurer), centre=self.centre, month=month):
            payout = draw_up_payout(self._ctx(at, treasurer), centre=self.centre)
            later = at + timedelta(days=2)
            self.put(later, lambda at: self._paid(at, payout))

    def _paid(self, at: datetime, payout: Payout) -> None:
        mark_paid(self._ctx(at, self._staff(RoleName.TREASURER)), payout=payout)

    # -- the exchange ------------------------------------------------------------------------
    def _write(self, at: datetime, number: int) -> None:
        kind, material, title, quantity, unit, business, text = ENTRIES[number]
        words = Words(
            kind=kind,
            material=material,
            title=title,
            quantity=quantity,
            unit=unit,
            since=at.date(),
            until=at.date() + timedelta(days=120),
            postcode="67655",
            town="Kaiserslautern",
            business=business,
            text=text,
        )
        contact = Contact(f"{business}, Büro", "", f"boerse{number}@demo.example")
        made = write_entry(self._ctx(at), centre=self.centre, words=words, contact=contact)
        confirm_entry(self._ctx(at), entry=made)
        if number < len(ENTRIES) - 1:
            self.put(at + timedelta(hours=20), lambda at: self._show(at, made, number))

    def _show(self, at: datetime, entry: Entry, number: int) -> None:
        decide_entry(self._ctx(at, self._staff()), entry=entry, shown=True)
        if number == 0:
            self.put(at + timedelta(days=4), lambda at: self._approach(at, entry))

    def _approach(self, at: datetime, entry: Entry) -> None:
        contact = Contact("Kita Sonnenhang, Büro", "", "boerse2@demo.example")
        made = approach(self._ctx(at), entry=entry, contact=contact, text=ASKED)
        confirm_approach(self._ctx(at), approach=made)
        answer_approach(self._ctx(at), approach=made, agreed=True)


def _months_ended(first: date, last: date) -> Iterator[date]:
    """First days of months that begin after `first`, up to `last`."""
    month = first.replace(day=1)
    while (month := (month + timedelta(days=32)).replace(day=1)) <= last:
        yield month


def _picture(title: str, sign: str, group: str) -> Prepared:
    return prepare(draw(sign, group, look_of(title)))
