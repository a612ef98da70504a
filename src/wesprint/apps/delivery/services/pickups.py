"""On the way back donations come in: an offer to be fetched is a stop of a tour."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from wesprint.apps.delivery.models import Stop, StopKind, StopState
from wesprint.apps.delivery.services.shipments import Door, board_on, touch
from wesprint.apps.goods.public import Offer
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid
from wesprint.platform.commands.services import changed, command

USUAL_G = 10_000
"""Of an offer that nobody weighed: two bags and a box. The rider enters what the scale says."""


@command("delivery.fetch")
def fetch(ctx: Ctx, *, offer: Offer, at: Door, day: date, mass_g: int = USUAL_G) -> Stop:
    """The offer is fetched on this day; once more gives the same stop. Raises Invalid for a day
    that is over."""
    centre = offer.centre
    board = board_on(centre, day)
    if day < ctx.occurred_at.astimezone(centre.tz).date():
        raise Invalid(_("This day is over."), kept=_("Nothing was saved yet."), field="day")
    rows = Stop.objects.filter(offer=offer.public_id).exclude(state=StopState.FAILED)
    if found := rows.first():
        return found
    stop = Stop.objects.create(
        board=board,
        kind=StopKind.COLLECT,
        lat=at.lat,
        lon=at.lon,
        offer=offer.public_id,
        collect_g=mass_g,
        why="" if at.lat is not None else "address",
    )
    changed(stop, "offer")
    touch(board)
    return stop
