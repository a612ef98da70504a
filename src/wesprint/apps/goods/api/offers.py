"""What people would like to give away, and what the house answers."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Status

from wesprint.apps.goods import services
from wesprint.apps.goods.api.shapes import Answer, OfferIn, OfferOut, Offers
from wesprint.apps.goods.models import Offer, OfferState, Source
from wesprint.apps.goods.selectors.offers import offer_by_id, offers_of
from wesprint.apps.goods.services.contacts import Contact
from wesprint.platform.geo.locating import locate
from wesprint.platform.organisations.models import Centre
from wesprint.web.api.access import Token, ctx_for, enter
from wesprint.web.api.fields import After, CentreSlug, Key, Limit, ThingId
from wesprint.web.maps.fields import town_of

router = Router(auth=Token())
State = Annotated[OfferState | None, Query(description="Only offers in this state.")]


@router.get("/centres/{slug}/offers", response=Offers, operation_id="listOffers")
def list_offers(
    request: HttpRequest,
    slug: CentreSlug,
    state: State = None,
    after: After = "",
    limit: Limit = 50,
) -> Offers:
    """Newest first, without the givers. Scope: goods.read."""
    centre = enter(request, slug, "goods.view_offers")
    page = offers_of(centre, state=state or "", after=after.upper(), limit=limit)
    return Offers(offers=[OfferOut.of(offer) for offer in page.offers], after=page.after or None)


@router.post("/centres/{slug}/offers", response={201: OfferOut}, operation_id="offerGoods")
def offer_goods(
    request: HttpRequest, slug: CentreSlug, body: OfferIn, idempotency_key: Key
) -> Status[OfferOut]:
    """Somebody would like to give things away, entered for them. Scope: goods.offers."""
    centre = enter(request, slug, "goods.answer_offers")
    offer = services.offer_by_telephone(
        ctx_for(request, centre, idempotency_key),
        centre=centre,
        lines=tuple(body.lines),
        contact=Contact(body.name, body.phone, body.email),
        size=body.size,
        way=body.way,
        fetch_address=locate(town_of(centre), body.fetch_address),
        note=body.note,
        source=Source.TELEPHONE,
        anyway=body.anyway,
    )
    return Status(201, _shown(offer, centre))


@router.get("/centres/{slug}/offers/{offer_id}", response=OfferOut, operation_id="getOffer")
def get_offer(request: HttpRequest, slug: CentreSlug, offer_id: ThingId) -> OfferOut:
    """One offer. Scope: goods.read."""
    centre = enter(request, slug, "goods.view_offers")
    return OfferOut.of(offer_by_id(centre, offer_id.upper()))


@router.post(
    "/centres/{slug}/offers/{offer_id}/accept", response=OfferOut, operation_id="acceptOffer"
)
def accept_offer(
    request: HttpRequest, slug: CentreSlug, offer_id: ThingId, body: Answer, idempotency_key: Key
) -> OfferOut:
    """Yes, gladly. Scope: goods.offers."""
    centre = enter(request, slug, "goods.answer_offers")
    offer = offer_by_id(centre, offer_id.upper())
    ctx = ctx_for(request, centre, idempotency_key)
    return _shown(services.accept_offer(ctx, offer=offer, text=body.text), centre)


@router.post(
    "/centres/{slug}/offers/{offer_id}/decline", response=OfferOut, operation_id="declineOffer"
)
def decline_offer(
    request: HttpRequest, slug: CentreSlug, offer_id: ThingId, body: Answer, idempotency_key: Key
) -> OfferOut:
    """No, with a friendly reason. Scope: goods.offers."""
    centre = enter(request, slug, "goods.answer_offers")
    offer = offer_by_id(centre, offer_id.upper())
    ctx = ctx_for(request, centre, idempotency_key)
    return _shown(services.decline_offer(ctx, offer=offer, text=body.text), centre)


def _shown(offer: Offer, centre: Centre) -> OfferOut:
    return OfferOut.of(offer_by_id(centre, offer.public_id))
