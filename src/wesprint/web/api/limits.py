"""How much one program may ask within a minute: by its key, without one by its connection."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import TooOften
from wesprint.platform.base.clock import now
from wesprint.web.addresses import client_ip, household
from wesprint.web.api.access import known_bearer
from wesprint.web.throttle import count

WINDOW = 60


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left in this minute; `reset`: seconds until the next one begins."""

    name: str
    quota: int
    used: int
    reset: int

    @property
    def is_spent(self) -> bool:
        return self.used > self.quota

    def write(self, response: HttpResponseBase) -> None:
        left = max(0, self.quota - self.used)
        response["RateLimit-Policy"] = f'"{self.name}";q={self.quota};w={WINDOW}'
        response["RateLimit"] = f'"{self.name}";r={left};t={self.reset}'
        if self.is_spent:
            response["Retry-After"] = str(self.reset)


def take(request: HttpRequest) -> Allowance:
    """Count this request. A key that does not count is counted by the connection, so that
    nobody tries keys by the thousand."""
    bearer = known_bearer(request)
    name = "token" if bearer else "address"
    who = bearer.token.public_id if bearer else household(client_ip(request))
    second = int(now().timestamp())
    used = count(f"api-{name}", who, WINDOW)
    return Allowance(name, settings.API_PER_MINUTE[name], used, WINDOW - second % WINDOW)


def too_often() -> TooOften:
    return TooOften(
        _("So many requests came within a minute that we pause them."),
        kept=_("Nothing was changed by this one."),
        next=_("The header Retry-After says in how many seconds to go on."),
    )
