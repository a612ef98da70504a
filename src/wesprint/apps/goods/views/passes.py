"""The item pass, its QR code, its label and the public photos."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from wesprint.apps.goods import labels
from wesprint.apps.goods.models import Item, ItemState
from wesprint.apps.goods.presenters import items as show
from wesprint.apps.goods.presenters import made
from wesprint.apps.goods.presenters.gates import data_facts
from wesprint.apps.goods.selectors import items as ask
from wesprint.apps.goods.selectors.counter import intake_by_id, items_of_visit
from wesprint.apps.goods.selectors.gates import product_data
from wesprint.apps.goods.selectors.origin import origin_of, successors_of
from wesprint.apps.goods.views.common import enter_work
from wesprint.platform.files.selectors import find_public
from wesprint.platform.files.serving import serve
from wesprint.platform.people.rules import may
from wesprint.platform.reference.selectors import footprint_rows
from wesprint.web.http import require, viewer_of
from wesprint.web.pieces import render_kept


@require_safe
def item_pass(request: HttpRequest, public_id: str) -> HttpResponse:
    item = _item(request, public_id)
    may_print = may(viewer_of(request), "goods.view_counter", item.centre)
    key = (item.pk, may_print)
    return render_kept(request, "goods/pass.html", key, lambda: _pass(item, may_print=may_print))


def _pass(item: Item, *, may_print: bool) -> dict[str, Any]:
    photos = ask.photos_of(item)
    return {
        "item": item,
        "title": show.title(item),
        "photo": show.photo_url(photos[0], 960) if photos else "",
        "facts": show.item_facts(item) + data_facts(product_data(item)),
        "state": show.state_tag(item),
        "events": show.timeline(ask.history(item), item),
        "origin": made.origin(origin_of(item)),
        "successors": made.links(successors_of(item)),
        "footprint": show.footprint(ask.footprint(item)),
        "counted": item.state == ItemState.HANDED_OVER,
        "sources": footprint_rows(item.category.slug, item.taken_in_at.date()),
        "data": show.structured_data(item, photos[0] if photos else ""),
        "may_print": may_print,
        "address": labels.address_of(item),
    }


def _item(request: HttpRequest, public_id: str) -> Item:
    item = ask.item_by_id(public_id)
    request.centre = item.centre  # type: ignore[attr-defined]  # read by the page's context
    return item


@require_safe
@cache_control(public=True, max_age=86_400)
def qr_code(request: HttpRequest, public_id: str) -> HttpResponse:
    item = ask.item_by_id(public_id)
    return HttpResponse(labels.qr_svg(item), content_type="image/svg+xml")


@require_safe
def label(request: HttpRequest, public_id: str) -> HttpResponse:
    """One label, as wide as the label printer's roll; setting it costs a second, so it is for
    those who print it."""
    item = ask.item_by_id(public_id)
    require(request, "goods.view_counter", item.centre)
    return _pdf(labels.single(item), f"etikett-{public_id}.pdf")


@require_safe
def visit_labels(request: HttpRequest, slug: str, visit: str) -> HttpResponse:
    """All labels of one visit on sheets of A4."""
    centre = enter_work(request, slug, "goods.view_counter")
    items = items_of_visit(intake_by_id(centre, visit))
    return _pdf(labels.sheet(items), f"etiketten-{visit}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@require_safe
def photo(request: HttpRequest, photo_id: str, size: int) -> HttpResponseBase:
    return serve(find_public(photo_id), size, request=request)
