"""Making things findable, within the transaction of the change itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from wesprint.platform.search.folding import indexed_words
from wesprint.platform.search.models import SearchDocument, SearchWord

MOST_BODY_WORDS = 400
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """What shall be found: texts as people read them; `weight` lifts it above equal hits."""

    kind: str
    object_id: str
    scope: str
    title: str
    body: str = ""
    language: str = ""
    weight: int = 0


def facet(kind: str, scope: str) -> str:
    """One token that stands for kind and scope in both indexes."""
    return "f" + hashlib.sha256(f"{kind}\0{scope}".encode()).hexdigest()[:16]


def index(
    *,
    kind: str,
    object_id: str,
    scope: str,
    title: str,
    body: str = "",
    language: str = "",
    weight: int = 0,
) -> None:
    """Make a thing findable, or change under what it is found. Raises RuntimeError outside a
    transaction: the index must never know more than the tables."""
    index_many([Entry(kind, object_id, scope, title, body, language, weight)])


def index_many(entries: Sequence[Entry]) -> None:
    """The same for many at once, three queries per 500."""
    _require_transaction()
    for start in range(0, len(entries), _CHUNK):
        documents = [_document(entry) for entry in entries[start : start + _CHUNK]]
        _learn({word for one in documents for word in _all_words(one)})
        SearchDocument.objects.bulk_create(
            documents,
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=[
                "scope", "facet", "title", "body", "language", "weight", "title_words", "body_words"
            ],
        )  # fmt: skip


def remove(*, kind: str, object_id: str) -> None:
    """Make it unfindable; nothing happens where it was not known."""
    _require_transaction()
    SearchDocument.objects.filter(kind=kind, object_id=object_id).delete()


def forget_unused_words() -> int:
    """Drop words that no document has any more (they may have been somebody's name); returns
    how many. For the nightly job: it reads every document once."""
    _require_transaction()
    used = {word for one in SearchDocument.objects.iterator() for word in _all_words(one)}
    unused = [pk for pk, word in SearchWord.objects.values_list("pk", "word") if word not in used]
    for start in range(0, len(unused), _CHUNK):
        SearchWord.objects.filter(pk__in=unused[start : start + _CHUNK]).delete()
    return len(unused)


def _document(entry: Entry) -> SearchDocument:
    title = indexed_words(entry.title)
    return SearchDocument(
        kind=entry.kind,
        object_id=entry.object_id,
        scope=entry.scope,
        facet=facet(entry.kind, entry.scope),
        title=entry.title,
        body=entry.body,
        language=entry.language,
        weight=entry.weight,
        title_words=" ".join(title),
        body_words=" ".join(indexed_words(entry.body)[:MOST_BODY_WORDS]),
    )


def _all_words(document: SearchDocument) -> Iterable[str]:
    return f"{document.title_words} {document.body_words}".split()


def _learn(words: set[str]) -> None:
    """New words in alphabetical order, so that two transactions wait instead of deadlocking."""
    known = SearchWord.objects.filter(word__in=words).values_list("word", flat=True)
    fresh = sorted(words - set(known))
    SearchWord.objects.bulk_create(
        [SearchWord(word=word, length=len(word)) for word in fresh], ignore_conflicts=True
    )


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("search is written only within the transaction of the change")
