"""What nobody needs any more is forgotten."""

from __future__ import annotations

from datetime import timedelta

from wesprint.apps.delivery.models import Position, Shipment
from wesprint.kernel.context import Ctx
from wesprint.platform.commands.services import changed, command

POSITIONS_LIVE = timedelta(hours=24)
ADDRESSES_LIVE = timedelta(days=90)
"""As long as a sender may claim a loss."""


@command("delivery.forget")
def forget(ctx: Ctx) -> int:
    """Positions after a day, addresses and doors some time after the end; how many rows."""
    gone, _by_model = Position.objects.filter(at__lt=ctx.occurred_at - POSITIONS_LIVE).delete()
    old = Shipment.objects.filter(closed_at__lt=ctx.occurred_at - ADDRESSES_LIVE).exclude(
        address=""
    )
    emptied = old.update(address="", match="", lat=None, lon=None, note="", wish_note="")
    changed("delivery.shipment", "address")
    return gone + emptied
