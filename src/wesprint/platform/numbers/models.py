from __future__ import annotations

from django.db import models
from django.db.models import Q


class Counter(models.Model):
    """The last number given in a series of one scope and year (0: a series without years)."""

    series = models.CharField(max_length=10)
    scope = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "scope", "year"], name="counter_once"),
            models.CheckConstraint(condition=Q(last__gte=0), name="counter_not_negative"),
        ]
