"""Secrets that we must recognise but never know: links, badges, keys of devices."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

from wesprint.kernel.ids import ALPHABET


def secret_hash(secret: str, purpose: str) -> str:
    """HMAC-SHA-256 under the installation's key: a stolen table opens no link. 64 hex digits."""
    key = f"{settings.SECRET_KEY}/{purpose}".encode()
    return hmac.new(key, secret.encode(), hashlib.sha256).hexdigest()


def derived_secret(seed: str, purpose: str, length: int = 20) -> str:
    """A secret that the same request makes again, so that a double click hands out the same
    one, and that nobody can compute without the installation's key. Letters of public ids
    (a scanner types them right on any keyboard); 20 of them are 98 bits."""
    number = int(secret_hash(seed, f"derived/{purpose}"), 16)
    letters = []
    for _step in range(length):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)
