"""What stands between a thing and its buyer, and which of it is still closed. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from wesprint.platform.reference.facts import CategoryFacts, GateFacts
from wesprint.platform.reference.models import GateKind
from wesprint.platform.search.folding import indexed_words

# What bars it most is said first.
_ORDER = (GateKind.NEVER_SELL, GateKind.NEEDS_TEST, GateKind.NEEDS_DATA)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a thing that opens gates."""

    tested: bool = False
    has_data: bool = False


def gates_of(gates: Iterable[GateFacts], facts: CategoryFacts, text: str) -> tuple[GateFacts, ...]:
    """The gates that are about a thing of this kind with these words, opened or not."""
    words = frozenset(indexed_words(text))
    return tuple(gate for gate in gates if _is_about(gate, facts, words))


def _is_about(gate: GateFacts, facts: CategoryFacts, words: frozenset[str]) -> bool:
    if gate.category and gate.category != facts.slug:
        return False
    if gate.group and gate.group != facts.group:
        return False
    if gate.electrical and not facts.electrical:
        return False
    return not gate.words or any(_names(words, phrase) for phrase in gate.words)


def _names(words: frozenset[str], phrase: str) -> bool:
    """Every word of the phrase is among the words, in one of its spellings."""
    parts = _parts(phrase)
    for part in parts:  # a loop, not all(): a table asks for every row
        if part.isdisjoint(words):
            return False
    return bool(parts)


@lru_cache(maxsize=2_000)  # a table asks for every row
def _parts(phrase: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(indexed_words(part)) for part in phrase.split())


def first_closed(gates: Iterable[GateFacts], known: Known) -> GateFacts | None:
    """The gate that bars the thing from the shelf, the gravest first; None when all are open."""
    closed = [gate for gate in gates if not _is_open(gate, known)]
    return min(closed, key=lambda gate: _ORDER.index(GateKind(gate.kind)), default=None)


def _is_open(gate: GateFacts, known: Known) -> bool:
    if gate.kind == GateKind.NEEDS_TEST:
        return known.tested
    return gate.kind == GateKind.NEEDS_DATA and known.has_data
