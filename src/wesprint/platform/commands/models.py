from __future__ import annotations

from django.db import models


class Command(models.Model):
    """A command that went through: its key, what it was asked, and what it answered."""

    scope = models.CharField(max_length=60)
    key = models.CharField(max_length=100)
    name = models.CharField(max_length=80)
    payload_hash = models.CharField(max_length=64)
    result = models.JSONField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "key"], name="command_once_per_scope_and_key")
        ]
        indexes = [models.Index(fields=["recorded_at"], name="command_recorded_at")]
