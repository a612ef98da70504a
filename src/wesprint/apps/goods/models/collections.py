from __future__ import annotations

from django.db import models

from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Person


class Collection(models.Model):
    """What one neighbour has put aside or waits for, behind one secret link: reserved piece by
    piece, collected in one go."""

    public_id = PublicIdField()
    secret_hash = models.CharField(max_length=64, unique=True)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="collections")
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="collections"
    )
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.public_id
