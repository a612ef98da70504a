from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.organisations.models import Centre, Organisation
from wesprint.platform.people.models import Person


class Token(models.Model):
    """A program's key. It may what its scopes say and its owner may do at that moment.

    centre: null means every house of the organisation. scopes: names as the rooms declare them.
    expires_on: the last day on which it counts. last_used_on: the day only, because when
    somebody's program runs is nobody's business.
    """

    public_id = PublicIdField()
    secret_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="tokens")
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, null=True, related_name="tokens")
    owner = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="tokens")
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_on = models.DateField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="token_has_name"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("created_at")),
                name="token_revoked_after_creation",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
