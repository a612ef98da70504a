from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wesprint.kernel.ids import new_secret


class Worker(models.Model):
    """A process that works off the queue. `last_seen` is the database's time, because
    machines that share a queue have clocks of their own."""

    name = models.CharField(max_length=64, unique=True)
    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    last_seen = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["last_seen"], name="worker_last_seen")]


class ScheduleEntry(models.Model):
    """When a returning job ran last and is due next; whoever moves `next_run` runs it."""

    name = models.CharField(max_length=100, unique=True)
    last_run = models.DateTimeField(null=True, blank=True)
    next_run = models.DateTimeField()


class ProgressState(models.TextChoices):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Progress(models.Model):
    """How far a long work has come, for the page that asks every second.

    `scope` says whose work it is: pages show it only there. `version` grows with every change,
    so that a page may ask "anything new since 7?".
    """

    public_id = models.CharField(max_length=40, unique=True, default=new_secret, editable=False)
    kind = models.CharField(max_length=80)
    scope = models.CharField(max_length=60)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    message = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=7, choices=ProgressState, default=ProgressState.RUNNING)
    result = models.JSONField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ProgressState.values), name="progress_state_known"
            ),
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(done__lte=F("total")),
                name="progress_not_beyond_total",
            ),
        ]

    @property
    def is_finished(self) -> bool:
        return self.state != ProgressState.RUNNING
