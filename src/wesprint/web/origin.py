"""From where a stranger asks, as marks: for limits that an invented name does not get round.

An address is never stored. What is stored with a running reservation is an HMAC of it under the
installation's key and the day, so that the rows of two days do not tell that it was the same.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date, timedelta

from django.http import HttpRequest
from django.utils import timezone

from wesprint.kernel.context import Ctx, Origin
from wesprint.platform.base.clock import now
from wesprint.platform.people.secrets import secret_hash
from wesprint.web.addresses import client_ip, household
from wesprint.web.http import viewer_of

KEY = "visit"
DAYS = 31  # longer than any house is closed, so longer than anything stays put aside


def with_origin(ctx: Ctx, request: HttpRequest) -> Ctx:
    """The context, saying whence; of people with an account (their e-mail is confirmed) and of a
    house's own tablet it needs no saying."""
    viewer = viewer_of(request)
    if viewer.user is not None or viewer.grants:
        return ctx
    return replace(ctx, origin=_origin(request, timezone.localtime(now()).date()))


def _origin(request: HttpRequest, today: date) -> Origin:
    address = household(client_ip(request))
    connection, *earlier = (_mark(address, today - timedelta(days=back)) for back in range(DAYS))
    return Origin(secret_hash(_visit(request), "visit"), connection, tuple(earlier))


def _mark(address: str, day: date) -> str:
    return secret_hash(f"{day}/{address}", "connection")


def _visit(request: HttpRequest) -> str:
    """What this browser is told apart by; made when it first asks for something."""
    if KEY not in request.session:
        request.session[KEY] = secrets.token_urlsafe(16)
    return str(request.session[KEY])
