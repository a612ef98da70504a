from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wesprint.apps.team.models.engagements import Engagement
from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.ledger.models import EconomicEvent
from wesprint.platform.people.models import Person


class Verb(models.TextChoices):
    COME = "come", _("came")
    PAUSE = "pause", _("began a break")
    RESUME = "resume", _("ended the break")
    GO = "go", _("left")


class Way(models.TextChoices):
    BADGE = "badge", _("badge at the tablet")
    OWN = "own", _("own page")


class Stamp(models.Model):
    """One tap, as it was made; never changed. day: the centre's day."""

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="stamps")
    day = models.DateField()
    verb = models.CharField(max_length=6, choices=Verb)
    at = models.DateTimeField()
    way = models.CharField(max_length=5, choices=Way)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(verb__in=Verb.values), name="stamp_verb_known"),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="stamp_way_known"),
        ]
        indexes = [models.Index(fields=["engagement", "day"], name="stamp_by_day")]


class Absence(models.TextChoices):
    """Why somebody was not there, as far as the sheet needs it: never what ails them."""

    SICK = "sick", _("sick")
    EXCUSED = "excused", _("excused")
    UNEXCUSED = "unexcused", _("unexcused")
    HOLIDAY = "holiday", _("holiday")


class Entry(models.Model):
    """What the lead says of a day afterwards, with the reason. The newest one counts, the older
    ones and the stamps stay readable. Either times (with the minutes of break), or an absence."""

    public_id = PublicIdField()
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="entries")
    day = models.DateField()
    came = models.DateTimeField(null=True)
    left = models.DateTimeField(null=True)
    break_minutes = models.PositiveSmallIntegerField(default=0)
    absence = models.CharField(max_length=9, choices=Absence, blank=True)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(absence="", left__gt=F("came"))
                | Q(came__isnull=True, left__isnull=True, break_minutes=0)
                & Q(absence__in=Absence.values),
                name="entry_times_or_absence",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="entry_says_why"),
        ]
        indexes = [models.Index(fields=["engagement", "day"], name="entry_by_day")]


class Confirmed(models.Model):
    """A day that counts: so many seconds, and the event in the ledger. Taken back by a later
    correction; then the ledger has the negated quantity, and the day waits again."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="confirmed")
    day = models.DateField()
    seconds = models.PositiveIntegerField()
    event = models.OneToOneField(EconomicEvent, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "confirmed days"
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "day"],
                condition=Q(taken_back_at__isnull=True),
                name="day_confirmed_once",
            ),
            models.CheckConstraint(condition=Q(seconds__gt=0), name="confirmed_day_takes_time"),
        ]
        indexes = [models.Index(fields=["day"], name="confirmed_by_day")]
