from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Town(models.Model):
    """A town of the map. What it consists of lies in `folder` below TOWNS_ROOT: streets,
    addresses, tiles, made from one extract; public data of OpenStreetMap, nobody's in particular.
    """

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    folder = models.CharField(max_length=40)
    extract = models.CharField(max_length=200)
    extract_sha256 = models.CharField(max_length=64)
    speed_model = models.CharField(max_length=40)
    south = models.FloatField()
    west = models.FloatField()
    north = models.FloatField()
    east = models.FloatField()
    junctions = models.PositiveIntegerField()
    streets = models.PositiveIntegerField()
    doors = models.PositiveIntegerField()
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=Q(south__lt=F("north"), west__lt=F("east")), name="town_has_an_extent"
            )
        ]

    def __str__(self) -> str:
        return self.name
