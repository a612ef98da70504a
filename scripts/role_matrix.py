"""Writes docs/role-matrix.md: what each role may do, as the rules of all rooms say it.

    .venv/bin/python scripts/role_matrix.py          prints the table
    .venv/bin/python scripts/role_matrix.py --write  writes it to docs/role-matrix.md

A test compares the file with the rules, so that neither changes without the other.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django

TARGET = Path(__file__).resolve().parents[1] / "docs" / "role-matrix.md"
HEAD = """# Who may do what

Made by `scripts/role_matrix.py` from the rules of all rooms; a test compares the two.

- A role counts in the house for which it was given, or in all houses that its organisation runs.
  Of an organisation that only owns a house or rents a room there, member and town hall count.
- **reads**: the permission's name begins with `view_`; it changes nothing. The auditor has all of
  these and none of the others.
- **PIN**: at a shared tablet the badge alone is not enough, the PIN is asked for. With an
  account of one's own, signing in is the proof.
- `team.clock` opens come and go at a registered tablet and nowhere else: no column has it.
- The operator looks after the installation (command line, backup), and has no right in any house.
- Public pages need no permission and are not listed.

"""


def permissions() -> list[str]:
    from wesprint.web.rooms import rooms

    return [name for room in rooms() for name in room.permissions]


def is_reading(permission: str) -> bool:
    return permission.split(".", 1)[1].startswith("view_")


def allowed(permission: str, role: str, *, pin: bool = True) -> bool:
    """As the rules evaluate it for somebody with this one role ("operator", "anonymous")."""
    from wesprint.kernel.context import Actor, ActorKind
    from wesprint.platform.organisations.models import Centre, RelationKind
    from wesprint.platform.people.rules import may
    from wesprint.platform.people.viewer import ANONYMOUS, Viewer

    if role == "anonymous":
        return may(ANONYMOUS, permission, Centre(pk=1))
    viewer = Viewer(
        Actor(ActorKind.PERSON, "SOMEBODY"),
        frozenset() if role == "operator" else frozenset({(role, 1, None)}),
        is_operator=role == "operator",
        pin=pin,
        _relations={1: {1: {RelationKind.OPERATOR}}},
    )
    return may(viewer, permission, Centre(pk=1))


def columns() -> list[str]:
    from wesprint.platform.people.models import RoleName

    return [*RoleName.values, "operator", "anonymous"]


def rows() -> Iterator[list[str]]:
    for permission in permissions():
        held = [role for role in columns() if allowed(permission, role)]
        needs_pin = any(not allowed(permission, role, pin=False) for role in held)
        yield [
            f"`{permission}`",
            "reads" if is_reading(permission) else "changes",
            "PIN" if needs_pin else "",
            *("yes" if role in held else "" for role in columns()),
        ]


def table() -> str:
    head = ["permission", "kind", "tablet", *columns()]
    lines = [head, ["---"] * len(head), *rows()]
    return HEAD + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wesprint.config.settings_test")
    django.setup()
    if "--write" in sys.argv[1:]:
        TARGET.write_text(table())
    else:
        sys.stdout.write(table())


if __name__ == "__main__":
    main()
