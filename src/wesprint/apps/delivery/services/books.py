"""This room's entries in the ledger: each parcel passes from hand to hand as custody of one piece.
It never becomes ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wesprint.apps.delivery.models import Parcel, ParcelState, Scan, ScanKind, Tour
from wesprint.apps.goods.public import agent_of, operator_agent
from wesprint.kernel.context import Ctx
from wesprint.kernel.quantity import Unit, pieces
from wesprint.platform.agents.models import Agent
from wesprint.platform.commands.services import running_command
from wesprint.platform.ledger import services as ledger
from wesprint.platform.organisations.models import Centre

FLOW = {
    ScanKind.IN: "parcel-in",
    ScanKind.OUT: "parcel-out",
    ScanKind.DELIVERED: "parcel-delivered",
    ScanKind.BACK: "parcel-back",
    ScanKind.FETCHED: "parcel-fetched",
    ScanKind.RETURNED: "parcel-returned",
    ScanKind.REOPENED: "parcel-reopened",
}
_AFTER = {
    ScanKind.IN: ParcelState.HERE,
    ScanKind.OUT: ParcelState.LOADED,
    ScanKind.DELIVERED: ParcelState.DELIVERED,
    ScanKind.BACK: ParcelState.HERE,
    ScanKind.FETCHED: ParcelState.DELIVERED,
    ScanKind.RETURNED: ParcelState.RETURNED,
    ScanKind.REOPENED: ParcelState.LOADED,
}
_LEAVES = (ScanKind.DELIVERED, ScanKind.FETCHED, ScanKind.RETURNED)


@dataclass(frozen=True)
class Hands:
    """From whom to whom."""

    giver: Agent
    taker: Agent


def house(ctx: Ctx, centre: Centre) -> Agent:
    return operator_agent(ctx, centre)


def rider(ctx: Ctx, tour: Tour) -> Agent:
    """Whoever rides; before that is known, the house itself."""
    return tour.rider.agent if tour.rider else house(ctx, tour.board.centre)


def recipient(parcel: Parcel, centre: Centre) -> Agent:
    return agent_of(parcel.shipment.recipient, centre)


def hand_on(
    ctx: Ctx,
    centre: Centre,
    kind: ScanKind,
    moves: Sequence[tuple[Parcel, Hands]],
    *,
    tour: Tour | None = None,
    at: datetime | None = None,
) -> list[Parcel]:
    """Parcels change hands: one event each, all in one entry. Their rows and scans are written."""
    if not moves:
        return []
    spec = ledger.define_specification(
        ctx, code="custody.parcel", name="parcel in custody", unit=Unit.PIECE
    )
    drafts = [
        ledger.EventDraft(
            action="transferCustody",
            flow=FLOW[kind],
            provider=hands.giver,
            receiver=hands.taker,
            conforms_to=spec,
            resource=parcel.resource,
            to_resource=None if kind in _LEAVES else ledger.NewResource(spec, parcel.public_id),
            resource_quantity=pieces(1),
            occurred_at=at,
        )
        for parcel, hands in moves
    ]
    posted = ledger.post(ctx, centre=centre, events=drafts)
    recorded = running_command().recorded_at
    scans = []
    for (parcel, _hands), event in zip(moves, posted, strict=True):
        parcel.state = _AFTER[kind]
        parcel.resource = event.to_resource_inventoried_as
        parcel.save(update_fields=["state", "resource"])
        scans.append(
            Scan(
                parcel=parcel,
                kind=kind,
                tour=tour,
                event=event,
                at=at or ctx.occurred_at,
                recorded_at=recorded,
            )
        )
    Scan.objects.bulk_create(scans)
    return [parcel for parcel, _hands in moves]
