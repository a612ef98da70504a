from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Person


class Level(models.IntegerChoices):
    """Where on the way a step stands; no mark for anybody."""

    BEGIN = 1, _("Getting to know it")
    ALONE = 2, _("On one's own")
    PASS_ON = 3, _("Passing it on")


class Step(models.Model):
    """Something that can be learned in this house, in the house's own words."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="learning_steps")
    area = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField(choices=Level)
    title = models.CharField(max_length=120)
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["area", "level", "title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "area", "title"],
                condition=Q(retired_at__isnull=True),
                name="learning_step_once",
            ),
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="learning_step_level_known"
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(area=""), name="learning_step_says_what"
            ),
        ]


class ReachedStep(models.Model):
    """That a supervisor has seen somebody do it. Deleted when the person does not want it kept."""

    public_id = PublicIdField()
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="reached")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reached_steps")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    on = models.DateField()
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "person"], name="step_reached_once"),
        ]
