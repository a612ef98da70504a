from __future__ import annotations

from django.db import models
from django.db.models import Q

from wesprint.platform.base.fields import PublicIdField


class LetterState(models.TextChoices):
    WAITING = "waiting"
    SENDING = "sending"  # given to the mail server, which has not answered yet
    SENT = "sent"
    UNCERTAIN = "uncertain"  # we died in between: it may have gone, so it is not sent again
    FAILED = "failed"


class Letter(models.Model):
    """A letter by e-mail. Address and text go after a while (`purged_at`), the fact stays.

    `reason` is the kind of the last failure, never what the mail server said: that would
    quote the address. `unsubscribe`: where one click ends letters of this kind (RFC 8058).
    """

    public_id = PublicIdField()
    scope = models.CharField(max_length=60)
    template = models.CharField(max_length=80)
    language = models.CharField(max_length=12)
    to = models.EmailField(blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    unsubscribe = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(max_length=9, choices=LetterState, default=LetterState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=LetterState.values), name="letter_state_known"
            ),
            models.CheckConstraint(
                condition=Q(purged_at__isnull=True) | Q(to="", subject="", body=""),
                name="letter_purged_is_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "tried_at"], name="letter_by_state"),
            models.Index(fields=["to"], name="letter_by_address"),
            models.Index(fields=["created_at"], name="letter_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.public_id}"  # never the address: this may reach a log
