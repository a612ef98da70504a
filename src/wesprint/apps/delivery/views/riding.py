"""The rider's phone: the next stop large, one thumb, everything by a tap."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wesprint.apps.delivery import forms, services
from wesprint.apps.delivery.models import Outcome, Stop, Tour, TourState
from wesprint.apps.delivery.presenters import days as show
from wesprint.apps.delivery.presenters import maps
from wesprint.apps.delivery.selectors import days as ask
from wesprint.apps.delivery.selectors import house
from wesprint.apps.delivery.views.common import myself, told
from wesprint.apps.delivery.views.hub import photo_of
from wesprint.kernel.errors import Invalid
from wesprint.platform.base.clock import now
from wesprint.platform.files.serving import serve
from wesprint.web.handling import enter_work
from wesprint.web.http import ctx_of, not_found

RIDE, SEE = "delivery.ride", "delivery.view_board"
NOT_MET = (Outcome.ABSENT, Outcome.REFUSED, Outcome.ADDRESS, Outcome.DAMAGED, Outcome.OTHER)


@never_cache
@require_safe
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """Today's tours; who has one on the road goes straight to it."""
    centre = enter_work(request, slug, RIDE)
    board = ask.board_of(centre, now().astimezone(centre.tz).date())
    tours = ask.tours_of(board) if board else ()
    me = myself(request, centre)
    running = [one for one in tours if one.state == TourState.OUT and one.rider_id == me.pk]
    if len(running) == 1:
        return redirect("delivery_ride", slug=slug, public_id=running[0].public_id)
    cards = []
    if board is not None:
        rows = list(ask.stops_of(board))
        cards = [
            show.tour_card(board, one, [row for row in rows if row.tour_id == one.pk], {})
            for one in tours
            if one.state != TourState.DONE
        ]
    return render(request, "delivery/mine.html", {"tours": cards})


@never_cache
@require_safe
def ride(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, RIDE)
    found = ask.tour_by_id(centre, public_id)
    rows = list(ask.stops_of(found.board).filter(tour=found).order_by("position"))
    parcels = ask.parcels_of([one.pk for one in rows])
    card = show.tour_card(found.board, found, rows, parcels)
    ahead = [one for one in card["stops"] if one["open"]]
    chosen = request.GET.get("halt", "")
    first = next((one for one in ahead if one["id"] == chosen), ahead[0] if ahead else None)
    context = {
        "tour": card,
        "next": first,
        "map": maps.of_stop(house.hub_of(centre), first) if first else None,
        "ahead": [one for one in ahead if one is not first],
        "behind": [one for one in card["stops"] if not one["open"]],
        "not_met": [{"value": one.value, "label": one.label} for one in NOT_MET],
    }
    return render(request, "delivery/ride.html", context)


@require_safe
def proof_photo(request: HttpRequest, slug: str, public_id: str) -> HttpResponseBase:
    """What the rider photographed at the door."""
    centre = enter_work(request, slug, SEE)
    photo = ask.stop_by_id(centre, public_id).photo
    if photo is None:
        raise not_found()
    return serve(photo, 960, request=request)


def _depart(request: HttpRequest, found: Tour) -> str:
    services.depart(ctx_of(request, found.board.centre), tour=found)
    return _("Have a good ride!")


def _back(request: HttpRequest, found: Tour) -> str:
    services.come_back(ctx_of(request, found.board.centre), tour=found)
    return _("Back in the hub. What was not handed over is there again.")


def _report(request: HttpRequest, found: Tour) -> str:
    ctx = ctx_of(request, found.board.centre)
    text = request.POST.get("text", "")
    services.report(ctx, tour=found, text=text, photo=photo_of(request, "photo"))
    return _("Reported: the dispatch board shows it.")


TOUR_VERBS: Mapping[str, Callable[[HttpRequest, Tour], str]] = {
    "los": _depart,
    "zurueck": _back,
    "melden": _report,
}


@require_POST
def change_tour(request: HttpRequest, slug: str, public_id: str, verb: str) -> HttpResponse:
    centre = enter_work(request, slug, RIDE)
    if verb not in TOUR_VERBS:
        raise not_found()
    found = ask.tour_by_id(centre, public_id)
    done = told(request, lambda: TOUR_VERBS[verb](request, found))
    if verb == "zurueck" and done:
        return redirect("delivery_tour", slug=slug, public_id=public_id)
    return redirect("delivery_ride", slug=slug, public_id=public_id)


def _end(request: HttpRequest, stop: Stop) -> str:
    form = forms.EndForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Please say how it ended."), kept=_("Nothing was changed."))
    data = form.cleaned_data
    both = data["happened"] and data["sent"]
    services.finish_stop(
        ctx_of(request, stop.board.centre),
        stop=stop,
        outcome=data["outcome"],
        proof=services.Proof(
            data["taken_by"], data["note"], photo_of(request, "photo"),
            photo_of(request, "signature"),
        ),
        told=services.Told(data["happened"], data["sent"]) if both else None,
        collected_g=data["collected"] or 0,
    )  # fmt: skip
    return str(Outcome(data["outcome"]).label)


def _reopen(request: HttpRequest, stop: Stop) -> str:
    services.reopen_stop(ctx_of(request, stop.board.centre), stop=stop)
    return _("Open again.")


STOP_VERBS: Mapping[str, Callable[[HttpRequest, Stop], str]] = {
    "ende": _end,
    "oeffnen": _reopen,
}


@require_POST
def change_stop(request: HttpRequest, slug: str, public_id: str, verb: str) -> HttpResponse:
    centre = enter_work(request, slug, RIDE)
    if verb not in STOP_VERBS:
        raise not_found()
    stop = ask.stop_by_id(centre, public_id)
    told(request, lambda: STOP_VERBS[verb](request, stop))
    if stop.tour is None:
        return redirect("delivery_day", slug=slug)
    return redirect("delivery_ride", slug=slug, public_id=stop.tour.public_id)
