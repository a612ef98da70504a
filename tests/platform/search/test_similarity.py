from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wesprint.platform.search.folding import indexed_words, query_terms
from wesprint.platform.search.ranking import Candidate, Term, score
from wesprint.platform.search.similarity import (
    edit_distance,
    is_slip,
    proposing_trigrams,
    trigrams,
)


@pytest.mark.parametrize(
    ("asked", "word", "edits"),
    [
        ("komode", "kommode", 1),
        ("wasserkoher", "wasserkocher", 1),
        ("farad", "fahrrad", None),  # two edits are too many for five letters
        ("fahrad", "fahrrad", 1),
        ("tich", "tisch", 1),
        ("regla", "regal", 1),
        ("cristall", "kristall", 1),
        ("tisch", "fisch", None),
        ("hose", "dose", None),
        ("bett", "brett", 1),
        ("rad", "rat", None),
        ("model2500", "model2400", None),
        ("modl2500", "model2500", 1),
        ("kommode", "kommode", 0),
    ],
)
def test_slips(asked: str, word: str, edits: int | None) -> None:
    assert is_slip(asked, word) == edits


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bücherregal", ["bucherregal", "buecherregal"]),
        ("Saege", ["saege", "sage"]),
        ("Sofaecke", ["sofaecke", "sofacke"]),
        ("Straße 7b", ["strasse", "7b"]),
        ("Café-Stuhl, Café", ["cafe", "stuhl"]),
        ("ﬃ 𝟙₂ Σίσυφος", ["ffi", "12", "σισυφος"]),
        ("_-'\x00", []),
    ],
)
def test_indexed_words(text: str, words: list[str]) -> None:
    assert indexed_words(text) == words


def test_a_question_is_bounded() -> None:
    assert query_terms("Bücher bücher 1 2 3 4 5 6 7") == [
        ("bucher", "buecher"), ("1",), ("2",), ("3",), ("4",), ("5",),
    ]  # fmt: skip
    assert query_terms("x" * 10_000) == [("x" * 40,)]


def test_score_counts_the_best_word_of_each_term_and_the_body_half() -> None:
    here = Candidate(1, "A", 0, "eckschrank schrank", "weiss schrankbett")
    assert score(here, [Term(("schrank",))]) == 200
    assert score(here, [Term(("schrankb",))]) == 70
    assert score(here, [Term(("schrank",)), Term(("weis",))]) == 270


words = st.text("abcdeknorsu", min_size=1, max_size=12)


@given(words, words)
def test_a_similar_word_is_always_proposed(asked: str, word: str) -> None:
    if is_slip(asked, word) is not None:
        assert trigrams(word) & set(proposing_trigrams(asked))


@given(words, words, words)
def test_edit_distance_is_zero_only_for_equals_and_symmetric(a: str, b: str, c: str) -> None:
    assert (edit_distance(a, b) == 0) == (a == b)
    assert edit_distance(a, b) == edit_distance(b, a)
    assert edit_distance(a + c, b + c) <= edit_distance(a, b)


@given(st.text(max_size=60))
def test_what_was_indexed_is_found_by_typing_it_again(text: str) -> None:
    known = set(indexed_words(text))
    for forms in query_terms(text[:200]):
        assert set(forms) <= known
