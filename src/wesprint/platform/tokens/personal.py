"""What the tokens say about their owner."""

from __future__ import annotations

from typing import Any

from wesprint.kernel.context import Ctx
from wesprint.platform.commands.services import changed, running_command
from wesprint.platform.people.models import Person
from wesprint.platform.people.privacy import PersonalData
from wesprint.platform.tokens.models import Token


def _export(person: Person) -> Any:
    rows = Token.objects.filter(owner=person).order_by("created_at", "pk")
    return [
        {
            "name": token.name,
            "scopes": token.scopes,
            "created_at": token.created_at.isoformat(),
            "expires_on": token.expires_on.isoformat(),
            "last_used_on": token.last_used_on.isoformat() if token.last_used_on else None,
        }
        for token in rows
    ]


def _erase(ctx: Ctx, person: Person) -> None:
    """The keys end with their owner; that there were some stays on the trail."""
    rows = Token.objects.filter(owner=person)
    rows.filter(revoked_at__isnull=True).update(revoked_at=running_command().recorded_at)
    if rows.update(owner=None, name="–"):
        changed(person, "tokens")


PERSONAL = [PersonalData("tokens.tokens", _export, _erase)]
