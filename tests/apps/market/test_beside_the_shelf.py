"""The window stands beside the reused goods, and what is sold on commission among them."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.apps.market import things
from tests.world import Town, make_town

from wesprint.apps.market.beside import shelf
from wesprint.apps.market.models import Kind
from wesprint.platform.reference.tables import read
from wesprint.web.rooms import ShelfQuery


@pytest.fixture
def window(town: Town) -> Town:
    """Six wares of a baker, a bowl and a shirt among them; another town's bread beside."""
    baker = things.baker(town)
    things.bread(town, baker, title="Schale", kind="home", ref="1")
    things.bread(town, baker, title="Leinenhemd", kind="clothing", ref="2")
    for number in range(4):
        things.bread(town, baker, title=f"Brot {number}", ref=f"b{number}")
    other = make_town("nachbarort")
    things.bread(other, things.baker(other), title="Fremdes Hemd", kind="clothing")
    return town


def titles(town: Town, query: ShelfQuery) -> list[str]:
    return [str(card.title) for part in shelf(town.centre, query) for card in part.cards]


def test_who_looks_around_sees_the_newest_four(window: Town) -> None:
    assert titles(window, ShelfQuery()) == ["Brot 3", "Brot 2", "Brot 1", "Brot 0"]


def test_words_and_kinds_choose(window: Town) -> None:
    assert titles(window, ShelfQuery("leinenhmed")) == ["Leinenhemd"]
    assert titles(window, ShelfQuery("", ("clothing", "coat"))) == ["Leinenhemd"]
    assert titles(window, ShelfQuery("schale", ("clothing",))) == ["Schale"]
    assert titles(window, ShelfQuery("", ("sofa",))) == []
    assert titles(window, ShelfQuery("Klavier")) == []


def test_one_query_and_the_search(
    window: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        titles(window, ShelfQuery())
    with django_assert_num_queries(0):
        titles(window, ShelfQuery("", ("sofa",)))


def test_every_kind_that_is_named_is_one(window: Town) -> None:
    from wesprint.apps.market.beside import _KINDS

    known = {row["slug"] for row in read("categories")}
    assert {slug for slugs in _KINDS.values() for slug in slugs} <= known
    assert set(_KINDS) <= set(Kind)


def test_the_shelf_shows_both(window: Town, client: Client) -> None:
    bowl = things.bowl(window, things.consignment(window))
    page = client.get(f"/z/{window.centre.slug}/warenhaus/?q=Schale").content.decode()
    assert page.index("Schale aus Steinzeug") < page.index("Neu, aus der Region")
    assert f"/warenhaus/{bowl.item.public_id}/" in page
    shown = page[page.index("Neu, aus der Region") :]
    assert "/schaufenster/" in shown
    assert "Leinenhemd" not in shown
