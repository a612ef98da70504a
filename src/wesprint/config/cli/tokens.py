"""`wesprint token`: keys for programs, made and taken back from the command line."""

from __future__ import annotations

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from wesprint.config.cli import output
from wesprint.config.cli.main import with_django
from wesprint.config.cli.users import cli_ctx
from wesprint.kernel.errors import NotFound

if TYPE_CHECKING:
    from wesprint.platform.people.models import Person
    from wesprint.platform.tokens.models import Token


def add(commands: Any) -> None:
    parser = commands.add_parser("token", help="keys for programs")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    make = verbs.add_parser("make", help="a new key; its secret is printed once")
    make.add_argument("--owner", required=True, metavar="EMAIL", help="it may no more than they")
    make.add_argument("--organisation", required=True, metavar="SLUG")
    make.add_argument("--centre", metavar="SLUG", help="only this house (all of the organisation)")
    make.add_argument("--name", required=True, help="which program it is for")
    make.add_argument("--scope", action="append", required=True, help="as `token scopes` lists")
    make.add_argument("--days", type=int, default=90, help="runs out after (90)")
    make.add_argument("--json", action="store_true")
    make.set_defaults(run=with_django(_make))
    scopes = verbs.add_parser("scopes", help="what keys can be made for")
    scopes.set_defaults(run=with_django(_scopes))
    shown = verbs.add_parser("list", help="all keys, without their secrets")
    shown.add_argument("--json", action="store_true")
    shown.set_defaults(run=with_django(_list))
    revoke = verbs.add_parser("revoke", help="it opens nothing from now on")
    revoke.add_argument("id", help="as `wesprint token list` shows it")
    revoke.set_defaults(run=with_django(_revoke))


def _make(given: argparse.Namespace) -> None:
    from wesprint.platform.organisations.models import Centre
    from wesprint.platform.tokens.services import make_token

    centre = Centre.objects.filter(slug=given.centre).first() if given.centre else None
    if given.centre and centre is None:
        raise NotFound(f"There is no house {given.centre}.")
    ctx = cli_ctx("made on the command line")
    token, secret = make_token(
        ctx,
        owner=_owner(given.owner, given.organisation),
        name=given.name,
        scopes=tuple(given.scope),
        expires_on=ctx.occurred_at.date() + timedelta(days=given.days),
        centre=centre,
    )
    answer = {"id": token.public_id, "secret": secret, "expires_on": token.expires_on}
    output.report(answer, secret, as_json=given.json)


def _owner(email: str, organisation: str) -> Person:
    from wesprint.platform.people.models import Person

    rows = Person.objects.filter(user__email=email.lower(), organisation__slug=organisation)
    owner = rows.select_related("organisation").first()
    if owner is None:
        raise NotFound(f"{organisation} knows nobody with the account {email}.")
    return owner


def _scopes(given: argparse.Namespace) -> None:
    from wesprint.platform.tokens.scopes import declared

    for scope in declared():
        output.say(f"{scope.name}  {scope.label}")


def _list(given: argparse.Namespace) -> None:
    from wesprint.platform.base.clock import now
    from wesprint.platform.tokens.models import Token

    day = now().date()
    rows = Token.objects.select_related("organisation", "centre").order_by("pk")
    found = [_row(token, day) for token in rows]
    lines = ["  ".join(str(value) for value in row.values()) for row in found]
    output.report({"tokens": found}, "\n".join(lines) or "No keys.", as_json=given.json)


def _row(token: Token, day: Any) -> dict[str, Any]:
    from wesprint.platform.tokens.selectors import state_of

    return {
        "id": token.public_id,
        "name": token.name,
        "organisation": token.organisation.slug,
        "centre": token.centre.slug if token.centre else "all",
        "scopes": ",".join(token.scopes),
        "expires_on": token.expires_on.isoformat(),
        "last_used_on": token.last_used_on.isoformat() if token.last_used_on else "never",
        "state": state_of(token, day),
    }


def _revoke(given: argparse.Namespace) -> None:
    from wesprint.platform.tokens.models import Token
    from wesprint.platform.tokens.services import revoke_token

    token = Token.objects.filter(public_id=given.id.upper()).first()
    if token is None:
        raise NotFound(f"There is no key {given.id}.")
    revoke_token(cli_ctx("taken back on the command line"), token=token)
    output.say(f"Key {token.public_id} taken back.")
