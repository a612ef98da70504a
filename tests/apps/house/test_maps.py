"""The page of the imported towns: everybody reads it, who runs the installation removes one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.conftest import MadeTown
from tests.world import add_person, make_town

from wesprint.platform.audit.models import AuditEntry
from wesprint.platform.geo.models import Town
from wesprint.platform.geo.services import take_town
from wesprint.platform.people.models import User

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def town(bindlach_made: MadeTown, settings: Any, tmp_path: Any) -> Town:
    """Its files are a copy: removing it must not take them from the other tests."""
    settings.TOWNS_ROOT = tmp_path
    made = bindlach_made.made
    (tmp_path / made.folder).mkdir()
    (tmp_path / made.folder / "map.pmtiles").write_bytes(b"x" * 1_500_000)
    return take_town(make_town().ctx(), slug="bindlach", name="Bindlach", made=made)


def test_everybody_sees_which_towns_there_are(town: Town, client: Client) -> None:
    page = client.get("/karten/").content.decode()
    for words in ("Bindlach", "335", "1,5 MB", "bindlach_2014.osm.pbf", "OpenStreetMap"):
        assert words in page
    assert "Diese Karte entfernen" not in page


def test_only_who_runs_the_installation_removes_one(town: Town, client: Client) -> None:
    sent = {"town": "bindlach", "command_key": "a"}
    assert client.post("/karten/", sent).headers["Location"].startswith("/konto/zugang/login/")
    board = add_person(make_town("zweite"), "board")
    assert board.user is not None
    client.force_login(board.user, backend=BACKEND)
    assert client.post("/karten/", sent).status_code == 403
    assert Town.objects.count() == 1
    operator = User.objects.create_user("chef@example.org", None, created_at=town.imported_at)
    operator.is_operator = True
    operator.save()
    client.force_login(operator, backend=BACKEND)
    assert "Diese Karte entfernen" in client.get("/karten/").content.decode()
    assert client.post("/karten/", {"town": "atlantis"}).status_code == 404
    assert client.post("/karten/", sent).headers["Location"] == "/karten/"
    assert Town.objects.count() == 0
    assert AuditEntry.objects.filter(command="geo.let_go_of_town").count() == 1
    assert "Noch keine Karte" in client.get("/karten/").content.decode()
