"""The one seam between search and the two databases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.db import connection

from wesprint.platform.search.ranking import Candidate
from wesprint.platform.search.similarity import Proposal

# More hits than this nobody reads; it bounds the work for a word that everything has.
WINDOW = 200
MOST_WORDS = 60

# For each term the words that count, and the beginnings of words that count.
Group = tuple[Sequence[str], Sequence[str]]


class Engine(Protocol):
    """What a database must be able to do for search."""

    def words_with(self, part: str) -> list[str]:
        """Words of the vocabulary that contain `part` (3 characters or more), shortest first,
        then by alphabet; at most MOST_WORDS."""

    def words_like(self, near: Proposal) -> list[str]:
        """The words of the vocabulary that fit the proposal, in any order."""

    def newest(self, facet: str, groups: Sequence[Group], *, all_of: bool) -> list[Candidate]:
        """The newest WINDOW documents with a word of each group (all_of) or of any group."""


def engine() -> Engine:
    from wesprint.platform.search.postgres import PostgresEngine
    from wesprint.platform.search.sqlite import SqliteEngine

    return PostgresEngine() if connection.vendor == "postgresql" else SqliteEngine()


def rows(sql: str, params: Sequence[str | int]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
