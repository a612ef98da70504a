"""What somebody sees after too many wrong passwords."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import TooOften
from wesprint.platform.people.secrets import secret_hash
from wesprint.web.errors import error_response


def locked_out(request: HttpRequest, credentials: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    return error_response(
        request,
        TooOften(
            _("Too many wrong passwords."),
            kept=_("Your account is safe; signing in from here is paused for 15 minutes."),
            next=_("Please wait, or use a passkey or the link for a new password."),
        ),
    )


def account_of(request: HttpRequest, credentials: Any = None) -> str:
    """The account that somebody tries to open, as a keyed hash: the table of failures must not
    become a list of addresses."""
    given = (credentials or {}).get("email") or (credentials or {}).get("username")
    typed = str(given or request.POST.get("login", ""))
    return secret_hash(typed.strip().lower(), "lockout")
