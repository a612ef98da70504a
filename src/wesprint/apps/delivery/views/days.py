"""The day on one page, and what a dispatcher does with its tours: everything by a tap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wesprint.apps.delivery import forms, services
from wesprint.apps.delivery.models import NOT_BROUGHT, Board, Tour
from wesprint.apps.delivery.presenters import days as show
from wesprint.apps.delivery.presenters import maps
from wesprint.apps.delivery.selectors import days as ask
from wesprint.apps.delivery.selectors import house, pickups, shipments
from wesprint.apps.delivery.views.common import myself, told
from wesprint.kernel.errors import NotFound
from wesprint.platform.base.clock import now
from wesprint.platform.jobs.selectors import progress_of
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.web.camera import with_camera
from wesprint.web.handling import enter_work
from wesprint.web.http import ctx_of, not_found, viewer_of

SEE, WORK = "delivery.view_board", "delivery.work"


def day_asked(request: HttpRequest, centre: Centre) -> date:
    """The day of the address, else today."""
    today = now().astimezone(centre.tz).date()
    try:
        return date.fromisoformat(request.GET.get("tag") or request.POST.get("tag") or "")
    except ValueError:
        return today


@never_cache
@with_camera
@require_safe
def day(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, SEE)
    chosen, today = day_asked(request, centre), now().astimezone(centre.tz).date()
    board = ask.board_of(centre, chosen)
    hub = house.hub_of(centre)
    context: dict[str, Any] = {
        "hub": hub,
        "day": chosen,
        "days": show.day_links(centre, chosen, today),
        "past": chosen < today,
        "may_work": may(viewer_of(request), WORK, centre),
        "may_manage": may(viewer_of(request), "delivery.manage", centre),
        "steps": show.steps(None, ()),
        "board": board,
        "offer": _offer(request),
        "fetch": pickups.offers_to_fetch(centre) if hub else (),
    }
    if board is not None:
        board.centre = centre
        context |= _board_context(centre, board)
    if hub is not None:
        context["map"] = maps.of_day(hub, (), ())
    return render(request, "delivery/day.html", context)


def _offer(request: HttpRequest) -> dict[str, str] | None:
    """What was asked a moment ago, shown once: when a stop could come."""
    found = request.session.pop("delivery_promise", None)
    return {"stop": found[0], "window": found[1]} if found else None


def _board_context(centre: Centre, board: Board) -> dict[str, Any]:
    tours, rows = ask.tours_of(board), list(ask.stops_of(board))
    parcels = ask.parcels_of([one.pk for one in rows])
    counts = shipments.counts(board)
    stops = {tour.pk: [row for row in rows if row.tour_id == tour.pk] for tour in tours}
    run = ask.run_of(board)
    loose = [row for row in rows if row.tour_id is None and row.state == "open"]
    return {
        "tours": [show.tour_card(board, one, stops[one.pk], parcels) for one in tours],
        "unplanned": [
            show.stop_card(board, one, parcels.get(one.pk, ()))
            for one in loose
            if one.why not in NOT_BROUGHT
        ],
        "counts": counts,
        "steps": show.steps(counts, tours),
        "missing": show.missing(shipments.missing(board)),
        "run": run,
        "incidents": [show.incident(one) for one in ask.incidents_of(board)],
        "planning": bool(run and run.state == "running"),
        "may_undo": any(one.state == "planned" for one in tours)
        and board.changes.filter(undone_at=None).exclude(what="undo").exists(),
        "bikes": house.bikes(centre),
    }


@never_cache
@require_safe
def version(request: HttpRequest, slug: str) -> HttpResponse:
    """The number that all open screens ask for."""
    centre = enter_work(request, slug, SEE)
    board = ask.board_of(centre, day_asked(request, centre))
    return HttpResponse(str(board.touched if board else 0), content_type="text/plain")


@never_cache
@require_safe
def planning(request: HttpRequest, slug: str) -> HttpResponse:
    """The part that asks for itself while a plan is made; when it is over, the page is loaded."""
    centre = enter_work(request, slug, SEE)
    board = ask.board_of(centre, day_asked(request, centre))
    run = ask.run_of(board) if board else None
    if run is None:
        raise not_found()
    if run.state != "running":
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    progress = progress_of(run.progress, scope=centre.scope)
    context = {"progress": progress, "day": board.day if board else None, "run": run}
    return render(request, "delivery/parts/planning.html", context)


@never_cache
@require_safe
def on_the_map(request: HttpRequest, slug: str) -> HttpResponse:
    """The day's tours as GeoJSON, apart from the page: their ways take a moment."""
    centre = enter_work(request, slug, SEE)
    board, hub = ask.board_of(centre, day_asked(request, centre)), house.hub_of(centre)
    if board is None or hub is None:
        raise not_found()
    board.centre = centre
    context = _board_context(centre, board)
    return JsonResponse(maps.of_day(hub, context["tours"], context["unplanned"]).data)


# -- verbs of the board -------------------------------------------------------------------------
def _board(request: HttpRequest, centre: Centre) -> Board:
    board = ask.board_of(centre, day_asked(request, centre))
    if board is None:
        raise NotFound(_("Nothing is to be delivered on this day."))
    board.centre = centre
    return board


def _plan(request: HttpRequest, centre: Centre) -> str:
    services.start_plan(ctx_of(request, centre), board=_board(request, centre))
    return _("The plan is being made.")


def _undo(request: HttpRequest, centre: Centre) -> str:
    services.undo(ctx_of(request, centre), board=_board(request, centre))
    return _("Taken back.")


