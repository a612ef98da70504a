"""Shared tablets, badges and PINs. Secrets come in as hashes: no answer or payload of a
command, no row and no log ever holds one."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from django.contrib.auth.hashers import check_password, make_password
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid
from wesprint.platform.commands.services import changed, command, running_command
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Badge, Device, Person
from wesprint.platform.people.secrets import derived_secret, secret_hash

BADGE_LETTERS = 20
PIN_TRIES = 5
PIN_PAUSE = timedelta(minutes=15)


class PinResult(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"
    NONE = "none"  # the badge has no PIN yet


def register_device(
    ctx: Ctx, *, centre: Centre, name: str, lock_after_seconds: int, by: Person | None
) -> tuple[Device, str]:
    """The device and the key that is laid on it, once. Not a command itself: the key must not
    be kept as an answer."""
    key = derived_secret(f"{ctx.scope}/{ctx.key}", "device", 32)
    device = _register(
        ctx,
        centre=centre,
        name=name,
        lock_after_seconds=lock_after_seconds,
        by=by,
        key_hash=secret_hash(key, "device"),
    )
    return device, key


@command("people.register_device")
def _register(
    ctx: Ctx,
    *,
    centre: Centre,
    name: str,
    lock_after_seconds: int,
    by: Person | None,
    key_hash: str,
) -> Device:
    name = name.strip()
    if not name:
        raise Invalid(_("Please give the tablet a name."), field="name")
    if not 30 <= lock_after_seconds <= 3600:
        raise Invalid(
            _("A shared tablet locks itself after 30 seconds to one hour."),
            field="lock_after_seconds",
        )
    device = Device.objects.create(
        centre=centre,
        name=name[:60],
        key_hash=key_hash,
        lock_after_seconds=lock_after_seconds,
        registered_by=by,
        registered_at=running_command().recorded_at,
    )
    changed(device, "name", "lock_after_seconds")
    return device


@command("people.revoke_device")
def revoke_device(ctx: Ctx, *, device: Device) -> Device:
    """From the next request on it is a stranger."""
    if device.revoked_at is None:
        device.revoked_at = running_command().recorded_at
        device.save(update_fields=["revoked_at"])
        changed(device, "revoked_at")
    return device


def issue_badge(ctx: Ctx, *, person: Person) -> tuple[Badge, str]:
    """A new badge and its code for the print; the older ones of the person stop working.
    Not a command itself, as with devices."""
    code = derived_secret(f"{ctx.scope}/{ctx.key}/{person.public_id}", "badge", BADGE_LETTERS)
    return _issue(ctx, person=person, code_hash=secret_hash(code, "badge")), code


@command("people.issue_badge")
def _issue(ctx: Ctx, *, person: Person, code_hash: str) -> Badge:
    at = running_command().recorded_at
    older = Badge.objects.filter(person=person, revoked_at__isnull=True).order_by("issued_at")
    last = older.last()
    pin_hash = last.pin_hash if last else ""  # a lost card does not cost the PIN
    older.update(revoked_at=at)
    badge = Badge.objects.create(
        person=person, code_hash=code_hash, pin_hash=pin_hash, issued_at=at
    )
    changed(person, "badge")
    return badge


@command("people.revoke_badge")
def revoke_badge(ctx: Ctx, *, badge: Badge) -> Badge:
    if badge.revoked_at is None:
        badge.revoked_at = running_command().recorded_at
        badge.save(update_fields=["revoked_at"])
        changed(badge.person, "badge")
    return badge


def set_pin(ctx: Ctx, *, badge: Badge, pin: str) -> Badge:
    """Four to eight digits, not all alike and not counting up. The command behind it sees the
    PIN only as a keyed hash: ten thousand PINs are guessed in no time."""
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 8):
        raise Invalid(_("A PIN has four to eight digits."), field="pin")
    if len(set(pin)) == 1 or pin in "0123456789" or pin in "9876543210":
        raise Invalid(_("This PIN is too easy to guess."), field="pin")
    return _set_pin(ctx, badge=badge, proof=_proof(badge.person, pin))


@command("people.set_pin")
def _set_pin(ctx: Ctx, *, badge: Badge, proof: str) -> Badge:
    badge.pin_hash = make_password(proof)
    badge.pin_failures, badge.pin_locked_until = 0, None
    badge.save(update_fields=["pin_hash", "pin_failures", "pin_locked_until"])
    changed(badge.person, "pin")
    return badge


def try_pin(ctx: Ctx, *, badge: Badge, pin: str) -> PinResult:
    """Five wrong ones in a row pause the badge's PIN for 15 minutes; a try is on the trail."""
    return PinResult(_try_pin(ctx, badge_id=badge.pk, proof=_proof(badge.person, pin)))


@command("people.try_pin")
def _try_pin(ctx: Ctx, *, badge_id: int, proof: str) -> str:
    at = running_command().recorded_at
    badge = Badge.objects.select_for_update(of=("self",)).select_related("person").get(pk=badge_id)
    if not badge.pin_hash:
        return PinResult.NONE
    if badge.pin_locked_until is not None and badge.pin_locked_until > at:
        return PinResult.LOCKED
    if check_password(proof, badge.pin_hash):
        badge.pin_failures, badge.pin_locked_until = 0, None
        result = PinResult.RIGHT
    else:
        result = _one_more_failure(badge)
        if result is PinResult.LOCKED:
            badge.pin_locked_until = at + PIN_PAUSE
    badge.save(update_fields=["pin_failures", "pin_locked_until"])
    changed(badge.person, f"pin.{result}")
    return result


def _one_more_failure(badge: Badge) -> PinResult:
    badge.pin_failures += 1
    if badge.pin_failures < PIN_TRIES:
        return PinResult.WRONG
    badge.pin_failures = 0
    return PinResult.LOCKED


def _proof(person: Person, pin: str) -> str:
    return secret_hash(pin, f"pin/{person.public_id}")
