"""Counting what is there: begin, scan, look what is missing, finish."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from wesprint.apps.goods import services
from wesprint.apps.goods.models import Item, Place, PriceTag, Stocktake
from wesprint.apps.goods.presenters import items as show
from wesprint.apps.goods.presenters import places as show_places
from wesprint.apps.goods.presenters import stocktakes as rows
from wesprint.apps.goods.selectors import places as ask_places
from wesprint.apps.goods.selectors import stocktake as ask
from wesprint.apps.goods.views.common import enter_work
from wesprint.kernel.errors import DomainError
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.web.camera import with_camera
from wesprint.web.errors import localise
from wesprint.web.http import ctx_of, is_htmx, viewer_of

READ, WRITE = "goods.view_items", "goods.count"
Answer = dict[str, str]


@require_http_methods(["GET", "HEAD", "POST"])
def stocktakes(request: HttpRequest, slug: str) -> HttpResponse:
    """The counts so far, and beginning a new one."""
    centre = enter_work(request, slug, READ, WRITE)
    problem = ""
    if request.method == "POST":
        try:
            begun = _begin(request, centre)
            return redirect("goods_stocktake", slug=slug, public_id=begun.public_id)
        except DomainError as error:
            problem = f"{localise(error.what)} {localise(error.next)}"
    context = {
        "tabs": show_places.tabs(slug, "count"),
        "rows": rows.list_rows(ask.stocktakes(centre), slug),
        "places": show_places.choices(ask_places.tree(centre)),
        "chosen": request.GET.get("place", ""),
        "problem": problem,
        "may_count": may(viewer_of(request), WRITE, centre),
    }
    return render(request, "goods/stocktakes.html", context, status=422 if problem else 200)


def _begin(request: HttpRequest, centre: Centre) -> Stocktake:
    wanted = request.POST.get("place", "")[:10]
    place = ask_places.place_by_id(centre, wanted) if wanted else None
    return services.begin_stocktake(ctx_of(request, centre), centre=centre, place=place)


@with_camera
@require_http_methods(["GET", "HEAD", "POST"])
def stocktake(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Scanning what is there; ended, its result."""
    centre = enter_work(request, slug, READ, WRITE)
    found = ask.stocktake_by_id(centre, public_id)
    if found.finished_at or found.cancelled_at:
        context = {"count": found, "name": rows.name(found), **rows.result(ask.result(found), slug)}
        return render(request, "goods/stocktake_result.html", context)
    place = _place_of(request, found)
    answer: Answer = {}
    if request.method == "POST":
        place, answer = _scanned(request, found, place)
    context = {
        "count": found,
        "name": rows.name(found),
        "place": place,
        "place_name": show_places.name(place) if place else "",
        "answer": answer,
        "may_count": may(viewer_of(request), WRITE, centre),
        **rows.progress(ask.progress(found), slug),
    }
    failed = answer.get("kind") == "error" and not is_htmx(request)
    return render(request, "goods/stocktake.html", context, status=422 if failed else 200)


def _place_of(request: HttpRequest, count: Stocktake) -> Place | None:
    wanted = request.POST.get("place", "")[:10]
    known = ask_places.places_by_id(count.centre, [wanted]) if wanted else {}
    return known.get(wanted, count.place)


def _scanned(
    request: HttpRequest, count: Stocktake, place: Place | None
) -> tuple[Place | None, Answer]:
    """Where the next things are, and what this scan did."""
    try:
        if undo := request.POST.get("undo", "")[:10]:
            return place, _uncounted(request, count, undo)
        thing = ask_places.thing_for(count.centre, request.POST.get("code", ""))
        if isinstance(thing, Place):
            words = _("%(place)s: now scan what is there.") % {"place": show_places.name(thing)}
            return thing, {"kind": "place", "text": words}
        item = thing.item if isinstance(thing, PriceTag) else thing
        return place, _counted(request, count, item, place)
    except DomainError as error:
        return place, {"kind": "error", "text": f"{localise(error.what)} {localise(error.next)}"}


def _counted(request: HttpRequest, count: Stocktake, item: Item, place: Place | None) -> Answer:
    services.count_item(ctx_of(request, count.centre), stocktake=count, item=item, place=place)
    title = show.title(item)
    if item.left_at is not None:
        words = _("%(thing)s is here, but has left the house in the books.")
        return {"kind": "waiting", "text": words % {"thing": title}}
    if place is not None and not ask.is_below(item.place, place):
        words = _("%(thing)s is here; in the books it stands elsewhere: %(place)s.")
        where = show_places.name(item.place)
        return {"kind": "waiting", "text": words % {"thing": title, "place": where}}
    return {"kind": "done", "text": _("%(thing)s is here.") % {"thing": title}}


def _uncounted(request: HttpRequest, count: Stocktake, number: str) -> Answer:
    item = ask_places.items_by_id(count.centre, [number]).get(number)
    if item is None:
        return {"kind": "error", "text": _("Nothing here has this number.")}
    services.uncount_item(ctx_of(request, count.centre), stocktake=count, item=item)
    words = _("%(thing)s is not counted any more.")
    return {"kind": "undone", "text": words % {"thing": show.title(item)}}


@require_POST
def finish(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """End the count, with its differences in the books or without."""
    centre = enter_work(request, slug, READ, WRITE)
    found = ask.stocktake_by_id(centre, public_id)
    without = request.POST.get("do") == "without"
    service = services.cancel_stocktake if without else services.finish_stocktake
    try:
        service(ctx_of(request, centre), stocktake=found)
        messages.success(request, _said(found, without=without))
    except DomainError as error:
        messages.error(request, f"{localise(error.what)} {localise(error.next)}")
    return redirect("goods_stocktake", slug=slug, public_id=found.public_id)


def _said(count: Stocktake, *, without: bool) -> Any:
    if without:
        return _("Ended without a result: the books stay as they are.")
    missing = count.lines.filter(seen_at=None).count()
    if not missing:
        return _("Counted, and nothing is missing.")
    text = ngettext(
        "Counted: %(n)s thing is missing.", "Counted: %(n)s things are missing.", missing
    )
    return text % {"n": missing}
