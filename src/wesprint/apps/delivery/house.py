"""What the house says of the delivery: how far its bikes rode."""

from __future__ import annotations

from collections.abc import Sequence

from wesprint.apps.delivery.selectors.figures import metres_between
from wesprint.kernel.period import Period
from wesprint.platform.organisations.models import Centre
from wesprint.web.rooms import Journey


def journeys(centre: Centre, period: Period) -> Sequence[Journey]:
    """Along the streets, of tours that are back. One query."""
    metres = metres_between(centre, period.start, period.end)
    return [Journey("tour", activity="cargo-bike", metres=metres)] if metres else []
