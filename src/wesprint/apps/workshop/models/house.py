from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wesprint.platform.organisations.models import Centre


class WorkRole(models.TextChoices):
    VOLUNTEER = "volunteer", _("Volunteers")
    PLACEMENT = "placement", _("Placements")
    STAFF = "staff", _("Staff")
    WORKSHOP_LEAD = "workshop-lead", _("Workshop lead")


class RuleName(models.TextChoices):
    VOLUNTEER = "rate.volunteer", _("an hour of volunteers, in cents")
    PLACEMENT = "rate.placement", _("an hour of a placement, in cents")
    STAFF = "rate.staff", _("an hour of staff, in cents")
    WORKSHOP_LEAD = "rate.workshop-lead", _("an hour of the workshop lead, in cents")
    LOSS_PERCENT = "loss-percent", _("dust of a job, at most per cent of what went in")


class WorkshopRule(models.Model):
    """A rate or a limit of one house from a day on; what held before stays readable."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="workshop_rules")
    name = models.CharField(max_length=24, choices=RuleName)
    value = models.PositiveIntegerField()
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "name", "since"], name="workshop_rule_once"),
            models.CheckConstraint(
                condition=Q(name__in=RuleName.values), name="workshop_rule_known"
            ),
        ]
