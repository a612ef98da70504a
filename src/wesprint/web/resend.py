"""What somebody typed survives a house that cannot answer for a moment.

The error page carries the fields of the form that came, and sends them to the same address. The
command's key comes along, so what did arrive is not entered twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest
from django.middleware.csrf import get_token

LONGEST = 64 * 1024  # characters of all fields together; more is no form that somebody typed
# Words in a field's name whose value is never written into a page.
SECRET = frozenset(("password", "pin", "code", "token", "credential"))
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of Django's field


@dataclass(frozen=True, slots=True)
class Resend:
    """action: the address; fields: (name, value) as they came; files: some were chosen, which
    no page can send a second time."""

    action: str
    token: str
    fields: tuple[tuple[str, str], ...]
    files: bool


def resend(request: HttpRequest) -> Resend | None:
    """None where there is nothing to keep: no form, one never read, one with a secret in it."""
    if request.method != "POST" or not hasattr(request, "_post"):
        return None
    fields = tuple(
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name != _TOKEN
    )
    if any(SECRET & set(re.findall("[a-z]+", name.lower())) for name, _ in fields):
        return None
    if sum(len(name) + len(value) for name, value in fields) > LONGEST:
        return None
    return Resend(request.get_full_path(), get_token(request), fields, bool(request.FILES))
