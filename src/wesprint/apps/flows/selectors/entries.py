"""The entries behind a figure: what flowed, when, how heavy. Nobody's name stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from wesprint.apps.flows.selectors.picture import GOODS
from wesprint.kernel.period import Period
from wesprint.kernel.quantity import Unit
from wesprint.platform.ledger.models import EconomicEvent, ResourceSpecification
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.models import Category
from wesprint.web.rooms import PublicThing, rooms

PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `grams`: what it did to the stock, below zero went out. `thing`: what it was
    about, where that has a page of its own."""

    ident: str
    day: date
    house: str
    flow: str
    code: str
    name: str
    grams: int
    weighed: bool
    takes_back: bool
    thing: PublicThing | None


@dataclass(frozen=True, slots=True)
class EntryPage:
    entries: tuple[Entry, ...]
    after: str


def entries(
    centres: Sequence[Centre], period: Period, *, flow: str = "", about: str = "", after: str = ""
) -> EntryPage:
    """The newest first, `PAGE` at a time. about: a group, a kind, or a specification's code.

    Two queries, one more behind the first page, two more with `about`, one more a room that
    knows things.
    """
    rows = EconomicEvent.objects.filter(
        centre__in=centres,
        occurred_on__gte=period.start,
        occurred_on__lt=period.end,
        resource_unit=Unit.GRAM,
    ).exclude(onhand_change=0)
    if flow:
        rows = rows.filter(flow=flow)
    if about:
        rows = rows.filter(resource_conforms_to__in=specifications(about))
    if after:
        rows = _behind(rows, after)
    found = list(_with_names(rows)[: PAGE + 1])
    page = found[:PAGE]
    known = _things([ident for row in page if (ident := _ident(row))])
    shown = tuple(_entry(row, known.get(_ident(row))) for row in page)
    return EntryPage(shown, page[-1].public_id if len(found) > PAGE else "")


def _with_names(rows: QuerySet[EconomicEvent]) -> QuerySet[EconomicEvent]:
    return rows.select_related(
        "centre",
        "resource_conforms_to",
        "resource_inventoried_as",
        "to_resource_inventoried_as",
    ).order_by("-occurred_on", "-pk")


def specifications(about: str) -> list[int]:
    """Row numbers of what is meant by a group, a kind or a code. Two queries."""
    slugs = Category.objects.filter(Q(slug=about) | Q(parent__slug=about))
    codes = [about, *(f"{GOODS}{slug}" for slug in slugs.values_list("slug", flat=True))]
    rows = ResourceSpecification.objects.filter(code__in=codes)
    return list(rows.values_list("pk", flat=True))


def _behind(rows: QuerySet[EconomicEvent], after: str) -> QuerySet[EconomicEvent]:
    last = EconomicEvent.objects.filter(public_id=after).values_list("pk", "occurred_on").first()
    if last is None:
        return rows.none()
    pk, day = last
    return rows.filter(Q(occurred_on__lt=day) | Q(occurred_on=day, pk__lt=pk), occurred_on__lte=day)


def _ident(row: EconomicEvent) -> str:
    about = row.resource_inventoried_as or row.to_resource_inventoried_as
    return about.tracking_identifier if about else ""


def _things(idents: Sequence[str]) -> dict[str, PublicThing]:
    found: dict[str, PublicThing] = {}
    for room in rooms():
        if idents and room.things is not None:
            found |= room.things(idents)
    return found


def _entry(row: EconomicEvent, thing: PublicThing | None) -> Entry:
    kind = row.resource_conforms_to
    return Entry(
        row.public_id,
        row.occurred_on,
        row.centre.name,
        row.flow,
        kind.code,
        kind.name,
        row.onhand_change,
        row.basis == "measured",
        row.corrects_id is not None,
        thing,
    )
