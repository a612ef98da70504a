"""Repair is offered before buying, where somebody looks for something and the workshop works."""

from __future__ import annotations

from django.test import Client
from tests.apps.workshop import things
from tests.world import Town

from wesprint.apps.workshop.house import before_buying
from wesprint.web.rooms import Instead, ShelfQuery

ASKED = ShelfQuery("kommode", ("chest-of-drawers",))


def test_only_where_the_workshop_works_and_something_is_looked_for(town: Town) -> None:
    assert before_buying(town.centre, ASKED) == []
    things.order(town, things.sideboard(town))
    (offer,) = before_buying(town.centre, ASKED)
    assert (offer.way, offer.url) == (Instead.REPAIR, "")
    assert before_buying(town.centre, ShelfQuery()) == []


def test_it_stands_above_the_shelf(town: Town, client: Client) -> None:
    things.order(town, things.sideboard(town))
    page = client.get(f"/z/{town.centre.slug}/warenhaus/?art=furniture").content.decode()
    assert page.index("Haben Sie so etwas, nur kaputt?") < page.index('id="shelf"')
