"""From what people write to the kinds of the house."""

from __future__ import annotations

from datetime import date

import pytest

from wesprint.apps.goods.kinds import find, guess, is_named
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


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("Autobatterie", "loose-battery"),
        ("Autobaterie", "loose-battery"),
        ("Motorradbatterie", "loose-battery"),
        ("car battery", "loose-battery"),
        ("Pelzmantel", "ivory-fur"),
        ("Pelzmantle", "ivory-fur"),
        ("fur coat", "ivory-fur"),
        ("Maxi-Cosi", "child-seat"),
        ("Reithelm", "helmet"),
        ("Daunendecke", "mattress"),
        ("Bildröhre", "crt-tv"),
        ("Propangasflasche", "gas-appliance"),
        ("Motorsense", "petrol-engine"),
        ("Wärmedecke", "electric-blanket"),
        ("Hustensaft", "medicine"),
        ("painkillers", "medicine"),
        ("Wandfarbe", "chemicals"),
        ("weed killer", "chemicals"),
        ("Schreckschusspistole", "weapons"),
        ("fireworks", "weapons"),
        ("Lippenstift", "food-cosmetics"),
        ("Bikini", "underwear"),
        ("Nachtspeicherheizung", "night-storage-heater"),
        ("asbestos", "night-storage-heater"),
        ("gefälschte Handtasche", "counterfeit"),
        ("Lauflernwagen", "baby-recall"),
    ],
)
def test_what_is_refused_is_found_by_its_everyday_names(kinds: Tree, typed: str, slug: str) -> None:
    found = find(kinds, typed)[0]
    assert (found.slug, found.taken) == (slug, False)


@pytest.mark.parametrize(
    "title",
    [
        "Mantel mit Pelzkragen", "glue gun", "medicine ball", "Tablet 10 Zoll", "bike", "Roller",
        "Maxi-Kleid", "imitation leather bag", "TV", "drinks trolley", "Laufstall", "pants",
        "water boiler", "Sofakissen", "Spielzeugpistole", "Fahrradhelm-Halter", "Kleid, pelzig",
        "Batterieladegerät", "Wandfarbe-Roller",
    ],
)  # fmt: skip
def test_what_only_sounds_like_it_is_not_refused(kinds: Tree, title: str) -> None:
    refused = [facts for facts in kinds.by_id.values() if not facts.taken]
    assert len(refused) == 17
    assert [facts.slug for facts in refused if is_named(kinds, facts, title)] == []


def test_find_without_words_finds_nothing(kinds: Tree) -> None:
    assert find(kinds, "  ") == ()
    assert find(kinds, "qqqqqq") == ()


def test_the_house_knows_at_least_forty_kinds_in_both_languages(kinds: Tree) -> None:
    assert kinds.kinds >= 40
    assert all(facts.name_de and facts.name_en for facts in kinds.by_id.values())
