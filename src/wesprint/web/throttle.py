"""How often strangers may send something within an hour, per connection.

A script must not fill the inbox or reserve the whole shelf. Counted in the serving process's
own memory: nothing is stored, and an address is only ever seen as a keyed hash.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import TooOften
from wesprint.platform.base.clock import now
from wesprint.platform.people.secrets import secret_hash
from wesprint.web.addresses import client_ip, household
from wesprint.web.http import viewer_of

HOUR = 3600
LED_ON = range(300, 400)


def throttle(request: HttpRequest, what: str) -> None:
    """TooOften when `settings.PER_HOUR[what]` were accepted in this clock hour, or `ATTEMPTS`
    times as many were sent. Whoever has a role in a house is not counted: the telephone there
    may ring all day."""
    if viewer_of(request).grants:
        return
    most, place = settings.PER_HOUR[what], _place(request, what)
    if _so_far(f"{place}/accepted") < most and _count(f"{place}/sent") <= most * settings.ATTEMPTS:
        request.throttled = place  # type: ignore[attr-defined]  # read when the answer is known
        return
    raise TooOften(
        _("So much has come from your connection within an hour that we pause it."),
        kept=_("This was not sent; what came before is safe with us."),
        next=_(
            "Please try again in an hour, or ring us up. "
            "Your entries are still in your browser: go back."
        ),
    )


class ThrottleMiddleware:
    """What was accepted leads on to another page; a form that comes back does not count, so that
    a slip of one neighbour does not lock out all behind the same address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        place = getattr(request, "throttled", "")
        if place and response.status_code in LED_ON:
            _count(f"{place}/accepted")
        return response


def count(what: str, who: str, window: int) -> int:
    """How often `who` has done this in the running window of so many seconds, this time
    included."""
    return _count(_turn(what, who, window), window)


def _place(request: HttpRequest, what: str) -> str:
    return _turn(what, household(client_ip(request)), HOUR)


def _turn(what: str, who: str, window: int) -> str:
    turn = int(now().timestamp()) // window
    return f"throttle/{what}/{turn}/{secret_hash(who, 'throttle')}"


def _so_far(key: str) -> int:
    return int(cache.get(key, 0))


def _count(key: str, window: int = HOUR) -> int:
    cache.add(key, 0, timeout=window)
    try:
        return int(cache.incr(key))
    except ValueError:  # the memory was full, and this count had to go
        return 1
