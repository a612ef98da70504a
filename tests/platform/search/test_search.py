"""The same documents, questions and answers on both databases."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from wesprint.platform.search.models import SearchWord
from wesprint.platform.search.selectors import search
from wesprint.platform.search.services import (
    Entry,
    forget_unused_words,
    index,
    index_many,
    remove,
)

pytestmark = pytest.mark.django_db

HERE = "centre:HERE"
GOODS = [
    ("KOMMODE", "Kommode aus Eiche", "drei Schubladen"),
    ("WICKEL", "Wickelkommode", "weiß, für Säuglinge"),
    ("SCHRANK", "Kleiderschrank", "zwei Türen, Spiegel"),
    ("KUECHE", "Küchenschrank mit Glastüren", ""),
    ("SCHLUESSEL", "Schrankschlüssel", "alt"),
    ("REGAL", "Bücherregal", "Kiefer massiv"),
    ("ROMANE", "Buecher, gemischt", "Romane und Krimis"),
    ("KETTLE", "Wasserkocher", "1,7 Liter, entkalkt"),
    ("TISCH", "Tisch", "ausziehbar, passt zur Kommode"),
    ("FISCH", "Fischbesteck", "versilbert"),
    ("SOFA", "Sofaecke", "grau"),
    ("STRASSE", "Straßenkarte Soest", "1:20.000"),
    ("CAFE", "Café-Stuhl", "Bistro"),
]


@pytest.fixture
def shop() -> None:
    index_many([Entry("item", ident, HERE, title, body) for ident, title, body in GOODS])


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # slips of the keyboard
        ("komode", ("KOMMODE", "TISCH", "WICKEL")),
        ("wasserkoher", ("KETTLE",)),
        ("Waserkocher", ("KETTLE",)),
        # in a part of a compound, head or modifier: a letter less, more, other, two swapped
        ("shrank", ("SCHLUESSEL", "KUECHE", "SCHRANK")),
        ("schrannk", ("SCHLUESSEL", "KUECHE", "SCHRANK")),
        ("schank", ("SCHLUESSEL", "KUECHE", "SCHRANK")),
        ("Schranck", ("SCHLUESSEL", "KUECHE", "SCHRANK")),
        ("schrsnk", ("SCHLUESSEL", "KUECHE", "SCHRANK")),
        ("Schrnak", ("SCHLUESSEL", "KUECHE", "SCHRANK")),
        ("cshrank", ("SCHLUESSEL", "KUECHE", "SCHRANK")),
        ("sthul", ("CAFE",)),
        ("stuhk", ("CAFE",)),
        ("tsich", ("TISCH",)),
        ("Bücehr", ("ROMANE", "REGAL")),
        ("büchr", ("ROMANE", "REGAL")),
        ("regla", ("REGAL",)),
        ("straßenkatre", ("STRASSE",)),
        # nothing has both; eiche is a word and not bent to fit
        ("shrank eiche", ("KOMMODE", "SCHLUESSEL", "KUECHE", "SCHRANK")),
        ("kleidershrank", ("SCHRANK",)),
        # umlauts and sharp s, however they are typed
        ("Bücher", ("ROMANE", "REGAL")),
        ("buecher", ("ROMANE", "REGAL")),
        ("bucher", ("ROMANE", "REGAL")),
        ("KÜCHENSCHRANK", ("KUECHE",)),
        ("kuchenschrank", ("KUECHE",)),
        ("kuechenschrank", ("KUECHE",)),
        ("strassenkarte", ("STRASSE",)),
        ("Straßenkarte", ("STRASSE",)),
        ("cafe", ("CAFE",)),
        ("sofaecke", ("SOFA",)),
        ("ecke", ("SOFA",)),
        # while typing
        ("k", ("KUECHE", "SCHRANK", "KOMMODE", "TISCH", "ROMANE", "REGAL")),
        ("kom", ("KOMMODE", "WICKEL", "TISCH")),
        ("wasserk", ("KETTLE",)),
        # compounds: begins with it, ends with it, contains it
        ("Schrank", ("SCHLUESSEL", "KUECHE", "SCHRANK")),
        ("kommode", ("KOMMODE", "WICKEL", "TISCH")),
        # several words
        ("kommode eiche", ("KOMMODE",)),
        ("tisch kommode", ("TISCH",)),
        ("eiche bistro", ("KOMMODE", "CAFE")),  # nothing has both
        # a Tisch is not a Fisch
        ("tisch", ("TISCH",)),
        # numbers, nonsense, nothing
        ("20.000", ("STRASSE",)),
        ("xyzzy", ()),
        ("", ()),
        ("  -- \"' & | ! : * ( ) \\ ", ()),
        ("kommode'; --", ("KOMMODE", "WICKEL", "TISCH")),
    ],
)
def test_the_same_hits_in_the_same_order_on_both_databases(
    query: str, expected: tuple[str, ...]
) -> None:
    assert search("item", HERE, query) == expected


@pytest.mark.usefixtures("shop")
def test_pages_follow_each_other() -> None:
    first = search("item", HERE, "k", limit=4)
    assert first == ("KUECHE", "SCHRANK", "KOMMODE", "TISCH")
    assert search("item", HERE, "k", limit=4, after=first[-1]) == ("ROMANE", "REGAL")
    assert search("item", HERE, "k", limit=4, after="REGAL") == ()


@pytest.mark.usefixtures("shop")
def test_another_scope_or_kind_finds_nothing() -> None:
    assert search("item", "centre:THERE", "kommode") == ()
    assert search("offer", HERE, "kommode") == ()


@pytest.mark.usefixtures("shop")
def test_weight_lifts_among_equals_but_never_above_better() -> None:
    index(kind="item", object_id="OLD", scope=HERE, title="Regalbrett", weight=5)
    index(kind="item", object_id="NEW", scope=HERE, title="Regalbrett")
    assert search("item", HERE, "regal") == ("OLD", "NEW", "REGAL")


@pytest.mark.usefixtures("shop")
def test_a_change_and_a_removal_show_at_once() -> None:
    index(kind="item", object_id="KETTLE", scope=HERE, title="Samowar")
    assert search("item", HERE, "wasserkocher") == ()
    assert search("item", HERE, "samovar") == ("KETTLE",)
    remove(kind="item", object_id="KETTLE")
    assert search("item", HERE, "samowar") == ()


@pytest.mark.usefixtures("shop")
def test_words_nobody_has_any_more_are_forgotten() -> None:
    index(kind="item", object_id="X", scope=HERE, title="Nachlass Mustermann")
    remove(kind="item", object_id="X")
    assert forget_unused_words() == 2
    assert not SearchWord.objects.filter(word="mustermann").exists()
    assert search("item", HERE, "wasserkoher") == ("KETTLE",)


@pytest.mark.usefixtures("shop")
def test_number_of_queries_does_not_grow_with_hits(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    many = [Entry("item", f"C{number}", HERE, "Kommode") for number in range(40)]
    index_many(many)
    with django_assert_num_queries(3):  # beginnings, vocabulary, compounds
        assert len(search("item", HERE, "kommode", limit=100)) == 43
    with django_assert_num_queries(4):  # beginnings, compounds, slips, documents
        assert len(search("item", HERE, "komode", limit=100)) == 43


def test_beyond_the_window_exact_hits_are_not_crowded_out() -> None:
    exact = [Entry("item", f"E{number}", HERE, "Schrank") for number in range(3)]
    compounds = [Entry("item", f"C{number}", HERE, "Eckschrank") for number in range(400)]
    index_many([*exact, *compounds])
    found = search("item", HERE, "schrank", limit=1000)
    assert found[:3] == ("E2", "E1", "E0")
    assert len(found) == 203
