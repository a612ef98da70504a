"""Giving things away: what we take, the offer, and following it by its secret link."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wesprint.apps.goods import kinds, links, services
from wesprint.apps.goods.forms import OfferForm, WordsForm
from wesprint.apps.goods.models import Offer, OfferState, Size, Way
from wesprint.apps.goods.presenters import giving as show
from wesprint.apps.goods.presenters.appointments import appointment_of
from wesprint.apps.goods.selectors.counter import today_tree
from wesprint.apps.goods.selectors.house import centre_day, full_now
from wesprint.apps.goods.selectors.offers import offer_by_secret, photo_of_offer
from wesprint.apps.goods.views import room, sent_offers, times
from wesprint.apps.goods.views.common import (
    TOKENS,
    attempt,
    contact_of,
    enter,
    mended,
    person_at,
    tokens,
    uploads,
)
from wesprint.kernel.errors import Conflict
from wesprint.platform.base.clock import now
from wesprint.platform.files.services import Prepared
from wesprint.platform.files.serving import serve
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import is_charitable
from wesprint.web.http import ctx_of
from wesprint.web.maps.fields import near
from wesprint.web.throttle import throttle


@require_safe
def what_we_take(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter(request, slug)
    words = request.GET.get("q", "")[:80]
    tree = today_tree(centre, now())
    full = full_now(centre, centre_day(centre))
    answers = show.answers(kinds.find(tree, words)[:5], tree, full) if words else []
    context = {
        "q": words,
        "answers": answers,
        "refused": bool(answers) and all(one["state"] == "never" for one in answers),
        "groups": show.groups(tree, full),
        "full": show.full_list(tree, full),
        "never": show.never(tree),
        "charitable": is_charitable(centre, centre_day(centre)),
    }
    return render(request, "goods/give.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_offer(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter(request, slug)
    form = OfferForm(
        request.POST or None,
        initial={"what": request.GET.get("was", "")[:120]},
        times=times.at_once(centre),
    )
    near(form, centre)
    photos: tuple[Prepared, ...] = ()
    earlier = sent_offers.found(request, centre)
    if request.method == "POST":
        throttle(request, "offer")
        photos = attempt(form, lambda: uploads(request, "photos")) or ()
        offer = attempt(form, lambda: _send(request, centre, form, photos, earlier))
        if offer is not None:
            return redirect(links.offer_path(offer))
    context = {
        **_choices(form),
        "no_room": room.for_words(centre, str(form["what"].value() or "")),
        "kept_photos": tokens(photos),
        "kept_field": TOKENS,
        "charitable": is_charitable(centre, centre_day(centre)),
        "person": person_at(request, centre),
        "earlier": earlier,
        "earlier_url": links.offer_path(earlier) if earlier else "",
    }
    return mended(request, "goods/offer_new.html", context, form)


def _choices(form: OfferForm) -> dict[str, Any]:
    return {
        "sizes": show.sizes(form["size"].value() or Size.M),
        "ways": show.ways(form["way"].value() or Way.BRING),
    }


def _send(
    request: HttpRequest,
    centre: Centre,
    form: OfferForm,
    photos: tuple[Prepared, ...],
    earlier: Offer | None,
) -> Offer:
    """As a first offer, as another one, or in place of the one sent just now; who went back in
    the browser is asked which."""
    ctx, words = ctx_of(request, centre), _words(request, centre, form, photos)
    meant, first = sent_offers.meant(request, earlier)
    if meant == "another":
        offer = services.offer_goods(ctx, **words)
        sent_offers.keep(request, offer)
        return offer
    if meant == "instead" and first is not None:
        offer = services.offer_instead(ctx, earlier=first, **words)
        sent_offers.keep(request, offer, first)
        return offer
    assert earlier is not None  # noqa: S101 - without one there is nothing to ask
    raise Conflict(
        _("You have already sent offer no. %(number)s.") % {"number": earlier.number},
        next=_("Please choose below whether this one comes in its place or beside it."),
        code="sent-before",
    )


def _words(
    request: HttpRequest, centre: Centre, form: OfferForm, photos: tuple[Prepared, ...]
) -> dict[str, Any]:
    data = form.cleaned_data
    return {
        "centre": centre,
        "lines": data["what"],
        "size": data["size"],
        "way": data["way"],
        "contact": contact_of(request, data),
        "fetch_address": data["fetch_address"],
        "note": data["note"],
        "photos": photos,
        "anyway": data["anyway"],
        "time": times.chosen_at_once(centre, data),
    }


@never_cache
@require_safe
def follow(request: HttpRequest, secret: str) -> HttpResponse:
    offer = offer_behind(request, secret)
    return followed(request, offer, secret, WordsForm())


def offer_behind(request: HttpRequest, secret: str) -> Offer:
    offer = offer_by_secret(secret, now())
    request.centre = offer.centre  # type: ignore[attr-defined]  # read by the page's context
    return offer


def followed(request: HttpRequest, offer: Offer, secret: str, form: BaseForm) -> HttpResponse:
    context = {
        "offer": offer,
        "secret": secret,
        "link": links.absolute(
            request.path if request.method == "GET" else links.offer_path(offer)
        ),
        "status": show.status(offer),
        "steps": show.offer_steps(offer),
        "answer_form": form if isinstance(form, WordsForm) else WordsForm(),
        "may_answer": offer.state == OfferState.ASKED,
        "may_withdraw": offer.state in (OfferState.OFFERED, OfferState.ASKED, OfferState.ACCEPTED),
        **appointment_of(offer),
        "no_room": room.for_offer(offer),
        "title": _("Your offer no. %(number)s") % {"number": offer.number},
    }
    return mended(request, "goods/offer_follow.html", context, form)


@never_cache
@require_POST
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    throttle(request, "answer")
    offer = offer_behind(request, secret)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return followed(request, offer, secret, form)
    ctx = ctx_of(request, offer.centre)
    done = attempt(form, lambda: services.answer(ctx, offer=offer, text=form.cleaned_data["text"]))
    return redirect(links.offer_path(offer)) if done else followed(request, offer, secret, form)


@never_cache
@require_POST
def withdraw(request: HttpRequest, secret: str) -> HttpResponse:
    throttle(request, "answer")
    offer = offer_behind(request, secret)
    services.withdraw_offer(ctx_of(request, offer.centre), offer=offer)
    return redirect(links.offer_path(offer))


@require_safe
def photo(request: HttpRequest, secret: str, photo_id: str) -> HttpResponseBase:
    return serve(photo_of_offer(offer_behind(request, secret), photo_id), 960, request=request)
