"""What goes in and out, as programs see it. Grams and cents, times in UTC, never a person."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field, StrictBool

from wesprint.apps.goods.models import (
    Basis,
    Consideration,
    Displaced,
    HandOver,
    Item,
    ItemState,
    Offer,
    OfferState,
    Reservation,
    ReservationState,
    Route,
    Size,
    Status,
    Way,
)
from wesprint.apps.goods.testing import ElectricalReport
from wesprint.platform.reference.facts import CategoryFacts
from wesprint.platform.reference.models import GateKind, Grade, ProtectionClass
from wesprint.web.api.fields import (
    Body,
    Cents,
    Grams,
    Line,
    Measured,
    Slug,
    Text8,
    Text40,
    Text80,
    Text120,
    Text200,
    Text254,
    Text500,
)


class CategoryOut(Schema):
    slug: str
    group: str
    name_de: str
    name_en: str
    electrical: bool
    batch: bool
    taken: bool
    why_not_de: str
    why_not_en: str
    typical_g: int

    @classmethod
    def of(cls, facts: CategoryFacts) -> CategoryOut:
        return cls(
            slug=facts.slug,
            group=facts.group,
            name_de=facts.name_de,
            name_en=facts.name_en,
            electrical=facts.electrical,
            batch=facts.batch,
            taken=facts.taken,
            why_not_de="" if facts.taken else facts.note_de,
            why_not_en="" if facts.taken else facts.note_en,
            typical_g=facts.typical_g,
        )


class Categories(Schema):
    categories: list[CategoryOut]


class HouseOut(Schema):
    slug: str
    name: str
    town: str


class Houses(Schema):
    centres: list[HouseOut]


class CardOut(Schema):
    """One thing on the shelf, as everybody may see it."""

    id: str
    title: str
    note: str
    category: str
    grade: Grade
    state: ItemState
    weight_g: int
    price_cents: int | None
    for_sale_since: datetime | None
    photo: str | None = Field(description="Address of the first photo, 320 pixels wide.")

    @classmethod
    def of(cls, item: Item, photo: str) -> CardOut:
        return cls(
            id=item.public_id,
            title=item.title,
            note=item.note,
            category=item.category.slug,
            grade=Grade(item.grade),
            state=ItemState(item.state),
            weight_g=item.mass_g,
            price_cents=item.price_cents,
            for_sale_since=item.for_sale_since,
            photo=f"/foto/{photo}/320/" if photo else None,
        )


class Shelf(Schema):
    items: list[CardOut]
    after: str | None


class ItemOut(Schema):
    """One item, as the office sees it."""

    id: str
    title: str
    note: str
    category: str
    grade: Grade
    route: Route
    state: ItemState
    status: Status
    barred: GateKind | None = Field(description="The gate that keeps it from the shelf.")
    is_batch: bool
    weight_g: int
    basis: Basis
    price_cents: int | None
    tested_at: datetime | None
    test_passed: bool | None
    waste_code: str
    taken_in_at: datetime
    for_sale_since: datetime | None
    left_at: datetime | None

    @classmethod
    def of(cls, item: Item) -> ItemOut:
        return cls(
            id=item.public_id,
            title=item.title,
            note=item.note,
            category=item.category.slug,
            grade=Grade(item.grade),
            route=Route(item.route),
            state=ItemState(item.state),
            status=Status(item.status),
            barred=GateKind(item.barred) if item.barred else None,
            is_batch=item.is_batch,
            weight_g=item.mass_g,
            basis=Basis(item.basis),
            price_cents=item.price_cents,
            tested_at=item.tested_at,
            test_passed=item.test_passed,
            waste_code=item.waste_code,
            taken_in_at=item.taken_in_at,
            for_sale_since=item.for_sale_since,
            left_at=item.left_at,
        )


class Items(Schema):
    items: list[ItemOut]
    after: str | None


class TakeIn(Body):
    category: Slug = Field(examples=["chair"])
    grade: Grade
    weight_g: Grams | None = Field(None, description="Left out: what such a thing usually weighs.")
    weighed: StrictBool = Field(False, description="The weight comes from a scale.")
    status: Status = Status.PRODUCT
    route: Route | None = Field(None, description="Left out: as the house suggests.")
    price_cents: Cents | None = Field(
        None, description="With the route “sell” it stands in the catalogue at once."
    )
    per_kg: StrictBool = Field(False, description="The price is that of a kilogram of a batch.")
    title: Text120 = ""
    note: Text500 = ""
    over_capacity: Text120 = Field(
        "", description="Why it is taken although the house is full today."
    )


class Price(Body):
    price_cents: Cents


class TestReport(Body):
    """What stands on the test's sheet; left out: not measured."""

    protection_class: ProtectionClass
    device: Annotated[Text80, Field(min_length=1, description="The tester's instrument.")]
    initials: Annotated[Text8, Field(min_length=1, description="Who tested.")]
    visual_ok: StrictBool
    function_ok: StrictBool
    conductor_mohm: Measured | None = None
    insulation_kohm: Measured | None = None
    leakage_ua: Measured | None = None
    note: Text200 = ""

    def report(self) -> ElectricalReport:
        return ElectricalReport(**self.model_dump())


