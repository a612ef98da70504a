"""Who asks for what, where, when: the one context that every command carries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class ActorKind(StrEnum):
    PERSON = "person"
    DEVICE = "device"
    TOKEN = "token"  # noqa: S105 - a kind of actor, not a secret
    JOB = "job"
    REMOTE = "remote"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `ident` is an opaque public id or a job's name, never a name of a person.
    A person at a shared tablet acts as the person, `via` names the device."""

    kind: ActorKind
    ident: str = ""
    via: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.ident}" + (f"@{self.via}" if self.via else "")


class Audit(StrEnum):
    NORMAL = "normal"
    CAUSE_REQUIRED = "cause-required"
    ANONYMOUS = "anonymous"  # secret ballots: the row says that, never who


@dataclass(frozen=True, slots=True)
class Origin:
    """From where somebody unknown asks: marks that nobody can turn back into an address.

    browser: of the visit, as long as its cookie lives. connection: of the network address, under
    the key of today; `earlier` are the marks of the same address on the days before.
    """

    browser: str
    connection: str
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ctx:
    """The context of one command.

    scope: "centre:<public id>", "organisation:<public id>" or "installation"; together with
    `key` it names the command, so that a replay is recognised. `occurred_at` is the time as
    claimed (aware); the server's own time is recorded beside it. `origin` is known of strangers
    at a public page only; a telephone that changes its network sends the same command.
    """

    actor: Actor
    scope: str
    key: str
    occurred_at: datetime
    locale: str = "de"
    audit: Audit = Audit.NORMAL
    cause: str = ""
    origin: Origin | None = None

    def __post_init__(self) -> None:
        if self.occurred_at.tzinfo is None:
            raise ValueError("occurred_at must be aware")
        if not 0 < len(self.key) <= 100:
            raise ValueError("the idempotency key has 1 to 100 characters")

    def sub(self, suffix: str) -> Ctx:
        """The same context for a part of a larger job, under a key derived from this one."""
        return replace(self, key=f"{self.key}/{suffix}")


def job_ctx(name: str, *, scope: str, key: str, occurred_at: datetime) -> Ctx:
    return Ctx(Actor(ActorKind.JOB, name), scope, key, occurred_at)
