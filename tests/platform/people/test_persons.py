"""People with and without account: known, found, given roles."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import Town, add_person, make_town

from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Conflict, Invalid, NotFound, Refused
from wesprint.platform.people import selectors, services
from wesprint.platform.people.models import Person, Role, User
from wesprint.platform.people.viewer import viewer_for_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def register(town: Town, **values: str) -> Person:
    ctx = town.ctx("board")
    return services.register_person(ctx, organisation=town.organisation, **values)


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ({"name": "  Erna   Müller "}, ("Erna Müller", "", "", "")),
        ({"phone": "+49 (2931) 12-34"}, ("", "029311234", "", "")),
        ({"phone": "0043 1 234"}, ("", "+431234", "", "")),
        ({"email": " Erna@Example.org "}, ("", "", "erna@example.org", "")),
        ({"letter": "Markt 1\n59821 Arnsberg"}, ("", "", "", "Markt 1\n59821 Arnsberg")),
    ],
)
def test_one_way_to_know_somebody_is_enough(
    clock: FixedClock, given: dict[str, str], stored: tuple[str, ...]
) -> None:
    person = register(make_town(), **given)
    assert (person.name, person.phone, person.email, person.letter) == stored
    assert (person.user, person.agent.kind) == (None, "Person")


def test_nobody_is_nobody(clock: FixedClock) -> None:
    town = make_town()
    with pytest.raises(Invalid) as caught:
        register(town, name="  ")
    assert caught.value.field == "name"
    with pytest.raises(Invalid) as caught:
        register(town, email="no address")
    assert caught.value.field == "email"
    assert Person.objects.exclude(pk=town.people["board"].pk).count() == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("erna", ["Erna Müller"]),
        ("mül", ["Erna Müller", "Öznur Müllers"]),
        ("ÖZ", ["Öznur Müllers"]),
        ("2931 12", ["Erna Müller"]),
        ("+49 2931", ["Erna Müller"]),
        ("oeznur@", ["Öznur Müllers"]),
        ("e", []),
        ("12", []),
        ("zzz", []),
    ],
)
def test_the_counter_finds_people_of_its_own_organisation_only(
    clock: FixedClock, text: str, found: list[str]
) -> None:
    town, other = make_town(), make_town("anderswo")
    register(town, name="Erna Müller", phone="02931 1234")
    register(town, name="Öznur Müllers", email="oeznur@example.org")
    register(other, name="Erna Müllermeister", phone="02931 1234")
    people = selectors.find_people(town.organisation, text)
    assert [person.name for person in people] == found


def test_a_person_gets_an_account_and_keeps_it(clock: FixedClock) -> None:
    town = make_town()
    erna = register(town, name="Erna")
    user = User.objects.create_user("erna@example.org")
    services.link_user(town.ctx("board"), person=erna, user=user)
    assert selectors.person_of(user, town.organisation) == erna
    with pytest.raises(Conflict):
        services.link_user(town.ctx("board"), person=register(town, name="Ida"), user=user)
    other = User.objects.create_user("ida@example.org")
    with pytest.raises(Conflict):
        services.link_user(town.ctx("board"), person=erna, user=other)
    with pytest.raises(Conflict):
        services.register_person(
            town.ctx("board"), organisation=town.organisation, name="Erna 2", user=user
        )


def test_the_first_contact_makes_the_person_and_the_second_finds_it(clock: FixedClock) -> None:
    town, other = make_town(), make_town("anderswo")
    user = User.objects.create_user("erna@example.org", locale="de")
    first = services.person_for(town.ctx("board"), user=user, organisation=town.organisation)
    again = services.person_for(town.ctx("board"), user=user, organisation=town.organisation)
    there = services.person_for(other.ctx("board"), user=user, organisation=other.organisation)
    assert (first, first.email, first.locale) == (again, "erna@example.org", "de")
    assert there != first


def test_changing_names_what_changed_and_keeps_one_way(clock: FixedClock) -> None:
    town = make_town()
    erna = register(town, name="Erna", phone="02931 1")
    services.change_person(town.ctx("board"), person=erna, name="Erna M.", phone="02931 1")
    assert (erna.name, erna.phone) == ("Erna M.", "029311")
    with pytest.raises(Invalid):
        services.change_person(town.ctx("board"), person=erna, name="")


def test_a_role_holds_from_its_day_to_its_last(clock: FixedClock) -> None:
    town = make_town()
    erna = register(town, name="Erna")
    user = User.objects.create_user("erna@example.org")
    services.link_user(town.ctx("board"), person=erna, user=user)
    role = services.give_role(
        town.ctx("board"), person=erna, role="cashier", since=TODAY, centre=town.centre
    )

    def held(day: date) -> frozenset[str]:
        return viewer_for_user(user, day).roles_in(town.centre)

    assert held(date(2026, 11, 23)) == frozenset()
    assert held(TODAY) == {"cashier"}
    services.withdraw_role(town.ctx("board"), role=role, from_day=date(2026, 11, 26))
    assert (held(date(2026, 11, 25)), held(date(2026, 11, 26))) == ({"cashier"}, frozenset())


def test_a_role_of_no_whole_day_leaves_no_row(clock: FixedClock) -> None:
    town = make_town()
    erna = register(town, name="Erna")
    role = services.give_role(town.ctx("board"), person=erna, role="rider", since=TODAY)
    services.withdraw_role(town.ctx("board"), role=role, from_day=TODAY)
    assert list(Role.objects.filter(person=erna)) == []


def test_roles_that_are_refused(clock: FixedClock) -> None:
    town, other = make_town(), make_town("anderswo")
    erna = register(town, name="Erna")
    with pytest.raises(Invalid):
        services.give_role(town.ctx("board"), person=erna, role="king", since=TODAY)
    with pytest.raises(Invalid):
        services.give_role(
            town.ctx("board"), person=erna, role="rider", since=TODAY, until=date(2026, 1, 1)
        )
    with pytest.raises(NotFound):
        services.give_role(
            town.ctx("board"), person=erna, role="rider", since=TODAY, centre=other.centre
        )
    services.give_role(town.ctx("board"), person=erna, role="rider", since=TODAY)
    with pytest.raises(Conflict):
        services.give_role(town.ctx("board"), person=erna, role="rider", since=TODAY)


def test_the_last_board_stays(clock: FixedClock) -> None:
    town = make_town()
    board = add_person(town, "board")
    role = Role.objects.get(person=board)
    with pytest.raises(Refused):
        services.withdraw_role(town.ctx("board"), role=role, from_day=TODAY)
    second = register(town, name="Erna")
    services.give_role(town.ctx("board"), person=second, role="board", since=TODAY)
    services.withdraw_role(town.ctx("board"), role=role, from_day=TODAY)
    assert Role.objects.get(person=board).until == date(2026, 11, 23)


def test_the_team_of_a_house_is_of_its_organisations_only(clock: FixedClock) -> None:
    town, other = make_town(), make_town("anderswo")
    add_person(town, "staff")
    add_person(other, "staff")
    add_person(town, None)
    assert [role.person for role in selectors.team_of(town.centre, TODAY)] == [town.people["staff"]]
