"""Items: taking in, looking up, pricing, testing, handing over."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Status

from wesprint.apps.goods import services
from wesprint.apps.goods.api.shapes import (
    HandOverIn,
    HandOverOut,
    ItemOut,
    Items,
    Price,
    TakeIn,
    Test,
)
from wesprint.apps.goods.models import Basis, Item, ItemState
from wesprint.apps.goods.selectors.items import item_by_id, items_of, reservation_by_id
from wesprint.apps.goods.services.intake import Weight
from wesprint.platform.organisations.models import Centre
from wesprint.web.api.access import Token, ctx_for, enter
from wesprint.web.api.fields import After, CentreSlug, Key, Limit, ThingId, Words

router = Router(auth=Token())
State = Annotated[ItemState | None, Query(description="Only items in this state.")]


@router.get("/centres/{slug}/items", response=Items, operation_id="listItems")
def list_items(
    request: HttpRequest,
    slug: CentreSlug,
    state: State = None,
    q: Words = "",
    after: After = "",
    limit: Limit = 50,
) -> Items:
    """All items of the house, newest first. `q`: a number or part of a title. Scope: goods.read."""
    centre = enter(request, slug, "goods.view_items")
    page = items_of(centre, state=state or "", text=q, after=after.upper(), limit=limit)
    return Items(items=[ItemOut.of(item) for item in page.items], after=page.after or None)


@router.post("/centres/{slug}/items", response={201: ItemOut}, operation_id="takeIn")
def take_in(
    request: HttpRequest, slug: CentreSlug, body: TakeIn, idempotency_key: Key
) -> Status[ItemOut]:
    """One thing, or one batch by weight, comes into the house. Scope: goods.intake."""
    centre = enter(request, slug, "goods.take_in")
    basis = Basis.MEASURED if body.weighed else Basis.ESTIMATED
    item = services.take_in(
        ctx_for(request, centre, idempotency_key),
        centre=centre,
        category=body.category,
        grade=body.grade,
        weight=Weight(body.weight_g, basis),
        status=body.status,
        route=body.route or "",
        price_cents=body.price_cents,
        per_kg=body.per_kg,
        title=body.title,
        note=body.note,
        over_capacity=body.over_capacity,
    )
    return Status(201, ItemOut.of(_read(item, centre)))


def _read(item: Item, centre: Centre) -> Item:
    """Also after an earlier answer was given again: with its category, as it is now."""
    return item_by_id(item.public_id, centre)


@router.get("/centres/{slug}/items/{item_id}", response=ItemOut, operation_id="getItem")
def get_item(request: HttpRequest, slug: CentreSlug, item_id: ThingId) -> ItemOut:
    """One item. Scope: goods.read."""
    centre = enter(request, slug, "goods.view_items")
    return ItemOut.of(item_by_id(item_id, centre))


@router.post("/centres/{slug}/items/{item_id}/sale", response=ItemOut, operation_id="putUpForSale")
def put_up_for_sale(
    request: HttpRequest, slug: CentreSlug, item_id: ThingId, body: Price, idempotency_key: Key
) -> ItemOut:
    """From the store room into the catalogue; 0 means it is given away. Scope: goods.sell."""
    centre = enter(request, slug, "goods.set_price")
    item = item_by_id(item_id, centre)
    ctx = ctx_for(request, centre, idempotency_key)
    done = services.put_up_for_sale(ctx, item=item, price_cents=body.price_cents)
    return ItemOut.of(_read(done, centre))


@router.put("/centres/{slug}/items/{item_id}/price", response=ItemOut, operation_id="setPrice")
def set_price(
    request: HttpRequest, slug: CentreSlug, item_id: ThingId, body: Price, idempotency_key: Key
) -> ItemOut:
    """Another price for something on the shelf. Scope: goods.sell."""
    centre = enter(request, slug, "goods.set_price")
    item = item_by_id(item_id, centre)
    ctx = ctx_for(request, centre, idempotency_key)
    done = services.set_price(ctx, item=item, price_cents=body.price_cents)
    return ItemOut.of(_read(done, centre))


@router.post("/centres/{slug}/items/{item_id}/test", response=ItemOut, operation_id="recordTest")
def record_test(
    request: HttpRequest, slug: CentreSlug, item_id: ThingId, body: Test, idempotency_key: Key
) -> ItemOut:
    """The result of the electrical test, a passed one with its report; what fails is not sold.
    Scope: goods.sell."""
    centre = enter(request, slug, "goods.change_to_waste")
    item = item_by_id(item_id, centre)
    ctx = ctx_for(request, centre, idempotency_key)
    report = body.report.report() if body.report else None
    done = services.record_test(ctx, item=item, passed=body.passed, report=report)
    return ItemOut.of(_read(done, centre))


@router.post(
    "/centres/{slug}/items/{item_id}/hand-over",
    response={201: HandOverOut},
    operation_id="handOver",
)
def hand_over(
    request: HttpRequest, slug: CentreSlug, item_id: ThingId, body: HandOverIn, idempotency_key: Key
) -> Status[HandOverOut]:
    """The thing goes to its new owner; the receipt is the till's. Scope: goods.sell."""
    centre = enter(request, slug, "goods.hand_over")
    item = item_by_id(item_id, centre)
    reservation = reservation_by_id(body.reservation, centre) if body.reservation else None
    done = services.hand_over(
        ctx_for(request, centre, idempotency_key),
        item=item,
        price_cents=body.price_cents,
        consideration=body.consideration,
        reservation=reservation,
        displaced=body.displaced or "",
    )
    return Status(201, HandOverOut.of(done))
