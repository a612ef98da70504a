from __future__ import annotations

from django.db import models
from django.db.models import Q

from wesprint.kernel.ids import new_secret


class StoredFile(models.Model):
    """A photo that belongs to something. The row says whose it is; the bytes lie in the files
    folder under their `digest`, so that the same photo sent twice lies there once.

    `public_id` cannot be guessed: it is all that the address of a public photo holds.
    `scope` is the centre or organisation it belongs to, `purpose` the room's word for it
    ("goods.offer"). `sizes`: the longest sides in pixels that exist, smallest first.
    """

    public_id = models.CharField(max_length=40, unique=True, default=new_secret, editable=False)
    scope = models.CharField(max_length=60)
    purpose = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sizes = models.JSONField(default=list)
    is_public = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(width__gt=0) & Q(height__gt=0), name="file_has_an_extent"
            )
        ]
        indexes = [
            models.Index(fields=["digest"], name="file_by_digest"),
            models.Index(fields=["scope", "purpose"], name="file_by_scope"),
        ]

    def __str__(self) -> str:
        return self.public_id
