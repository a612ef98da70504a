"""The board, what is finished, and a new order."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wesprint.apps.goods.public import (
    Item,
    attempt,
    enter_work,
    item_by_id,
    items_for_workshop,
    items_to_pick,
    mended,
    photo_by_item,
)
from wesprint.apps.workshop import services
from wesprint.apps.workshop.forms import NewOrderForm
from wesprint.apps.workshop.models import Kind, Order
from wesprint.apps.workshop.presenters import board as show
from wesprint.apps.workshop.selectors import orders as ask
from wesprint.apps.workshop.selectors.house import team_hours
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.web.camera import with_camera
from wesprint.web.http import ctx_of, viewer_of

STRIP = 6  # of what waits, shown above the board; the page of a new order shows all
READ, WORK = "workshop.view_board", "workshop.work"


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, READ)
    viewer = viewer_of(request)
    waiting = items_for_workshop(centre)
    running, ready = ask.running(centre), ask.to_be_fetched(centre)
    photos = photo_by_item([item.pk for item in (*waiting[:STRIP], *show.things_of(running))])
    named = may(viewer, "workshop.view_customers", centre)
    columns = show.columns(running, ready, photos, named=named)
    chosen = show.chosen(columns, request.GET.get("spalte", ""))
    context = {
        "columns": columns,
        "chosen": chosen,
        "tabs": show.tabs(centre, columns, chosen),
        "waiting": [show.waiting(item, photos) for item in waiting[:STRIP]],
        "waiting_count": len(waiting),
        "empty": not (waiting or running or ready),
        "may_work": may(viewer, WORK, centre),
        "may_take_in": may(viewer, "workshop.take_in_repairs", centre),
        "may_manage": may(viewer, "workshop.manage", centre),
        "hours": show.month_hours(team_hours(centre, now())),
    }
    return render(request, "workshop/board.html", context)


@require_safe
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, READ)
    page = ask.closed(centre, after=request.GET.get("nach", "")[:10])
    context = {
        "columns": show.archive_columns(),
        "rows": [show.archive_row(order, slug) for order in page.orders],
        "more": f"{request.path}?nach={page.after}" if page.after else "",
    }
    return render(request, "workshop/archive.html", context)


@with_camera
@require_http_methods(["GET", "HEAD", "POST"])
def new_order(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, WORK)
    words = request.GET.get("q", "")[:200]
    picked = request.POST.getlist("items") or request.GET.getlist("stueck")
    form = NewOrderForm(request.POST or None)
    if request.method == "POST":
        order = attempt(form, lambda: _open(request, centre, form, picked))
        if order is not None:
            messages.success(
                request, _("Order no. %(number)s is on the board.") % {"number": order.number}
            )
            return redirect("workshop_order", slug=slug, public_id=order.public_id)
    waiting = items_for_workshop(centre)
    found = [item for item in items_to_pick(centre, words) if item not in waiting] if words else []
    photos = photo_by_item([item.pk for item in (*waiting, *found)])
    context = {
        "q": words,
        "waiting": [show.choice(item, photos, picked) for item in waiting],
        "found": [show.choice(item, photos, [*picked, item.public_id]) for item in found],
        "kinds": show.kinds(form["kind"].value() or Kind.REPAIR),
    }
    return mended(request, "workshop/new.html", context, form)


def _open(request: HttpRequest, centre: Centre, form: NewOrderForm, picked: list[str]) -> Order:
    data = form.cleaned_data
    items: list[Item] = [item_by_id(number, centre) for number in dict.fromkeys(picked)]
    return services.open_order(
        ctx_of(request, centre),
        centre=centre,
        items=items,
        kind=data["kind"],
        title=data["title"],
        note=data["note"],
    )
