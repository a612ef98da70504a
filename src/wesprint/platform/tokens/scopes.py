"""What a token may be made for: groups of permissions, declared by the rooms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Scope:
    """`name` stands in the token ("goods.read"), `label` on the page; permissions as in rules."""

    name: str
    label: Any
    permissions: frozenset[str]


_declared: dict[str, Scope] = {}


def declare(scope: Scope) -> None:
    _declared[scope.name] = scope


def declared() -> tuple[Scope, ...]:
    return tuple(_declared.values())


def permissions_of(names: list[str]) -> frozenset[str]:
    """A scope that no room declares any more opens nothing."""
    found = (_declared[name].permissions for name in names if name in _declared)
    return frozenset().union(*found)
