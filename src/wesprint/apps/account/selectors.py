"""What the pages of this room ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext

from wesprint.apps.account.doors import DOORS, OPERATOR
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import centres, centres_of
from wesprint.platform.people.models import Person, Role, RoleName, User
from wesprint.platform.people.rules import may
from wesprint.platform.people.selectors import active_roles
from wesprint.platform.people.viewer import Viewer
from wesprint.web.demo import ACCOUNTS


@dataclass(frozen=True, slots=True)
class DemoChoice:
    """One button of the demo's sign-in page."""

    role: str
    label: str
    user_id: str

    @property
    def icon(self) -> str:
        return DOORS[self.role][0]

    @property
    def hint(self) -> Any:
        return DOORS[self.role][1]


@dataclass(frozen=True, slots=True)
class Known:
    """One organisation's view of the owner of an account."""

    person: Person
    roles: tuple[Role, ...]
    centres: tuple[Centre, ...]


def demo_choices(centre: Centre, day: date) -> tuple[DemoChoice, ...]:
    """The demo's first account for each role in the house, in the order of the roles; an account
    that somebody else made in a demo region is never entered."""
    rows = (
        active_roles(day)
        .filter(
            centre=centre,
            person__user__is_active=True,
            person__user__email__endswith=ACCOUNTS,
        )
        .select_related("person__user")
        .order_by("person_id")
    )
    first: dict[str, Role] = {}
    for row in rows:
        first.setdefault(row.role, row)
    return tuple(
        DemoChoice(role.value, str(role.label), _account(first[role.value]).public_id)
        for role in RoleName
        if role.value in first
    )


def demo_operator() -> DemoChoice | None:
    """Who looks after the installation holds no role in a house."""
    rows = User.objects.filter(is_operator=True, is_active=True, email__endswith=ACCOUNTS)
    found = rows.order_by("pk").first()
    return DemoChoice(OPERATOR, gettext("Operator"), found.public_id) if found else None


def _account(role: Role) -> User:
    user = role.person.user
    if user is None:
        raise LookupError("a role without an account was filtered out before")
    return user


def known_of(user: User, day: date) -> tuple[Known, ...]:
    """Who the owner of the account is in each organisation, and which houses belong to it."""
    found = []
    for person in Person.objects.filter(user=user).select_related("organisation").order_by("pk"):
        roles = active_roles(day).filter(person=person).select_related("centre")
        houses = centres_of(person.organisation, day)
        found.append(Known(person, tuple(roles.order_by("role", "pk")), houses))
    return tuple(found)


def sign_ins(user: User) -> list[dict[str, str]]:
    """Where the account is signed in, as handed out on request."""
    rows = UserSession.objects.filter(user=user).order_by("created_at", "pk")
    return [
        {"at": row.created_at.isoformat(), "address": row.ip, "browser": row.user_agent}
        for row in rows
    ]


def centres_where(viewer: Viewer, permission: str) -> tuple[Centre, ...]:
    return tuple(centre for centre in centres() if may(viewer, permission, centre))
