"""Handing over at the counter: scan, look, take the money, done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wesprint.apps.goods import services, words
from wesprint.apps.goods.forms import HandOverForm, TakeBackForm
from wesprint.apps.goods.models import (
    Consideration,
    Displaced,
    HandOver,
    Item,
    ItemState,
    Place,
    PriceTag,
)
from wesprint.apps.goods.presenters import items as show
from wesprint.apps.goods.presenters import social
from wesprint.apps.goods.presenters.batches import part_words
from wesprint.apps.goods.selectors import hand_overs as recent
from wesprint.apps.goods.selectors import items as ask
from wesprint.apps.goods.selectors.house import centre_day
from wesprint.apps.goods.selectors.places import Thing, open_tags, thing_for
from wesprint.apps.goods.selectors.social import social_prices
from wesprint.apps.goods.services.hand_over import TOO_LATE, asks_why, check_reserved, too_late
from wesprint.apps.goods.views.common import add_to_form, attempt, enter_work, mended
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, NotFound, Refused
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.platform.people.viewer import Viewer
from wesprint.web.camera import with_camera
from wesprint.web.errors import localise
from wesprint.web.http import ctx_of, viewer_of

READ, WRITE = "goods.view_hand_over", "goods.hand_over"
LATE = "goods.take_back_late"


@with_camera
@require_safe
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Scan or type the number; what was just handed over stands below, with undo."""
    centre = enter_work(request, slug, READ)
    number = request.GET.get("nr", "").strip()[:200]
    missing = ""
    if number:
        try:
            return _lead_to(slug, thing_for(centre, number))
        except NotFound as error:
            missing = f"{localise(error.what)} {localise(error.next)}"
    context = {
        "number": number,
        "missing": missing,
        "recent": [_recent_row(done) for done in recent.latest(centre)],
        "may_take_back": _may_take_back(viewer_of(request), centre),
    }
    return render(request, "goods/hand_over_desk.html", context, status=404 if missing else 200)


def _lead_to(slug: str, found: Thing) -> HttpResponse:
    """A price tag sells a piece of its batch; so does a batch that has tags. Raises NotFound for
    a place: it is not for sale."""
    if isinstance(found, PriceTag):
        address = reverse("goods_sell_part", args=[slug, found.item.public_id])
        return redirect(f"{address}?tag={found.public_id}")
    if isinstance(found, Place):
        raise NotFound(
            _("This is a place, not a thing."), next=_("Please scan what goes to somebody.")
        )
    in_parts = found.is_batch and found.left_at is None and open_tags(found)
    name = "goods_sell_part" if in_parts else "goods_hand_over"
    return redirect(name, slug=slug, public_id=found.public_id)


def _may_take_back(viewer: Viewer, centre: Centre) -> bool:
    return may(viewer, WRITE, centre) or may(viewer, LATE, centre)


