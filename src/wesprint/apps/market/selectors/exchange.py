"""The board of the exchange, over all houses of the installation; entries by their links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wesprint.apps.market import matching
from wesprint.apps.market.links import APPROACH, ENTRY
from wesprint.apps.market.matching import Reason, Side
from wesprint.apps.market.models import Approach, Entry, EntryKind, EntryState
from wesprint.kernel.errors import NotFound
from wesprint.platform.files.models import StoredFile
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.secrets import secret_hash

PAGE = 30
CANDIDATES = 200
SUGGESTED = 5


@dataclass(frozen=True, slots=True)
class Board:
    entries: tuple[Entry, ...]
    after: str


def board(today: date, *, kind: str = "", material: str = "", after: str = "") -> Board:
    """Newest first, of all houses: the region is the point of it. One query, one more behind
    the first page."""
    rows = on_board(today)
    if kind:
        rows = rows.filter(kind=kind)
    if material:
        rows = rows.filter(material=material)
    if after:
        rows = _behind(rows, after)
    found = list(rows.order_by("-shown_at", "-pk")[: PAGE + 1])
    page = tuple(found[:PAGE])
    return Board(page, page[-1].public_id if len(found) > PAGE else "")


def on_board(today: date) -> QuerySet[Entry]:
    rows = Entry.objects.filter(state=EntryState.SHOWN, until__gte=today)
    return rows.select_related("centre", "photo")


def _behind(rows: QuerySet[Entry], after: str) -> QuerySet[Entry]:
    for pk, moment in Entry.objects.filter(public_id=after).values_list("pk", "shown_at"):
        return rows.filter(Q(shown_at__lt=moment) | Q(shown_at=moment, pk__lt=pk))
    return rows.none()


def entry_on_board(public_id: str, today: date) -> Entry:
    """Raises NotFound for what is not, or no longer, shown. One query."""
    return _one(on_board(today).filter(public_id=public_id).first())


def entry_by_public_id(public_id: str) -> Entry:
    """Whatever its state, with its house: whose day counts. Raises NotFound. One query."""
    return _one(Entry.objects.filter(public_id=public_id).select_related("centre").first())


def _one(entry: Entry | None) -> Entry:
    if entry is None:
        raise NotFound(
            _("This entry is not on the board any more."),
            next=_("Look at what is there now."),
            code="no-entry",
        )
    return entry


def entry_by_secret(secret: str) -> Entry:
    """With its approaches and who made them. Two queries."""
    rows = Entry.objects.filter(secret_hash=secret_hash(secret, ENTRY))
    rows = rows.select_related("centre", "person", "photo")
    return _one(rows.prefetch_related("approaches__person").first())


def entry_by_id(centre: Centre, public_id: str) -> Entry:
    """For the house that looks at it. One query."""
    rows = Entry.objects.filter(centre=centre, public_id=public_id)
    return _one(rows.select_related("centre", "person", "photo").first())


def entries_to_look_at(centre: Centre) -> tuple[Entry, ...]:
    """Waiting ones first, then what is on the board. One query."""
    rows = Entry.objects.filter(centre=centre, state__in=(EntryState.WAITING, EntryState.SHOWN))
    rows = rows.select_related("centre", "person", "photo")
    return tuple(rows.order_by("-state", "-pk")[:100])


def approach_by_secret(secret: str) -> Approach:
    """One query."""
    rows = Approach.objects.filter(secret_hash=secret_hash(secret, APPROACH))
    found = rows.select_related("entry__centre", "entry__person", "person").first()
    if found is None:
        raise NotFound(_("This link leads nowhere."), next=_("Look at what is there now."))
    return found


def approach_of(entry: Entry, public_id: str) -> Approach:
    """Raises NotFound for an approach to another entry. One query."""
    found = Approach.objects.filter(entry=entry, public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such message."))
    return found


def photo_by_id(public_id: str) -> StoredFile:
    """A photo of an entry on the board; raises NotFound for every other file. One query."""
    rows = StoredFile.objects.filter(public_id=public_id, exchange_entries__state=EntryState.SHOWN)
    found = rows.first()
    if found is None:
        raise NotFound(_("This photo does not exist."))
    return found


@dataclass(frozen=True, slots=True)
class Match:
    entry: Entry
    reasons: tuple[Reason, ...]


def matches(entry: Entry, today: date) -> tuple[Match, ...]:
    """What fits this entry from the other side, best first, each with its reasons. One query."""
    other = EntryKind.REQUEST if entry.kind == EntryKind.OFFER else EntryKind.OFFER
    rows = on_board(today).filter(kind=other, material=entry.material).exclude(pk=entry.pk)
    found = [
        Match(one, reasons)
        for one in rows.order_by("-shown_at", "-pk")[:CANDIDATES]
        if (reasons := _fit(entry, one))
    ]
    found.sort(key=lambda match: -matching.weight(match.reasons))
    return tuple(found[:SUGGESTED])


def _fit(one: Entry, other: Entry) -> tuple[Reason, ...]:
    sides = [_side(one), _side(other)]
    wanted, offered = sides if one.kind == EntryKind.REQUEST else reversed(sides)
    return matching.fit(wanted, offered)


def _side(entry: Entry) -> Side:
    return Side(
        material=entry.material,
        words=f"{entry.title} {entry.text}",
        quantity=entry.quantity,
        unit=entry.unit,
        since=entry.since,
        until=entry.until,
        postcode=entry.postcode,
    )