class Test(Body):
    """The electrical test (VDE 0701). A passed one needs its report."""

    passed: StrictBool
    report: TestReport | None = None


class HandOverIn(Body):
    price_cents: Cents
    consideration: Consideration
    displaced: Displaced | None = Field(None, description="Would you have bought it new?")
    reservation: Annotated[str, Field(pattern=r"^[0-9A-Za-z]{10}$")] | None = Field(
        None, description="Must be named when the item is reserved."
    )


class HandOverOut(Schema):
    id: str
    item: str
    price_cents: int
    consideration: Consideration
    handed_over_at: datetime
    taken_back_at: datetime | None

    @classmethod
    def of(cls, done: HandOver) -> HandOverOut:
        return cls(
            id=done.public_id,
            item=done.item.public_id,
            price_cents=done.price_cents,
            consideration=Consideration(done.consideration),
            handed_over_at=done.handed_over_at,
            taken_back_at=done.cancelled_at,
        )


class ContactIn(Body):
    """How to reach somebody: a name with a telephone number or an e-mail address."""

    name: Text120 = ""
    phone: Text40 = ""
    email: Text254 = ""


class ReservationOut(Schema):
    """Without the name: who it is stands with the people, not with the goods."""

    id: str
    item: str
    state: ReservationState
    reserved_at: datetime
    until: datetime

    @classmethod
    def of(cls, kept: Reservation) -> ReservationOut:
        return cls(
            id=kept.public_id,
            item=kept.item.public_id,
            state=ReservationState(kept.state),
            reserved_at=kept.reserved_at,
            until=kept.until,
        )


class Reservations(Schema):
    reservations: list[ReservationOut]
    after: str | None


class OfferIn(ContactIn):
    lines: Annotated[list[Line], Field(min_length=1, max_length=12)] = Field(
        examples=[["Sideboard, Eiche"]]
    )
    size: Size = Size.M
    way: Way = Way.BRING
    fetch_address: Text200 = ""
    note: Text500 = ""
    anyway: StrictBool = Field(False, description="They read why the house refuses it and insist.")


class LineOut(Schema):
    what: str
    category: str | None


class OfferOut(Schema):
    """Without the giver."""

    id: str
    number: int
    state: OfferState
    size: Size
    way: Way
    lines: list[LineOut]
    offered_at: datetime
    decided_at: datetime | None

    @classmethod
    def of(cls, offer: Offer) -> OfferOut:
        return cls(
            id=offer.public_id,
            number=offer.number,
            state=OfferState(offer.state),
            size=Size(offer.size),
            way=Way(offer.way),
            lines=[
                LineOut(what=line.what, category=line.category.slug if line.category else None)
                for line in offer.lines.all()
            ],
            offered_at=offer.offered_at,
            decided_at=offer.decided_at,
        )


class Offers(Schema):
    offers: list[OfferOut]
    after: str | None


class Answer(Body):
    text: Text500 = ""
