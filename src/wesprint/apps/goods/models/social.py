from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.models import Category


class SocialRule(models.Model):
    """A lower price for whoever shows a pass: `percent` less, but not below `least_cents`. For a
    kind, a group, or (null) all without a rule of their own. Holds from `since` up to and
    including `until`, unless it was ended. `passes`: which ones count, in words."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="social_rules")
    category = models.ForeignKey(
        Category, on_delete=models.CASCADE, related_name="social_rules", null=True
    )
    passes = models.CharField(max_length=200)
    percent = models.PositiveSmallIntegerField()
    least_cents = models.PositiveIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "category", "since"],
                condition=Q(category__isnull=False, ended_at__isnull=True),
                name="social_rule_once",
            ),
            models.UniqueConstraint(
                fields=["centre", "since"],
                condition=Q(category__isnull=True, ended_at__isnull=True),
                name="social_rule_of_all_once",
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=90), name="social_rule_percent"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="social_rule_ends_after_start",
            ),
            models.CheckConstraint(condition=~Q(passes=""), name="social_rule_says_which"),
        ]
