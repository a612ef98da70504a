"""One taxonomy of errors for pages, API and command line.

Each error says what happened, what was kept, and what to do next. The three texts may be
lazy translations: they become text at the edge, in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Text:
    """A message of a part that knows no translations: an English msgid and its values.

    The edge looks the msgid up in the reader's language; `str()` gives English.
    """

    msgid: str
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.msgid % self.values if self.values else self.msgid


class DomainError(Exception):
    """Something that a person can understand and act on; never a stack trace."""

    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1
    kind: ClassVar[str] = "error"

    def __init__(
        self,
        what: object,
        *,
        kept: object = "",
        next: object = "",
        field: str | None = None,
        code: str = "",
    ) -> None:
        super().__init__(what)
        self.what = what
        self.kept = kept
        self.next = next
        self.field = field
        self.code = code or self.kind

    def __str__(self) -> str:
        return " ".join(part for part in map(str, (self.what, self.kept, self.next)) if part)


class Invalid(DomainError):
    """The input cannot be right: wrong unit, absurd weight, unknown category."""

    status, exit_code, kind = 422, 2, "invalid"


class Refused(DomainError):
    """Understood, but not allowed: a missing role, a rule of the house, a law."""

    status, exit_code, kind = 403, 3, "refused"


class NotFound(DomainError):
    """Does not exist for this reader; a foreign object is not told apart from none."""

    status, exit_code, kind = 404, 4, "not-found"


class Conflict(DomainError):
    """Somebody was faster, or the same key came with another payload."""

    status, exit_code, kind = 409, 5, "conflict"


class Busy(DomainError):
    """Too much at once; the same request may go through in a moment."""

    status, exit_code, kind = 503, 6, "busy"


class TooOften(Busy):
    """The same somebody again and again: a pause, so that the house stays open for the rest."""

    status, kind = 429, "too-often"


class Unavailable(DomainError):
    """A part that is needed does not answer: database, disk, mail server."""

    status, exit_code, kind = 503, 7, "unavailable"