def _recent_row(done: HandOver) -> dict[str, Any]:
    return {
        "done": done,
        "title": show.title(done.item),
        "part": part_words(done),
        "paid": social.paid_words(done),
        "id": done.item.public_id,
        "way": done.get_consideration_display(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, READ)
    found = ask.item_by_id(public_id, centre)
    form = HandOverForm(request.POST or None)
    if request.POST.get("do") == "price":  # what it would be: nothing is recorded
        context = _context(request, centre, found, form)
        form.errors.pop("consideration", None)
        return render(request, "goods/hand_over.html", context | {"form": form})
    if request.method == "POST":
        require_money(request, centre)
        done = attempt(form, lambda: _hand_over(request, centre, found, form))
        if "consideration" in form.errors or "price" in form.errors:
            _note_reservation(form, found)
        if done is not None:
            messages.success(request, _done_words(done))
            return redirect("goods_hand_over_desk", slug=slug)
        found = ask.item_by_id(public_id, centre)
    return mended(request, "goods/hand_over.html", _context(request, centre, found, form), form)


def _note_reservation(form: HandOverForm, found: Item) -> None:
    """What the service was not asked, because the form itself is wrong: all is said at once."""
    active = ask.active_reservation(found)
    if active is None:
        return
    try:
        check_reserved(active, active if form.cleaned_data.get("collected") else None, now())
    except Conflict as error:
        add_to_form(form, error)


def _done_words(done: HandOver) -> str:
    text = _("“%(title)s” has a new owner.") % {"title": show.title(done.item)}
    return f"{text} {social.paid_words(done)}" if done.social_rule_id else text


def require_money(request: HttpRequest, centre: Centre) -> None:
    viewer = viewer_of(request)
    if may(viewer, WRITE, centre):
        return
    if not viewer.pin:
        raise Refused(
            _("Handing over takes money, so it needs your PIN."),
            kept=_("Nothing was recorded."),
            next=_("Please show your badge again and enter the PIN."),
            code="pin-needed",
        )
    raise Refused(
        _("Your role does not include handing over."),
        kept=_("Nothing was recorded."),
        next=_("Please ask somebody of the till."),
    )


def _hand_over(request: HttpRequest, centre: Centre, found: Item, form: HandOverForm) -> HandOver:
    data = form.cleaned_data
    free = data["consideration"] == Consideration.FREE
    reservation = ask.active_reservation(found) if data["collected"] else None
    return services.hand_over(
        ctx_of(request, centre),
        item=found,
        price_cents=0 if free else data["price"] or 0,
        consideration=data["consideration"],
        reservation=reservation,
        displaced=data["displaced"],
        social_pass=data["social_pass"],
    )


def _social(centre: Centre, found: Item, form: HandOverForm) -> dict[str, Any] | None:
    """Both prices; from what is typed, where that is a price."""
    form.is_valid()
    typed = form.cleaned_data.get("price") if form.is_bound else None
    prices = social_prices(centre, centre_day(centre, now()))
    return social.counter(prices, found, typed)


def _context(
    request: HttpRequest, centre: Centre, found: Item, form: HandOverForm
) -> dict[str, Any]:
    reservation = ask.active_reservation(found) if found.state == ItemState.RESERVED else None
    running = reservation is not None and reservation.until > now()
    photos = ask.photos_of(found)
    viewer = viewer_of(request)
    return {
        "item": found,
        "title": show.title(found),
        "photo": show.photo_url(photos[0], 960) if photos else "",
        "facts": show.item_facts(found),
        "state": show.state_tag(found),
        "gone": found.left_at is not None,
        "done": ask.last_hand_over(found),
        "reservation": reservation if running else None,
        "price": form["price"].value() or show.amount(found.price_cents),
        "social": _social(centre, found, form),
        "ways": [{"value": one.value, "label": words.DO_PAY[one]} for one in _ways(found)],
        "answers": [
            {
                "value": one.value,
                "label": one.label,
                "checked": one.value == form["displaced"].value(),
            }
            for one in Displaced
        ],
        "may_hand_over": may(viewer, WRITE, centre),
        "may_take_back": _may_take_back(viewer, centre),
        "needs_pin": not viewer.pin,
    }


def _ways(found: Item) -> list[Consideration]:
    if found.price_cents == 0:
        return [Consideration.FREE]
    return [Consideration.CASH, Consideration.CARD, Consideration.VOUCHER, Consideration.FREE]


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, slug: str, hand_over_id: str) -> HttpResponse:
    """Undo: it was the wrong item. First the page says what goes back; what is older than some
    minutes asks why, and what the house has closed only who leads it takes back."""
    centre = enter_work(request, slug, READ)
    done = recent.by_id(centre, hand_over_id)
    form, ctx = TakeBackForm(request.POST or None), ctx_of(request, centre)
    if request.method == "POST":
        if not may(viewer_of(request), LATE, centre):
            require_money(request, centre)
        if attempt(form, lambda: _taken_back(ctx, done)) is not None:
            messages.success(request, _back_on_the_shelf(done))
            return redirect("goods_hand_over_desk", slug=slug)
    return mended(request, "goods/take_back.html", _take_back_context(request, done, form), form)


def _taken_back(ctx: Ctx, done: HandOver) -> Item:
    return services.take_back_hand_over(ctx, hand_over=done)


def _back_on_the_shelf(done: HandOver) -> str:
    words = _("Taken back: “%(title)s” is on the shelf again.")
    return words % {"title": show.title(done.item)}


def _take_back_context(request: HttpRequest, done: HandOver, form: TakeBackForm) -> dict[str, Any]:
    viewer, moment = viewer_of(request), now()
    late = too_late(done, moment)
    leads, sells = (may(viewer, right, done.centre) for right in (LATE, WRITE))
    form.fields["cause"].required = asks_why(done, moment)
    return {
        "row": _recent_row(done),
        "late": late,
        "late_text": TOO_LATE,
        "may_take_back": leads or (sells and not late),
        "needs_pin": not viewer.pin,
    }
