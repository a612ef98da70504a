"""The machine face: the public figures, and the entries of the ledger behind them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from wesprint.apps.flows.periods import choice_of
from wesprint.apps.flows.selectors.ledger import ledger_page
from wesprint.apps.flows.selectors.picture import picture
from wesprint.platform.base.clock import now
from wesprint.platform.ledger.models import EconomicEvent
from wesprint.web.api.access import Token, enter
from wesprint.web.api.fields import After, CentreSlug, Limit
from wesprint.web.http import centre_or_404
from wesprint.web.rooms import Fate

router = Router()
When = Annotated[
    str,
    Query(
        max_length=7,
        pattern=r"^((19|20)\d\d(-(0[1-9]|1[0-2]))?)?$",
        description="A year (2026) or a month (2026-11); left out: since the beginning.",
    ),
]
FlowName = Annotated[str, Query(max_length=30, pattern=r"^[a-z0-9-]*$")]


class FlowOut(Schema):
    name: str
    fate: Fate
    mass_g: int
    weighed_g: int
    events: int


class RangeOut(Schema):
    low: int
    central: int
    high: int


class Figures(Schema):
    """start + came in = went out + end, to the gram, when `closes`."""

    start_g: int
    came_in_g: int
    went_out_g: int
    end_g: int
    closes: bool
    flows: list[FlowOut]
    avoided_gco2e: RangeOut
    method: str


@router.get("/centres/{slug}/flows", response=Figures, operation_id="getFlows")
def get_flows(request: HttpRequest, slug: CentreSlug, period: When = "") -> Figures:
    """What came in, what it became and what that avoided: the figures of the public page."""
    centre = centre_or_404(slug)
    today = now().astimezone(centre.tz).date()
    shown = picture([centre], choice_of(period).period, today)
    likely = shown.footprint.likely
    return Figures(
        start_g=shown.start,
        came_in_g=shown.came_in,
        went_out_g=shown.went_out,
        end_g=shown.end,
        closes=shown.closes,
        flows=[
            FlowOut(
                name=one.flow.name,
                fate=one.flow.fate,
                mass_g=one.grams,
                weighed_g=one.weighed,
                events=one.events,
            )
            for one in shown.flows
        ],
        avoided_gco2e=RangeOut(low=likely.low, central=likely.central, high=likely.high),
        method=shown.footprint.method,
    )


class EventOut(Schema):
    """One entry of the ledger; who gave and received is not said."""

    id: str
    action: str
    flow: str
    resource: str | None
    to_resource: str | None
    kind: str
    classified_as: list[str]
    quantity: int | None
    unit: str
    effort: int | None
    effort_unit: str
    basis: str
    corrects: str | None
    occurred_at: datetime
    recorded_at: datetime
    leaf_hash: str


class Events(Schema):
    events: list[EventOut]
    after: str | None


@router.get("/centres/{slug}/events", response=Events, operation_id="listEvents", auth=Token())
def list_events(
    request: HttpRequest,
    slug: CentreSlug,
    flow: FlowName = "",
    after: After = "",
    limit: Limit = 50,
) -> Events:
    """Entries of the ledger, newest first. Scope: flows.read."""
    centre = enter(request, slug, "flows.view_ledger")
    page = ledger_page(centre, flow=flow, after=after.upper(), limit=limit)
    return Events(events=[_event(row) for row in page.events], after=page.after or None)


def _event(row: EconomicEvent) -> EventOut:
    def ident(thing: Any) -> str | None:
        return thing.public_id if thing else None

    return EventOut(
        id=row.public_id,
        action=row.action,
        flow=row.flow,
        resource=ident(row.resource_inventoried_as),
        to_resource=ident(row.to_resource_inventoried_as),
        kind=row.resource_conforms_to.code,
        classified_as=row.resource_classified_as,
        quantity=row.resource_quantity,
        unit=row.resource_unit,
        effort=row.effort_quantity,
        effort_unit=row.effort_unit,
        basis=row.basis,
        corrects=ident(row.corrects),
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        leaf_hash=row.leaf_hash,
    )