def _move(request: HttpRequest, centre: Centre) -> str:
    form = forms.MoveForm(request.POST)
    form.is_valid()
    data = form.cleaned_data
    stop = ask.stop_by_id(centre, data.get("stop", ""))
    before = ask.stop_by_id(centre, data["before"]) if data.get("before") else None
    bike = house.bike_by_id(centre, data["bike"]).pk if data.get("bike") else None
    moved = services.move_stop(
        ctx_of(request, centre), stop=stop, bike=bike, before=before, version=data.get("version")
    )
    if moved.broken:
        return _("Moved, but: %(what)s.") % {"what": show.broken(moved.broken)}
    return _("Moved; the times are new.")


def _insert(request: HttpRequest, centre: Centre) -> str:
    """A live order: with `promise` it is accepted, without one only asked for."""
    stop = ask.stop_by_id(centre, request.POST.get("stop", "")[:10])
    promise = services.promise_for(stop)
    if promise is None:
        raise NotFound(
            _("It cannot be brought today without breaking another promise."),
            kept=_("Nothing was changed."),
            next=_("Put it into a tour by hand, or bring it tomorrow."),
            code="no-promise",
        )
    words = {"window": show.window(promise.start, promise.end)}
    if request.POST.get("promise") != words["window"]:
        request.session["delivery_promise"] = [stop.public_id, words["window"]]
        return ""
    services.accept(ctx_of(request, centre), stop=stop, promise=promise)
    return _("Accepted: it comes %(window)s.") % words


def _fetch(request: HttpRequest, centre: Centre) -> str:
    offer = pickups.offer_to_fetch(centre, request.POST.get("offer", "")[:10])
    at = services.door(centre, offer.fetch_address)
    ctx = ctx_of(request, centre)
    services.fetch(ctx, offer=offer, at=at, day=day_asked(request, centre))
    return _("It is on the board of this day.")


VERBS: Mapping[str, Callable[[HttpRequest, Centre], str]] = {
    "planen": _plan,
    "zurueck": _undo,
    "verschieben": _move,
    "einfuegen": _insert,
    "abholen": _fetch,
}


@require_POST
def change(request: HttpRequest, slug: str, verb: str) -> HttpResponse:
    centre = enter_work(request, slug, WORK)
    told(request, lambda: VERBS[verb](request, centre))
    return _to_day(request, centre)


def _to_day(request: HttpRequest, centre: Centre) -> HttpResponse:
    response = redirect("delivery_day", slug=centre.slug)
    response["Location"] += f"?tag={day_asked(request, centre).isoformat()}"
    return response


# -- one tour -----------------------------------------------------------------------------------
@never_cache
@with_camera
@require_safe
def tour(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The tour with its load list, the last stop first."""
    centre = enter_work(request, slug, SEE)
    found = ask.tour_by_id(centre, public_id)
    rows = list(ask.stops_of(found.board).filter(tour=found).order_by("position"))
    parcels = ask.parcels_of([one.pk for one in rows])
    card = show.tour_card(found.board, found, rows, parcels)
    by_id = {row.public_id: parcels.get(row.pk, []) for row in rows}
    context = {
        "tour": card,
        "day": found.board.day,
        "trips": show.load_list(card, by_id),
        "here": sum(one.state == "here" for several in parcels.values() for one in several),
        "loaded": sum(one.state == "loaded" for several in parcels.values() for one in several),
        "announced": sum(
            one.state == "announced" for several in parcels.values() for one in several
        ),
        "may_work": may(viewer_of(request), WORK, centre),
        "bikes": house.bikes(centre),
    }
    return render(request, "delivery/tour.html", context)


def _scan(request: HttpRequest, found: Tour) -> str:
    code = request.POST.get("code", "")
    done = services.scan_out(ctx_of(request, found.board.centre), tour=found, code=code)
    words = {"code": done.parcel.barcode}
    if done.again:
        return _("%(code)s is on the bike already.") % words
    if done.early:
        return _("%(code)s is on the bike; it had not been scanned in, both are noted.") % words
    return _("%(code)s is on the bike.") % words


def _all(request: HttpRequest, found: Tour) -> str:
    count = services.load_all(ctx_of(request, found.board.centre), tour=found)
    return _("%(count)s parcels are on the bike.") % {"count": count}


def _take(request: HttpRequest, found: Tour) -> str:
    rider = myself(request, found.board.centre)
    services.take_tour(ctx_of(request, found.board.centre), tour=found, rider=rider)
    return _("You ride this tour.")


def _tidy(request: HttpRequest, found: Tour) -> str:
    moved = services.tidy_tour(ctx_of(request, found.board.centre), tour=found)
    if moved.broken:
        return _("Put in order, but: %(what)s.") % {"what": show.broken(moved.broken)}
    return _("Put in the best order found.")


def _lock(request: HttpRequest, found: Tour) -> str:
    locked = not found.locked
    services.lock_tour(ctx_of(request, found.board.centre), tour=found, locked=locked)
    return _("Locked: no plan changes it.") if locked else _("Unlocked.")


TOUR_VERBS: Mapping[str, Callable[[HttpRequest, Tour], str]] = {
    "laden": _scan,
    "alles": _all,
    "fahren": _take,
    "ordnen": _tidy,
    "sperren": _lock,
}


@require_POST
def change_tour(request: HttpRequest, slug: str, public_id: str, verb: str) -> HttpResponse:
    centre = enter_work(request, slug, WORK)
    if verb not in TOUR_VERBS:
        raise not_found()
    found = ask.tour_by_id(centre, public_id)
    told(request, lambda: TOUR_VERBS[verb](request, found))
    return redirect("delivery_tour", slug=slug, public_id=public_id)
