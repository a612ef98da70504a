"""From words to categories: what a giver wrote, and what somebody types above the tiles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from wesprint.apps.goods.selectors.house import Tree
from wesprint.platform.reference.facts import CategoryFacts
from wesprint.platform.search.folding import indexed_words, query_terms
from wesprint.platform.search.ranking import Candidate, Term, ranked, score, slip_points

NAME, SYNONYM = 3, 2
WHOLE, ENDING = 2, 1
SHORTEST_ENDING = 4
# What follows these says more about a thing, or names another one.
_ABOUT = re.compile(
    r"[,;:(/]|\s(?:über|von|vom|für|mit|ohne|aus|zum|zur|und|about|of|for|from|with|and|&|\+)\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A name or synonym: the folded forms of each of its words."""

    facts: CategoryFacts
    weight: int
    words: tuple[frozenset[str], ...]


def guess(tree: Tree, text: str, *, taken: bool = False) -> CategoryFacts | None:
    """The category that a giver's words clearly name, or None.

    "Altes Sideboard, Eiche" -> chest-of-drawers; "Wandfarbe" -> chemicals, because a German
    compound carries its kind at the end. Whole words go before endings, and then things the
    house takes before those it refuses: a chair in a nice colour ("Farbe") is a chair.
    taken: look only among what the house takes.
    """
    asked = [frozenset(indexed_words(word)) for word in text.split()]
    asked = [forms for forms in asked if forms]
    best: tuple[bool, bool, int, int] | None = None
    found = None
    for order, phrase in enumerate(_phrases(tree)):
        if taken and not phrase.facts.taken:
            continue
        points = _points(phrase, asked)
        whole = points >= WHOLE * len(phrase.words) * phrase.weight
        key = (whole, phrase.facts.taken, points, -order)
        if points and (best is None or key > best):
            best, found = key, phrase.facts
    return found


def is_named(tree: Tree, facts: CategoryFacts, text: str) -> bool:
    """Whether the thing itself is of this kind, and not something for it, about it or like it.

    "Kindersitz von Römer" is a child seat; "Fahrradhelm-Halter", "Puppenmatratze" and
    "Kochbücher über Lebensmittel" are none of what they speak of.
    """
    head = _ABOUT.split(text, maxsplit=1)[0]
    words = [frozenset(indexed_words(word.rsplit("-", 1)[-1])) for word in head.split()]
    return any(
        all(any(forms & word for word in words) for forms in phrase.words)
        for phrase in _phrases(tree)
        if phrase.facts == facts
    )


def _points(phrase: _Phrase, asked: list[frozenset[str]]) -> int:
    """Zero unless every word of the phrase is among the words asked."""
    total = 0
    for forms in phrase.words:
        fit = max((_fit(forms, word) for word in asked), default=0)
        if not fit:
            return 0
        total += fit
    return total * phrase.weight


def _fit(forms: frozenset[str], asked: frozenset[str]) -> int:
    if forms & asked:
        return WHOLE
    endings = tuple(form for form in forms if len(form) >= SHORTEST_ENDING)
    return ENDING if endings and any(word.endswith(endings) for word in asked) else 0


@lru_cache(maxsize=8)
def _phrases(tree: Tree) -> tuple[_Phrase, ...]:
    return tuple(
        _Phrase(facts, weight, words)
        for facts in tree.by_id.values()
        for weight, text in _texts(facts)
        if (words := tuple(frozenset(indexed_words(word)) for word in text.split())) and all(words)
    )


def _texts(facts: CategoryFacts) -> Iterator[tuple[int, str]]:
    for name in (facts.name_de, facts.name_en):
        for part in name.replace(",", "&").split("&"):
            yield NAME, part.strip()
    for synonym in (*facts.synonyms_de, *facts.synonyms_en):
        yield SYNONYM, synonym


def find(tree: Tree, query: str) -> tuple[CategoryFacts, ...]:
    """Categories that fit the words typed, best first, slips and beginnings of words included;
    also those the house refuses, so that a page can say why. Where none has the words, the one
    that their ending names: a Motorradbatterie is a Batterie."""
    terms = [Term(forms) for forms in query_terms(query)]
    candidates = _candidates(tree)
    if not terms:
        return ()
    for term in terms:
        term.slipped(_slips(tree, term))
    fitting = [one for one in candidates if all(score(one, [term]) for term in terms)]
    if not fitting:
        named = guess(tree, query)
        return (named,) if named else ()
    return tuple(tree.by_id[one.id] for one in ranked(fitting, terms))


def _slips(tree: Tree, term: Term) -> dict[str, int]:
    words = _vocabulary(tree)
    settled = any(word.startswith(term.forms) for word in words)
    slips: dict[str, int] = {}
    for form in term.forms:
        for word, points in slip_points(form, words, settled=settled).items():
            slips[word] = max(points, slips.get(word, 0))
    return slips


@lru_cache(maxsize=8)
def _vocabulary(tree: Tree) -> tuple[str, ...]:
    texts = (f"{one.title_words} {one.body_words}" for one in _candidates(tree))
    return tuple(dict.fromkeys(word for text in texts for word in text.split()))


@lru_cache(maxsize=8)
def _candidates(tree: Tree) -> tuple[Candidate, ...]:
    """Earlier in the tree goes first among equals: `ranked` prefers the larger weight."""
    leaves = list(tree.by_id.values())
    return tuple(
        Candidate(
            facts.id,
            facts.slug,
            len(leaves) - place,
            " ".join(indexed_words(" ".join(facts.names))),
            " ".join(indexed_words(" ".join((*facts.synonyms_de, *facts.synonyms_en)))),
        )
        for place, facts in enumerate(leaves)
    )
