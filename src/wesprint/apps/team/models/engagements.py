from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Person


class Engagement(models.Model):
    """That somebody works here, as agreed. Holds what the attendance sheet needs and no more: no
    reason, no income, no health. person: null once they were erased; what was worked stays as a
    sum without a name. kind: slug of the dated kind, as it held on `since`."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="engagements")
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="engagements"
    )
    kind = models.CharField(max_length=30)
    group = models.CharField(max_length=10)
    weekly_minutes = models.PositiveIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)
    sponsor = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    supervisor = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="supervised_engagements"
    )
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weekly_minutes__gt=0, weekly_minutes__lte=60 * 60),
                name="engagement_takes_time",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="engagement_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["centre", "since"], name="engagement_by_house")]

    def __str__(self) -> str:
        return self.public_id

    def runs_on(self, day: object) -> bool:
        return self.since <= day and (self.until is None or self.until >= day)  # type: ignore[operator]  # since is always set


class ExpectedDay(models.Model):
    """A weekday on which somebody is expected, from `since` on; the newest row counts. Without
    times: no longer expected."""

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="pattern")
    weekday = models.PositiveSmallIntegerField()
    since = models.DateField()
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "weekday", "since"], name="expected_day_once"
            ),
            models.CheckConstraint(
                condition=Q(weekday__lte=6)
                & (Q(starts__isnull=True, ends__isnull=True) | Q(ends__gt=F("starts"))),
                name="expected_day_has_times",
            ),
        ]
