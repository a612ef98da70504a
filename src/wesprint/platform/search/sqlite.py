"""FTS5: one table of words for documents, one of trigrams for the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wesprint.platform.search.engine import MOST_WORDS, WINDOW, Group, rows
from wesprint.platform.search.ranking import Candidate
from wesprint.platform.search.similarity import Proposal

TABLES = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_fts USING fts5(
        facet, title_words, body_words, content='search_searchdocument', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0', prefix='1 2 3', detail='column')""",
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_word_fts USING fts5(
        padded, content='', tokenize='trigram')""",
)
_ADD = "INSERT INTO search_fts(rowid, facet, title_words, body_words) VALUES (new.id, new.facet, new.title_words, new.body_words)"  # noqa: E501 - one statement, one line
_DROP = "INSERT INTO search_fts(search_fts, rowid, facet, title_words, body_words) VALUES ('delete', old.id, old.facet, old.title_words, old.body_words)"  # noqa: E501 - one statement, one line
TRIGGERS = {
    "search_document_added": f"AFTER INSERT ON search_searchdocument BEGIN {_ADD}; END",
    "search_document_gone": f"AFTER DELETE ON search_searchdocument BEGIN {_DROP}; END",
    "search_document_changed": (
        f"AFTER UPDATE ON search_searchdocument BEGIN {_DROP}; {_ADD}; END"
    ),
    "search_word_added": (
        "AFTER INSERT ON search_searchword BEGIN INSERT INTO search_word_fts(rowid, padded) "
        "VALUES (new.id, '  ' || new.word || ' '); END"
    ),
    "search_word_gone": (
        "AFTER DELETE ON search_searchword BEGIN INSERT INTO search_word_fts(search_word_fts, "
        "rowid, padded) VALUES ('delete', old.id, '  ' || old.word || ' '); END"
    ),
}


def statements() -> list[str]:
    """All that makes the index; each may run again. Django's remake of a table drops triggers
    silently, so they are laid on anew after every migrate."""
    triggers = [f"CREATE TRIGGER IF NOT EXISTS {name} {body}" for name, body in TRIGGERS.items()]
    return [*TABLES, *triggers]


class SqliteEngine:
    def words_with(self, part: str) -> list[str]:
        found = rows(
            "SELECT w.word FROM search_word_fts f JOIN search_searchword w ON w.id = f.rowid "
            "WHERE search_word_fts MATCH %s ORDER BY w.length, w.word LIMIT %s",
            [_quoted(part), MOST_WORDS],
        )
        return [str(word) for (word,) in found]

    def words_like(self, near: Proposal) -> list[str]:
        starts = " OR ".join(["(word >= %s AND word < %s)"] * len(near.beginnings))
        found = rows(
            f"SELECT word FROM search_searchword WHERE ({starts}) AND length >= %s "  # noqa: S608 - placeholders only
            "UNION SELECT w.word FROM search_word_fts f JOIN search_searchword w ON w.id = f.rowid "
            "WHERE search_word_fts MATCH %s AND w.length >= %s",
            [
                *(bound for start in near.beginnings for bound in (start, _next(start))),
                near.least_length,
                " OR ".join(map(_quoted, [*(f"{end} " for end in near.endings), *near.inside])),
                near.least_length,
            ],
        )
        return [str(other) for (other,) in found]

    def newest(self, facet: str, groups: Sequence[Group], *, all_of: bool) -> list[Candidate]:
        joined = (" AND " if all_of else " OR ").join(f"({_any(group)})" for group in groups)
        found = rows(
            "SELECT id, object_id, weight, title_words, body_words FROM search_searchdocument "
            "WHERE id IN (SELECT rowid FROM search_fts WHERE search_fts MATCH %s "
            "ORDER BY rowid DESC LIMIT %s)",
            [f"facet : {facet} AND {{title_words body_words}} : ({joined})", WINDOW],
        )
        return [Candidate(*row) for row in found]  # type: ignore[arg-type]  # columns as named


def _any(group: Group) -> str:
    words, beginnings = group
    return " OR ".join([*map(_quoted, words), *_beginnings(beginnings)])


def _next(start: str) -> str:
    """The least text behind all that begin with `start`."""
    return start[:-1] + chr(ord(start[-1]) + 1)


def _beginnings(parts: Iterable[str]) -> list[str]:
    return [f"{_quoted(part)} *" for part in parts]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
