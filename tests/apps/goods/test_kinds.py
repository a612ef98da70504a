"""From what people write to the kinds of the house."""

from __future__ import annotations

from datetime import date

import pytest

from wesprint.apps.goods.kinds import find, guess
from wesprint.apps.goods.selectors.house import Tree, forget_tree, tree


@pytest.fixture
def kinds(db: None) -> Tree:
    forget_tree()
    return tree(date(2026, 11, 24))


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Altes Sideboard, Eiche", "chest-of-drawers"),
        ("zwei Stühle", None),
        ("Küchenstuhl", "chair"),
        ("Wasserkocher", "kettle"),
        ("kettle, works", "kettle"),
        ("Kindersitz", "child-seat"),
        ("Stuhl, Farbe weiß", "chair"),
        ("Wandfarbe", "chemicals"),
        ("Dingsbums", None),
        ("", None),
    ],
)
def test_guess(kinds: Tree, words: str, slug: str | None) -> None:
    found = guess(kinds, words)
    assert (found.slug if found else None) == slug


@pytest.mark.parametrize(
    ("typed", "first"),
    [("komode", "chest-of-drawers"), ("wasserk", "kettle"), ("Buch", "books"), ("helm", "helmet")],
)
def test_find_forgives_slips_and_beginnings(kinds: Tree, typed: str, first: str) -> None:
    assert find(kinds, typed)[0].slug == first


def test_find_without_words_finds_nothing(kinds: Tree) -> None:
    assert find(kinds, "  ") == ()
    assert find(kinds, "qqqqqq") == ()


def test_the_house_knows_at_least_forty_kinds_in_both_languages(kinds: Tree) -> None:
    assert kinds.kinds >= 40
    assert all(facts.name_de and facts.name_en for facts in kinds.by_id.values())
