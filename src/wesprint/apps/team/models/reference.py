from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.models import Dated


class Group(models.TextChoices):
    """What kinds are counted together in the figures."""

    VOLUNTEER = "volunteer", _("Volunteers")
    PLACEMENT = "placement", _("Placements")
    SERVICE = "service", _("Voluntary services")
    EMPLOYEE = "employee", _("Employees")


def _open_once(name: str, key: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=[key], condition=Q(valid_to=None), name=f"{name}_open")


class EngagementKind(Dated):
    """By which law somebody works here. `for_sponsor`: somebody outside wants the sheet."""

    KEY: ClassVar[tuple[str, ...]] = ("slug",)

    slug = models.SlugField(max_length=30)
    position = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=10, choices=Group)
    name_de = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    law = models.CharField(max_length=60)
    note_de = models.CharField(max_length=160, blank=True)
    note_en = models.CharField(max_length=160, blank=True)
    for_sponsor = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            _open_once("engagement_kind", "slug"),
            models.CheckConstraint(
                condition=Q(group__in=Group.values), name="engagement_kind_group_known"
            ),
        ]

    def name(self, locale: str) -> str:
        return self.name_en if locale.startswith("en") else self.name_de

    def note(self, locale: str) -> str:
        return self.note_en if locale.startswith("en") else self.note_de


class NormKey(models.TextChoices):
    BREAK_FIRST_AFTER = "break-first-after-minutes"
    BREAK_FIRST = "break-first-minutes"
    BREAK_SECOND_AFTER = "break-second-after-minutes"
    BREAK_SECOND = "break-second-minutes"
    BREAK_PART = "break-part-minutes"
    DAY_AT_MOST = "day-at-most-minutes"
    REST = "rest-minutes"
    KEEP_MONTHS = "keep-months"
    FIGURES_FROM = "figures-from-people"


class Norm(Dated):
    """A figure that law or the rules of this software set, with its paragraph."""

    KEY: ClassVar[tuple[str, ...]] = ("key",)

    key = models.CharField(max_length=30, choices=NormKey)
    value = models.PositiveIntegerField()
    law = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            _open_once("team_norm", "key"),
            models.CheckConstraint(condition=Q(key__in=NormKey.values), name="team_norm_known"),
        ]


class TeamRule(models.Model):
    """What a house sets for itself from a day on: stricter than the norm, never looser."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="team_rules")
    name = models.CharField(max_length=30, choices=NormKey)
    value = models.PositiveIntegerField()
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "name", "since"], name="team_rule_once"),
            models.CheckConstraint(
                condition=Q(name__in=[NormKey.FIGURES_FROM]), name="team_rule_known"
            ),
        ]
