"""The stock room: its places, and what stands in one of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wesprint.apps.goods import services
from wesprint.apps.goods.forms_stock import PlaceForm
from wesprint.apps.goods.models import Place, PlaceKind, PriceTag
from wesprint.apps.goods.presenters import places as show
from wesprint.apps.goods.presenters.stock import more
from wesprint.apps.goods.selectors import places as ask
from wesprint.apps.goods.views.common import attempt, enter_work, mended
from wesprint.kernel.errors import Conflict, Refused
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.web.errors import localise
from wesprint.web.http import ctx_of, not_found, viewer_of

READ, WRITE = "goods.view_items", "goods.set_places"


@require_http_methods(["GET", "HEAD", "POST"])
def places(request: HttpRequest, slug: str) -> HttpResponse:
    """The tree, and a form for one more."""
    centre = enter_work(request, slug, READ, WRITE)
    form = PlaceForm(request.POST or None)
    if request.method == "POST":
        made = attempt(form, lambda: _add(request, centre, form))
        if made is not None:
            messages.success(request, _("%(place)s is there.") % {"place": show.name(made)})
            return redirect("goods_places", slug=slug)
    rows = ask.tree(centre)
    context = {
        "tabs": show.tabs(slug, "places"),
        "rows": show.tree_rows(rows, slug),
        "parents": show.choices(rows),
        "chosen_parent": form["parent"].value() or "",
        "kinds": [{"value": one.value, "label": one.label} for one in PlaceKind],
        "chosen_kind": form["kind"].value() or (PlaceKind.SHELF if rows else PlaceKind.FLOOR),
        "homeless": ask.without_place(centre),
        "may_change": may(viewer_of(request), WRITE, centre),
    }
    return mended(request, "goods/places.html", context, form)


def _add(request: HttpRequest, centre: Centre, form: PlaceForm) -> Place:
    data = form.cleaned_data
    parent = ask.place_by_id(centre, data["parent"]) if data["parent"] else None
    return services.add_place(
        ctx_of(request, centre),
        centre=centre,
        kind=data["kind"],
        code=data["code"],
        name=data["name"],
        parent=parent,
    )


@require_safe
def place(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, READ)
    found = ask.place_by_id(centre, public_id)
    page = ask.contents(found, after=request.GET.get("nach", "")[:10])
    below = [row for row in ask.tree(centre) if row.place.path.startswith(found.path)]
    viewer = viewer_of(request)
    context = {
        "place": found,
        "kind": PlaceKind(found.kind).label,
        "name": show.name(found),
        "crumbs": show.crumbs(found, slug),
        "below": show.tree_rows(tuple(below[1:]), slug),
        "items": show.item_rows(page.items, slug),
        "more": more(request, page.after),
        "may_change": may(viewer, WRITE, centre),
        "may_move": may(viewer, "goods.move", centre),
    }
    return mended(request, "goods/place.html", context, PlaceForm())


@require_POST
def close(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, READ, WRITE)
    found = ask.place_by_id(centre, public_id)
    try:
        services.close_place(ctx_of(request, centre), place=found)
    except (Refused, Conflict) as error:
        messages.error(request, f"{localise(error.what)} {localise(error.next)}")
        return redirect("goods_place", slug=slug, public_id=found.public_id)
    messages.success(request, _("%(place)s is closed.") % {"place": show.name(found)})
    return redirect("goods_places", slug=slug)


@require_POST
def lost(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """From an item's page: nobody finds it, or it is here again."""
    centre = enter_work(request, slug, READ, "goods.move")
    item: Any = ask.items_by_id(centre, [public_id]).get(public_id)
    if item is None:
        raise not_found()
    found = request.POST.get("do") == "found"
    service = services.declare_found if found else services.declare_lost
    try:
        service(ctx_of(request, centre), item=item)
        messages.success(request, _("Changed."))
    except (Refused, Conflict) as error:
        messages.error(request, f"{localise(error.what)} {localise(error.next)}")
    return redirect("goods_stock_item", slug=slug, public_id=public_id)


@require_safe
def code(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the QR code of a place or a price tag leads to."""
    found: Place | PriceTag | None = (
        Place.objects.select_related("centre").filter(public_id=public_id).first()
        or PriceTag.objects.select_related("item").filter(public_id=public_id).first()
    )
    if isinstance(found, Place):
        return redirect("goods_place", slug=found.centre.slug, public_id=found.public_id)
    if isinstance(found, PriceTag):
        return redirect("goods_pass", public_id=found.item.public_id)
    raise not_found()
