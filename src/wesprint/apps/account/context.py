"""What the frame of a page shows about the shared tablet."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse


def here(request: HttpRequest) -> dict[str, Any]:
    """`at_desk` for components/here.html; empty on other devices and while nobody is identified.
    No page may have anything else of that name: it would stand in the frame."""
    desk = getattr(request, "desk", None)
    if desk is None or desk.badge is None:
        return {}
    return {
        "at_desk": {
            "name": desk.badge.person.name,
            "device": desk.device.name,
            "locks_in": desk.device.lock_after_seconds,
            "lock_url": reverse("desk_lock"),
        }
    }
