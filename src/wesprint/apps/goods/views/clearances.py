"""A household clearance: offered, chosen from, its rest handed on, what was kept billed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wesprint.apps.goods import links, rest_list, services
from wesprint.apps.goods.forms import HouseholdForm, RateForm, WordsForm
from wesprint.apps.goods.models import Clearance, DiversionRate, Offer, OfferState, Size, Way
from wesprint.apps.goods.presenters import appointments as show
from wesprint.apps.goods.presenters import giving
from wesprint.apps.goods.selectors import appointments as ask
from wesprint.apps.goods.selectors.house import centre_day
from wesprint.apps.goods.selectors.offers import offer_by_id
from wesprint.apps.goods.services.clearances import MOST_LINES, Thing
from wesprint.apps.goods.views import times
from wesprint.apps.goods.views.common import (
    TOKENS,
    attempt,
    contact_of,
    enter,
    enter_work,
    mended,
    person_at,
    tokens,
    uploads,
)
from wesprint.kernel.errors import Invalid
from wesprint.platform.base.clock import now
from wesprint.platform.files.services import Prepared
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.web.http import ctx_of, not_found, viewer_of
from wesprint.web.maps.fields import near
from wesprint.web.throttle import throttle

FIRST_LINES, MORE_LINES = 5, 5
READ, WRITE = "goods.view_offers", "goods.answer_offers"


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """One form with as many lines as are needed; "more lines" works without any script."""
    centre = enter(request, slug)
    adding = request.POST.get("do") == "more"
    form = HouseholdForm(request.POST or None, times=times.at_once(centre))
    near(form, centre)
    photos: tuple[Prepared, ...] = ()
    if request.method == "POST":
        photos = attempt(form, lambda: uploads(request, "photos")) or ()
    if request.method == "POST" and not adding:
        throttle(request, "offer")
        offer = attempt(form, lambda: _send(request, centre, form, photos))
        if offer is not None:
            return redirect(links.offer_path(offer))
    if adding:
        form.errors.clear()
    context = {
        "lines": _line_fields(request.POST, adding),
        "sizes": list(Size.choices),
        "ways": giving.ways(form["way"].value() or Way.FETCH),
        "kept_photos": tokens(photos),
        "kept_field": TOKENS,
        "person": person_at(request, centre),
        "most": MOST_LINES,
    }
    return mended(request, "goods/household.html", context, form)


def _line_fields(data: QueryDict, adding: bool) -> list[dict[str, Any]]:
    """The lines of the form as they were typed, with empty ones to go on."""
    count = max(_rows_in(data), FIRST_LINES) + (MORE_LINES if adding else 0)
    return [
        {
            "number": place + 1,
            "what": data.get(f"what-{place}", ""),
            "count": data.get(f"count-{place}", "1"),
            "size": data.get(f"size-{place}", Size.M),
            "wish": data.get(f"wish-{place}", ""),
        }
        for place in range(min(count, MOST_LINES))
    ]


def _rows_in(data: QueryDict) -> int:
    """One more than the last line sent; at most one beyond what a list may have."""
    sent = [place for place in range(MOST_LINES + 1) if f"what-{place}" in data]
    return max(sent, default=-1) + 1


def _things(data: QueryDict) -> tuple[Thing, ...]:
    places = range(_rows_in(data))
    return tuple(_thing(data, place) for place in places if data.get(f"what-{place}", "").strip())


def _thing(data: QueryDict, place: int) -> Thing:
    count = data.get(f"count-{place}", "1").strip() or "1"
    if not (count.isascii() and count.isdecimal() and len(count) < 6):
        raise Invalid(
            _("“%(text)s” is not a number of pieces.") % {"text": count[:20]}, code="count"
        )
    return Thing(
        data.get(f"what-{place}", ""),
        data.get(f"size-{place}", Size.M),
        int(count),
        data.get(f"wish-{place}", ""),
    )


def _send(
    request: HttpRequest, centre: Centre, form: HouseholdForm, photos: tuple[Prepared, ...]
) -> Offer:
    data = form.cleaned_data
    return services.offer_household(
        ctx_of(request, centre),
        centre=centre,
        things=_things(request.POST),
        way=data["way"],
        contact=contact_of(request, data),
        fetch_address=data["fetch_address"],
        note=data["note"],
        photos=photos,
        rest_to_authority=data["rest_to_authority"],
        time=times.chosen_at_once(centre, data),
    )


# -- the store chooses first ---------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, READ, WRITE)
    offer, clearance = _clearance(centre, public_id)
    form = WordsForm(request.POST or None)
    if request.method == "POST":
        form.is_valid()
        form.errors.clear()  # words are needed only where nothing is taken
        if attempt(form, lambda: _choose(request, offer)) is not None:
            messages.success(request, _("Chosen. The giver sees it at once."))
            return redirect("goods_choose", slug=slug, public_id=public_id)
    context = {
        "offer": offer,
        "clearance": clearance,
        "lines": show.lines(offer),
        "rest": len(show.rest_rows(offer)),
        "link": links.absolute(links.clearance_path(clearance)) if _lives(clearance) else "",
        "booking": ask.booking_of(offer),
        "may_choose": may(viewer_of(request), WRITE, centre) and offer.state in _TO_CHOOSE,
        "may_answer": may(viewer_of(request), WRITE, centre),
    }
    return mended(request, "goods/choose.html", context, form)


_TO_CHOOSE = (OfferState.OFFERED, OfferState.ASKED, OfferState.ACCEPTED)


def _lives(clearance: Clearance) -> bool:
    return clearance.link_until is not None and clearance.link_until > now()


def _clearance(centre: Centre, public_id: str) -> tuple[Offer, Clearance]:
    offer = offer_by_id(centre, public_id)
    clearance = ask.clearance_of(offer)
    if clearance is None:
        raise not_found()
    return offer, clearance


def _choose(request: HttpRequest, offer: Offer) -> Offer:
    taken = [text for text in request.POST.getlist("taken") if text.isascii() and text.isdecimal()]
    return services.choose_lines(
        ctx_of(request, offer.centre),
        offer=offer,
        taken=tuple(int(text) for text in taken if len(text) < 4),
        text=request.POST.get("text", ""),
    )


@require_POST
def pass_on(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, READ, WRITE)
    offer, _found = _clearance(centre, public_id)
    services.pass_on_rest(ctx_of(request, centre), offer=offer)
    messages.success(request, _("The list has its link: send it to the waste authority."))
    return redirect("goods_choose", slug=slug, public_id=public_id)


# -- the waste authority gets the rest -----------------------------------------------------
def _rest(request: HttpRequest, secret: str) -> Clearance:
    found = ask.clearance_by_secret(secret, now())
    request.centre = found.centre  # type: ignore[attr-defined]  # read by the page's context
    return found


@never_cache
@require_safe
def rest(request: HttpRequest, secret: str) -> HttpResponse:
    found = _rest(request, secret)
    context = {
        "offer": found.offer,
        "rows": [line for line in show.lines(found.offer) if line["taken"] is False],
        "until": found.link_until,
        "secret": secret,
        "booking": ask.booking_of(found.offer),
    }
    return render(request, "goods/rest.html", context)


@never_cache
@require_safe
def rest_csv(request: HttpRequest, secret: str) -> HttpResponse:
    offer = _rest(request, secret).offer
    return _csv(f"rest-{offer.number}.csv", show.REST_HEADER, show.rest_rows(offer))


@never_cache
@require_safe
def rest_pdf(request: HttpRequest, secret: str) -> HttpResponse:
    offer = _rest(request, secret).offer
    response = HttpResponse(rest_list.pdf(offer), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="rest-{offer.number}.pdf"'
    return response


def _csv(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """RFC 4180. A cell that a table program would compute begins with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell


