"""What can be found. The inverted indexes beside these tables belong to the database: see
`sqlite.py` and `postgres.py`."""

from __future__ import annotations

from django.db import models

from wesprint.platform.search.folding import MAX_WORD


class SearchDocument(models.Model):
    """One thing that can be found by its words. `object_id` is its public id, `facet` one token
    for kind and scope. `title_words` and `body_words` are the folded texts."""

    kind = models.CharField(max_length=30)
    object_id = models.CharField(max_length=40)
    scope = models.CharField(max_length=60)
    facet = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=12, blank=True)
    weight = models.SmallIntegerField(default=0)
    title_words = models.TextField(blank=True)
    body_words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="search_document_once")
        ]
        indexes = [models.Index(fields=["facet", "id"], name="search_facet_newest")]


class SearchWord(models.Model):
    """The vocabulary: every folded word of any document, for compounds and slips."""

    word = models.CharField(max_length=2 * MAX_WORD, unique=True)
    length = models.PositiveSmallIntegerField()
