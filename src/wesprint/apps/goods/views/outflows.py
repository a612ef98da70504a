"""What leaves: cages, loads with slip and weight, recipients, the yearly statement."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wesprint.apps.goods import services
from wesprint.apps.goods.models import Load
from wesprint.apps.goods.presenters import outflows as show
from wesprint.apps.goods.safety_forms import LoadForm, RecipientForm
from wesprint.apps.goods.selectors import outflows as ask
from wesprint.apps.goods.selectors.house import centre_day
from wesprint.apps.goods.services.weight import Weight
from wesprint.apps.goods.views.common import attempt, enter_work, mended
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import operator_of
from wesprint.platform.people.rules import may
from wesprint.platform.reference.selectors import waste_codes
from wesprint.web.http import ctx_of, not_found, viewer_of

READ, WRITE = "goods.view_items", "goods.change_to_waste"
FIRST_YEAR = 2000


@require_safe
def outflows(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, READ)
    return _page(request, centre, RecipientForm())


def _page(request: HttpRequest, centre: Centre, form: Form) -> HttpResponse:
    way = request.GET.get("weg", "")
    page = ask.outflows(centre, state=way, after=request.GET.get("nach", "")[:10])
    today = centre_day(centre)
    context = {
        "cages": show.cage_cards(ask.cages(centre), waste_codes(today), centre.slug),
        "chips": show.chips(centre, way if way in ask.LEFT else ""),
        "columns": show.columns(),
        "rows": [show.row(one, centre.slug) for one in page.rows],
        "more": show.more(request, page.after),
        "years": ask.years(centre, today.year),
        "recipients": show.recipients(ask.recipients(centre)),
        "loads": [show.load_row(one) for one in ask.loads_of(centre, today)],
        "may_change": may(viewer_of(request), WRITE, centre),
    }
    return mended(request, "goods/outflows.html", context, form)


@require_POST
def recipient(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, READ, WRITE)
    form = RecipientForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(
            form, lambda: services.add_recipient(ctx_of(request, centre), centre=centre, **data)
        )
        if made is not None:
            messages.success(request, _("%(name)s is on the list.") % {"name": made.name})
            return redirect("goods_outflows", slug=slug)
    return _page(request, centre, form)


@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest, slug: str) -> HttpResponse:
    """One cage, and the load that leaves from it."""
    centre = enter_work(request, slug, READ, WRITE)
    key = request.GET.get("code", "")[:12] or _first_cage(centre)
    form = LoadForm(request.POST or None, initial={"waste_code": key, "route": "recycle"})
    chosen = set(request.POST.getlist("items")) if request.method == "POST" else None
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: _send(request, centre, form.cleaned_data))
        if made is not None:
            messages.success(request, _("The load is written down."))
            return redirect("goods_outflows", slug=slug)
    context = {
        "code": key,
        "things": show.things(ask.in_cage(centre, key), chosen),
        "recipients": ask.recipients(centre),
        "codes": waste_codes(centre_day(centre)),
        "values": {name: form[name].value() or "" for name in form.fields},
        "may_change": may(viewer_of(request), WRITE, centre),
    }
    return mended(request, "goods/load.html", context, form)


@require_POST
def load_back(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Undo: the load did not leave."""
    centre = enter_work(request, slug, READ, WRITE)
    found = ask.load_by_id(centre, public_id)
    services.take_back_load(ctx_of(request, centre), load=found)
    messages.success(request, _("The load is taken back: its things wait in the cage again."))
    return redirect("goods_outflows", slug=slug)


def _first_cage(centre: Centre) -> str:
    return next((cage.code for cage in ask.cages(centre)), "")


def _send(request: HttpRequest, centre: Centre, data: dict[str, Any]) -> Load:
    named = data["recipient"]
    return services.send_load(
        ctx_of(request, centre),
        centre=centre,
        items=ask.items_by_ids(centre, request.POST.getlist("items")),
        waste_code=data["waste_code"],
        route=data["route"],
        recipient=ask.recipient_by_id(centre, named) if named else None,
        slip_number=data["slip_number"],
        weight=Weight(data["mass"], data["basis"] or "measured"),
        sure=data["sure"],
    )


@require_safe
def statement(request: HttpRequest, slug: str, kind: str = "") -> HttpResponse:
    """The yearly statement: page, "csv" or "pdf"."""
    centre = enter_work(request, slug, READ)
    today = centre_day(centre)
    year = _year(request.GET.get("jahr", ""), today.year)
    found = ask.statement(centre, year)
    name = f"{slug}-abfallbilanz-{year}.{kind}"
    if kind == "csv":
        return _file(show.statement_csv(found).encode(), "text/csv; charset=utf-8", name)
    if kind == "pdf":
        operator = operator_of(centre, today)
        pdf = show.statement_pdf(found, centre, operator.name if operator else "")
        return _file(pdf, "application/pdf", name)
    context = {
        "year": year,
        "years": ask.years(centre, today.year),
        "columns": show.statement_columns(),
        "rows": show.statement_rows(found),
        "foot": show.statement_foot(found),
    }
    return mended(request, "goods/statement.html", context, Form())


def _year(text: str, this_year: int) -> int:
    """Without a word this year; years to come, and what is no year, are not there."""
    if not text:
        return this_year
    if not (text.isascii() and text.isdecimal() and FIRST_YEAR <= int(text[:5]) <= this_year):
        raise not_found()
    return int(text)


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
