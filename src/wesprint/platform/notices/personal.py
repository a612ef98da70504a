"""Letters are personal data: handed out with "my data", gone with "erase me"."""

from __future__ import annotations

from typing import Any

from wesprint.kernel.context import Ctx
from wesprint.platform.notices import services
from wesprint.platform.notices.selectors import letters_to
from wesprint.platform.people.models import Person
from wesprint.platform.people.privacy import PersonalData


def _addresses(person: Person) -> list[str]:
    own = [person.email, person.user.email if person.user else ""]
    return sorted({address for address in own if address})


def _export(person: Person) -> list[dict[str, Any]]:
    return [letter for address in _addresses(person) for letter in letters_to(address)]


def _erase(ctx: Ctx, person: Person) -> None:
    for address in _addresses(person):
        services.purge_address(address)


# Letters may hold links that open an account, and come from other organisations too.
LETTERS = PersonalData("letters", _export, _erase, office=False)
