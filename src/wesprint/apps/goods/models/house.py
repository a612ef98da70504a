from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wesprint.platform.agents.models import Agent
from wesprint.platform.base.words import WordsField
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.models import Category


class CategoryCapacity(models.Model):
    """What is full: a category or a whole group that the house does not take for a while.

    From `since` up to and including `until` (open end: null), in days of the centre's zone.
    """

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="full_categories")
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="full_spells")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    note = WordsField()

    class Meta:
        verbose_name_plural = "category capacities"
        constraints = [
            models.UniqueConstraint(fields=["centre", "category", "since"], name="full_once_a_day"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="full_ends_after_start",
            ),
        ]


class DailyCapacity(models.Model):
    """How many pieces of a category or a whole group the house takes on one day, from `since`
    on; the newest row counts. Without a number there is no limit from then on."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="daily_capacities")
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="capacities")
    since = models.DateField()
    pieces = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name_plural = "daily capacities"
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "category", "since"], name="daily_capacity_once"
            ),
            models.CheckConstraint(
                condition=Q(pieces__isnull=True) | Q(pieces__gte=1), name="daily_capacity_of_some"
            ),
        ]


class RuleName(models.TextChoices):
    RESERVATIONS_PER_PERSON = "reservations-per-person", _("reservations per person at a time")
    RESERVATIONS_PER_CONNECTION = (
        "reservations-per-connection",
        _("reservations of strangers per connection at a time"),
    )
    TAKE_BACK_DAYS = "take-back-days", _("days in which the till takes a hand-over back")
    CERTIFIED_ELECTRICALS = "certified-electricals", _("certified for waste electricals (§21)")


class HouseRule(models.Model):
    """A rule of one house from a day on: a number; for yes and no it is 1 and 0."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="goods_rules")
    name = models.CharField(max_length=30, choices=RuleName)
    value = models.PositiveIntegerField()
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "name", "since"], name="goods_rule_once"),
            models.CheckConstraint(
                condition=Q(name__in=RuleName.values), name="goods_rule_name_known"
            ),
        ]


class Party(models.TextChoices):
    PUBLIC = "public", _("the neighbourhood")
    RECYCLER = "recycler", _("recycling centre")
    WASTE = "waste", _("waste disposal")
    SUPPLIER = "supplier", _("supplier of materials")


class Counterparty(models.Model):
    """An agent of the ledger that stands for many nobody asked the name of."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="counterparties")
    party = models.CharField(max_length=10, choices=Party)
    agent = models.OneToOneField(Agent, on_delete=models.PROTECT, related_name="stands_for")

    class Meta:
        verbose_name_plural = "counterparties"
        constraints = [
            models.UniqueConstraint(fields=["centre", "party"], name="counterparty_once"),
            models.CheckConstraint(condition=Q(party__in=Party.values), name="counterparty_known"),
        ]
