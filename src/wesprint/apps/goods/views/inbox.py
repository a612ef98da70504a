"""The inbox of offers, the answer to one of them, and the offer by telephone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wesprint.apps.goods import services, words
from wesprint.apps.goods.forms import FullForm, TelephoneOfferForm, WordsForm
from wesprint.apps.goods.models import Offer, OfferState, Size, Source, Way
from wesprint.apps.goods.presenters import giving as show
from wesprint.apps.goods.presenters import inbox as rows
from wesprint.apps.goods.presenters.appointments import when
from wesprint.apps.goods.selectors import offers as ask
from wesprint.apps.goods.selectors.appointments import booking_of, clearance_of
from wesprint.apps.goods.selectors.counter import today_tree
from wesprint.apps.goods.selectors.house import centre_day, full_now
from wesprint.apps.goods.services.contacts import Contact
from wesprint.apps.goods.views import room
from wesprint.apps.goods.views.common import attempt, enter_work, mended
from wesprint.kernel.errors import Invalid
from wesprint.platform.base.clock import now
from wesprint.platform.files.serving import serve
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.platform.reference.models import Category
from wesprint.web.fields import words_from
from wesprint.web.http import ctx_of, viewer_of
from wesprint.web.maps.fields import near

READ, WRITE = "goods.view_offers", "goods.answer_offers"


@require_safe
def inbox(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, READ)
    box = request.GET.get("fach", "waiting")
    box = box if box in ask.BOXES else "waiting"
    found = ask.inbox(centre, box, behind=_number(request.GET.get("nach", "")))
    context = {
        "box": box,
        "offers": [rows.row(offer) for offer in found],
        "tabs": rows.tabs(centre, box, ask.box_counts(centre)),
        "more": rows.more(centre, box, found) if len(found) == ask.PAGE else "",
        "may_answer": may(viewer_of(request), WRITE, centre),
    }
    return render(request, "goods/inbox.html", context)


def _number(text: str) -> int | None:
    """An offer's number from an address; nonsense starts at the first page."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


@require_safe
def offer(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, READ)
    return _offer_page(request, ask.offer_by_id(centre, public_id), WordsForm())


def _offer_page(request: HttpRequest, found: Offer, form: WordsForm) -> HttpResponse:
    fetch = found.way == Way.FETCH
    without = room.for_offer(found)
    context = {
        "no_room": without,
        "offer": found,
        "row": rows.row(found),
        "clearance": clearance_of(found),
        "booking": when(booking) if (booking := booking_of(found)) else "",
        "status": rows.state_tag(found),
        "open": found.state in (OfferState.OFFERED, OfferState.ASKED),
        "accepted": found.state == OfferState.ACCEPTED,
        "may_answer": may(viewer_of(request), WRITE, found.centre),
        "accept_words": [
            *(words.accept_later(one["again"]) for one in without[:1] if one["again"]),
            *(words.ACCEPT_FETCH if fetch else words.ACCEPT_BRING),
        ],
        "decline_words": words.DECLINE,
        "ask_words": words.ASK,
    }
    return mended(request, "goods/offer.html", context, form)


_VERBS: Mapping[str, tuple[Callable[..., Offer], Callable[[], str]]] = {
    "zusagen": (services.accept_offer, lambda: _("Accepted. The giver sees your words at once.")),
    "nachfragen": (services.ask_back, lambda: _("Your question is on its way.")),
    "absagen": (services.decline_offer, lambda: _("Declined, with your reason.")),
}


@require_POST
def decide(request: HttpRequest, slug: str, public_id: str, verb: str) -> HttpResponse:
    centre = enter_work(request, slug, READ, WRITE)
    found = ask.offer_by_id(centre, public_id)
    service, done = _VERBS[verb]
    form = WordsForm(request.POST)
    own = request.POST.get("own_text", "").strip()
    text = own or request.POST.get("text", "")
    ctx = ctx_of(request, centre)
    form.is_valid()
    form.errors.clear()
    if attempt(form, lambda: service(ctx, offer=found, text=text)) is None:
        return _offer_page(request, ask.offer_by_id(centre, public_id), form)
    messages.success(request, _call(found) or done())
    return redirect("goods_offers", slug=slug)


def _call(offer: Offer) -> str:
    """Who called has no link, and without an address gets no letter: somebody must tell them."""
    giver = offer.giver
    if offer.source == Source.WEB or giver is None or giver.email or not giver.phone:
        return ""
    words = _("Noted. Please call %(name)s and tell them: %(phone)s")
    return words % {"name": giver.name, "phone": giver.phone}


@require_safe
def photo(request: HttpRequest, slug: str, public_id: str, photo_id: str) -> HttpResponseBase:
    centre = enter_work(request, slug, READ)
    found = ask.offer_by_id(centre, public_id)
    return serve(ask.photo_of_offer(found, photo_id), 960, request=request)


@require_http_methods(["GET", "HEAD", "POST"])
def telephone(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody calls: entered in half a minute."""
    centre = enter_work(request, slug, WRITE)
    form = TelephoneOfferForm(request.POST or None)
    near(form, centre)
    if request.method == "POST":
        made = attempt(form, lambda: _enter(request, centre, form))
        if made is not None:
            text = _("Offer no. %(number)s is in the inbox.") % {"number": made.number}
            messages.success(request, text)
            return redirect("goods_offer", slug=slug, public_id=made.public_id)
    context = {
        "sizes": show.sizes(form["size"].value() or Size.M),
        "ways": show.ways(form["way"].value() or Way.BRING),
        "sources": rows.sources(form["source"].value() or Source.TELEPHONE),
    }
    return mended(request, "goods/offer_telephone.html", context, form)


def _enter(request: HttpRequest, centre: Centre, form: TelephoneOfferForm) -> Offer:
    data = form.cleaned_data
    return services.offer_by_telephone(
        ctx_of(request, centre),
        centre=centre,
        lines=data["what"],
        contact=Contact(data["name"], data["phone"], data["email"]),
        size=data["size"],
        way=data["way"],
        fetch_address=data["fetch_address"],
        note=data["note"],
        source=data["source"],
        anyway=data["anyway"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def full(request: HttpRequest, slug: str) -> HttpResponse:
    """What is full this week: the public page says it at once."""
    centre = enter_work(request, slug, READ, "goods.set_house_rules")
    form = FullForm(request.POST or None)
    if request.method == "POST":
        made = attempt(form, lambda: _change_full(request, centre, form))
        if made is not None:
            messages.success(request, made)
            return redirect("goods_full", slug=slug)
    tree = today_tree(centre, now())
    context = {
        "options": rows.kinds_to_choose(tree),
        "full": rows.full_rows(tree, full_now(centre, centre_day(centre))),
        "may_change": may(viewer_of(request), "goods.set_house_rules", centre),
    }
    return mended(request, "goods/full.html", context, form)


def _change_full(request: HttpRequest, centre: Centre, form: FullForm) -> Any:
    data, ctx = form.cleaned_data, ctx_of(request, centre)
    category = Category.objects.filter(slug=data["category"]).first()
    if category is None:
        raise Invalid(_("We do not know this category."), field="category")
    if request.POST.get("do") == "again":
        services.declare_room_again(ctx, centre=centre, category=category)
        return _("There is room for it again.")
    services.declare_full(
        ctx, centre=centre, category=category, until=data["until"], note=words_from(data, "note")
    )
    return _("The page says so at once.")
