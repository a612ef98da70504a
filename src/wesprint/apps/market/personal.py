"""What this room knows about a person: handed out on request, erased on request."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from wesprint.apps.market.models import (
    Approach,
    Booking,
    ConsignedItem,
    ConsignedState,
    Consignor,
    Entry,
    EntryState,
    Settlement,
    Supplier,
)
from wesprint.kernel.context import Ctx
from wesprint.platform.base.clock import now
from wesprint.platform.commands.services import changed
from wesprint.platform.files.services import remove
from wesprint.platform.people.models import Person
from wesprint.platform.people.privacy import Block, PersonalData

NO_WORDS = "–"  # an entry has to say something; its material says what kind of thing it was
LOOK_AGAIN = timedelta(days=30)
KEPT_YEARS = 8  # vouchers: AO §147 (3), since 2025


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


# -- contacts of suppliers -----------------------------------------------------------------
def _export_suppliers(person: Person) -> Any:
    rows = Supplier.objects.filter(contact=person).order_by("applied_at")
    return [
        {"supplier": row.name, "state": row.state, "applied_at": _iso(row.applied_at)}
        for row in rows
    ]


def _erase_suppliers(ctx: Ctx, person: Person) -> None:
    if Supplier.objects.filter(contact=person).update(contact=None):
        changed(person, "supplier_contacts")


# -- bookings ------------------------------------------------------------------------------
def _export_bookings(person: Person) -> Any:
    rows = Booking.objects.filter(person=person).order_by("booked_at")
    return [
        {
            "title": row.listing.title,
            "count": row.count,
            "price_cents": row.price_cents,
            "way": row.way,
            "deliver_to": row.deliver_to,
            "state": row.state,
            "booked_at": _iso(row.booked_at),
            "until": _iso(row.until),
        }
        for row in rows.select_related("listing")
    ]


def _erase_bookings(ctx: Ctx, person: Person) -> None:
    if Booking.objects.filter(person=person).update(person=None, deliver_to=""):
        changed(person, "bookings")


# -- consignors ----------------------------------------------------------------------------
def _export_consignors(person: Person) -> Any:
    rows = Consignor.objects.filter(person=person).prefetch_related(
        "consignments__brought__item", "settlements"
    )
    return [
        {
            "iban": row.iban,
            "agreements": [
                {
                    "number": one.number,
                    "since": one.since.isoformat(),
                    "items": [
                        {"item": part.item.public_id, "title": part.item.title}
                        for part in one.brought.all()
                    ],
                }
                for one in row.consignments.all()
            ],
            "statements": [
                {"number": one.number, "due_cents": one.due_cents} for one in row.settlements.all()
            ],
        }
        for row in rows
    ]


def _erase_consignors(ctx: Ctx, person: Person) -> None:
    if Consignor.objects.filter(person=person).update(person=None, iban=""):
        changed(person, "consignors")


def _block_consignors(person: Person) -> Block | None:
    """As long as things of theirs stand here, and while the law wants their statements."""
    held = ConsignedItem.objects.filter(
        consignment__consignor__person=person,
        state=ConsignedState.HELD,
        item__left_at__isnull=True,
    )
    if held.exists():
        look_again = now().date() + LOOK_AGAIN
        return Block(look_again, str(_("things of this person are here to be sold")))
    rows = Settlement.objects.filter(consignor__person=person).order_by("-drawn_up_at")
    last = rows.values_list("drawn_up_at", flat=True).first()
    return Block(date(last.year + KEPT_YEARS, 12, 31), "AO §147 (3)") if last else None


# -- the exchange --------------------------------------------------------------------------
def _export_entries(person: Person) -> Any:
    rows = Entry.objects.filter(person=person).order_by("written_at")
    return [
        {
            "kind": row.kind,
            "material": row.material,
            "title": row.title,
            "text": row.text,
            "business": row.business,
            "town": row.town,
            "state": row.state,
            "our_answer": row.answer,
            "written_at": _iso(row.written_at),
        }
        for row in rows
    ]


def _erase_entries(ctx: Ctx, person: Person) -> None:
    """Words, name and photo go and the entry ends; that material was offered stays."""
    for row in Entry.objects.filter(person=person).select_related("photo"):
        file, row.photo, row.person = row.photo, None, None
        row.title, row.business, row.text, row.answer = NO_WORDS, NO_WORDS, "", ""
        row.state = EntryState.ENDED
        row.save()
        row.approaches.update(text="")
        if file is not None:
            remove(ctx, file=file)
        changed(row, "title", "text", "business", "photo", "person", "state")


def _export_approaches(person: Person) -> Any:
    rows = Approach.objects.filter(person=person).order_by("made_at").select_related("entry")
    return [
        {"entry": row.entry.title, "text": row.text, "state": row.state, "at": _iso(row.made_at)}
        for row in rows
    ]


def _erase_approaches(ctx: Ctx, person: Person) -> None:
    if Approach.objects.filter(person=person).update(person=None, text=""):
        changed(person, "exchange_approaches")


def _last(model: Any, field: str, who: str) -> Any:
    def last_used(person: Person) -> datetime | None:
        rows = model.objects.filter(**{who: person}).order_by(f"-{field}")
        moment: datetime | None = rows.values_list(field, flat=True).first()
        return moment

    return last_used


PERSONAL = [
    PersonalData(
        "market.suppliers",
        _export_suppliers,
        _erase_suppliers,
        last_used=_last(Supplier, "applied_at", "contact"),
    ),
    PersonalData(
        "market.bookings",
        _export_bookings,
        _erase_bookings,
        last_used=_last(Booking, "booked_at", "person"),
    ),
    PersonalData(
        "market.consignors",
        _export_consignors,
        _erase_consignors,
        block=_block_consignors,
        last_used=_last(Consignor, "made_at", "person"),
    ),
    PersonalData(
        "market.entries",
        _export_entries,
        _erase_entries,
        last_used=_last(Entry, "written_at", "person"),
    ),
    PersonalData(
        "market.approaches",
        _export_approaches,
        _erase_approaches,
        last_used=_last(Approach, "made_at", "person"),
    ),
]
