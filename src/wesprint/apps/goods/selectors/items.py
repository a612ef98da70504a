"""One item: where it stands, its history without names, its footprint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.codes import number_in
from wesprint.apps.goods.models import (
    Basis,
    HandOver,
    Item,
    ItemPhoto,
    ItemState,
    Reservation,
    ReservationState,
)
from wesprint.apps.goods.selectors.origin import repairs
from wesprint.engines.footprint import Avoided, avoided
from wesprint.kernel.errors import NotFound
from wesprint.platform.ledger.models import EconomicEvent
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.facts import FootprintInputs
from wesprint.platform.reference.selectors import footprint_inputs

PAGE = 50


def item_by_id(public_id: str, centre: Centre | None = None) -> Item:
    """The item with its centre and category. Raises NotFound for none and for another
    centre's. One query."""
    rows = Item.objects.select_related("centre", "category")
    if centre is not None:
        rows = rows.filter(centre=centre)
    item = rows.filter(public_id=number_in(public_id)).first()
    if item is None:
        raise NotFound(
            _("There is no item with this number."),
            next=_("Please compare the number on the label: ten letters and digits."),
            code="no-item",
        )
    return item


def photos_of(item: Item) -> list[str]:
    """Public ids of all photos in their order. One query."""
    rows = ItemPhoto.objects.filter(item=item).order_by("position")
    return list(rows.values_list("file__public_id", flat=True))


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to the item; `name` is looked up in words, never a person."""

    name: str
    at: datetime
    grams: int | None = None


def history(item: Item) -> tuple[Step, ...]:
    """Oldest first, without names. Two queries."""
    steps = [Step("made" if item.intake_id is None else "taken-in", item.taken_in_at)]
    steps += _corrections(item)
    steps += [Step("repaired", at) for at in repairs(item)]
    if item.tested_at is not None:
        steps.append(Step("tested" if item.test_passed else "test-failed", item.tested_at))
    if item.first_for_sale_at is not None:
        steps.append(Step("for-sale", item.first_for_sale_at))
    if item.left_at is not None:
        steps.append(Step(item.state, item.left_at))
    return tuple(sorted(steps, key=lambda step: step.at))


def _corrections(item: Item) -> list[Step]:
    """Weighings entered anew; the entry that a correction takes back is told by the next."""
    if item.state == ItemState.WITHDRAWN:
        return []
    rows = EconomicEvent.objects.filter(
        to_resource_inventoried_as=item.resource_id, corrects=None, flow="intake"
    ).order_by("pk")
    return [
        Step("weighed-again", at, grams)
        for at, grams in rows.values_list("recorded_at", "resource_quantity")[1:]
    ]


@lru_cache(maxsize=8)
def _inputs(on: date) -> FootprintInputs:
    return footprint_inputs(on)


def forget_inputs() -> None:
    _inputs.cache_clear()


def footprint(item: Item) -> Avoided | None:
    """What using it again avoids, with its range; None where the reference knows nothing.
    No query once the day's factors are known."""
    inputs = _inputs(item.taken_in_at.astimezone(item.centre.tz).date())
    return footprint_for(
        inputs,
        item.category.slug,
        mass_g=item.mass_g,
        weighed=item.basis == Basis.MEASURED,
        grade=item.grade,
    )


def footprint_on(
    on: date, category: str, *, mass_g: int, weighed: bool, grade: str
) -> Avoided | None:
    return footprint_for(_inputs(on), category, mass_g=mass_g, weighed=weighed, grade=grade)


def footprint_for(
    inputs: FootprintInputs, category: str, *, mass_g: int, weighed: bool, grade: str
) -> Avoided | None:
    if category not in inputs.displacement or not inputs.factors.get(category):
        return None
    return avoided(inputs.item(category, mass=mass_g, weighed=weighed, grade=grade))


@dataclass(frozen=True, slots=True)
class ReservationPage:
    reservations: tuple[Reservation, ...]
    after: str


def reservations_of(
    centre: Centre, *, state: str = "", after: str = "", limit: int = PAGE
) -> ReservationPage:
    """Newest first, one state or all, with their items. One query, one more behind the first
    page."""
    rows = Reservation.objects.filter(centre=centre).select_related("item")
    if state:
        rows = rows.filter(state=state)
    if after:
        last = Reservation.objects.filter(centre=centre, public_id=after).values("pk")
        rows = rows.filter(pk__lt=last)
    found = list(rows.order_by("-pk")[: limit + 1])
    page = tuple(found[:limit])
    return ReservationPage(page, page[-1].public_id if len(found) > limit else "")


def reservation_by_id(public_id: str, centre: Centre) -> Reservation:
    """Raises NotFound for none and for another centre's. One query."""
    rows = Reservation.objects.filter(centre=centre, public_id=number_in(public_id))
    found = rows.select_related("item").first()
    if found is None:
        raise NotFound(_("There is no reservation with this number."), code="no-reservation")
    return found


def active_reservation(item: Item) -> Reservation | None:
    """With the person. One query."""
    rows = Reservation.objects.filter(item=item, state=ReservationState.ACTIVE)
    return rows.select_related("person").first()


def last_hand_over(item: Item) -> HandOver | None:
    return HandOver.objects.filter(item=item, cancelled_at=None).order_by("pk").last()


@dataclass(frozen=True, slots=True)
class ItemPage:
    items: tuple[Item, ...]
    after: str


def items_of(
    centre: Centre, *, state: str = "", text: str = "", after: str = "", limit: int = PAGE
) -> ItemPage:
    """The office's list, newest first, one state or all; text: a number or part of a title.
    One query, one more behind the first page."""
    rows = Item.objects.filter(centre=centre).select_related("category")
    if state:
        rows = rows.filter(state=state)
    if text.strip():
        rows = rows.filter(Q(public_id=number_in(text)) | Q(title__icontains=text.strip()[:80]))
    if after:
        rows = _behind(rows, after)
    found = list(rows.order_by("-taken_in_at", "-id")[: limit + 1])
    page = tuple(found[:limit])
    return ItemPage(page, page[-1].public_id if len(found) > limit else "")


def _behind(rows: QuerySet[Item], after: str) -> QuerySet[Item]:
    for pk, moment in Item.objects.filter(public_id=after).values_list("pk", "taken_in_at"):
        return rows.filter(
            Q(taken_in_at__lt=moment) | Q(taken_in_at=moment, pk__lt=pk), taken_in_at__lte=moment
        )
    return rows.none()
