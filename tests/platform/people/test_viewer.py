"""Whose roles count in a house: of those who run it, not of those who own or rent."""

from __future__ import annotations

import pytest
from tests.world import START, Town, add_person, make_town

from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import CentreRelation, RelationKind
from wesprint.platform.people.models import Role, RoleName
from wesprint.platform.people.viewer import Viewer, viewer_for_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def _whole_organisation(town: Town, role: RoleName) -> Viewer:
    """A person who has the role in all houses of the town's organisation."""
    person = add_person(town, None)
    Role.objects.create(person=person, role=role, organisation=town.organisation, since=START)
    assert person.user is not None
    return viewer_for_user(person.user, now().date())


@pytest.mark.parametrize(
    ("relation", "role", "counts"),
    [
        (RelationKind.OPERATOR, RoleName.BOARD, True),
        (RelationKind.OPERATOR, RoleName.STAFF, True),
        (RelationKind.OWNER, RoleName.BOARD, False),
        (RelationKind.OWNER, RoleName.MEMBER, True),
        (RelationKind.TENANT, RoleName.BOARD, False),
        (RelationKind.TENANT, RoleName.STAFF, False),
        (RelationKind.TENANT, RoleName.TOWN_HALL, True),
    ],
)
def test_roles_by_relation(relation: RelationKind, role: RoleName, counts: bool) -> None:
    house, other = make_town("kaufhaus"), make_town("stadt")
    CentreRelation.objects.create(
        centre=house.centre, organisation=other.organisation, kind=relation, since=START
    )
    viewer = _whole_organisation(other, role)
    assert viewer.roles_in(house.centre) == (frozenset({role.value}) if counts else frozenset())


def test_a_relation_that_ended_counts_no_more() -> None:
    house, other = make_town("kaufhaus"), make_town("frueher")
    CentreRelation.objects.create(
        centre=house.centre,
        organisation=other.organisation,
        kind=RelationKind.OPERATOR,
        since=START,
        until=now().date(),
    )
    viewer = _whole_organisation(other, RoleName.STAFF)
    assert (viewer.roles_in(house.centre), viewer.knows(other.centre)) == (frozenset(), True)
