"""Finding things: tolerant of slips, umlauts and compounds, in the same order on both databases."""

from __future__ import annotations

from collections.abc import Sequence

from wesprint.platform.search.engine import MOST_WORDS, WINDOW, Engine, Group, engine
from wesprint.platform.search.folding import query_terms
from wesprint.platform.search.ranking import COMPOUND, Candidate, Term, ranked, slip_points
from wesprint.platform.search.services import facet
from wesprint.platform.search.similarity import allowed_edits, proposal

ENOUGH = 5


def search(
    kind: str, scope: str, query: str, *, limit: int = 24, after: str = ""
) -> tuple[str, ...]:
    """The public ids of what fits `query`, best first, at most `limit`, behind the id `after`.

    All words must fit, as a beginning of a word or inside a compound; slips of the keyboard
    count only where fewer than five things fit otherwise, and in parts of compounds only where
    what was typed is no word; where nothing fits all words, things that fit one of them are
    given. An empty query finds nothing. At most 400 hits in all.
    Queries: one to four, plus one or two per word.
    """
    terms = [Term(forms) for forms in query_terms(query)]
    if not terms:
        return ()
    order = [one.object_id for one in ranked(_candidates(facet(kind, scope), terms), terms)]
    start = order.index(after) + 1 if after in order else 0
    return tuple(order[start : start + limit])


def _candidates(facet_token: str, terms: Sequence[Term]) -> list[Candidate]:
    """Beginnings of words first; where they fill the window nothing lower can come into sight."""
    database = engine()
    found = database.newest(facet_token, _beginnings(terms), all_of=True)
    if len(found) == WINDOW:
        return found
    for term in terms:
        term.inside = _compounds(database, term)
    if any(term.inside for term in terms):
        found = _merged(found, database.newest(facet_token, _groups(terms), all_of=True))
    return found if len(found) >= ENOUGH else _with_slips(database, facet_token, terms, found)


def _with_slips(
    database: Engine, facet_token: str, terms: Sequence[Term], sure: Sequence[Candidate]
) -> list[Candidate]:
    for term in terms:
        term.slipped(_slips(database, term, settled=_settled(term, sure)))
    found = database.newest(facet_token, _groups(terms), all_of=True)
    if found or len(terms) == 1:
        return found
    return database.newest(facet_token, _groups(terms), all_of=False)


def _settled(term: Term, sure: Sequence[Candidate]) -> bool:
    """Whether something here has the word as it was typed, or a compound with it."""
    return any(
        term.points(word) >= COMPOUND
        for one in sure
        for word in f"{one.title_words} {one.body_words}".split()
    )


def _compounds(database: Engine, term: Term) -> tuple[str, ...]:
    words = [word for form in term.forms if len(form) >= 3 for word in database.words_with(form)]
    return tuple(word for word in dict.fromkeys(words) if not word.startswith(term.forms))


def _slips(database: Engine, term: Term, *, settled: bool) -> dict[str, int]:
    """The best words with their points, at most MOST_WORDS. What is a word of the vocabulary,
    wherever, is right: who asks for a Bett where there is none wants no Brett."""
    slips: dict[str, int] = {}
    for form in term.forms:
        words = database.words_like(proposal(form)) if allowed_edits(form) else []
        sure = settled or form in words
        for word, points in slip_points(form, words, settled=sure).items():
            slips[word] = max(points, slips.get(word, 0))
    best = sorted(slips, key=lambda word: (-slips[word], len(word), word))
    return {word: slips[word] for word in best[:MOST_WORDS]}


def _groups(terms: Sequence[Term]) -> list[Group]:
    return [((*term.inside, *sorted(term.slips)), term.forms) for term in terms]


def _beginnings(terms: Sequence[Term]) -> list[Group]:
    return [((), term.forms) for term in terms]


def _merged(one: Sequence[Candidate], other: Sequence[Candidate]) -> list[Candidate]:
    return list({candidate.id: candidate for candidate in (*one, *other)}.values())
