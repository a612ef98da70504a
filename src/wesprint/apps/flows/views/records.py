"""Recording what stands beside the figures: the house's own use, and how it was before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wesprint.apps.flows import services
from wesprint.apps.flows.forms import BaselineForm, UseForm
from wesprint.apps.flows.presenters import records as show
from wesprint.apps.flows.selectors import records as ask
from wesprint.kernel.errors import Invalid
from wesprint.platform.base.clock import now
from wesprint.platform.ledger.rollups import FOREVER
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.web.errors import localise
from wesprint.web.fields import words_from
from wesprint.web.http import centre_or_404, ctx_of, require, viewer_of

READ, USE, BASELINE = "flows.view_records", "flows.record_use", "flows.record_baseline"


def _enter(request: HttpRequest, slug: str, write: str) -> Centre:
    centre = centre_or_404(slug)
    request.centre = centre  # type: ignore[attr-defined]  # read by the page's context
    require(request, write if request.method == "POST" else READ, centre)
    return centre


def _attempt(form: Form, work: Callable[[dict[str, Any]], object]) -> bool:
    """Whether it was done; what a service refused stands at its field."""
    if not form.is_valid():
        return False
    try:
        work(form.cleaned_data)
    except Invalid as error:
        words = " ".join(part for part in map(localise, (error.what, error.next)) if part)
        form.add_error(error.field if error.field in form.fields else None, words)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, slug: str) -> HttpResponse:
    """Electricity, heat, ways and packing of the house, month by month."""
    centre = _enter(request, slug, USE)
    form = UseForm(request.POST or None, initial={"month": f"{now().astimezone(centre.tz):%Y-%m}"})
    if request.method == "POST" and _attempt(form, lambda data: _record(request, centre, data)):
        messages.success(request, _("Recorded."))
        return redirect("flows_own", slug=slug)
    lines = ask.own_lines([centre], FOREVER)
    context = {
        "form": form,
        "may_record": may(viewer_of(request), USE, centre),
        "lines": lines,
        "total": show.range_text(show.total(lines)),
        "chart": show.own_chart(lines),
        "table": show.own_table(lines),
    }
    return render(request, "flows/own.html", context, status=422 if form.errors else 200)


def _record(request: HttpRequest, centre: Centre, data: dict[str, Any]) -> object:
    return services.record_use(ctx_of(request, centre), centre=centre, **data)


@require_http_methods(["GET", "HEAD", "POST"])
def baselines(request: HttpRequest, slug: str) -> HttpResponse:
    """How it was before the house opened."""
    centre = _enter(request, slug, BASELINE)
    form = BaselineForm(request.POST or None)
    if request.method == "POST" and _attempt(form, lambda data: _before(request, centre, data)):
        messages.success(request, _("Recorded."))
        return redirect("flows_baselines", slug=slug)
    context = {
        "form": form,
        "may_record": may(viewer_of(request), BASELINE, centre),
        "cards": show.baseline_cards(ask.baselines([centre])),
    }
    return render(request, "flows/baselines.html", context, status=422 if form.errors else 200)


def _before(request: HttpRequest, centre: Centre, data: dict[str, Any]) -> object:
    return services.record_baseline(
        ctx_of(request, centre),
        centre=centre,
        kind=data["kind"],
        unit=words_from(data, "unit"),
        value=data["value"],
        as_of=data["as_of"],
        source=words_from(data, "source"),
        note=data["note"],
    )


@require_POST
def withdraw(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = _enter(request, slug, BASELINE)
    found = ask.baseline_by_id(centre, public_id)
    services.withdraw_baseline(ctx_of(request, centre), baseline=found)
    messages.success(request, _("It is shown no more."))
    return redirect("flows_baselines", slug=slug)
