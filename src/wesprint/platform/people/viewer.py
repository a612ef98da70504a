"""Who is looking: a person with roles, somebody at a shared device, or a passer-by.

Loaded once per request with one query; the rules ask nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from wesprint.kernel.context import Actor, ActorKind
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre, RelationKind
from wesprint.platform.organisations.selectors import relations_at
from wesprint.platform.people.models import Person, Role, RoleName, User

Grant = tuple[str, int, int | None]  # role, organisation id, centre id (None: all its centres)
_GRANT = ("role", "organisation_id", "centre_id")
Relations = dict[int, set[str]]  # organisation id -> kinds of its relations to one centre
COUNT_IN_ANY_RELATION = frozenset({RoleName.MEMBER.value, RoleName.TOWN_HALL.value})


@dataclass(frozen=True, slots=True)
class Viewer:
    """`pin` says that a PIN was proven at the device; without a device it is not asked."""

    actor: Actor
    grants: frozenset[Grant] = frozenset()
    user: User | None = None
    person_ids: frozenset[int] = frozenset()
    is_operator: bool = False
    device_centre_id: int | None = None
    pin: bool = True
    _relations: dict[int, Relations] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_anonymous(self) -> bool:
        return self.actor.kind is ActorKind.ANONYMOUS

    def roles_in(self, centre: Centre) -> frozenset[str]:
        """Roles that count in this house: given for it or for a whole organisation.

        Who runs the house decides in it. Roles in an organisation that only owns it or rents
        a room there count where they touch no records of the operator: member and town hall.
        """
        if not self.grants or self.device_centre_id not in (None, centre.pk):
            return frozenset()
        relations = self._relations_of(centre)
        return frozenset(
            role
            for role, organisation, place in self.grants
            if place in (None, centre.pk)
            and (kinds := relations.get(organisation))
            and (RelationKind.OPERATOR in kinds or role in COUNT_IN_ANY_RELATION)
        )

    def knows(self, centre: Centre) -> bool:
        return self.is_operator or bool(self.roles_in(centre))

    def _relations_of(self, centre: Centre) -> Relations:
        if centre.pk not in self._relations:
            today = now().astimezone(centre.tz).date()
            found: Relations = {}
            rows = relations_at(centre, today).values_list("organisation_id", "kind")
            for organisation, kind in rows:
                found.setdefault(organisation, set()).add(kind)
            self._relations[centre.pk] = found
        return self._relations[centre.pk]


ANONYMOUS = Viewer(Actor(ActorKind.ANONYMOUS))


def grants_of(person_ids: Iterable[int], day: date) -> frozenset[Grant]:
    rows = Role.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day),
        person_id__in=list(person_ids),
        since__lte=day,
    )
    return frozenset(rows.values_list(*_GRANT))


def viewer_for_user(user: User, day: date) -> Viewer:
    """One query for the persons of an account and their roles."""
    rows = user.persons.values_list(
        "pk", "roles__since", "roles__until", *(f"roles__{name}" for name in _GRANT)
    )
    grants: set[Grant] = set()
    person_ids = set()
    for pk, since, until, *grant in rows:
        person_ids.add(pk)
        if since is not None and since <= day and (until is None or until >= day):
            grants.add((grant[0], grant[1], grant[2]))
    return Viewer(
        Actor(ActorKind.PERSON, user.public_id),
        frozenset(grants),
        user=user,
        person_ids=frozenset(person_ids),
        is_operator=user.is_operator,
    )


def viewer_for_actor(actor: Actor, day: date) -> Viewer:
    """Whose roles count for what a service itself decides. Programs and jobs have none. A PIN
    counts as proven: asking for it is up to the page, where the device is known."""
    if actor.kind is not ActorKind.PERSON:
        return Viewer(actor)
    whose = Person.objects.filter(
        **{"public_id" if actor.via else "user__public_id": actor.ident}, erased_at=None
    )
    return Viewer(actor, grants_of(whose.values_list("pk", flat=True), day))


def viewer_at_device(
    person: Person, *, device_id: str, centre_id: int, pin: bool, day: date
) -> Viewer:
    """Somebody who showed a badge at a shared device: the roles of that house only."""
    return Viewer(
        Actor(ActorKind.PERSON, person.public_id, via=device_id),
        grants_of([person.pk], day),
        person_ids=frozenset([person.pk]),
        device_centre_id=centre_id,
        pin=pin,
    )
