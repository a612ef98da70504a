"""What this room knows about a person: handed out on request, erased on request."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Max

from wesprint.apps.goods.models import (
    Clearance,
    Collection,
    ElectricalTest,
    HandOver,
    Intake,
    Offer,
    OfferMessage,
    Reservation,
    ReservationState,
    SavedSearch,
    SearchState,
    Waiting,
    WaitingState,
)
from wesprint.apps.goods.services import cancel_reservation
from wesprint.apps.goods.services.deliveries import close_wish
from wesprint.apps.goods.services.strangers import NONE
from wesprint.kernel.context import Ctx
from wesprint.platform.base.clock import now
from wesprint.platform.commands.services import changed
from wesprint.platform.files.services import remove
from wesprint.platform.geo.models import Located
from wesprint.platform.people.models import Person
from wesprint.platform.people.privacy import PersonalData

NO_WORDS = "–"  # a line has to say something; its category says what kind of thing it was


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _place(row: Located) -> list[float] | None:
    return None if row.lat is None or row.lon is None else [row.lat, row.lon]


def _export_offers(person: Person) -> Any:
    rows = Offer.objects.filter(giver=person).order_by("offered_at")
    return [
        {
            "number": offer.number,
            "centre": offer.centre.name,
            "things": [line.what for line in offer.lines.all()],
            "wishes": [line.wish for line in offer.lines.all() if line.wish],
            "appointments": [f"{one.day:%Y-%m-%d}" for one in offer.bookings.all()],
            "size": offer.size,
            "way": offer.way,
            "fetch_address": offer.fetch_address,
            "fetch_place": _place(offer),
            "note": offer.note,
            "state": offer.state,
            "our_answer": offer.answer,
            "messages": [
                {"from_you": message.from_giver, "text": message.text, "at": _iso(message.sent_at)}
                for message in offer.messages.all()
            ],
            "photos": offer.photos.count(),
            "offered_at": _iso(offer.offered_at),
        }
        for offer in rows.select_related("centre").prefetch_related(
            "lines", "messages", "photos", "bookings"
        )
    ]


def _erase_offers(ctx: Ctx, person: Person) -> None:
    """Words and photos of the giver go, and what we wrote to them; that something of a kind
    was offered stays, without a name."""
    rows = Offer.objects.filter(giver=person).prefetch_related("photos__file")
    for offer in rows:
        files = [photo.file for photo in offer.photos.all()]
        offer.photos.all().delete()
        for file in files:
            remove(ctx, file=file)
        OfferMessage.objects.filter(offer=offer).delete()
        offer.lines.update(what=NO_WORDS, wish="")
        Clearance.objects.filter(offer=offer, link_until__isnull=False).update(
            link_until=offer.offered_at
        )
        changed(offer, "lines", "fetch_address", "note", "answer", "messages", "photos", "giver")
    rows.update(
        fetch_address="",
        lat=None,
        lon=None,
        confidence="",
        note="",
        answer="",
        giver=None,
        link_until=F("offered_at") + timedelta(seconds=1),
    )


def _export_intakes(person: Person) -> Any:
    rows = Intake.objects.filter(giver=person).order_by("started_at").select_related("centre")
    return [
        {
            "centre": visit.centre.name,
            "at": _iso(visit.started_at),
            "items": list(visit.items.values("public_id", "title", "mass_g", "state")),
        }
        for visit in rows
    ]


def _erase_intakes(ctx: Ctx, person: Person) -> None:
    if Intake.objects.filter(giver=person).update(giver=None):
        changed(person, "intakes")


def _export_reservations(person: Person) -> Any:
    rows = Reservation.objects.filter(person=person).order_by("reserved_at")
    return [
        {
            "item": kept.item.public_id,
            "title": kept.item.title,
            "state": kept.state,
            "reserved_at": _iso(kept.reserved_at),
            "until": _iso(kept.until),
            "browser_mark": kept.browser_mark,
            "connection_mark": kept.connection_mark,
            "delivery_address": kept.delivery_wish.address if _delivered(kept) else "",
            "delivery_place": _place(kept.delivery_wish) if _delivered(kept) else None,
        }
        for kept in rows.select_related("item", "delivery_wish")
    ]


def _delivered(kept: Reservation) -> bool:
    return getattr(kept, "delivery_wish", None) is not None


def _erase_reservations(ctx: Ctx, person: Person) -> None:
    """What is still put aside is free again; an address for delivering goes at once."""
    kept = Reservation.objects.filter(person=person)
    for reservation in kept.filter(state=ReservationState.ACTIVE).select_related("item"):
        cancel_reservation(ctx, reservation=reservation)
    for reservation in kept.filter(delivery_wish__closed_at=None):
        close_wish(ctx, reservation)
    if kept.update(person=None, **NONE) + Collection.objects.filter(person=person).update(
        person=None
    ):
        changed(person, "reservations")


def _export_waiting(person: Person) -> Any:
    rows = Waiting.objects.filter(person=person).order_by("joined_at").select_related("item")
    return [
        {
            "item": place.item.public_id,
            "title": place.item.title,
            "state": place.state,
            "joined_at": _iso(place.joined_at),
            "browser_mark": place.browser_mark,
            "connection_mark": place.connection_mark,
        }
        for place in rows
    ]


def _erase_waiting(ctx: Ctx, person: Person) -> None:
    rows = Waiting.objects.filter(person=person)
    rows.filter(state=WaitingState.WAITING).update(state=WaitingState.LEFT)
    if rows.update(person=None, **NONE):
        changed(person, "waiting")


def _export_searches(person: Person) -> Any:
    rows = SavedSearch.objects.filter(person=person).order_by("asked_at").select_related("centre")
    return [
        {
            "centre": search.centre.name,
            "wanted": search.wanted,
            "state": search.state,
            "asked_at": _iso(search.asked_at),
        }
        for search in rows
    ]


def _erase_searches(ctx: Ctx, person: Person) -> None:
    if SavedSearch.objects.filter(person=person).delete()[0]:
        changed(person, "saved_searches")


def _export_hand_overs(person: Person) -> Any:
    rows = HandOver.objects.filter(person=person).order_by("handed_over_at")
    return [
        {
            "item": done.item.public_id,
            "title": done.item.title,
            "price_cents": done.price_cents,
            "consideration": done.consideration,
            "at": _iso(done.handed_over_at),
        }
        for done in rows.select_related("item")
    ]


def _erase_hand_overs(ctx: Ctx, person: Person) -> None:
    if HandOver.objects.filter(person=person).update(person=None):
        changed(person, "hand_overs")


def _export_tests(person: Person) -> Any:
    rows = ElectricalTest.objects.filter(tester=person).order_by("tested_at")
    return [
        {
            "item": test.item.public_id,
            "title": test.item.title,
            "passed": test.passed,
            "initials": test.initials,
            "at": _iso(test.tested_at),
        }
        for test in rows.select_related("item")
    ]


def _erase_tests(ctx: Ctx, person: Person) -> None:
    """What was measured stays with the thing, without who measured it."""
    if ElectricalTest.objects.filter(tester=person).update(tester=None, initials=""):
        changed(person, "electrical_tests")


def _last(model: Any, field: str, who: str) -> Any:
    def last_used(person: Person) -> datetime | None:
        rows = model.objects.filter(**{who: person}).order_by(f"-{field}")
        moment: datetime | None = rows.values_list(field, flat=True).first()
        return moment

    return last_used


def _search_last(person: Person) -> datetime | None:
    """Who is still written to is not forgotten."""
    rows = SavedSearch.objects.filter(person=person)
    if rows.filter(state=SearchState.ACTIVE).exists():
        return now()
    last: datetime | None = rows.aggregate(last=Max("asked_at"))["last"]
    return last


PERSONAL = [
    PersonalData(
        "goods.offers",
        _export_offers,
        _erase_offers,
        last_used=_last(Offer, "offered_at", "giver"),
    ),
    PersonalData(
        "goods.intakes",
        _export_intakes,
        _erase_intakes,
        last_used=_last(Intake, "started_at", "giver"),
    ),
    PersonalData(
        "goods.reservations",
        _export_reservations,
        _erase_reservations,
        last_used=_last(Reservation, "reserved_at", "person"),
    ),
    PersonalData(
        "goods.waiting",
        _export_waiting,
        _erase_waiting,
        last_used=_last(Waiting, "joined_at", "person"),
    ),
    PersonalData(
        "goods.saved_searches",
        _export_searches,
        _erase_searches,
        last_used=_search_last,
    ),
    PersonalData(
        "goods.hand_overs",
        _export_hand_overs,
        _erase_hand_overs,
        last_used=_last(HandOver, "handed_over_at", "person"),
    ),
    PersonalData(
        "goods.electrical_tests",
        _export_tests,
        _erase_tests,
        last_used=_last(ElectricalTest, "tested_at", "tester"),
    ),
]
