"""What can be asked about letters."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from wesprint.platform.notices.models import Letter, LetterState


def not_arrived() -> QuerySet[Letter]:
    """Letters that failed for good or may not have gone, newest first."""
    states = [LetterState.FAILED, LetterState.UNCERTAIN]
    return Letter.objects.filter(state__in=states, purged_at__isnull=True).order_by("-created_at")


def letters_to(address: str) -> list[dict[str, Any]]:
    """For "my data": what was written to somebody and is still kept."""
    rows = Letter.objects.filter(to__iexact=address).order_by("created_at")
    return [
        {
            "written": letter.created_at.isoformat(),
            "sent": letter.sent_at.isoformat() if letter.sent_at else None,
            "subject": letter.subject,
            "text": letter.body,
        }
        for letter in rows
    ]
