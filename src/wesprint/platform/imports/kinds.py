"""What can be imported: declared by the rooms, found by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wesprint.kernel.context import Ctx

if TYPE_CHECKING:
    from wesprint.platform.imports.models import Import
    from wesprint.platform.jobs.progress import Meter

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a kind of import knows. headings: how files name it, folded (lower case,
    without signs); choices: values one may choose where the file has no such column."""

    name: str
    label: Any
    headings: Sequence[str]
    required: bool = False
    hint: Any = ""
    choices: Sequence[tuple[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be imported, and what to do about it. column: of ours, or empty."""

    column: str
    what: str
    next: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A row after the check: `values` as JSON, or its faults."""

    values: Any = None
    faults: Sequence[Fault] = field(default_factory=tuple)


Check = Callable[[Values], Checked]


@dataclass(frozen=True, slots=True)
class Kind:
    """checker: makes the check for one import, with whatever it keeps in mind between rows.
    begin: what has to be written before, in the command that confirms. post: writes it all in short
    commits, once every row is known to be right; may run again after a crash."""

    name: str
    columns: Sequence[Column]
    checker: Callable[[Import], Check]
    begin: Callable[[Ctx, Import], None]
    post: Callable[[Ctx, Import, Meter], None]


_declared: dict[str, Kind] = {}


def declare(kind: Kind) -> None:
    _declared[kind.name] = kind


def kind_of(name: str) -> Kind:
    return _declared[name]
