"""Predicates that rooms compose with & and | into their permissions."""

from __future__ import annotations

from typing import cast

import rules
from rules.predicates import Predicate

from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import RoleName
from wesprint.platform.people.viewer import Viewer

R = RoleName


def has_role(*names: RoleName) -> Predicate:
    """True where the viewer holds one of the roles in the centre asked about."""
    wanted = frozenset(str(name) for name in names)

    def check(viewer: Viewer, centre: Centre | None) -> bool:
        return centre is not None and bool(viewer.roles_in(centre) & wanted)

    return cast("Predicate", rules.predicate(check, name="|".join(sorted(wanted))))


def _is_operator(viewer: Viewer) -> bool:
    return viewer.is_operator


def _is_signed_in(viewer: Viewer) -> bool:
    return not viewer.is_anonymous


def _has_proven_pin(viewer: Viewer) -> bool:
    return viewer.pin


is_operator = rules.predicate(_is_operator, name="operator")
is_signed_in = rules.predicate(_is_signed_in, name="signed in")
has_proven_pin = rules.predicate(_has_proven_pin, name="PIN at a shared device")


def grant(permission: str, predicate: Predicate) -> None:
    """Register a permission; a second one of the same name is a mistake of a room."""
    rules.add_perm(permission, predicate)


def may(viewer: Viewer, permission: str, centre: Centre | None = None) -> bool:
    """Deny by default: an unknown permission is False."""
    return cast("bool", rules.has_perm(permission, viewer, centre))
