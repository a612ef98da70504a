from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.organisations.models import Centre


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("waits for its columns")
    CHECKING = "checking", _("is being checked")
    CHECKED = "checked", _("checked")
    IMPORTING = "importing", _("is being imported")
    INDEXING = "indexing", _("is being made findable")
    DONE = "done", _("imported")
    FAILED = "failed", pgettext_lazy("import", "failed")
    DISCARDED = "discarded", _("discarded")


class Import(models.Model):
    """One table that somebody brought, from the upload to the last row.

    mapping: name of a column of ours -> number of the column in the file. defaults: name of a
    column -> what holds where the file says nothing. command: row number of the command that
    confirmed it; it stands in everything that the import writes. moved: how many of its rows stand
    in the house already.
    """

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="imports")
    kind = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    file_name = models.CharField(max_length=120)
    size = models.BigIntegerField()
    format = models.CharField(max_length=4)
    encoding = models.CharField(max_length=20, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)
    headings = models.JSONField(default=list)
    first_rows = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    defaults = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    progress = models.CharField(max_length=40, blank=True)
    command = models.BigIntegerField(null=True)
    result = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=300, blank=True)
    uploaded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="import_state_known"
            ),
        ]
        indexes = [models.Index(fields=["centre", "-uploaded_at"], name="import_newest")]

    def __str__(self) -> str:
        return self.public_id


class ImportChunk(models.Model):
    """Up to a thousand rows, as read and checked: what the confirmed import is made from.

    rows: [number in the file, values as checked]. faults: [number, column, what, what next].
    """

    parent = models.ForeignKey(
        Import, on_delete=models.CASCADE, related_name="chunks", db_index=False
    )
    number = models.PositiveIntegerField()
    rows = models.JSONField(default=list)
    faults = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "number"], name="import_chunk_once")
        ]
