"""Office: the people of a house, their roles, badges and PINs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wesprint.apps.account import services
from wesprint.apps.account.cards import badge_svg
from wesprint.apps.account.forms import NewMemberForm, NewPinForm, RoleForm, put_error
from wesprint.apps.account.views.common import (
    decides_on,
    enter_work,
    may_key_to,
    operator_or_404,
    require_key_to,
    today_in,
)
from wesprint.kernel.errors import DomainError
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import operators_at
from wesprint.platform.people import selectors
from wesprint.platform.people import services as people
from wesprint.platform.people.models import Person, Role, RoleName
from wesprint.web.http import ctx_of, may_send, not_found, viewer_of

READ, WRITE = "account.view_team", "account.manage_team"


def _person(centre: Centre, public_id: str) -> Person:
    """Somebody of those who run this house; owners' and tenants' people do not exist here."""
    organisations = operators_at(centre, today_in(centre))
    person = (
        Person.objects.filter(
            organisation__in=organisations, public_id=public_id, erased_at__isnull=True
        )
        .select_related("organisation", "user")
        .first()
    )
    if person is None:
        raise not_found()
    return person


@never_cache
@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, READ, WRITE)
    form = NewMemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _add(request, centre, form):
        return redirect("team", slug)
    day = today_in(centre)
    context = {
        "form": form,
        "members": _by_person(selectors.team_of(centre, day)),
        "badges": selectors.badges_of(centre, day),
        "centre": centre,
        "may_change": may_send(request, WRITE, centre),
    }
    return render(request, "account_room/team.html", context)


def _by_person(roles: tuple[Role, ...]) -> list[tuple[Person, list[Role]]]:
    found: dict[int, tuple[Person, list[Role]]] = {}
    for role in roles:
        found.setdefault(role.person_id, (role.person, []))[1].append(role)
    return list(found.values())


def _add(request: HttpRequest, centre: Centre, form: NewMemberForm) -> bool:
    given = form.cleaned_data
    try:
        services.add_member(
            ctx_of(request, centre),
            centre=centre,
            organisation=operator_or_404(centre),
            since=today_in(centre),
            **given,
        )
    except DomainError as error:
        put_error(form, error)
        return False
    messages.success(request, _("%(name)s is on the team now.") % {"name": given["name"]})
    return True


@never_cache
@require_GET
def member(request: HttpRequest, slug: str, person_id: str) -> HttpResponse:
    centre = enter_work(request, slug, READ)
    return _member_page(request, centre, _person(centre, person_id))


def _member_page(
    request: HttpRequest,
    centre: Centre,
    person: Person,
    *,
    role_form: RoleForm | None = None,
    pin_form: NewPinForm | None = None,
) -> HttpResponse:
    day, may_change = today_in(centre), may_send(request, WRITE, centre)
    roles = selectors.roles_of(person, day)
    context = {
        "centre": centre,
        "person": person,
        "roles": [(role, _what_stays(request, centre, role)) for role in roles],
        "may_change": may_change,
        "may_key": may_change and bool(roles) and may_key_to(request, centre, person),
        "badge": selectors.badge_of(person),
        "role_form": role_form or RoleForm(),
        "pin_form": pin_form or NewPinForm(),
    }
    return render(request, "account_room/member.html", context)


def _what_stays(request: HttpRequest, centre: Centre, role: Role) -> str:
    """Why this role cannot be withdrawn here; empty if it can."""
    if not decides_on(viewer_of(request), centre, role):
        return _("a matter of the whole organisation")
    last = role.role == RoleName.BOARD and not selectors.boards_left(
        role.organisation, today_in(centre), without=role
    )
    return _("the last on the board: give the role to somebody else first") if last else ""


@require_POST
def give_role(request: HttpRequest, slug: str, person_id: str) -> HttpResponse:
    centre = enter_work(request, slug, WRITE)
    person = _person(centre, person_id)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            people.give_role(
                ctx_of(request, centre),
                person=person,
                role=form.cleaned_data["role"],
                since=today_in(centre),
                until=form.cleaned_data["until"],
                centre=centre,
            )
        except DomainError as error:
            put_error(form, error)
        else:
            messages.success(request, _("The role counts from today on."))
            return redirect("member", slug, person_id)
    return _member_page(request, centre, person, role_form=form)


@require_POST
def withdraw_role(request: HttpRequest, slug: str, person_id: str, role_id: int) -> HttpResponse:
    centre = enter_work(request, slug, WRITE)
    person = _person(centre, person_id)
    role = Role.objects.filter(person=person, pk=role_id).first()
    if role is None or not decides_on(viewer_of(request), centre, role):
        raise not_found()
    people.withdraw_role(ctx_of(request, centre), role=role, from_day=today_in(centre))
    messages.success(request, _("The role is withdrawn."))
    return redirect("member", slug, person_id)


@never_cache
@require_POST
def issue_badge(request: HttpRequest, slug: str, person_id: str) -> HttpResponse:
    """The code is on this page and nowhere else: print it now."""
    centre = enter_work(request, slug, WRITE)
    person = _person(centre, person_id)
    if not selectors.roles_of(person, today_in(centre)):
        raise not_found()
    require_key_to(request, centre, person)
    _badge, code = people.issue_badge(ctx_of(request, centre), person=person)
    context = {"centre": centre, "person": person, "code": code, "svg": badge_svg(code)}
    return render(request, "account_room/badge.html", context)


@require_POST
def revoke_badge(request: HttpRequest, slug: str, person_id: str) -> HttpResponse:
    centre = enter_work(request, slug, WRITE)
    badge = selectors.badge_of(_person(centre, person_id))
    if badge is not None:
        people.revoke_badge(ctx_of(request, centre), badge=badge)
        messages.success(request, _("The badge no longer opens anything."))
    return redirect("member", slug, person_id)


@require_POST
def set_pin(request: HttpRequest, slug: str, person_id: str) -> HttpResponse:
    centre = enter_work(request, slug, WRITE)
    person = _person(centre, person_id)
    require_key_to(request, centre, person)
    badge = selectors.badge_of(person)
    form = NewPinForm(request.POST)
    if badge is not None and form.is_valid():
        try:
            people.set_pin(ctx_of(request, centre), badge=badge, pin=form.cleaned_data["pin"])
        except DomainError as error:
            put_error(form, error)
        else:
            messages.success(request, _("The PIN is set."))
            return redirect("member", slug, person_id)
    return _member_page(request, centre, person, pin_form=form)
