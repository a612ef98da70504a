"""Letters of this room, and what follows from a hand-over. Run by the outbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.utils import translation

from wesprint.apps.market import links, services
from wesprint.apps.market.models import Approach, ApproachState, Booking, Entry, Supplier
from wesprint.kernel.context import Ctx
from wesprint.platform.commands.services import command
from wesprint.platform.notices.services import language_of, send
from wesprint.platform.outbox.models import OutboxEvent
from wesprint.platform.outbox.services import handler_ctx
from wesprint.platform.people.models import Person
from wesprint.web import formats
from wesprint.web.links import absolute

Words = Mapping[str, Any]


@command("market.write_letter")
def write_letter(
    ctx: Ctx, *, to: str, template: str, context: dict[str, Any], language: str
) -> None:
    send(ctx, to=to, template=template, context=context, language=language)


def _write(event: OutboxEvent, template: str, to: str, context: Words, language: str = "") -> None:
    if to:
        write_letter(
            handler_ctx(event, f"market.letters/{template}"),
            to=to,
            template=f"market/{template}",
            context=dict(context),
            language=language or settings.LANGUAGE_CODE,
        )


def _to_person(event: OutboxEvent, template: str, person: Person | None, context: Words) -> None:
    if person is not None:
        _write(event, template, person.email, context, person.locale)


def _supplier(template: str) -> Callable[[OutboxEvent], None]:
    def handle(event: OutboxEvent) -> None:
        rows = Supplier.objects.filter(public_id=event.payload["supplier"])
        supplier = rows.select_related("centre").first()
        if supplier is not None:
            words = {
                "house": supplier.centre.name,
                "name": supplier.name,
                "answer": supplier.answer,
                "link": absolute(links.supplier_path(supplier)),
            }
            _write(event, template, supplier.email, words)

    return handle


def _booked(event: OutboxEvent) -> None:
    rows = Booking.objects.filter(public_id=event.payload["booking"])
    made = rows.select_related("listing__supplier", "person", "centre").first()
    if made is None:
        return
    locale = (made.person.locale if made.person else "") or settings.LANGUAGE_CODE
    with translation.override(language_of("market/booked", locale)):
        until = made.until.astimezone(made.centre.tz)
        words = {
            "house": made.centre.name,
            "title": made.listing.title,
            "count": made.count,
            "supplier": made.listing.supplier.name,
            "until": f"{formats.day(until)}, {formats.clock(until)}",
            "link": absolute(links.booking_path(made)),
        }
    _to_person(event, "booked", made.person, words)
    supplier = made.listing.supplier
    words["link"] = absolute(links.supplier_path(supplier))
    _write(event, "booked_supplier", supplier.email, words)


def _entry(template: str) -> Callable[[OutboxEvent], None]:
    def handle(event: OutboxEvent) -> None:
        rows = Entry.objects.filter(public_id=event.payload["entry"])
        entry = rows.select_related("person", "centre").first()
        if entry is not None:
            words = {
                "house": entry.centre.name,
                "title": entry.title,
                "answer": entry.answer,
                "shown": entry.shown_at is not None and not entry.answer,
                "link": absolute(links.entry_path(entry)),
            }
            _to_person(event, template, entry.person, words)

    return handle


def _approach(event: OutboxEvent) -> Approach | None:
    rows = Approach.objects.filter(public_id=event.payload["approach"])
    return rows.select_related("person", "entry__person", "entry__centre").first()


def _approach_words(made: Approach, link: str) -> dict[str, Any]:
    return {
        "house": made.entry.centre.name,
        "title": made.entry.title,
        "text": made.text,
        "link": absolute(link),
    }


def _approach_made(event: OutboxEvent) -> None:
    made = _approach(event)
    if made is not None:
        words = _approach_words(made, links.approach_path(made))
        _to_person(event, "approach_made", made.person, words)


def _approach_confirmed(event: OutboxEvent) -> None:
    """The other side is asked, without learning who it is."""
    made = _approach(event)
    if made is not None:
        words = _approach_words(made, links.entry_path(made.entry))
        _to_person(event, "approach_confirmed", made.entry.person, words)


def _approach_answered(event: OutboxEvent) -> None:
    made = _approach(event)
    if made is None or made.state != ApproachState.AGREED:
        return
    mine, theirs = made.person, made.entry.person
    words = _approach_words(made, links.approach_path(made))
    _to_person(event, "approach_agreed", mine, words | _reach(theirs))
    words = _approach_words(made, links.entry_path(made.entry))
    _to_person(event, "approach_agreed_owner", theirs, words | _reach(mine))


def _reach(person: Person | None) -> dict[str, str]:
    if person is None:
        return {"name": "–", "email": "–", "phone": ""}
    return {"name": person.name or "–", "email": person.email, "phone": person.phone}


def _hand_over_changed(event: OutboxEvent) -> None:
    services.true_up(handler_ctx(event, "market.true_up"), item=event.payload["item"])


HANDLERS: Mapping[str, Callable[[OutboxEvent], None]] = {
    "goods.item_handed_over": _hand_over_changed,
    "goods.hand_over_taken_back": _hand_over_changed,
    "market.supplier_applied": _supplier("supplier_applied"),
    "market.supplier_approved": _supplier("supplier_approved"),
    "market.supplier_declined": _supplier("supplier_declined"),
    "market.booked": _booked,
    "market.entry_written": _entry("entry_written"),
    "market.entry_decided": _entry("entry_decided"),
    "market.approach_made": _approach_made,
    "market.approach_confirmed": _approach_confirmed,
    "market.approach_answered": _approach_answered,
}
