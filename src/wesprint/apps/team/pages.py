"""All addresses of this room, for the walks of the tests. What they are about stands in the
test's small world (`town.things["team"]`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wesprint.web.rooms import Page

OWN = "account.view_own"


def _in_house(path: str) -> Callable[[Any], str]:
    return lambda town: f"/z/{town.centre.slug}/team/{path.format(**town.things.get('team', {}))}"


def _lead(name: str, path: str, *, shows: bool = True) -> Page:
    return Page(name, _in_house(path), "team.lead", shows=shows)


def _own(name: str, path: str, *, shows: bool = False) -> Page:
    return Page(name, _in_house(path), OWN, shows=shows)


_ONE = "einsaetze/{engagement}/"
PAGES = (
    _lead("board", ""),
    _lead("people", "einsaetze/"),
    _lead("agree", "einsaetze/neu/"),
    _lead("engagement", _ONE),
    _lead("week", f"{_ONE}woche/"),
    _lead("supervisor", f"{_ONE}anleitung/", shows=False),
    _lead("paper", f"{_ONE}papier/{{month}}/"),
    _lead("absence", f"{_ONE}abwesend/"),
    _lead("confirm", f"{_ONE}bestaetigen/{{month}}/", shows=False),
    _lead("day", f"{_ONE}tag/{{day}}/"),
    _lead("sheet", f"{_ONE}blatt/{{month}}.pdf", shows=False),
    _lead("sheet_csv", f"{_ONE}blatt/{{month}}.csv", shows=False),
    _lead("person_steps", f"{_ONE}schritte/"),
    _lead("steps", "schritte/"),
    _lead("retire", "schritte/{step}/weg/", shows=False),
    Page("figures", _in_house("zahlen/"), "team.view_figures"),
    Page("clock", _in_house("uhr/"), centre_bound=False),
    _own("own", "ich/", shows=True),
    _own("tap", "ich/tippen/"),
    _own("consent", "ich/einwilligung/"),
    _own("own_steps", "ich/schritte.pdf"),
    _own("take_back", "ich/schritte/{reached}/weg/"),
    _own("own_sheet", "ich/{engagement}/blatt/{month}.pdf"),
)
