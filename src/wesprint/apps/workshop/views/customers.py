"""Repairs for customers: taking in, the estimate, their own page, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wesprint.apps.goods.public import (
    Contact,
    TestForm,
    attempt,
    centre_day,
    enter_work,
    last_sheet,
    limits,
    mended,
    test_limits,
    tests,
)
from wesprint.apps.workshop import forms, links, services
from wesprint.apps.workshop.models import Approval, Order
from wesprint.apps.workshop.presenters import customers as show
from wesprint.apps.workshop.selectors import orders as ask
from wesprint.apps.workshop.views.orders import order_page
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.web.http import ctx_of, not_found
from wesprint.web.throttle import throttle

TAKE_IN, READ = "workshop.take_in_repairs", "workshop.view_board"


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody stands at the counter with a lamp under the arm."""
    centre = enter_work(request, slug, TAKE_IN)
    form = forms.RepairForm(request.POST or None)
    if request.method == "POST":
        order = attempt(form, lambda: _take_in(request, centre, form))
        if order is not None:
            text = _("Taken in as no. %(number)s.") % {"number": order.number}
            messages.success(request, text)
            return redirect("workshop_order", slug=slug, public_id=order.public_id)
    return mended(request, "workshop/repair.html", {}, form)


def _take_in(request: HttpRequest, centre: Centre, form: forms.RepairForm) -> Order:
    data = form.cleaned_data
    return services.take_in_repair(
        ctx_of(request, centre),
        centre=centre,
        thing=data["thing"],
        contact=Contact(data["name"], data["phone"], data["email"]),
        fault=data["fault"],
        electrical=data["electrical"],
        estimate_cents=data["estimate"],
    )


Verb = Callable[[HttpRequest, Order, dict[str, Any]], Any]


def _estimate(request: HttpRequest, found: Order, data: dict[str, Any]) -> Any:
    ctx = ctx_of(request, found.centre)
    return services.estimate(ctx, order=found, cents=data["price"], note=data["note"])


def _yes(request: HttpRequest, found: Order, data: dict[str, Any]) -> Any:
    by = data["by"] if data["by"] in (Approval.TELEPHONE, Approval.COUNTER) else Approval.TELEPHONE
    ctx = ctx_of(request, found.centre)
    return services.approve(ctx, order=found, cents=data["cents"], by=by)


def _no(request: HttpRequest, found: Order, data: dict[str, Any]) -> Any:
    return services.decline(ctx_of(request, found.centre), order=found)


def _tell(request: HttpRequest, found: Order, data: dict[str, Any]) -> Any:
    return services.tell_ready(ctx_of(request, found.centre), order=found)


def _back(request: HttpRequest, found: Order, data: dict[str, Any]) -> Any:
    return services.hand_back(ctx_of(request, found.centre), order=found, cents=data["price"])


# address -> what is done, its form, the permission
VERBS: Mapping[str, tuple[Verb, type[Form], str]] = {
    "kostenvoranschlag": (_estimate, forms.EstimateForm, TAKE_IN),
    "zusage": (_yes, forms.ApprovalForm, TAKE_IN),
    "absage": (_no, Form, TAKE_IN),
    "bescheid": (_tell, Form, TAKE_IN),
    "abgeholt": (_back, forms.PriceForm, "workshop.hand_back"),
}


@require_POST
def change(request: HttpRequest, slug: str, public_id: str, verb: str) -> HttpResponse:
    if verb not in VERBS:
        raise not_found()
    work, form_class, permission = VERBS[verb]
    centre = enter_work(request, slug, READ, permission)
    found = ask.order_by_id(centre, public_id)
    form = form_class(request.POST)
    if form.is_valid() and attempt(form, lambda: work(request, found, form.cleaned_data)):
        messages.success(request, show.said(verb, found))
        return redirect("workshop_order", slug=slug, public_id=public_id)
    return order_page(request, ask.order_by_id(centre, public_id), form)


@require_http_methods(["GET", "HEAD", "POST"])
def test(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The sheet of the electrical test, before somebody's own thing goes back."""
    centre = enter_work(request, slug, "workshop.work")
    found = ask.order_by_id(centre, public_id)
    earlier = ask.repair_tests(found)
    form = TestForm(request.POST or None, initial=last_sheet(earlier))
    if request.method == "POST" and form.is_valid():
        passed = request.POST.get("passed") == "1"
        if attempt(form, lambda: _record(request, found, form, passed=passed)) is not None:
            messages.success(request, _("The test is noted."))
            return redirect("workshop_order", slug=slug, public_id=public_id)
    context = {
        "order": found,
        "limits": limits(test_limits(centre_day(centre))),
        "tests": tests(earlier),
    }
    return mended(request, "workshop/test.html", context, form)


def _record(request: HttpRequest, found: Order, form: TestForm, *, passed: bool) -> Order:
    return services.record_repair_test(
        ctx_of(request, found.centre), order=found, passed=passed, report=form.report()
    )


# -- the customer's own page -------------------------------------------------------------------
@never_cache
@require_safe
def follow(request: HttpRequest, secret: str) -> HttpResponse:
    return _followed(request, _order(request, secret), secret, Form())


def _order(request: HttpRequest, secret: str) -> Order:
    order = ask.order_by_secret(secret, now())
    request.centre = order.centre  # type: ignore[attr-defined]  # read by the page's context
    return order


def _followed(request: HttpRequest, order: Order, secret: str, form: Form) -> HttpResponse:
    context = {**show.own_page(order), "order": order, "secret": secret}
    return mended(request, "workshop/follow.html", context, form)


@never_cache
@require_POST
def say_yes(request: HttpRequest, secret: str) -> HttpResponse:
    throttle(request, "answer")
    order = _order(request, secret)
    form = forms.ApprovalForm(request.POST)
    form.is_valid()
    ctx = ctx_of(request, order.centre)
    cents = form.cleaned_data.get("cents", -1)
    if attempt(form, lambda: services.approve(ctx, order=order, cents=cents)):
        return redirect(links.repair_path(order))
    return _followed(request, _order(request, secret), secret, form)


@never_cache
@require_POST
def say_no(request: HttpRequest, secret: str) -> HttpResponse:
    throttle(request, "answer")
    order = _order(request, secret)
    form = Form(request.POST)
    ctx = ctx_of(request, order.centre)
    if attempt(form, lambda: services.decline(ctx, order=order)):
        return redirect(links.repair_path(order))
    return _followed(request, _order(request, secret), secret, form)
