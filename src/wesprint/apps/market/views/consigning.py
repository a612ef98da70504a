"""Agreements with consignors, what they bring, and what is settled and paid out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wesprint.apps.goods.public import Contact, Weight, today_tree
from wesprint.apps.market import services, statements
from wesprint.apps.market.forms import BroughtForm, ConsignmentForm, MonthForm, RateForm
from wesprint.apps.market.models import ConsignedItem, Consignment, SupplierState
from wesprint.apps.market.presenters import consignments as show
from wesprint.apps.market.selectors import consignments as ask
from wesprint.apps.market.selectors.window import supplier_by_id, suppliers
from wesprint.apps.market.services.settlements import sums_of
from wesprint.apps.market.views.common import attachment, today, tokens, uploads
from wesprint.platform.base.clock import now
from wesprint.platform.files.services import Prepared
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.platform.reference.models import Grade
from wesprint.web.handling import attempt, enter_work, mended
from wesprint.web.http import ctx_of, viewer_of

VIEW, WORK = "market.view_consignments", "market.consign"
MONEY, SETTLE = "market.view_money", "market.settle"


@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, VIEW)
    found = ask.consignments(centre, behind=request.GET.get("nach", "")[:10])
    context = {
        "columns": show.columns(),
        "rows": [show.row(one, slug) for one in found],
        "more": f"?nach={found[-1].public_id}" if len(found) == ask.PAGE else "",
        "may": may(viewer_of(request), WORK, centre),
        "may_see_money": may(viewer_of(request), MONEY, centre),
    }
    return render(request, "market/consignments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, WORK)
    known = [
        (one.public_id, one.name)
        for one in suppliers(centre)
        if one.state == SupplierState.APPROVED
    ]
    form = ConsignmentForm(
        request.POST or None,
        suppliers=known,
        initial={"since": today(centre), "afterwards": "back"},
    )
    if request.method == "POST":
        made = attempt(form, lambda: _agree(request, centre, form))
        if made is not None:
            return redirect("market_consignment", slug, made.public_id)
    return mended(request, "market/consignment_new.html", {}, form)


def _agree(request: HttpRequest, centre: Centre, form: ConsignmentForm) -> Consignment:
    data = form.cleaned_data
    supplier = supplier_by_id(centre, data["supplier"]) if data["supplier"] else None
    return services.agree_consignment(
        ctx_of(request, centre),
        centre=centre,
        supplier=supplier,
        contact=Contact(data["name"], data["phone"], data["email"]),
        iban=data["iban"],
        per_mille=int(data["percent"] * 10),
        since=data["since"],
        until=data["until"],
        least_cents=data["least"] or 0,
        afterwards=data["afterwards"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def consignment(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One agreement; POST sets another commission from a day on."""
    centre = enter_work(request, slug, VIEW, WORK)
    found = ask.consignment_by_id(centre, public_id)
    form = RateForm(request.POST or None, initial={"since": today(centre)})
    if request.method == "POST" and attempt(form, lambda: _rate(request, found, form)):
        return redirect("market_consignment", slug, public_id)
    context = {
        "consignment": found,
        "name": ask.name_of(found.consignor) or "–",
        "facts": show.facts(found),
        "lines": [show.brought_line(one, slug) for one in ask.brought(found)],
        "may": may(viewer_of(request), WORK, centre),
    }
    return mended(request, "market/consignment.html", context, form)


