"""Making, using and revoking tokens. Secrets come in as hashes: no answer or payload of a
command, no row and no log ever holds one."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid
from wesprint.platform.base.db import write_transaction
from wesprint.platform.commands.services import changed, command, running_command
from wesprint.platform.organisations.models import Centre, Organisation
from wesprint.platform.people.models import Person
from wesprint.platform.people.secrets import derived_secret, secret_hash
from wesprint.platform.tokens.models import Token
from wesprint.platform.tokens.scopes import declared
from wesprint.platform.tokens.selectors import PURPOSE

PREFIX = "wsp_"  # so that scanners for lost secrets recognise one
LETTERS = 40
LONGEST = timedelta(days=366)
NOTHING_SAVED = _("Nothing was saved yet.")


def make_token(
    ctx: Ctx,
    *,
    owner: Person,
    name: str,
    scopes: tuple[str, ...],
    expires_on: date,
    centre: Centre | None,
) -> tuple[Token, str]:
    """The token and its secret, which is shown once. Not a command itself: the secret must not
    be kept as an answer; the same request makes the same one again."""
    secret = PREFIX + derived_secret(f"{ctx.scope}/{ctx.key}", PURPOSE, LETTERS)
    token = _make(
        ctx,
        owner=owner,
        organisation=owner.organisation,
        name=name,
        scopes=scopes,
        expires_on=expires_on,
        centre=centre,
        hashed=secret_hash(secret, PURPOSE),
    )
    return token, secret


@command("tokens.make")
def _make(
    ctx: Ctx,
    *,
    owner: Person,
    organisation: Organisation,
    name: str,
    scopes: tuple[str, ...],
    expires_on: date,
    centre: Centre | None,
    hashed: str,
) -> Token:
    _check(name, scopes)
    _check_end(expires_on, ctx.occurred_at.date())
    token = Token.objects.create(
        secret_hash=hashed,
        name=name.strip(),
        organisation=organisation,
        centre=centre,
        owner=owner,
        scopes=sorted(set(scopes)),
        created_at=running_command().recorded_at,
        expires_on=expires_on,
    )
    changed(token, "name", "scopes", "expires_on", "owner")
    return token


def _check(name: str, scopes: tuple[str, ...]) -> None:
    if not 0 < len(name.strip()) <= 60:
        raise Invalid(
            _("Please say in up to 60 characters which program the key is for."),
            kept=NOTHING_SAVED,
            field="name",
            code="token-name",
        )
    if not scopes or not set(scopes) <= {scope.name for scope in declared()}:
        raise Invalid(
            _("Please choose what the key may do."),
            kept=NOTHING_SAVED,
            next=_("Give it no more than the program needs."),
            field="scopes",
            code="token-scopes",
        )


def _check_end(expires_on: date, today: date) -> None:
    if not today <= expires_on <= today + LONGEST:
        raise Invalid(
            _("A key ends between today and a year from now."),
            kept=NOTHING_SAVED,
            field="expires_on",
            code="token-end",
        )


@command("tokens.revoke")
def revoke_token(ctx: Ctx, *, token: Token) -> Token:
    """From the next request on it opens nothing. Twice changes nothing."""
    if token.revoked_at is None:
        token.revoked_at = running_command().recorded_at
        token.save(update_fields=["revoked_at"])
        changed(token, "revoked_at")
    return token


def note_use(token: Token, day: date) -> None:
    """Once a day, beside every command: a key that nobody uses can be taken back."""
    if token.last_used_on == day:
        return
    unused = Q(last_used_on__isnull=True) | Q(last_used_on__lt=day)
    with write_transaction():
        Token.objects.filter(unused, pk=token.pk).update(last_used_on=day)
