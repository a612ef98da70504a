"""Scanning things into places: a place and then things, or things and then a place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from wesprint.apps.goods import services
from wesprint.apps.goods.models import Item, Place, PriceTag
from wesprint.apps.goods.presenters import items as show
from wesprint.apps.goods.presenters import places as show_places
from wesprint.apps.goods.selectors import places as ask
from wesprint.apps.goods.views.common import enter_work
from wesprint.kernel.errors import DomainError
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.web.camera import with_camera
from wesprint.web.errors import localise
from wesprint.web.http import ctx_of, is_htmx, viewer_of

READ, WRITE = "goods.view_items", "goods.move"
MOST_WAITING, LOGGED = 50, 8


@dataclass
class Desk:
    """What this page holds between two scans; it travels in the form, so that several people
    can scan at once and nobody's place is another's.

    place: where scanned things go now. waiting: things scanned before any place. log: what was
    moved lately, newest first, as (item, place before).
    """

    centre: Centre
    place: Place | None = None
    waiting: list[str] = field(default_factory=list)
    log: list[tuple[str, str]] = field(default_factory=list)


@with_camera
@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, READ, WRITE)
    desk = _desk_of(request, centre)
    answer = _answer(request, desk) if request.method == "POST" else {}
    context = _context(request, desk) | {"answer": answer}
    status = 422 if answer.get("kind") == "error" and not is_htmx(request) else 200
    return render(request, "goods/scan.html", context, status=status)


def _desk_of(request: HttpRequest, centre: Centre) -> Desk:
    data = request.POST or request.GET
    wanted = data.get("place", "")[:10]
    place = ask.places_by_id(centre, [wanted]).get(wanted) if wanted else None
    log = [_entry(text) for text in data.getlist("log")[:LOGGED]]
    waiting = [number[:10] for number in data.getlist("waiting")[:MOST_WAITING]]
    return Desk(centre, place, waiting, log)


def _entry(text: str) -> tuple[str, str]:
    number, _dot, before = text[:21].partition(".")
    return number, before


def _answer(request: HttpRequest, desk: Desk) -> dict[str, str]:
    """What the scan did, for the eye: a kind and a sentence."""
    try:
        if undo := request.POST.get("undo", "")[:21]:
            return _undo(request, desk, undo)
        if request.POST.get("leave"):
            desk.place, desk.waiting = None, []
            return _said("info", _("Now scan a place, or things."))
        return _scanned(request, desk, ask.thing_for(desk.centre, request.POST.get("code", "")))
    except DomainError as error:
        return _said("error", f"{localise(error.what)} {localise(error.next)}")


def _said(kind: str, text: str) -> dict[str, str]:
    return {"kind": kind, "text": text}


def _scanned(request: HttpRequest, desk: Desk, thing: ask.Thing) -> dict[str, str]:
    if isinstance(thing, Place):
        return _place_scanned(request, desk, thing)
    item = thing.item if isinstance(thing, PriceTag) else thing
    if desk.place is not None:
        return _put(request, desk, [item], desk.place)
    services.check_here(item)
    if item.public_id not in desk.waiting:
        desk.waiting = [item.public_id, *desk.waiting][:MOST_WAITING]
    words = _("%(thing)s: now scan its place, or more things.")
    return _said("waiting", words % {"thing": show.title(item)})


def _place_scanned(request: HttpRequest, desk: Desk, place: Place) -> dict[str, str]:
    desk.place = place
    if not desk.waiting:
        return _said("place", _("%(place)s: now scan things.") % {"place": show_places.name(place)})
    items = list(ask.items_by_id(desk.centre, desk.waiting).values())
    answer = _put(request, desk, items, place)
    desk.waiting = []
    return answer


def _put(request: HttpRequest, desk: Desk, items: list[Item], place: Place) -> dict[str, str]:
    """They stand there now. The log remembers where they stood."""
    before = [(item.public_id, item.place.public_id if item.place else "") for item in items]
    services.move_items(ctx_of(request, desk.centre), items=items, place=place)
    moved = [entry for entry in before if entry[1] != place.public_id]
    desk.log = [*moved, *desk.log][:LOGGED]
    if len(items) == 1:
        words = {"thing": show.title(items[0]), "place": show_places.name(place)}
        return _said("done", _("%(thing)s → %(place)s") % words)
    text = ngettext("%(count)s thing → %(place)s", "%(count)s things → %(place)s", len(items))
    return _said("done", text % {"count": len(items), "place": show_places.name(place)})


def _undo(request: HttpRequest, desk: Desk, entry: str) -> dict[str, str]:
    number, before = _entry(entry)
    item = ask.items_by_id(desk.centre, [number]).get(number)
    if item is None:
        return _said("error", _("Nothing here has this number."))
    place = ask.places_by_id(desk.centre, [before]).get(before) if before else None
    services.move_items(ctx_of(request, desk.centre), items=[item], place=place)
    desk.log = [one for one in desk.log if one != (number, before)]
    words = _("%(thing)s is back: %(place)s")
    return _said("undone", words % {"thing": show.title(item), "place": show_places.name(place)})


def _context(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """Two queries for all rows of the log and of what waits."""
    numbers = [*desk.waiting, *(number for number, _before in desk.log)]
    items = ask.items_by_id(desk.centre, numbers) if numbers else {}
    waiting = [items[number] for number in desk.waiting if number in items]
    return {
        "place": desk.place,
        "place_name": show_places.name(desk.place) if desk.place else "",
        "waiting": [{"id": item.public_id, "title": show.title(item)} for item in waiting],
        "log": [
            {
                "entry": f"{number}.{before}",
                "id": number,
                "title": show.title(items[number]),
                "place": show_places.name(items[number].place),
            }
            for number, before in desk.log
            if number in items
        ],
        "may_move": may(viewer_of(request), WRITE, desk.centre),
    }