def _rate(request: HttpRequest, found: Consignment, form: RateForm) -> object:
    data = form.cleaned_data
    return services.set_commission(
        ctx_of(request, found.consignor.centre),
        consignment=found,
        per_mille=int(data["percent"] * 10),
        since=data["since"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Something is brought to be sold."""
    centre = enter_work(request, slug, WORK)
    found = ask.consignment_by_id(centre, public_id)
    form = BroughtForm(request.POST or None, categories=_categories(centre), grades=_grades())
    photos: tuple[Prepared, ...] = ()
    if request.method == "POST":
        photos = attempt(form, lambda: uploads(request)) or ()
        made = attempt(form, lambda: _bring(request, centre, found, form, photos))
        if made is not None:
            return redirect("market_consignment", slug, public_id)
    context = {
        "consignment": found,
        "name": ask.name_of(found.consignor) or "–",
        **tokens(photos),
    }
    return mended(request, "market/bring.html", context, form)


def _categories(centre: Centre) -> list[Any]:
    language = get_language() or "de"
    groups = today_tree(centre, now()).groups
    return [("", "–")] + [
        (group.name(language), [(one.slug, one.name(language)) for one in group.leaves])
        for group in groups
    ]


def _grades() -> list[tuple[str, str]]:
    words = {
        Grade.A: _("like new"),
        Grade.B: _("good"),
        Grade.C: _("needs a hand"),
        Grade.D: _("for parts"),
    }
    return [(grade.value, f"{grade.value} – {words[grade]}") for grade in Grade]


def _bring(
    request: HttpRequest,
    centre: Centre,
    found: Consignment,
    form: BroughtForm,
    photos: tuple[Prepared, ...],
) -> ConsignedItem:
    data = form.cleaned_data
    weight = Weight(data["mass"], "measured") if data["mass"] else Weight()
    return services.consign(
        ctx_of(request, centre),
        consignment=found,
        category=data["category"],
        grade=data["grade"],
        title=data["title"],
        weight=weight,
        price_cents=data["price"] or 0,
        least_cents=data["least"],
        photos=photos,
    )


@require_POST
def end(request: HttpRequest, slug: str, public_id: str, item: str, verb: str) -> HttpResponse:
    """What nobody bought goes back, or is given to the house."""
    centre = enter_work(request, slug, WORK)
    found = ask.consignment_by_id(centre, public_id)
    how = {"zurueck": "back", "ans-haus": "donated"}.get(verb, "")
    consigned = ask.consigned_by_item(found, item)
    services.end_consigned(ctx_of(request, centre), consigned=consigned, how=how)
    return redirect("market_consignment", slug, public_id)


# -- money ---------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def settlements(request: HttpRequest, slug: str) -> HttpResponse:
    """Statements and payout lists; POST draws up those of a month."""
    centre = enter_work(request, slug, MONEY, SETTLE)
    form = MonthForm(request.POST or None)
    if request.method == "POST":
        made = attempt(form, lambda: _draw_up(request, centre, form))
        if made is not None:
            return redirect("market_settlements", slug)
    context = {
        "columns": show.settlement_columns(),
        "rows": [show.settlement_row(one, slug) for one in ask.settlements(centre)],
        "months": ask.open_months(centre, today(centre)),
        "payouts": [show.payout_line(one) for one in ask.payouts(centre)],
        "waiting": ask.waiting_cents(centre),
        "may": _may_settle(request, centre),
    }
    return mended(request, "market/settlements.html", context, form)


def _may_settle(request: HttpRequest, centre: Centre) -> bool:
    return may(viewer_of(request), SETTLE, centre)


def _draw_up(request: HttpRequest, centre: Centre, form: MonthForm) -> object:
    month = form.cleaned_data["month"]
    return services.draw_up_month(ctx_of(request, centre), centre=centre, month=month)


@require_safe
def settlement(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, MONEY)
    found = ask.settlement_by_id(centre, public_id)
    context = {
        "settlement": found,
        "name": ask.name_of(found.consignor) or "–",
        "month": show.month_name(found),
        "state": show.settlement_state(found),
        "columns": show.line_columns(),
        "rows": [{"cells": show.line_cells(line)} for line in found.shares.all()],
        "foot": show.foot(found),
    }
    return render(request, "market/settlement.html", context)


@require_safe
def settlement_pdf(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, MONEY)
    found = ask.settlement_by_id(centre, public_id)
    return attachment(statements.pdf(found), "application/pdf", f"{found.number}.pdf")


@require_safe
def settlement_csv(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, MONEY)
    found = ask.settlement_by_id(centre, public_id)
    return attachment(
        statements.statement_csv(found), "text/csv; charset=utf-8", f"{found.number}.csv"
    )


@require_POST
def draw_up_payout(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, SETTLE)
    services.draw_up_payout(ctx_of(request, centre), centre=centre)
    return redirect("market_settlements", slug)


@require_POST
def paid(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, SETTLE)
    payout = ask.payout_by_id(centre, public_id)
    services.mark_paid(ctx_of(request, centre), payout=payout)
    return redirect("market_settlements", slug)


@require_safe
def payout_csv(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, MONEY)
    payout = ask.payout_by_id(centre, public_id)
    text = statements.payout_csv(payout, sums_of(payout))
    return attachment(text, "text/csv; charset=utf-8", f"{payout.number}.csv")
