"""One's own account: who I am here, my data, erase me, the demo's doors."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wesprint.apps.account import selectors, services
from wesprint.apps.account.forms import AddressForm, ConsentForm, EraseForm, LanguageForm
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import centres
from wesprint.platform.people import services as people
from wesprint.platform.people.models import Person, User
from wesprint.platform.people.selectors import consents_of
from wesprint.platform.people.services.consents import confirmation_for
from wesprint.web.demo import demo_here
from wesprint.web.http import SignInNeeded, ctx_of, not_found, path_back, viewer_of
from wesprint.web.rooms import first_page

View = Callable[[HttpRequest], HttpResponse]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def proven(view: View) -> View:
    """Only for whoever showed password, passkey or code again a short while ago."""
    return cast("View", reauthentication_required(view))


def proven_to_send(view: View) -> View:
    """The page is open to its owner; its form asks for the proof and then goes on by itself."""
    return cast("View", reauthentication_required(view, allow_get=True))


def own_user(request: HttpRequest) -> User:
    """The account that is signed in; a badge at a shared tablet does not open it."""
    viewer = viewer_of(request)
    if viewer.user is None:
        raise SignInNeeded(_("Please sign in first."))
    return viewer.user


@never_cache
@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    user = own_user(request)
    form = LanguageForm(request.POST or None, initial={"locale": user.locale})
    if request.method == "POST" and form.is_valid():
        people.set_locale(ctx_of(request), user=user, locale=form.cleaned_data["locale"])
        messages.success(request, _("We write to you in this language from now on."))
        return redirect("account_overview")
    context = {"form": form, "known": selectors.known_of(user, now().date()), "account": user}
    return render(request, "account_room/overview.html", context)


@never_cache
@require_GET
def data(request: HttpRequest) -> HttpResponse:
    user = own_user(request)
    persons = Person.objects.filter(user=user).select_related("organisation")
    entries = [
        {
            "person": person,
            "consents": consents_of(person),
            "form": AddressForm(initial={"email": person.email}),
        }
        for person in persons.order_by("pk")
    ]
    return render(request, "account_room/data.html", {"entries": entries, "account": user})


@never_cache
@require_GET
@proven
def download(request: HttpRequest) -> HttpResponse:
    """Everything as one JSON file (art. 15 and 20 GDPR), for whoever just proved to be its owner:
    a colleague at an open browser is none."""
    user = own_user(request)
    mine = {**people.my_data(user), "sign_ins": selectors.sign_ins(user)}
    body = json.dumps(mine, ensure_ascii=False, indent=2)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meine-daten.json"'
    return response


@require_POST
def withdraw_consent(request: HttpRequest, person_id: str) -> HttpResponse:
    person = _own_person(request, person_id)
    form = ConsentForm(request.POST)
    if form.is_valid() and form.cleaned_data["purpose"] in consents_of(person):
        people.record_consent(
            ctx_of(request, scope=person.organisation.scope),
            person=person,
            purpose=form.cleaned_data["purpose"],
            given=False,
            wording="withdrawn in the account",
        )
        messages.success(request, _("Withdrawn. It counts from now on."))
    return redirect("account_data")


@require_POST
def change_address(request: HttpRequest, person_id: str) -> HttpResponse:
    person = _own_person(request, person_id)
    form = AddressForm(request.POST)
    if form.is_valid():
        ctx = ctx_of(request, scope=person.organisation.scope)
        email = form.cleaned_data["email"]
        services.ask_to_confirm(ctx, person=person, email=email, purpose="contact")
        messages.success(request, _("A letter with a link is on its way."))
    else:
        messages.error(request, _("This is not an e-mail address."))
    return redirect("account_data")


def _own_person(request: HttpRequest, person_id: str) -> Person:
    user = own_user(request)
    person = Person.objects.filter(user=user, public_id=person_id).first()
    if person is None:
        raise not_found()
    return person


@never_cache
@require_http_methods(["GET", "POST"])
@proven_to_send
def erase(request: HttpRequest) -> HttpResponse:
    """Accounts of the demo have no password, so nothing is asked of them."""
    user = own_user(request)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.erase_me(ctx_of(request), user_id=user.public_id)
        logout(request)
        messages.success(request, _("Your data are erased. Thank you for having been here."))
        return redirect("account_login")
    persons = Person.objects.filter(user=user).select_related("organisation")
    stays = [(person.organisation, people.what_stays(person)) for person in persons]
    context = {"form": form, "stays": [entry for entry in stays if entry[1]]}
    return render(request, "account_room/erase.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """Double opt-in. The link only shows a button: programs that look at links in letters
    must not confirm in somebody's place."""
    row = confirmation_for(secret)
    if request.method == "POST":
        people.confirm_email(ctx_of(request, scope=row.person.organisation.scope), secret=secret)
        return render(request, "account_room/confirmed.html", {"confirmation": row})
    return render(request, "account_room/confirm.html", {"confirmation": row})


@never_cache
@require_http_methods(["GET", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """One click for each role; exists in a demo only."""
    if not demo_here():
        raise Http404
    day = now().date()
    houses = [(centre, selectors.demo_choices(centre, day)) for centre in centres()]
    operator = selectors.demo_operator()
    if request.method == "POST":
        return _enter(request, houses, operator)
    context = {"houses": houses, "operator": operator, "leads_to": request.GET.get("next", "")}
    return render(request, "account_room/demo.html", context)


def _enter(
    request: HttpRequest,
    houses: list[tuple[Centre, tuple[selectors.DemoChoice, ...]]],
    operator: selectors.DemoChoice | None,
) -> HttpResponse:
    doors = {
        (at.slug, one.role): (one, reverse(first_page(one.role), args=[at.slug]))
        for at, here in houses
        for one in here
    }
    if operator is not None:
        doors["", operator.role] = (operator, "/")
    door = doors.get((request.POST.get("centre", ""), request.POST.get("role", "")))
    if door is None:
        raise not_found()
    choice, home = door
    login(request, User.objects.get(public_id=choice.user_id), backend=BACKEND)
    return redirect(path_back(request, request.POST.get("next", ""), home))
