"""People with and without account, and what they may do where and when."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid, NotFound, Refused
from wesprint.platform.agents.models import Agent, AgentKind
from wesprint.platform.commands.services import changed, command, running_command
from wesprint.platform.organisations.models import Centre, Organisation
from wesprint.platform.organisations.selectors import relations_at
from wesprint.platform.people.models import Person, Role, RoleName, User
from wesprint.platform.people.selectors import boards_left, person_of, tidy_phone

NOTHING_CHANGED = _("Nothing was changed.")


@command("people.register_person")
def register_person(
    ctx: Ctx,
    *,
    organisation: Organisation,
    name: str = "",
    phone: str = "",
    email: str = "",
    letter: str = "",
    user: User | None = None,
    locale: str = "",
) -> Person:
    """Somebody the organisation gets to know: one of name, telephone, e-mail or letter address
    is enough. Invalid without any, or for an e-mail address that cannot be one."""
    values = _tidy(name, phone, email, letter)
    if not any(values.values()):
        raise Invalid(
            _("Please give a name, a telephone number, an e-mail address or a letter address."),
            kept=_("Nothing was saved."),
            field="name",
        )
    if user is not None and person_of(user, organisation) is not None:
        raise _account_taken()
    person = Person.objects.create(
        organisation=organisation,
        agent=Agent.objects.create(kind=AgentKind.PERSON),
        user=user,
        locale=locale,
        created_at=running_command().recorded_at,
        **values,
    )
    changed(person, *(field for field, value in values.items() if value))
    return person


@command("people.change_person")
def change_person(
    ctx: Ctx, *, person: Person, name: str, phone: str = "", email: str = "", letter: str = ""
) -> Person:
    _refuse_gone(person)
    values = _tidy(name, phone, email, letter)
    if not any(values.values()):
        raise Invalid(_("At least one way to reach the person has to stay."), field="name")
    return _set(person, **values)


@command("people.link_user")
def link_user(ctx: Ctx, *, person: Person, user: User) -> Person:
    """The person known at the counter gets an account. Conflict if either is taken."""
    _refuse_gone(person)
    if person.user_id not in (None, user.pk):
        raise _account_taken()
    other = person_of(user, person.organisation)
    if other is not None and other != person:
        raise _account_taken()
    return _set(person, user=user)


@command("people.person_for")
def person_for(ctx: Ctx, *, user: User, organisation: Organisation, name: str = "") -> Person:
    """The person behind an account, made at the first contact with an organisation."""
    known = person_of(user, organisation)
    if known is not None:
        return known
    return register_person(
        ctx,
        organisation=organisation,
        name=name,
        email=user.email,
        user=user,
        locale=user.locale,
    )


@command("people.set_locale")
def set_locale(ctx: Ctx, *, user: User, locale: str) -> User:
    """The language of letters to this account."""
    user.locale = locale
    user.save(update_fields=["locale"])
    changed(user, "locale")
    return user


@command("people.give_role")
def give_role(
    ctx: Ctx,
    *,
    person: Person,
    role: str,
    since: date,
    until: date | None = None,
    centre: Centre | None = None,
) -> Role:
    """In one house, or (no centre) in all houses of the person's organisation.

    until: the last day. NotFound for a house that the organisation has nothing to do with.
    """
    _refuse_gone(person)
    if role not in RoleName.values:
        raise Invalid(_("This role is not known here."), field="role")
    if until is not None and until < since:
        raise Invalid(_("A role cannot end before it begins."), field="until")
    if centre is not None:
        _require_related(centre, person.organisation, since)
    same = Role.objects.filter(person=person, role=role, centre=centre, until__isnull=True)
    if same.exists():
        raise Conflict(_("This person has that role already."), kept=NOTHING_CHANGED)
    given = Role.objects.create(
        person=person,
        role=role,
        organisation=person.organisation,
        centre=centre,
        since=since,
        until=until,
    )
    changed(person, f"role.{role}")
    return given


@command("people.withdraw_role")
def withdraw_role(ctx: Ctx, *, role: Role, from_day: date) -> Person:
    """`from_day` is the first day without it. The last board of an organisation stays:
    nobody could give roles any more."""
    person = role.person
    if role.role == RoleName.BOARD and not boards_left(role.organisation, from_day, without=role):
        raise Refused(
            _("This is the last board role of the organisation."),
            kept=NOTHING_CHANGED,
            next=_("Give the role to somebody else first."),
        )
    changed(person, f"role.{role.role}")
    if role.since >= from_day:
        role.delete()  # it never held on a whole day
    else:
        role.until = from_day - timedelta(days=1)
        role.save(update_fields=["until"])
    return person


def _require_related(centre: Centre, organisation: Organisation, day: date) -> None:
    if not relations_at(centre, day).filter(organisation=organisation).exists():
        raise NotFound(_("This house does not belong to the organisation."), field="centre")


def _refuse_gone(person: Person) -> None:
    if person.erased_at is not None or person.blocked_until is not None:
        raise NotFound(_("This person is no longer known here."), kept=NOTHING_CHANGED)


def _account_taken() -> Conflict:
    return Conflict(
        _("This account already belongs to a person of this organisation."), kept=NOTHING_CHANGED
    )


def _tidy(name: str, phone: str, email: str, letter: str) -> dict[str, str]:
    email = email.strip().lower()
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise Invalid(
                _("This is not an e-mail address."), kept=_("Nothing was saved."), field="email"
            ) from error
    return {
        "name": " ".join(name.split())[:120],
        "phone": tidy_phone(phone)[:40],
        "email": email,
        "letter": letter.strip()[:300],
    }


def _set(person: Person, **values: object) -> Person:
    different = [name for name, value in values.items() if getattr(person, name) != value]
    for name in different:
        setattr(person, name, values[name])
    if different:
        person.save(update_fields=different)
        changed(person, *different)
    return person
