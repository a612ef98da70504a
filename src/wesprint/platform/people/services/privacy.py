"""My data, erase me, and forgetting people whom nothing ties to the house any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import NotFound
from wesprint.platform.audit.models import AuditEntry
from wesprint.platform.commands.services import changed, command, running_command
from wesprint.platform.people.models import EmailConfirmation, Person, User
from wesprint.platform.people.privacy import registered
from wesprint.platform.people.selectors import active_roles


@dataclass(frozen=True, slots=True)
class Stays:
    """What a law keeps for now: which kind of data, until which day, by which paragraph."""

    name: str
    until: date
    because: str


def what_stays(person: Person) -> tuple[Stays, ...]:
    """Asked before erasing, so that people know what to expect."""
    found = []
    for data in registered():
        block = data.block(person)
        if block is not None:
            found.append(Stays(data.name, block.until, block.because))
    return tuple(found)


@command("people.erase_person")
def erase_person(ctx: Ctx, *, person: Person) -> Person:
    """Personal data gone; what a law keeps is blocked until its day and erased then by the
    retention job. The ledger is not touched: dropping the agent's salt makes the person
    unrecognisable in it. Erasing again changes nothing."""
    if person.erased_at is not None:
        return person
    stays = what_stays(person)
    kept = {entry.name for entry in stays}
    for data in registered():
        if data.name not in kept:
            data.erase(ctx, person)
    _cut_ties(person)
    if stays:
        return _block(person, stays)
    return _empty(person)


def _cut_ties(person: Person) -> None:
    person.badges.all().delete()
    person.roles.all().delete()
    person.confirmations.all().delete()
    person.user = None
    person.phone = person.email = person.locale = ""


def _block(person: Person, stays: tuple[Stays, ...]) -> Person:
    """Name and letter address stay for the law's sake, out of everybody's sight."""
    person.blocked_until = max(entry.until for entry in stays)
    person.blocked_because = "; ".join(dict.fromkeys(entry.because for entry in stays))[:200]
    person.save()
    changed(person, "phone", "email", "user", "blocked_until")
    return person


def _empty(person: Person) -> Person:
    person.name = person.letter = person.blocked_because = ""
    person.blocked_until = None
    person.erased_at = running_command().recorded_at
    person.save()
    person.agent.salt = ""
    person.agent.save(update_fields=["salt"])
    changed(person, "name", "phone", "email", "letter", "user")
    return person


@command("people.erase_account")
def erase_account(ctx: Ctx, *, user_id: str) -> None:
    """The account with its ways to sign in, and the person in every organisation."""
    user = User.objects.filter(public_id=user_id).first()
    if user is None:
        raise NotFound(_("This account does not exist any more."))
    for person in Person.objects.filter(user=user):
        erase_person(ctx, person=person)
    changed(user, "account")
    user.delete()


@command("people.forget_untied")
def forget_untied(ctx: Ctx, *, untied_since: datetime, today: date) -> int:
    """Erase people whom nothing has tied to the house since a moment, lift blocks whose day
    has come, drop links that nobody opened. Returns how many people were erased."""
    erased = 0
    for person in _forgettable(untied_since, today):
        erase_person(ctx, person=person)
        erased += 1
    month_ago = running_command().recorded_at - timedelta(days=30)
    EmailConfirmation.objects.filter(confirmed_at__isnull=True, expires_at__lt=month_ago).delete()
    return erased


def _forgettable(untied_since: datetime, today: date) -> Iterator[Person]:
    yield from Person.objects.filter(erased_at__isnull=True, blocked_until__lt=today)
    candidates = Person.objects.filter(
        erased_at__isnull=True,
        blocked_until__isnull=True,
        user__isnull=True,
        created_at__lt=untied_since,
    ).exclude(roles__in=active_roles(untied_since.date()))
    for person in candidates.exclude(roles__in=active_roles(today)):
        if not any(_used_since(data.last_used(person), untied_since) for data in registered()):
            yield person


def _used_since(used: datetime | None, moment: datetime) -> bool:
    return used is not None and used >= moment


def my_data(user: User) -> dict[str, Any]:
    """Everything that is known of the owner of an account, as JSON (art. 15 and 20 GDPR)."""
    persons = list(Person.objects.filter(user=user).select_related("organisation", "agent"))
    return {
        "account": {
            "id": user.public_id,
            "email": user.email,
            "language": user.locale,
            "created_at": user.created_at.isoformat(),
            "last_sign_in": user.last_login.isoformat() if user.last_login else None,
        },
        "persons": [_person_data(person) for person in persons],
        "trail": _trail([user.public_id, *(person.public_id for person in persons)]),
    }


def person_data(person: Person) -> dict[str, Any]:
    """What one organisation knows of somebody, as JSON for the office to hand out: for people
    without an account, who cannot ask for it themselves. Letters are left out."""
    return {
        "person": _person_data(person, office=True),
        "trail": _trail([person.public_id]),
    }


def _person_data(person: Person, *, office: bool = False) -> dict[str, Any]:
    return {
        "id": person.public_id,
        "organisation": person.organisation.name,
        "name": person.name,
        "phone": person.phone,
        "email": person.email,
        "letter": person.letter,
        "known_since": person.created_at.isoformat(),
        "ledger_agent": person.agent.public_id,
        "roles": [
            {
                "role": role.role,
                "centre": role.centre.name if role.centre else None,
                "since": role.since.isoformat(),
                "until": role.until.isoformat() if role.until else None,
            }
            for role in person.roles.select_related("centre").order_by("since", "pk")
        ],
        "consents": [
            {
                "purpose": consent.purpose,
                "given": consent.given,
                "wording": consent.wording,
                "at": consent.at.isoformat(),
            }
            for consent in person.consents.order_by("at", "pk")
        ],
        "badges": [
            {
                "issued_at": badge.issued_at.isoformat(),
                "revoked_at": badge.revoked_at.isoformat() if badge.revoked_at else None,
            }
            for badge in person.badges.order_by("issued_at", "pk")
        ],
        "rooms": {
            data.name: data.export(person) for data in registered() if data.office or not office
        },
    }


def _trail(idents: list[str]) -> list[dict[str, Any]]:
    """What was done under these ids, and what others did to them."""
    own = Q()
    for ident in idents:
        own |= Q(actor=f"person:{ident}") | Q(actor__startswith=f"person:{ident}@")
    entries = AuditEntry.objects.filter(own).order_by("recorded_at", "pk")
    return [
        {
            "at": entry.recorded_at.isoformat(),
            "what": entry.command,
            "where": entry.scope,
            "cause": entry.cause,
        }
        for entry in entries.iterator()
    ]
