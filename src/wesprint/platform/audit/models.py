from __future__ import annotations

from django.db import models


class AuditEntry(models.Model):
    """One command that went through. Values stay out, so that erasing a person's data in
    `people` needs no change here. `actor` is an opaque id."""

    command = models.CharField(max_length=80)
    actor = models.CharField(max_length=120)
    scope = models.CharField(max_length=60)
    key = models.CharField(max_length=100)
    cause = models.CharField(max_length=300, blank=True)
    changes = models.JSONField(default=list)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["scope", "recorded_at"], name="audit_scope_time"),
            models.Index(fields=["actor", "recorded_at"], name="audit_actor_time"),
        ]
