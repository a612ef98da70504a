"""The order of hits: computed here, not by the databases, so that both give the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from wesprint.platform.search.similarity import part_slips, whole_slips

EXACT, PREFIX, COMPOUND, INSIDE = 100, 70, 60, 45
SLIP = (0, 30, 20)  # by number of edits
PART_SLIP = (0, 15, 10)  # in a part of a compound


@dataclass
class Term:
    """One word asked for: its forms, and words of the vocabulary that it may be a slip
    of, with what such a hit counts."""

    forms: tuple[str, ...]
    inside: tuple[str, ...] = ()
    slips: dict[str, int] = field(default_factory=dict)
    _known: dict[str, int] = field(default_factory=dict)

    def points(self, word: str) -> int:
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._points(word)
        return found

    def slipped(self, slips: dict[str, int]) -> None:
        """Words it may be a slip of; what was scored until now is scored anew."""
        self.slips = slips
        self._known.clear()

    def _points(self, word: str) -> int:
        return max(
            max(_form_points(form, word) for form in self.forms),
            self.slips.get(word, 0),
        )


def _form_points(form: str, word: str) -> int:
    if word == form:
        return EXACT
    if word.startswith(form):
        return PREFIX
    if len(form) < 3:
        return 0
    # German compounds carry their kind at the end: a Kleiderschrank is a Schrank.
    if word.endswith(form):
        return COMPOUND
    return INSIDE if form in word else 0


def slip_points(form: str, words: Sequence[str], *, settled: bool) -> dict[str, int]:
    """Which of `words` may be meant by `form`, and what such a hit counts.

    settled: the form is a word itself; then only words that much resemble it, and no parts of
    compounds.
    """
    found: dict[str, int] = {}
    if not settled:
        parts = part_slips(form, words)
        found = {word: PART_SLIP[edits] for word, edits in parts.items() if edits}
    whole = whole_slips(form, words, resembling=settled)
    return found | {word: SLIP[edits] for word, edits in whole.items() if edits}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may be a hit, with its folded words."""

    id: int
    object_id: str
    weight: int
    title_words: str
    body_words: str


def ranked(candidates: Sequence[Candidate], terms: Sequence[Term]) -> list[Candidate]:
    """Best first: sum of the terms' best words (in the body half), then weight, then newest."""
    keys = {one.id: (-score(one, terms), -one.weight, -one.id) for one in candidates}
    return sorted(candidates, key=lambda one: keys[one.id])


def score(candidate: Candidate, terms: Sequence[Term]) -> int:
    title, body = candidate.title_words.split(), candidate.body_words.split()
    return sum(
        max(
            max((2 * term.points(word) for word in title), default=0),
            max((term.points(word) for word in body), default=0),
        )
        for term in terms
    )
