from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wesprint.platform.search.folding import indexed_words, query_terms
from wesprint.platform.search.ranking import Candidate, Term, score
from wesprint.platform.search.similarity import (
    part_slips,
    proposal,
    whole_slips,
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
    assert whole_slips(asked, [word], resembling=True).get(word) == edits


@pytest.mark.parametrize(
    ("asked", "word", "whole", "part"),
    [
        ("sthul", "stuhl", 1, None),
        ("sthul", "kuechenstuhl", None, 1),
        ("sthul", "stuhlkissen", None, 1),
        ("sthul", "stuhle", None, 1),
        ("hose", "hase", 1, None),
        ("hose", "dose", None, None),
        ("tisch", "backfisch", None, None),  # its first sound is another one in parts as well
        ("shreibtsich", "schreibtisch", 2, None),
        ("shreibtsich", "schreibtischlampe", None, 2),
        ("shreibtsich", "eckschreibtisch", None, 2),
        ("rad", "radio", None, None),  # nothing below four letters
        ("rgal", "eisregal", None, 1),
        ("regal2500", "regale2400", None, None),
    ],
)
def test_a_word_that_nothing_has_is_looked_for_wider(
    asked: str, word: str, whole: int | None, part: int | None
) -> None:
    assert whole_slips(asked, [word], resembling=False).get(word) == whole
    assert part_slips(asked, [word]).get(word) == part


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


slips = st.sampled_from(["left out", "too much", "another", "swapped"])


def mistyped(word: str, kind: str, at: int, letter: str) -> str:
    """One slip behind the first letter."""
    at = 1 + at % (len(word) - 2)
    head, tail = word[:at], word[at + 1 :]
    return {
        "left out": head + tail,
        "too much": head + letter + word[at:],
        "another": head + letter + tail,
        "swapped": head + tail[:1] + word[at] + tail[1:],
    }[kind]


@given(st.text("abcdeknorsu", min_size=5, max_size=9), slips, st.integers(0, 9), words, words)
def test_one_slip_is_proposed_and_found_alone_and_in_compounds(
    right: str, kind: str, at: int, before: str, behind: str
) -> None:
    asked = mistyped(right, kind, at, "x")
    near, compounds = proposal(asked), [right + behind, f"x{before}{right}"]
    assert all(near.fits(word) for word in (right, *compounds))
    assert set(whole_slips(asked, [right], resembling=False)) == {right}
    if len(asked) >= 5:
        assert set(part_slips(asked, compounds)) == set(compounds)


@given(words, words)
def test_what_resembles_is_found_in_the_wider_search_too(asked: str, word: str) -> None:
    close = whole_slips(asked, [word], resembling=True)
    assert close.items() <= whole_slips(asked, [word], resembling=False).items()
    if close.get(word) == 1:
        assert proposal(asked).fits(word)


@given(st.text(max_size=60))
def test_what_was_indexed_is_found_by_typing_it_again(text: str) -> None:
    known = set(indexed_words(text))
    for forms in query_terms(text[:200]):
        assert set(forms) <= known
