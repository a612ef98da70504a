"""What somebody agreed to, and whether an e-mail address is really theirs (double opt-in)."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, NotFound
from wesprint.platform.base.clock import now
from wesprint.platform.commands.services import changed, command, running_command
from wesprint.platform.people.models import Consent, EmailConfirmation, Person
from wesprint.platform.people.secrets import derived_secret, secret_hash

LINK_VALID = timedelta(days=3)
NOTHING_CHANGED = _("Nothing was changed.")


@command("people.record_consent")
def record_consent(ctx: Ctx, *, person: Person, purpose: str, given: bool, wording: str) -> Consent:
    """One more row in the log: `wording` is what stood on the page or was read aloud."""
    consent = Consent.objects.create(
        person=person,
        purpose=purpose,
        given=given,
        wording=wording[:500],
        at=running_command().recorded_at,
    )
    changed(person, f"consent.{purpose}")
    return consent


def ask_to_confirm(ctx: Ctx, *, person: Person, email: str, purpose: str) -> str:
    """The secret for a link to that address; only its hash is kept. Not a command itself, so
    that the secret is not kept as an answer: call it inside the one that sends the letter."""
    email = email.strip().lower()
    secret = derived_secret(f"{ctx.scope}/{ctx.key}/{person.public_id}/{email}", "confirm", 32)
    _ask(
        ctx,
        person=person,
        email=email,
        purpose=purpose,
        secret_hash=secret_hash(secret, "confirm"),
    )
    return secret


@command("people.ask_to_confirm")
def _ask(ctx: Ctx, *, person: Person, email: str, purpose: str, secret_hash: str) -> None:
    asked_at = running_command().recorded_at
    EmailConfirmation.objects.get_or_create(
        secret_hash=secret_hash,
        defaults={
            "person": person,
            "email": email,
            "purpose": purpose,
            "asked_at": asked_at,
            "expires_at": asked_at + LINK_VALID,
        },
    )
    changed(person, "confirmation")


def confirmation_for(secret: str) -> EmailConfirmation:
    """What a link stands for. NotFound when unknown or expired, Conflict when used."""
    row = (
        EmailConfirmation.objects.select_related("person")
        .filter(secret_hash=secret_hash(secret, "confirm"))
        .first()
    )
    if row is None or row.expires_at <= now():
        raise NotFound(
            _("This link has expired or is incomplete."),
            kept=NOTHING_CHANGED,
            next=_("Please ask for a new one where you gave your address."),
        )
    if row.confirmed_at is not None:
        raise _used()
    return row


def confirm_email(ctx: Ctx, *, secret: str) -> Person:
    """The owner opened the link: the address counts from now on. Works once; raises as
    `confirmation_for`."""
    return _confirm(ctx, confirmation=confirmation_for(secret))


@command("people.confirm_email")
def _confirm(ctx: Ctx, *, confirmation: EmailConfirmation) -> Person:
    row = EmailConfirmation.objects.select_for_update().get(pk=confirmation.pk)
    if row.confirmed_at is not None:
        raise _used()
    row.confirmed_at = running_command().recorded_at
    row.save(update_fields=["confirmed_at"])
    person = row.person
    person.email = row.email
    person.save(update_fields=["email"])
    changed(person, "email")
    record_consent(
        ctx, person=person, purpose=row.purpose, given=True, wording="double opt-in by e-mail"
    )
    return person


def _used() -> Conflict:
    return Conflict(_("This address is confirmed already."), next=_("There is nothing to do."))
