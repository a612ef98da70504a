"""Who stands at a registered shared tablet.

The tablet keeps two cookies: a long-lived key (here lies only its hash) and, while somebody is
identified, a signed note saying which badge, whether with PIN, and when it was last used. The
note is written anew with each request, so the server alone decides when the tablet locks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from wesprint.kernel.ids import normalise_id
from wesprint.platform.base.clock import now
from wesprint.platform.people.models import Badge, Device
from wesprint.platform.people.secrets import secret_hash
from wesprint.platform.people.viewer import ANONYMOUS, Viewer, viewer_at_device

KEY_COOKIE = "ws_device"
NOTE_COOKIE = "ws_desk"
SALT = "wesprint.desk"
KEY_AGE = timedelta(days=400)  # browsers forget cookies after that in any case


@dataclass
class Desk:
    """One request's view of the tablet: `badge` is None while it is locked."""

    device: Device
    badge: Badge | None = None
    pin: bool = False
    ended: bool = False

    @property
    def viewer(self) -> Viewer:
        if self.badge is None:
            return ANONYMOUS
        centre = self.device.centre
        return viewer_at_device(
            self.badge.person,
            device_id=self.device.public_id,
            centre_id=centre.pk,
            pin=self.pin,
            day=now().astimezone(centre.tz).date(),
        )


def desk_of(request: HttpRequest) -> Desk | None:
    """None on a device that is not registered (or no longer)."""
    key = request.COOKIES.get(KEY_COOKIE)
    if not key:
        return None
    device = (
        Device.objects.select_related("centre")
        .filter(key_hash=secret_hash(key, "device"), revoked_at__isnull=True)
        .first()
    )
    return _with_note(Desk(device), request) if device else None


def _with_note(desk: Desk, request: HttpRequest) -> Desk:
    note = _read(request.COOKIES.get(NOTE_COOKIE, ""))
    if note is None or note.get("device") != desk.device.public_id:
        return desk
    used = datetime.fromtimestamp(float(note["used"]), tz=now().tzinfo)
    if not timedelta(0) <= now() - used < timedelta(seconds=desk.device.lock_after_seconds):
        desk.ended = True
        return desk
    desk.badge = _valid_badge(note.get("badge"))
    desk.pin = bool(note.get("pin")) and desk.badge is not None
    desk.ended = desk.badge is None
    return desk


def _read(text: str) -> dict[str, Any] | None:
    try:
        note = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    return note if isinstance(note, dict) else None


def _valid_badge(pk: int | None) -> Badge | None:
    return (
        Badge.objects.select_related("person")
        .filter(pk=pk or 0, revoked_at__isnull=True, person__erased_at__isnull=True)
        .first()
    )


def badge_by_code(code: str) -> Badge | None:
    """What the scanner typed; upper and lower case, blanks and dashes do not matter."""
    found = secret_hash(normalise_id(code), "badge")
    return (
        Badge.objects.select_related("person")
        .filter(code_hash=found, revoked_at__isnull=True, person__erased_at__isnull=True)
        .first()
    )


def keep(response: HttpResponse, desk: Desk) -> None:
    """Write the note anew, or take it away once nobody is identified."""
    if desk.badge is None:
        response.delete_cookie(NOTE_COOKIE, samesite="Strict")
        return
    note = {
        "device": desk.device.public_id,
        "badge": desk.badge.pk,
        "pin": desk.pin,
        "used": now().timestamp(),
    }
    response.set_cookie(
        NOTE_COOKIE,
        signing.dumps(note, salt=SALT),
        max_age=desk.device.lock_after_seconds,
        httponly=True,
        samesite="Strict",
        secure=settings.HTTPS,
    )


def lay_key(response: HttpResponse, key: str) -> None:
    response.set_cookie(
        KEY_COOKIE,
        key,
        max_age=KEY_AGE,
        httponly=True,
        samesite="Strict",
        secure=settings.HTTPS,
    )
