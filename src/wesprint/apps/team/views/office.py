"""The catalogue of learning steps, and the figures of the team."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wesprint.apps.team import services
from wesprint.apps.team.forms import RuleForm, StepForm
from wesprint.apps.team.presenters import engagements as show
from wesprint.apps.team.selectors import steps as ask_steps
from wesprint.apps.team.selectors.figures import figures as ask_figures
from wesprint.apps.team.selectors.norms import figures_from, norms_on
from wesprint.apps.team.views.common import LEAD, today_in
from wesprint.platform.organisations.models import Centre
from wesprint.web.handling import attempt, enter_work, mended
from wesprint.web.http import ctx_of, may_send

FIGURES, RULES = "team.view_figures", "team.set_rules"


@require_http_methods(["GET", "HEAD", "POST"])
def steps(request: HttpRequest, slug: str) -> HttpResponse:
    """What can be learned here; POST adds to it."""
    centre = enter_work(request, slug, LEAD)
    form = StepForm(request.POST or None)
    if request.method == "POST" and attempt(form, lambda: _add(request, centre, form)):
        messages.success(request, _("The step is in the catalogue."))
        return redirect("team_steps", slug)
    found = ask_steps.catalogue(centre)
    context = {
        "areas": show.areas([(step, None) for step in found]),
        "known_areas": show.known_areas(found),
    }
    return mended(request, "team/steps.html", context, form)


def _add(request: HttpRequest, centre: Centre, form: StepForm) -> object:
    return services.add_step(ctx_of(request, centre), centre=centre, **form.cleaned_data)


@require_POST
def retire(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, LEAD)
    step = ask_steps.step_by_id(centre, public_id)
    services.retire_step(ctx_of(request, centre), step=step)
    messages.success(request, _("The step is no longer learned here; who reached it keeps it."))
    return redirect("team_steps", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: HttpRequest, slug: str) -> HttpResponse:
    """Only what speaks of at least five people; POST asks for more of them."""
    centre = enter_work(request, slug, FIGURES, RULES)
    form = RuleForm(
        request.POST or None, initial={"people": figures_from(centre, today_in(centre))}
    )
    if request.method == "POST" and attempt(form, lambda: _rule(request, centre, form)):
        messages.success(request, _("The rule holds from today on."))
        return redirect("team_figures", slug)
    context = _figures(centre) | {"may": may_send(request, RULES, centre)}
    return mended(request, "team/figures.html", context, form)


def _rule(request: HttpRequest, centre: Centre, form: RuleForm) -> object:
    people = form.cleaned_data["people"]
    return services.set_figures_from(ctx_of(request, centre), centre=centre, people=people)


def _figures(centre: Centre) -> dict[str, Any]:
    today = today_in(centre)
    found = ask_figures(centre, today)
    return {
        "least": found.least,
        "source": norms_on(today)["figures-from-people"].source,
        "anything": show.anything(found),
        "chart": show.hours_chart(found),
        "table": show.hours_table(found),
        "quarter": show.quarter_name(found.quarter),
        "steps": show.steps_table(found),
        "stay": show.stay_table(found),
    }
