"""A small world for tests: two towns that must never see each other."""

from __future__ import annotations

import importlib.util
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from allauth.account.models import EmailAddress

from wesprint.kernel.context import Actor, ActorKind, Ctx
from wesprint.platform.agents.models import Agent, AgentKind
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import (
    Centre,
    CentreKind,
    CentreRelation,
    Floor,
    FloorWorld,
    LegalForm,
    OpeningHours,
    Organisation,
    RelationKind,
    Space,
    World,
)
from wesprint.platform.people.models import Person, Role, RoleName, User
from wesprint.web.rooms import rooms

START = date(2026, 1, 1)


@dataclass
class Town:
    """One organisation that owns and runs one centre, with one person per role."""

    organisation: Organisation
    centre: Centre
    people: dict[str, Person] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)  # rooms' factories put theirs here

    def ctx(
        self, role: str = "staff", *, key: str | None = None, at: datetime | None = None
    ) -> Ctx:
        person = self.people.get(role) or add_person(self, role)
        ident = person.user.public_id if person.user else person.public_id
        actor = Actor(ActorKind.PERSON, ident)
        return Ctx(actor, self.centre.scope, key or str(uuid.uuid4()), at or now())


def make_town(slug: str = "kaufhaus", *, kind: CentreKind = CentreKind.URBAN) -> Town:
    created = datetime(2026, 1, 1, 8, tzinfo=UTC)
    agent = Agent.objects.create(kind=AgentKind.ORGANIZATION)
    organisation = Organisation.objects.create(
        agent=agent,
        slug=f"{slug}-eg",
        name=f"{slug.capitalize()} eG",
        legal_form=LegalForm.COOPERATIVE,
        created_at=created,
    )
    centre = Centre.objects.create(
        slug=slug,
        name=slug.capitalize(),
        kind=kind,
        street="Markt 1",
        postcode="59821",
        town="Arnsberg",
        state="NW",
        created_at=created,
    )
    for relation in (RelationKind.OWNER, RelationKind.OPERATOR):
        CentreRelation.objects.create(
            centre=centre, organisation=organisation, kind=relation, since=START
        )
    for weekday in range(6):
        OpeningHours.objects.create(centre=centre, weekday=weekday, opens=time(10), closes=time(18))
    floor = Floor.objects.create(centre=centre, level=0)
    FloorWorld.objects.create(floor=floor, world=World.LIVING)
    Space.objects.create(floor=floor, name="Warenhaus", room="goods")
    return Town(organisation, centre)


def add_person(town: Town, role: str | None, *, account: bool = True) -> Person:
    """Somebody of the town, with an account (password "korrekt-pferd-batterie")."""
    name = role or "visitor"
    user = None
    if account:
        email = f"{name}@{town.centre.slug}.example"
        user = User.objects.create_user(email, "korrekt-pferd-batterie")
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    person = Person.objects.create(
        organisation=town.organisation,
        user=user,
        agent=Agent.objects.create(kind=AgentKind.PERSON),
        name=f"{name.capitalize()} Muster",
        email=user.email if user else "",
        created_at=now(),
    )
    if role is not None and role in RoleName.values:
        Role.objects.create(
            person=person,
            role=role,
            organisation=town.organisation,
            centre=town.centre,
            since=START,
        )
    town.people[name] = person
    return person


def furnish(town: Town) -> Town:
    """One person per role and, for each room, the things that its pages are about: a room with
    such pages has `tests/apps/<room>/things.py` with `fill(town)`, which adds to `town.things`."""
    for role in RoleName.values:
        if role not in town.people:
            add_person(town, role)
    for room in rooms():
        name = f"tests.apps.{room.name}.things"
        if importlib.util.find_spec(name):
            importlib.import_module(name).fill(town)
    return town
