"""The mass balance of each shelf and box: by days, by place, by material."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.apps.goods import things
from tests.apps.workshop import things as workshop
from tests.world import Town

from wesprint.apps.flows.balance import lines_of
from wesprint.apps.flows.selectors.places import place_balances
from wesprint.apps.flows.words import declared
from wesprint.apps.goods import services
from wesprint.apps.goods.models import Place
from wesprint.apps.goods.services.batches import Part
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.period import Period
from wesprint.platform.base.clock import now
from wesprint.platform.ledger.rollups import FOREVER
from wesprint.web.rooms import Fate

PAGE = "/z/kaufhaus/wirkung/stoffbilanz/"


@pytest.fixture
def shelf(town: Town, clock: FixedClock) -> Place:
    """Day one: a sideboard and clothes come onto the shelf. Day two: the sideboard is sold from
    there, 2 kg of the clothes go into a box, half a kilo is sold from the rest."""
    shelf = things.shelf(town)
    box = services.add_place(
        town.ctx(), centre=town.centre, kind="box", code="1A1", name="", parent=shelf
    )
    chest, clothes = things.sideboard(town), things.batch(town)
    services.move_items(town.ctx(), items=[chest, clothes], place=shelf)
    clock.advance(timedelta(days=1))
    services.hand_over(town.ctx("cashier"), item=chest, price_cents=5500, consideration="cash")
    (part,) = services.split_batch(town.ctx(), item=clothes, parts=[Part(2_000, price_cents=300)])
    services.move_items(town.ctx(), items=[part], place=box)
    clothes.refresh_from_db()
    services.sell_part(
        town.ctx("cashier"), item=clothes, price_cents=100, consideration="cash", mass_g=500
    )
    return shelf


def found(town: Town, period: Period) -> dict[str, list[tuple[str, int, int, int, int, int]]]:
    """code -> (kind, before, came in, used again, moved away, after)"""
    return {
        one.place.code: [
            (line.slug, line.start, line.came_in, line.way(Fate.USED_AGAIN),
             line.way(Fate.MOVED), line.end)
            for line in lines_of(one.groups, declared())
        ]
        for one in place_balances(town.centre, period)
    }  # fmt: skip


def test_each_place_closes_on_each_day(town: Town, shelf: Place) -> None:
    today = now().astimezone(town.centre.tz).date()
    assert found(town, Period.day(today)) == {
        "1A": [
            ("chest-of-drawers", 31_500, 0, 31_500, 0, 0),
            ("clothing", 10_000, 0, 500, 2_000, 7_500),
        ],
        "1A1": [("clothing", 0, 0, 0, -2_000, 2_000)],
    }
    assert found(town, Period.day(today - timedelta(days=1))) == {
        "": [
            ("chest-of-drawers", 0, 31_500, 0, 31_500, 0),
            ("clothing", 0, 10_000, 0, 10_000, 0),
        ],
        "1A": [
            ("chest-of-drawers", 0, 0, 0, -31_500, 31_500),
            ("clothing", 0, 0, 0, -10_000, 10_000),
        ],
    }
    assert [one.gap for one in place_balances(town.centre, FOREVER)] == [0, 0, 0]


def test_the_page_shows_places_and_one_place_by_material(
    town: Town, shelf: Place, client: Client
) -> None:
    page = client.get(f"{PAGE}?nach=ort").content.decode()
    assert "Die Bilanz schließt: 3 Zeilen" in page
    for words in ("ohne festen Platz", "1A · Regal links", "1A1"):
        assert words in page
    path = f"{PAGE}?nach=stoff&amp;ort={shelf.public_id}"
    assert path in page
    one = client.get(path.replace("&amp;", "&")).content.decode()
    assert "1A · Regal links" in one
    assert "Die Bilanz schließt: 3 Zeilen" in one  # wood, metal, textiles
    assert client.get(f"{PAGE}?ort=GIBTESNICHT").status_code == 404
    assert client.get(f"{PAGE}?nach=gruppe&ort=ohne").status_code == 200


def test_the_file_of_a_place(town: Town, shelf: Place, client: Client) -> None:
    answer = client.get(f"/z/kaufhaus/wirkung/stoffbilanz.csv?nach=art&ort={shelf.public_id}")
    text = b"".join(answer).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=_delimiter(text)))
    assert [(row["place"], row["key"], row["difference_g"]) for row in rows] == [
        ("kaufhaus/1A", "chest-of-drawers", "0"),
        ("kaufhaus/1A", "clothing", "0"),
        ("kaufhaus/1A", "sum", "0"),
    ]


def _delimiter(text: str) -> str:
    return ";" if ";" in text.splitlines()[0] else ","


def test_the_number_of_queries_does_not_grow_with_places(
    town: Town, shelf: Place, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(6):
        place_balances(town.centre, FOREVER)
    with django_assert_num_queries(1):
        place_balances(town.centre, FOREVER)


def test_what_lies_on_the_bench_is_still_in_its_place(town: Town) -> None:
    rack, chest = things.shelf(town), things.sideboard(town, route="workshop", price_cents=None)
    services.move_items(town.ctx(), items=[chest], place=rack)
    workshop.order(town, chest, workshop.sideboard(town))
    shown = {one.place.code: one.gap for one in place_balances(town.centre, FOREVER)}
    assert shown == {"": 0, "1A": 0}
