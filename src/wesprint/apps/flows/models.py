"""What this room keeps itself: recorded uses, baselines, and counted answers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.base.words import OWN, WordsField
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.models import Category


class Activity(models.TextChoices):
    """What a house uses itself; the reference's emission factors have the same names."""

    ELECTRICITY = "electricity", _("Electricity")
    NATURAL_GAS = "natural-gas", _("Natural gas")
    DISTRICT_HEAT = "district-heat", _("District heat")
    HEATING_OIL = "heating-oil", _("Heating oil")
    VAN_DIESEL = "van-diesel", _("Own van (diesel)")
    CARDBOARD = "cardboard", _("Cardboard for packing")
    PLASTIC_FILM = "plastic-film", _("Plastic film for packing")


class OwnUse(models.Model):
    """So much of one thing in one month. `quantity`: thousandths of the factor's unit (Wh, m,
    g), so whole numbers."""

    public_id = PublicIdField()
    centre = models.ForeignKey(
        Centre, on_delete=models.PROTECT, related_name="own_uses", db_index=False
    )
    month = models.DateField()
    activity = models.CharField(max_length=20, choices=Activity)
    quantity = models.BigIntegerField()
    note = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "month", "activity"], name="own_use_once_a_month"
            ),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="own_use_not_negative"),
            models.CheckConstraint(
                condition=Q(activity__in=Activity.values), name="own_use_activity_known"
            ),
        ]


class BaselineKind(models.TextChoices):
    BULKY_WASTE = "bulky-waste", _("Bulky waste")
    FOOTFALL = "footfall", _("People in the street")
    VACANCY = "vacancy", _("Empty floor space")
    VANS = "vans", _("Delivery vans")
    JOBS = "jobs", _("Jobs in the house")
    OTHER = "other", _("Something else")


class Baseline(models.Model):
    """How it was before the house opened. `value` in thousandths of `unit`."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="baselines")
    kind = models.CharField(max_length=12, choices=BaselineKind)
    unit = WordsField()
    value = models.BigIntegerField()
    as_of = models.DateField()
    source = WordsField()
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=BaselineKind.values), name="baseline_kind_known"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="baseline_not_negative"),
            models.CheckConstraint(
                condition=Q(source__has_key=OWN, unit__has_key=OWN), name="baseline_has_source"
            ),
        ]


class AnswerCount(models.Model):
    """Answers to "would you have bought it new?", counted anew by a job, so that no page counts
    hand-overs."""

    centre = models.ForeignKey(
        Centre, on_delete=models.PROTECT, related_name="answer_counts", db_index=False
    )
    month = models.DateField()
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    yes = models.PositiveIntegerField()
    perhaps = models.PositiveIntegerField()
    no = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "month", "category"], name="answer_count_once"
            )
        ]
