"""Passwords: long is good, known or obvious is not (NIST SP 800-63B, 5.1.1.2)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wesprint.platform.people.models import User

CONTEXT = ("wesprint", "kaufhaus", "warenhaus", "genossenschaft", "passwort", "password")
LONGEST = 256  # hashing has to end
SHARE = 0.5


class ContextValidator:
    """Refuses passwords that consist mostly of words everybody would try here first."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(_("A password has at most 256 characters."), code="too_long")
        left = password.casefold()
        for word in CONTEXT:
            left = left.replace(word, "")
        if len(left) < len(password) * SHARE:
            raise ValidationError(
                _("This password is made of words that everybody would try here first."),
                code="context",
            )

    def get_help_text(self) -> str:
        return _("Not the name of this site and not the word “password”.")
