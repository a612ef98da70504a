"""`wesprint user`: accounts and roles, for whoever runs the installation."""

from __future__ import annotations

import argparse
import getpass
import os
import secrets
import sys
import uuid
from typing import TYPE_CHECKING, Any

from wesprint.config.cli import output
from wesprint.config.cli.main import with_django
from wesprint.kernel.context import Actor, ActorKind, Ctx
from wesprint.kernel.errors import Conflict, Invalid, NotFound

if TYPE_CHECKING:
    from wesprint.platform.organisations.models import Centre, Organisation
    from wesprint.platform.people.models import User

    Place = tuple[Organisation | None, Centre | None]

OPERATOR = "operator"


def add(commands: Any) -> None:
    parser = commands.add_parser("user", help="accounts and roles")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    create = verbs.add_parser("create", help="a new account")
    create.add_argument("mail")
    create.add_argument("--name", default="", help="the person's name")
    _add_role_options(create, needed=False)
    _add_password_options(create)
    create.set_defaults(run=with_django(_create))
    role = verbs.add_parser("role", help="give an account a role")
    role.add_argument("mail")
    _add_role_options(role, needed=True)
    role.set_defaults(run=with_django(_role), name="")
    password = verbs.add_parser("password", help="set a new password")
    password.add_argument("mail")
    _add_password_options(password)
    password.set_defaults(run=with_django(_password))
    shown = verbs.add_parser("list", help="all accounts and their roles")
    shown.add_argument("--json", action="store_true")
    shown.set_defaults(run=with_django(_list))


def _add_role_options(parser: argparse.ArgumentParser, *, needed: bool) -> None:
    parser.add_argument(
        "--role", required=needed, default="", help="operator, or a role like staff or board"
    )
    parser.add_argument("--centre", default="", help="the house (slug) in which the role holds")
    parser.add_argument("--organisation", default="", help="or the organisation (slug), all houses")


def _add_password_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--password-stdin", action="store_true", help="read it from the input")


def cli_ctx(cause: str = "") -> Ctx:
    """Whoever runs the command line, by the number of their account on this machine."""
    from wesprint.platform.base.clock import now

    actor = Actor(ActorKind.JOB, f"cli.{os.getuid()}")
    return Ctx(actor, "installation", str(uuid.uuid4()), now(), locale="en", cause=cause)


def _create(given: argparse.Namespace) -> None:
    from wesprint.config.cli.accounts import create_account

    place = _place(given) if given.role else None
    password, made_up = _ask_password(given)
    user = create_account(
        cli_ctx(), email=given.mail.strip().lower(), password_hash=_hash(password)
    )
    if place is not None:
        _give(user, given, place)
    output.say(f"Account {user.email} created.")
    if made_up:
        output.say(f"Its password, shown only now: {password}")


def _role(given: argparse.Namespace) -> None:
    user = _find(given.mail)
    _give(user, given, _place(given))
    output.say(f"{user.email} now has the role {given.role}.")


def _password(given: argparse.Namespace) -> None:
    from wesprint.config.cli.accounts import set_password

    user = _find(given.mail)
    password, made_up = _ask_password(given, user)
    set_password(cli_ctx(), user=user, password_hash=_hash(password))
    output.say(f"The password of {user.email} was changed.")
    if made_up:
        output.say(f"The new one, shown only now: {password}")


def _list(given: argparse.Namespace) -> None:
    from wesprint.platform.people.models import User

    rows = [_described(user) for user in User.objects.order_by("email")]
    lines = [f"{row['mail']}  {', '.join(row['roles']) or '-'}" for row in rows]
    output.report({"accounts": rows}, "\n".join(lines) or "No accounts yet.", as_json=given.json)


def _described(user: User) -> dict[str, Any]:
    from wesprint.platform.people.models import Role

    held = Role.objects.filter(person__user=user, until__isnull=True)
    roles = [
        f"{role.role} ({role.centre.slug if role.centre else role.organisation.slug})"
        for role in held.select_related("centre", "organisation").order_by("role", "pk")
    ]
    first = [OPERATOR] if user.is_operator else []
    return {"mail": user.email, "active": user.is_active, "roles": [*first, *roles]}


def _find(mail: str) -> User:
    from wesprint.platform.people.models import User

    try:
        return User.objects.get(email=mail.strip().lower())
    except User.DoesNotExist:
        raise NotFound(f"There is no account {mail}.", next="See `wesprint user list`.") from None


def _give(user: User, given: argparse.Namespace, place: Place) -> None:
    from wesprint.config.cli.accounts import make_operator
    from wesprint.platform.base.clock import now
    from wesprint.platform.people.services import give_role, person_for

    organisation, centre = place
    if organisation is None:
        make_operator(cli_ctx(), user=user)
        return
    person = person_for(cli_ctx(), user=user, organisation=organisation, name=given.name)
    give_role(cli_ctx(), person=person, role=given.role, since=now().date(), centre=centre)


def _place(given: argparse.Namespace) -> Place:
    """Where the role holds: a house with the organisation that runs it, an organisation, or the
    whole installation (neither). Asked before anything is made."""
    from wesprint.platform.organisations.models import Centre, CentreRelation, Organisation
    from wesprint.platform.people.models import RoleName

    if given.role == OPERATOR:
        return None, None
    if given.role not in RoleName.values:
        raise Invalid(
            f"There is no role {given.role}.",
            kept="Nothing was changed.",
            next=f"Choose {OPERATOR} or one of {', '.join(RoleName.values)}.",
        )
    if given.centre:
        centre = Centre.objects.filter(slug=given.centre).first()
        runs = CentreRelation.objects.filter(centre=centre, kind="operator", until__isnull=True)
        relation = runs.select_related("organisation").first() if centre else None
        if relation is None:
            raise NotFound(f"There is no house {given.centre} that somebody runs.")
        return relation.organisation, centre
    found = Organisation.objects.filter(slug=given.organisation).first()
    if found is None:
        raise Invalid("Say where the role holds: --centre SLUG or --organisation SLUG.")
    return found, None


def _ask_password(given: argparse.Namespace, user: User | None = None) -> tuple[str, bool]:
    """The password, and whether we made it up."""
    if given.password_stdin:
        return _checked(sys.stdin.readline().rstrip("\n"), user), False
    if not sys.stdin.isatty():
        return secrets.token_urlsafe(12), True
    first = getpass.getpass("New password: ")
    if first != getpass.getpass("Once more: "):
        raise Conflict("The two passwords differ.", kept="Nothing was changed.")
    return _checked(first, user), False


def _checked(password: str, user: User | None) -> str:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), kept="Nothing was changed.") from None
    return password


def _hash(password: str) -> str:
    """Commands keep a digest of their arguments, so they only ever see the slow hash."""
    from django.contrib.auth.hashers import make_password

    return make_password(password)
