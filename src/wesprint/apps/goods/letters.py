"""Letters to givers and neighbours who left an e-mail address. Run by the outbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from wesprint.apps.goods import links
from wesprint.apps.goods.models import (
    Booking,
    Item,
    Offer,
    Reservation,
    SavedSearch,
    SearchState,
    Waiting,
)
from wesprint.apps.goods.presenters.appointments import when
from wesprint.apps.goods.presenters.items import price_words, shelf_address, title
from wesprint.apps.goods.presenters.shelf import in_words
from wesprint.apps.goods.selectors.house import centre_day, tree
from wesprint.apps.goods.wanted import from_text
from wesprint.kernel.context import Ctx
from wesprint.platform.commands.services import command
from wesprint.platform.notices.services import send
from wesprint.platform.outbox.models import OutboxEvent
from wesprint.platform.outbox.services import handler_ctx
from wesprint.platform.people.models import Person
from wesprint.web import formats


@command("goods.write_letter")
def write_letter(
    ctx: Ctx,
    *,
    to: str,
    template: str,
    context: dict[str, Any],
    language: str,
    unsubscribe: str = "",
) -> None:
    send(ctx, to=to, template=template, context=context, language=language, unsubscribe=unsubscribe)


def _about_offer(template: str) -> Callable[[OutboxEvent], None]:
    def handle(event: OutboxEvent) -> None:
        rows = Offer.objects.filter(public_id=event.payload["offer"]).select_related(
            "giver", "centre"
        )
        offer = rows.prefetch_related("lines", "messages").first()
        if offer is not None:
            _write(event, template, offer.giver, _offer_words(offer))

    return handle


def _offer_words(offer: Offer) -> dict[str, Any]:
    question = [message.text for message in offer.messages.all() if not message.from_giver]
    return {
        "house": offer.centre.name,
        "number": offer.number,
        "things": ", ".join(line.what for line in offer.lines.all()),
        "answer": offer.answer,
        "question": question[-1] if question else "",
        "link": links.absolute(links.offer_path(offer)),
    }


def _about_appointment(event: OutboxEvent) -> None:
    rows = Booking.objects.filter(public_id=event.payload["booking"])
    booking = rows.select_related("offer__giver", "offer__centre", "slot__centre").first()
    if booking is None:
        return
    giver = booking.offer.giver
    with translation.override(_language(giver)):
        words = _offer_words(booking.offer) | {"when": when(booking)}
    _write(event, "goods/appointment_booked", giver, words)


def _about_reservation(event: OutboxEvent) -> None:
    rows = Reservation.objects.filter(public_id=event.payload["reservation"])
    kept = rows.select_related(*_KEPT).first()
    if kept is not None:
        _write(event, "goods/item_reserved", kept.person, _kept_words(kept))


_KEPT = ("person", "item__category", "centre", "collection")


def _kept_words(kept: Reservation) -> dict[str, Any]:
    with translation.override(_language(kept.person)):
        until = kept.until.astimezone(kept.centre.tz)
        path = (
            links.collection_path(kept.collection)
            if kept.collection
            else links.reservation_path(kept)
        )
        return {
            "house": kept.centre.name,
            "title": title(kept.item),
            "until": f"{formats.day(until)}, {formats.clock(until)}",
            "number": kept.item.public_id,
            "link": links.absolute(path),
        }


def _about_waiting(template: str) -> Callable[[OutboxEvent], None]:
    def handle(event: OutboxEvent) -> None:
        rows = Waiting.objects.filter(public_id=event.payload["waiting"])
        place = rows.select_related("person", "item__category", "centre", "collection").first()
        if place is not None and place.collection is not None:
            _write(event, template, place.person, _place_words(place))

    return handle


def _place_words(place: Waiting) -> dict[str, Any]:
    assert place.collection is not None  # noqa: S101 - asked before
    with translation.override(_language(place.person)):
        return {
            "house": place.centre.name,
            "title": title(place.item),
            "link": links.absolute(links.collection_path(place.collection)),
            "shelf": links.absolute(reverse("goods_shelf", args=[place.centre.slug])),
        }


def _about_turn(event: OutboxEvent) -> None:
    """It is their turn: the thing is reserved for them."""
    rows = Reservation.objects.filter(waited__public_id=event.payload["waiting"])
    kept = rows.select_related(*_KEPT).first()
    if kept is not None:
        _write(event, "goods/waiting_served", kept.person, _kept_words(kept))


def _about_search(event: OutboxEvent) -> None:
    """Does the owner of the mailbox want this?"""
    rows = SavedSearch.objects.filter(public_id=event.payload["search"])
    search = rows.select_related("person", "centre").first()
    if search is None:
        return
    with translation.override(_language(search.person)):
        words = {"house": search.centre.name, "words": _search_words(search)}
    words["link"] = links.absolute(links.search_path(search))
    _write(event, "goods/search_asked", search.person, words)


def _search_words(search: SavedSearch) -> str:
    return in_words(tree(centre_day(search.centre)), from_text(search.wanted))


def _about_finds(event: OutboxEvent) -> None:
    """What is new today, for all searches of one person in one letter."""
    found: Mapping[str, list[str]] = event.payload["found"]
    rows = SavedSearch.objects.filter(public_id__in=found, state=SearchState.ACTIVE)
    searches = list(rows.select_related("person", "centre").order_by("pk"))
    if not searches:
        return
    items = Item.objects.select_related("category", "centre").in_bulk(
        [number for numbers in found.values() for number in numbers], field_name="public_id"
    )
    first = searches[0]
    with translation.override(_language(first.person)):
        finds = [_find(search, [items[n] for n in found[search.public_id]]) for search in searches]
    end = links.absolute(links.search_path(first, "goods_search_unsubscribe"))
    context = {"house": first.centre.name, "finds": finds}
    _write(event, "goods/search_found", first.person, context, unsubscribe=end)


def _find(search: SavedSearch, items: list[Item]) -> dict[str, Any]:
    return {
        "words": _search_words(search),
        "things": [
            {"title": title(item), "price": price_words(item), "link": shelf_address(item)}
            for item in items
        ],
        "link": links.absolute(links.search_path(search)),
    }


def _language(person: Person | None) -> str:
    return (person.locale if person else "") or settings.LANGUAGE_CODE


def _write(
    event: OutboxEvent,
    template: str,
    person: Person | None,
    context: Mapping[str, Any],
    *,
    unsubscribe: str = "",
) -> None:
    if person is None or not person.email:
        return
    write_letter(
        handler_ctx(event, "goods.letters"),
        to=person.email,
        template=template,
        context=dict(context),
        language=_language(person),
        unsubscribe=unsubscribe,
    )


HANDLERS = {
    "goods.offer_made": _about_offer("goods/offer_made"),
    "goods.offer_asked": _about_offer("goods/offer_asked"),
    "goods.offer_accepted": _about_offer("goods/offer_accepted"),
    "goods.offer_declined": _about_offer("goods/offer_declined"),
    "goods.appointment_booked": _about_appointment,
    "goods.item_reserved": _about_reservation,
    "goods.waiting_joined": _about_waiting("goods/waiting_joined"),
    "goods.waiting_served": _about_turn,
    "goods.waiting_gone": _about_waiting("goods/waiting_gone"),
    "goods.search_asked": _about_search,
    "goods.search_found": _about_finds,
}
