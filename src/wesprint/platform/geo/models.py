from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Confidence(models.TextChoices):
    """How sure a place on the map is that of an address."""

    PINNED = "pinned", _("shown on the map by hand")
    EXACT = "exact", _("this house number")
    NEAREST = "nearest", _("the nearest house number")
    STREET = "street", _("somewhere in this street")


class Located(models.Model):
    """For a model with one address: where it is, in degrees (WGS 84), as far as the town's map
    knows. All three or none (`place_is_whole`)."""

    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    confidence = models.CharField(max_length=8, choices=Confidence, blank=True, default="")

    class Meta:
        abstract = True


def place_is_whole(name: str) -> models.CheckConstraint:
    """For the models that are `Located`: latitude, longitude and how sure, or none of them."""
    none = Q(lat__isnull=True, lon__isnull=True, confidence="")
    whole = Q(lat__range=(-90, 90), lon__range=(-180, 180), confidence__in=Confidence.values)
    return models.CheckConstraint(condition=none | whole, name=name)


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
