"""Suggestions are pure: the same facts, the same advice."""

from __future__ import annotations

import pytest

from wesprint.apps.goods.suggest import (
    Price,
    PriceBasis,
    RouteReason,
    Way,
    friendly,
    price,
    way,
)
from wesprint.platform.reference.facts import CategoryFacts


def facts(**values: object) -> CategoryFacts:
    usual: dict[str, object] = {
        "id": 1,
        "slug": "chair",
        "group": "furniture",
        "name_de": "Stuhl",
        "name_en": "Chair",
        "synonyms_de": (),
        "synonyms_en": (),
        "icon": "cat-chair",
        "electrical": False,
        "batch": False,
        "taken": True,
        "note_de": "",
        "note_en": "",
        "prices": (2000, 1200, 600, 200),
    }
    return CategoryFacts(**(usual | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("grade", "electrical", "waste", "expected"),
    [
        ("A", False, False, Way("sell", RouteReason.READY)),
        ("B", False, False, Way("sell", RouteReason.READY)),
        ("C", False, False, Way("workshop", RouteReason.REPAIR)),
        ("D", False, False, Way("spare-parts", RouteReason.PARTS)),
        ("A", True, False, Way("workshop", RouteReason.NEEDS_TEST)),
        ("D", True, False, Way("recycle", RouteReason.PARTS_NEED_CERTIFICATE)),
        ("A", True, True, Way("recycle", RouteReason.WASTE)),
    ],
)
def test_the_way(grade: str, electrical: bool, waste: bool, expected: Way) -> None:
    assert way(grade=grade, electrical=electrical, is_waste=waste) == expected


def test_the_price_table_speaks_until_there_are_five_own_sales() -> None:
    four = price(facts(), grade="B", grams=5500, sold=[900, 1000, 1100, 1200])
    assert four == Price(1000, 1200, 1400, PriceBasis.GUIDE, 4)
    five = price(facts(), grade="B", grams=5500, sold=[800, 900, 1000, 1100, 1200])
    assert five == Price(900, 1000, 1100, PriceBasis.OWN_SALES, 5)


def test_what_is_sold_by_the_kilo_is_priced_by_its_weight() -> None:
    books = facts(price_per="kg", prices=(400, 300, 200, 100))
    assert price(books, grade="B", grams=12_000, sold=[]) == Price(
        2900, 3600, 4300, PriceBasis.GUIDE, 0
    )
    assert price(books, grade="B", grams=2000, sold=[250] * 5) == Price(
        500, 500, 500, PriceBasis.OWN_SALES, 5
    )


def test_without_any_price_nothing_is_suggested() -> None:
    nothing = facts(prices=(0, 0, 0, 0))
    assert price(nothing, grade="A", grams=1, sold=[]) == Price(0, 0, 0, PriceBasis.NONE, 0)


@pytest.mark.parametrize(
    ("cents", "expected"),
    [(0, 50), (12, 50), (130, 150), (474, 450), (499, 500), (549, 500), (4950, 5000), (5249, 5000)],
)
def test_prices_one_can_pay_without_counting(cents: int, expected: int) -> None:
    assert friendly(cents) == expected
