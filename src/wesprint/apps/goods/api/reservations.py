"""Putting things aside for a neighbour."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Status

from wesprint.apps.goods import services
from wesprint.apps.goods.api.shapes import ContactIn, ReservationOut, Reservations
from wesprint.apps.goods.models import ReservationState
from wesprint.apps.goods.selectors.items import item_by_id, reservation_by_id, reservations_of
from wesprint.apps.goods.services.contacts import Contact
from wesprint.web.api.access import Token, ctx_for, enter
from wesprint.web.api.fields import After, CentreSlug, Key, Limit, ThingId

router = Router(auth=Token())
State = Annotated[ReservationState | None, Query(description="Only those in this state.")]


@router.get("/centres/{slug}/reservations", response=Reservations, operation_id="listReservations")
def list_reservations(
    request: HttpRequest,
    slug: CentreSlug,
    state: State = None,
    after: After = "",
    limit: Limit = 50,
) -> Reservations:
    """Newest first, without names. Scope: goods.read."""
    centre = enter(request, slug, "goods.view_items")
    page = reservations_of(centre, state=state or "", after=after.upper(), limit=limit)
    found = [ReservationOut.of(kept) for kept in page.reservations]
    return Reservations(reservations=found, after=page.after or None)


@router.post(
    "/centres/{slug}/items/{item_id}/reservation",
    response={201: ReservationOut},
    operation_id="reserve",
)
def reserve(
    request: HttpRequest, slug: CentreSlug, item_id: ThingId, body: ContactIn, idempotency_key: Key
) -> Status[ReservationOut]:
    """Until the close of the next opening day, for somebody who can be reached.
    Scope: goods.sell."""
    centre = enter(request, slug, "goods.reserve_for")
    item = item_by_id(item_id, centre)
    contact = Contact(body.name, body.phone, body.email)
    ctx = ctx_for(request, centre, idempotency_key)
    return Status(201, ReservationOut.of(services.reserve(ctx, item=item, contact=contact)))


@router.post(
    "/centres/{slug}/reservations/{reservation_id}/cancel",
    response=ReservationOut,
    operation_id="cancelReservation",
)
def cancel_reservation(
    request: HttpRequest, slug: CentreSlug, reservation_id: ThingId, idempotency_key: Key
) -> ReservationOut:
    """The thing is free again. Scope: goods.sell."""
    centre = enter(request, slug, "goods.reserve_for")
    kept = reservation_by_id(reservation_id, centre)
    ctx = ctx_for(request, centre, idempotency_key)
    return ReservationOut.of(services.cancel_reservation(ctx, reservation=kept))
