from __future__ import annotations

from django.db import models

from wesprint.kernel.ids import random_bytes
from wesprint.platform.base.fields import PublicIdField


def new_salt() -> str:
    return random_bytes(16).hex()


class AgentKind(models.TextChoices):
    PERSON = "Person"
    ORGANIZATION = "Organization"
    ECOLOGICAL = "EcologicalAgent"


class Agent(models.Model):
    """A ValueFlows Agent. Sealed events commit to sha256(salt + public id): dropping the salt
    makes a person unrecognisable in them without changing any event."""

    public_id = PublicIdField()
    kind = models.CharField(max_length=20, choices=AgentKind)
    salt = models.CharField(max_length=32, blank=True, default=new_salt)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=AgentKind.values), name="agent_kind_known"
            )
        ]