# -- counted and billed --------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest, slug: str) -> HttpResponse:
    """What clearances kept out of bulky waste in a month; POST sets the rate."""
    centre = enter_work(request, slug, "goods.view_diversion", "goods.set_diversion")
    form = RateForm(request.POST or None)
    if request.method == "POST" and attempt(form, lambda: _set_rate(request, centre, form)):
        messages.success(request, _("The rate holds from that day on."))
        return redirect("goods_diversion", slug=slug)
    month = _month(request.GET.get("monat", ""), centre)
    found = ask.statement(centre, *_days_of(month))
    context = {
        **show.statement(found, slug),
        "month": month,
        "months": _months(centre, month),
        "kept": found,
        "rates": ask.rates_of(centre),
        "csv": f"{reverse('goods_diversion_csv', args=[slug])}?monat={month:%Y-%m}",
        "may_change": may(viewer_of(request), "goods.set_diversion", centre),
    }
    return mended(request, "goods/diversion.html", context, form)


def _set_rate(request: HttpRequest, centre: Centre, form: RateForm) -> DiversionRate:
    data = form.cleaned_data
    return services.set_diversion_rate(
        ctx_of(request, centre),
        centre=centre,
        cents_per_tonne=data["rate"],
        since=data["since"],
        source=data["source"],
    )


def _month(text: str, centre: Centre) -> date:
    """The first day of "2026-11"; of this month for anything else."""
    try:
        return date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return centre_day(centre).replace(day=1)


def _days_of(month: date) -> tuple[date, date]:
    following = (month + timedelta(days=31)).replace(day=1)
    return month, following - timedelta(days=1)


def _months(centre: Centre, chosen: date) -> list[dict[str, Any]]:
    """This month and the eleven before it, to choose from."""
    found, month = [], centre_day(centre).replace(day=1)
    for _number in range(12):
        found.append({"value": f"{month:%Y-%m}", "day": month, "chosen": month == chosen})
        month = (month - timedelta(days=1)).replace(day=1)
    return found


@require_safe
def statement_csv(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, "goods.view_diversion")
    first = _month(request.GET.get("monat", ""), centre)
    rows = show.statement_rows(ask.statement(centre, *_days_of(first)), centre)
    return _csv(f"sperrmuell-{first:%Y-%m}.csv", show.STATEMENT_HEADER, rows)
