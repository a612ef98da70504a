"""tsvector with GIN for documents, pg_trgm for the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence

from wesprint.platform.search.engine import MOST_WORDS, WINDOW, Group, rows
from wesprint.platform.search.ranking import Candidate
from wesprint.platform.search.similarity import Proposal

# The words are folded already: they become lexemes as they are, no parser in between.
STATEMENTS = (
    """ALTER TABLE search_searchdocument ADD COLUMN IF NOT EXISTS lexemes tsvector
       GENERATED ALWAYS AS (array_to_tsvector(array_remove(string_to_array(
         facet || ' ' || title_words || ' ' || body_words, ' '), ''))) STORED""",
    """CREATE INDEX IF NOT EXISTS search_document_lexemes ON search_searchdocument
       USING gin (lexemes) WITH (fastupdate = off)""",
    """CREATE INDEX IF NOT EXISTS search_word_trigrams ON search_searchword
       USING gin (word gin_trgm_ops) WITH (fastupdate = off)""",
)


class PostgresEngine:
    def words_with(self, part: str) -> list[str]:
        found = rows(
            "SELECT word FROM search_searchword WHERE word LIKE %s "
            'ORDER BY length, word COLLATE "C" LIMIT %s',
            [f"%{part}%", MOST_WORDS],
        )
        return [str(word) for (word,) in found]

    def words_like(self, near: Proposal) -> list[str]:
        patterns = [
            *(f"{start}%" for start in near.beginnings),
            *(f"%{end}" for end in near.endings),
            *(f"%{part}%" for part in near.inside),
        ]
        found = rows(
            f"SELECT word FROM search_searchword WHERE ({_likes(patterns)}) AND length >= %s",  # noqa: S608 - placeholders only
            [*patterns, near.least_length],
        )
        return [str(other) for (other,) in found]

    def newest(self, facet: str, groups: Sequence[Group], *, all_of: bool) -> list[Candidate]:
        joined = (" & " if all_of else " | ").join(f"({_any(group)})" for group in groups)
        found = rows(
            "SELECT id, object_id, weight, title_words, body_words FROM search_searchdocument "
            "WHERE lexemes @@ %s::tsquery AND facet = %s ORDER BY id DESC LIMIT %s",
            [f"{_quoted(facet)} & ({joined})", facet, WINDOW],
        )
        return [Candidate(*row) for row in found]  # type: ignore[arg-type]  # columns as named


def _likes(patterns: Sequence[str]) -> str:
    return " OR ".join(["word LIKE %s"] * len(patterns))


def _any(group: Group) -> str:
    words, beginnings = group
    return " | ".join([*map(_quoted, words), *(f"{_quoted(part)}:*" for part in beginnings)])


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
