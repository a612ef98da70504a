"""Secret links: what somebody without an account holds in hand. The secret follows from the
public id and the installation's key, so it is stored nowhere; the row keeps its hash."""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.conf import settings

from wesprint.platform.people.secrets import secret_hash


def secret_for(public_id: str, purpose: str) -> str:
    """32 characters, safe in an address; 192 bits."""
    key = f"{settings.SECRET_KEY}/link/{purpose}".encode()
    digest = hmac.new(key, public_id.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:24]).decode()


def hash_for(public_id: str, purpose: str) -> str:
    return secret_hash(secret_for(public_id, purpose), purpose)


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"
