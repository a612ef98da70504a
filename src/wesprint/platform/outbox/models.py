from __future__ import annotations

from django.db import models

from wesprint.platform.base.fields import PublicIdField


class OutboxEvent(models.Model):
    """Something that happened and that higher rooms may want to know. Never changed.

    `payload` holds public ids and numbers, never personal data.
    """

    public_id = PublicIdField()
    name = models.CharField(max_length=80)
    scope = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    command = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["recorded_at"], name="outbox_recorded_at")]

    def __str__(self) -> str:
        return f"{self.name} {self.public_id}"


class Delivery(models.Model):
    """This handler has handled this event: one row, written with what the handler did."""

    event = models.ForeignKey(OutboxEvent, on_delete=models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=80)
    delivered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="outbox_delivered_once")
        ]


class Failure(models.Model):
    """One attempt of a handler that raised. `dead`: it was the last one.

    `reason` is the error's class and the line of our code, never its message.
    """

    event = models.ForeignKey(OutboxEvent, on_delete=models.CASCADE, related_name="failures")
    handler = models.CharField(max_length=80)
    attempt = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500)
    dead = models.BooleanField(default=False)
    failed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "handler", "attempt"], name="outbox_failure_numbered"
            )
        ]
        indexes = [
            models.Index(
                fields=["failed_at"], condition=models.Q(dead=True), name="outbox_dead_failures"
            )
        ]
