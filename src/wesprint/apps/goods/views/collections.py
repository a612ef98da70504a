"""What a neighbour has put aside, behind its secret link; and the counter's list of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wesprint.apps.goods import links, services
from wesprint.apps.goods.forms import DeliveryForm
from wesprint.apps.goods.models import Collection, Reservation
from wesprint.apps.goods.presenters import collections as show
from wesprint.apps.goods.selectors import collections as ask
from wesprint.apps.goods.views import held_collection
from wesprint.apps.goods.views.common import attempt, enter_work, mended
from wesprint.platform.base.clock import now
from wesprint.platform.people.rules import may
from wesprint.web.http import ctx_of, viewer_of
from wesprint.web.maps.fields import near
from wesprint.web.throttle import throttle

READ, WRITE = "goods.view_hand_over", "goods.keep_collections"


@never_cache
@require_safe
def collection(request: HttpRequest, secret: str) -> HttpResponse:
    found = _collection(request, secret)
    return _page(request, ask.kept_in(found, now()), DeliveryForm(), secret)


def _collection(request: HttpRequest, secret: str) -> Collection:
    found = ask.collection_by_secret(secret)
    request.centre = found.centre  # type: ignore[attr-defined]  # read by the page's context
    return found


def _page(
    request: HttpRequest, kept: ask.Kept, form: DeliveryForm, secret: str, asked: str = ""
) -> HttpResponse:
    context = show.page(kept, secret, asked) | {"held": held_collection.holds(request, secret)}
    return mended(request, "goods/collection.html", context, form)


@never_cache
@require_POST
def leave(request: HttpRequest, secret: str, public_id: str) -> HttpResponse:
    throttle(request, "answer")
    found = _collection(request, secret)
    waiting = ask.waiting_in(found, public_id)
    services.leave_waiting_list(ctx_of(request, found.centre), waiting=waiting)
    messages.success(request, _("You left the waiting list."))
    return redirect(links.collection_path(found))


@never_cache
@require_POST
def forget(request: HttpRequest, secret: str) -> HttpResponse:
    """Somebody else will use this browser: the link stays valid, the browser forgets it."""
    found = _collection(request, secret)
    held_collection.forget(request)
    messages.success(request, _("This browser has forgotten your reservations. Your link stays."))
    return redirect("goods_shelf", slug=found.centre.slug)


@never_cache
@require_safe
def reservation(request: HttpRequest, secret: str) -> HttpResponse:
    """One reservation by the link of its letter; what belongs to a collection stands there."""
    found = _reservation(request, secret)
    if found.collection is not None:
        return redirect(links.collection_path(found.collection))
    return _page(request, ask.kept_alone(found, now()), DeliveryForm(), "")


def _reservation(request: HttpRequest, secret: str) -> Reservation:
    found = ask.reservation_by_secret(secret)
    request.centre = found.centre  # type: ignore[attr-defined]  # read by the page's context
    return found


@never_cache
@require_POST
def cancel(request: HttpRequest, secret: str) -> HttpResponse:
    throttle(request, "answer")
    found = _reservation(request, secret)
    services.cancel_reservation(ctx_of(request, found.centre), reservation=found)
    messages.success(request, _("Given back. Somebody else can have it now."))
    return _back(found)


def _back(found: Reservation) -> HttpResponse:
    kept = found.collection
    return redirect(links.collection_path(kept) if kept else links.reservation_path(found))


@never_cache
@require_POST
def deliver(request: HttpRequest, secret: str) -> HttpResponse:
    """Have it delivered: a wish for the delivery room."""
    throttle(request, "answer")
    found = _reservation(request, secret)
    form = DeliveryForm(request.POST)
    near(form, found.centre)
    if attempt(form, lambda: _wish(request, found, form)) is not None:
        messages.success(request, _("Noted: it waits for our delivery."))
        return _back(found)
    kept = found.collection
    everything = ask.kept_in(kept, now()) if kept else ask.kept_alone(found, now())
    secret_of = links.secret_for(kept.public_id, links.COLLECTION) if kept else ""
    return _page(request, everything, form, secret_of, found.public_id)


def _wish(request: HttpRequest, found: Reservation, form: DeliveryForm) -> Any:
    data = form.cleaned_data
    return services.wish_delivery(
        ctx_of(request, found.centre),
        reservation=found,
        address=data["address"],
        phone=data["phone"],
    )


@never_cache
@require_POST
def collect_instead(request: HttpRequest, secret: str) -> HttpResponse:
    throttle(request, "answer")
    found = _reservation(request, secret)
    services.withdraw_delivery(ctx_of(request, found.centre), reservation=found)
    messages.success(request, _("You collect it yourself."))
    return _back(found)


@require_safe
def counter(request: HttpRequest, slug: str) -> HttpResponse:
    """Who comes to collect what, and who must be called."""
    centre = enter_work(request, slug, READ)
    context = {
        "visitors": [show.visitor(one, slug) for one in ask.to_collect(centre, now())],
        "calls": [show.call(one) for one in ask.to_call(centre)],
        "may_note": may(viewer_of(request), WRITE, centre),
    }
    return mended(request, "goods/collections_desk.html", context, DeliveryForm())


@require_POST
def called(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, READ, WRITE)
    waiting = ask.waiting_to_call(centre, public_id)
    services.note_call(ctx_of(request, centre), waiting=waiting)
    messages.success(request, _("Noted: they know that it is their turn."))
    return redirect("goods_collections", slug=slug)
