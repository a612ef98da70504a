"""Office: what the house has stored of somebody; to look at, hand out, change and erase.

Nothing personal stands in an address, and nothing is shown without a reason: every look is a
form that carries its cause.
"""

from __future__ import annotations

import json

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wesprint.apps.account import known
from wesprint.apps.account.forms import (
    CauseForm,
    ContactForm,
    EraseKnownForm,
    FindForm,
    put_error,
)
from wesprint.apps.account.views.common import enter_work, operator_or_404, require_key_to
from wesprint.kernel.errors import DomainError, Invalid
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people import services as people
from wesprint.platform.people.models import Person
from wesprint.platform.people.rules import may
from wesprint.platform.people.selectors import known_people
from wesprint.web.http import ctx_of, not_found, viewer_of

READ, WRITE = "account.view_people_data", "account.manage_people_data"


def _person(centre: Centre, public_id: str) -> Person:
    people_here = known_people(operator_or_404(centre)).select_related("organisation", "agent")
    person = people_here.filter(public_id=public_id).first()
    if person is None:
        raise not_found()
    return person


@never_cache
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, READ)
    organisation = operator_or_404(centre)
    form = FindForm(request.POST or None)
    found: list[Person] | None = None
    if request.method == "POST" and form.is_valid():
        ctx, text = ctx_of(request, centre), form.cleaned_data["text"]
        ids = known.find(ctx, organisation=organisation, text=text)
        found = list(known_people(organisation).filter(pk__in=ids).order_by("name", "pk"))
    context = {"centre": centre, "form": form, "found": found}
    status = 422 if form.errors else 200
    return render(request, "account_room/known_people.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, slug: str, person_id: str) -> HttpResponse:
    """GET asks for the reason and tells nothing; with it, POST shows what is stored."""
    centre = enter_work(request, slug, READ)
    person = _person(centre, person_id)
    form = CauseForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        context = {"centre": centre, "form": form}
        status = 422 if form.errors else 200
        return render(request, "account_room/known_cause.html", context, status=status)
    known.look_at(ctx_of(request, centre), person=person)
    return _page(request, centre, person)


def _page(
    request: HttpRequest,
    centre: Centre,
    person: Person,
    *,
    contact: Form | None = None,
    erasing: Form | None = None,
) -> HttpResponse:
    fields = ("name", "phone", "email", "letter")
    context = {
        "centre": centre,
        "person": person,
        "cause": request.POST.get("cause", ""),
        "stored": _as_json(person),
        "stays": people.what_stays(person),
        "contact": contact or ContactForm(initial={name: getattr(person, name) for name in fields}),
        "erasing": erasing or EraseKnownForm(),
        "may_change": may(viewer_of(request), WRITE, centre),
    }
    return render(request, "account_room/known_person.html", context)


def _as_json(person: Person) -> str:
    return json.dumps(people.person_data(person), ensure_ascii=False, indent=2)


@never_cache
@require_POST
def hand_out(request: HttpRequest, slug: str, person_id: str) -> HttpResponse:
    centre = enter_work(request, slug, READ)
    person = _person(centre, person_id)
    _require_cause(request)
    known.hand_out(ctx_of(request, centre), person=person)
    response = HttpResponse(_as_json(person), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="daten-{person.public_id}.json"'
    return response


@never_cache
@require_POST
def change(request: HttpRequest, slug: str, person_id: str) -> HttpResponse:
    centre = enter_work(request, slug, WRITE)
    person = _person(centre, person_id)
    _require_cause(request)
    require_key_to(request, centre, person)
    form = ContactForm(request.POST)
    if form.is_valid():
        try:
            known.change_contact(ctx_of(request, centre), person=person, **form.cleaned_data)
        except DomainError as error:
            put_error(form, error)
        else:
            messages.success(request, _("The new contact data count from now on."))
            return redirect("known_people", slug)
    return _page(request, centre, person, contact=form)


@never_cache
@require_POST
def erase(request: HttpRequest, slug: str, person_id: str) -> HttpResponse:
    centre = enter_work(request, slug, WRITE)
    person = _person(centre, person_id)
    _require_cause(request)
    form = EraseKnownForm(request.POST)
    if form.is_valid():
        try:
            left = known.erase(ctx_of(request, centre), person=person)
        except DomainError as error:
            put_error(form, error)
        else:
            messages.success(request, _erased(left))
            return redirect("known_people", slug)
    return _page(request, centre, person, erasing=form)


def _erased(person: Person) -> str:
    if person.blocked_until is None:
        return _("The data are erased.")
    return _("The data are erased but for what the law keeps until %(day)s.") % {
        "day": person.blocked_until.strftime("%d.%m.%Y")
    }


def _require_cause(request: HttpRequest) -> None:
    """Pages carry it along; without it nothing is shown again either."""
    if not request.POST.get("cause", "").strip():
        raise Invalid(_("Please say why."), kept=_("Nothing was changed."), field="cause")
