"""What other rooms may call."""

from __future__ import annotations

from wesprint.apps.account.desk import badge_by_code
from wesprint.apps.account.services import ask_to_confirm

__all__ = ["ask_to_confirm", "badge_by_code"]
