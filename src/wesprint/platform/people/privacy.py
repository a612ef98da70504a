"""What rooms know about a person: how it is handed out, and how it is erased."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wesprint.kernel.context import Ctx
from wesprint.platform.people.models import Person


@dataclass(frozen=True, slots=True)
class Block:
    """A law that forbids erasing before a day: until when, and its paragraph."""

    until: date
    because: str


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One kind of personal data of one room.

    export: Person -> JSON for "my data". erase: called inside the erasing command.
    block: a legal reason to keep it for now, or None. last_used: when the room last needed
    the person; the retention job forgets whom no room has needed for long. office: whether
    the office may hand it out too; False for what only the owner of an account may read.
    """

    name: str
    export: Callable[[Person], Any]
    erase: Callable[[Ctx, Person], None]
    block: Callable[[Person], Block | None] = lambda _person: None
    last_used: Callable[[Person], datetime | None] = lambda _person: None
    office: bool = True


_registered: dict[str, PersonalData] = {}


def register(data: PersonalData) -> None:
    _registered[data.name] = data


def registered() -> tuple[PersonalData, ...]:
    return tuple(_registered.values())
