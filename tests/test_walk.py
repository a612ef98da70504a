"""Strict separation: a stranger walks all addresses of all rooms and finds nobody at home."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests.world import Town, furnish, make_town
from wesprint.platform.commands.models import Command
from wesprint.platform.people.rules import may
from wesprint.platform.people.viewer import viewer_for_user
from wesprint.web.rooms import Page, rooms

pytestmark = pytest.mark.django_db

# Of no room: a style sheet that holds two colours, and what OpenStreetMap says of a town.
NO_ROOM = {
    "z/<slug:slug>/colours.css",
    "kacheln/<slug:folder>/<int:zoom>/<int:x>/<int:y>.mvt",
    "adressen/<slug:slug>/",
}
NOT_OURS = ("konto/zugang/", "static/", "design/", "api/")
NOBODY_HOME = {404, 405}


@pytest.fixture
def towns() -> tuple[Town, Town]:
    return furnish(make_town("kaufhaus")), furnish(make_town("anderswo"))


def pages() -> list[tuple[str, Page]]:
    return [(f"{room.name}/{page.name}", page) for room in rooms() for page in room.pages]


def signed_in(town: Town, *roles: str) -> Iterator[tuple[str, Client]]:
    for role in roles:
        user = town.people[role].user
        assert user is not None
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        yield role, client


def both(client: Client, path: str) -> set[int]:
    return {client.get(path).status_code, client.post(path).status_code}


def test_a_foreign_person_finds_no_page_of_this_house(towns: tuple[Town, Town]) -> None:
    town, other = towns
    opened: list[tuple[str, str, set[int]]] = []
    for role, client in signed_in(other, "board", "staff", "cashier", "auditor"):
        for name, page in pages():
            if page.centre_bound and page.permission:
                answers = both(client, page.path(town))
                if not answers <= NOBODY_HOME or 404 not in answers:
                    opened.append((role, name, answers))
    assert opened == []


def test_things_of_this_house_are_not_found_through_another_house(
    towns: tuple[Town, Town],
) -> None:
    """The right house in the address, the wrong thing behind it."""
    town, other = towns
    opened: list[tuple[str, str, set[int]]] = []
    for role, client in signed_in(other, "board", "staff", "cashier"):
        for name, page in pages():
            path = page.path(town)
            if not page.permission or len(resolve(path).captured_kwargs) < 2:
                continue
            swapped = path.replace(f"/z/{town.centre.slug}/", f"/z/{other.centre.slug}/")
            answers = both(client, swapped)
            # whoever may not do it in any case is refused before the thing is looked for
            if not answers <= NOBODY_HOME | {403}:
                opened.append((role, name, answers))
    assert opened == []


def test_a_passer_by_is_asked_to_sign_in(towns: tuple[Town, Town]) -> None:
    town, _other = towns
    client = Client()
    opened: list[tuple[str, int, str]] = []
    for name, page in pages():
        if page.permission:
            for answer in (client.get(page.path(town)), client.post(page.path(town))):
                target = answer.headers.get("Location", "")
                asked = answer.status_code == 302 and target.startswith("/konto/zugang/login/")
                if not asked and answer.status_code != 405:
                    opened.append((name, answer.status_code, target))
    assert opened == []


def test_every_page_opens_for_whom_it_is_made(towns: tuple[Town, Town]) -> None:
    town, _other = towns
    clients = dict(signed_in(town, *town.people))
    closed: list[tuple[str, str | None, int]] = []
    mistaken: list[str] = []
    for name, page in pages():
        if page.shows:
            role = role_for(town, page)
            client = clients[role] if role else Client()
            answer = client.get(page.path(town))
            if answer.status_code != 200:
                closed.append((name, role, answer.status_code))
            if 'class="ws-here"' in answer.content.decode():
                mistaken.append(name)
    assert closed == []
    assert mistaken == [], "their own words stand where the shared tablet says who is there"


def test_the_auditor_changes_nothing_wherever_the_form_is_sent(towns: tuple[Town, Town]) -> None:
    town, _other = towns
    [(_role, auditor)] = signed_in(town, "auditor")
    paths = [page.path(town) for _name, page in pages() if page.permission]
    before = Command.objects.count()
    for path in paths:
        auditor.post(path, {"command_key": path})
    assert Command.objects.count() == before


def role_for(town: Town, page: Page) -> str | None:
    if not page.permission:
        return None
    for role, person in town.people.items():
        assert person.user is not None
        viewer = viewer_for_user(person.user, town.ctx().occurred_at.date())
        if may(viewer, page.permission, town.centre):
            return role
    raise AssertionError(f"nobody may open {page.name}")


def routes(resolver: URLResolver, above: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = above + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from routes(entry, route)


def test_no_address_with_a_parameter_is_forgotten(towns: tuple[Town, Town]) -> None:
    town, _other = towns
    walked = {resolve(page.path(town)).route for _name, page in pages()}
    wanted = {
        route
        for route in routes(get_resolver())
        if "<" in route and not route.startswith(NOT_OURS) and route not in NO_ROOM
    }
    assert wanted - walked == set()
