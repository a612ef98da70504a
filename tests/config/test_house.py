"""Opening a real house from the command line, until its board stands in the office."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.test import Client
from tests.world import make_town

from wesprint.config.cli import main
from wesprint.kernel.clock import FixedClock
from wesprint.platform.audit.models import AuditEntry
from wesprint.platform.organisations.models import Centre, CentreRelation, Organisation
from wesprint.platform.people.models import Role, User

pytestmark = pytest.mark.django_db

Captured = pytest.CaptureFixture[str]
PLACE = ("--town", "Arnsberg", "--state", "nw", "--street", "Markt 1", "--postcode", "59821")
OWNER = ("--organisation", "Bürgerkaufhaus Arnsberg eG", "--legal-form", "cooperative")
BOARD = ("--board", "Ada@Example.org", "--board-name", "Ada Muster")


def opened(*more: str, name: str = "Kaufhaus für Alle") -> int:
    return main(["house", "open", "--name", name, *PLACE, *OWNER, *BOARD, *more])


def test_a_house_is_opened_and_its_board_walks_in(clock: FixedClock, capsys: Captured) -> None:
    assert opened() == 0
    first, second, third = capsys.readouterr().out.splitlines()
    assert first == ("Kaufhaus für Alle is open: http://localhost:8000/z/kaufhaus-fuer-alle/")
    assert second == "ada@example.org is its board."
    centre, organisation = Centre.objects.get(), Organisation.objects.get()
    where = (centre.kind, centre.street, centre.postcode, centre.town, centre.state)
    assert where == ("urban", "Markt 1", "59821", "Arnsberg", "NW")
    who = (organisation.slug, organisation.name, organisation.legal_form)
    assert who == ("buergerkaufhaus-arnsberg-eg", "Bürgerkaufhaus Arnsberg eG", "cooperative")
    relations = CentreRelation.objects.order_by("kind").values_list("kind", "since", "until")
    today = date(2026, 11, 24)
    assert list(relations) == [("operator", today, None), ("owner", today, None)]
    role = Role.objects.get()
    held = (role.role, role.centre, role.person.name, role.organisation)
    assert held == ("board", None, "Ada Muster", organisation)
    commands = AuditEntry.objects.values_list("command", flat=True)
    assert "cli.open_house" in commands
    walk_in(third.rpartition(" ")[2].removeprefix("http://localhost:8000"))


def walk_in(link: str) -> None:
    """The link sets the password once; with it the office opens."""
    client, words = Client(), {"password1": "drei blaue Vögel", "password2": "drei blaue Vögel"}
    form = client.get(link).headers["Location"]
    assert client.get(form).status_code == 200
    assert client.post(form, words).status_code == 302
    assert Client().get(link).status_code == 200  # says that it was used, leads to no form
    login = {"login": "ada@example.org", "password": "drei blaue Vögel"}
    assert client.post("/konto/zugang/login/", login).headers["Location"] == "/"
    for page in ("", "leute/", "einrichten/", "geraete/"):
        assert client.get(f"/z/kaufhaus-fuer-alle/{page}").status_code == 200, page


def test_a_second_house_of_the_same_people(clock: FixedClock, capsys: Captured) -> None:
    assert opened() == 0
    User.objects.update(last_login=clock.now())
    capsys.readouterr()
    assert opened("--kind", "rural", "--slug", "bahnhof", "--json", name="Bahnhof") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["slug"], answer["kind"], answer["password_link"]) == ("bahnhof", "rural", "")
    counted = (Organisation.objects.count(), User.objects.count(), Role.objects.count())
    assert counted == (1, 1, 1)


def test_what_cannot_be_opened_is_one_line_and_leaves_nothing(capsys: Captured) -> None:
    town = make_town("kaufhaus-fuer-alle")
    before = (Organisation.objects.count(), Centre.objects.count(), User.objects.count())
    assert opened() == 5
    assert opened("--slug", "Kauf Haus") == 2
    assert opened("--slug", "neu", "--state", "XX") == 2
    assert opened("--slug", "neu", "--board", "nobody") == 2
    assert opened("--slug", "neu", "--organisation-slug", town.organisation.slug) == 5
    assert capsys.readouterr().err.splitlines() == [
        "wesprint: This short name in the address is taken. Nothing was changed. "
        "Please choose another one.",
        "wesprint: The short name in the address has small letters, digits and dashes only. "
        "Nothing was changed.",
        "wesprint: Please choose the federal state. Nothing was changed.",
        "wesprint: nobody is not an e-mail address. Nothing was saved.",
        "wesprint: The short name kaufhaus-fuer-alle-eg belongs to Kaufhaus-fuer-alle eG. "
        "Nothing was changed. Give another one: --organisation-slug.",
    ]
    after = (Organisation.objects.count(), Centre.objects.count(), User.objects.count())
    assert after == before


def test_all_houses_are_listed(capsys: Captured) -> None:
    assert main(["house", "list"]) == 0
    assert capsys.readouterr().out == "No house yet: wesprint house open --help\n"
    make_town()
    assert main(["house", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "houses": [
            {
                "slug": "kaufhaus",
                "name": "Kaufhaus",
                "kind": "urban",
                "town": "Arnsberg",
                "state": "NW",
                "operator": "kaufhaus-eg",
                "address": "http://localhost:8000/z/kaufhaus/",
            }
        ]
    }
