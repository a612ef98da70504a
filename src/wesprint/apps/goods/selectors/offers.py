"""The inbox of offers, and one offer by its secret link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.links import OFFER
from wesprint.apps.goods.models import Intake, Offer, OfferPhoto, OfferState
from wesprint.kernel.errors import NotFound
from wesprint.platform.files.models import StoredFile
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.secrets import secret_hash

PAGE = 30
WAITING = (OfferState.OFFERED, OfferState.ASKED)
EXPECTED = (OfferState.ACCEPTED,)
CLOSED = (OfferState.ARRIVED, OfferState.DECLINED, OfferState.WITHDRAWN)
BOXES = {"waiting": WAITING, "expected": EXPECTED, "closed": CLOSED}


def inbox(centre: Centre, box: str, *, behind: int | None = None) -> tuple[Offer, ...]:
    """Offers of one box with giver, lines and photos: who waits longest first, in the other
    boxes the newest. behind: the number of the last one shown. Three queries."""
    rows = Offer.objects.filter(centre=centre, state__in=BOXES[box]).select_related(
        "giver", "centre"
    )
    oldest_first = box == "waiting"
    if behind is not None:
        rows = rows.filter(**{"number__gt" if oldest_first else "number__lt": behind})
    rows = rows.prefetch_related("lines__category", "photos__file")
    return tuple(rows.order_by("number" if oldest_first else "-number")[:PAGE])


@dataclass(frozen=True, slots=True)
class OfferPage:
    offers: tuple[Offer, ...]
    after: str


def offers_of(centre: Centre, *, state: str = "", after: str = "", limit: int = PAGE) -> OfferPage:
    """Newest first, one state or all, with their lines. Two queries, one more behind the first
    page."""
    rows = Offer.objects.filter(centre=centre).prefetch_related("lines__category")
    if state:
        rows = rows.filter(state=state)
    if after:
        last = Offer.objects.filter(centre=centre, public_id=after).values("number")
        rows = rows.filter(number__lt=last)
    found = list(rows.order_by("-number")[: limit + 1])
    page = tuple(found[:limit])
    return OfferPage(page, page[-1].public_id if len(found) > limit else "")


def box_counts(centre: Centre) -> dict[str, int]:
    """One query."""
    counts = {box: Count("pk", filter=Q(state__in=states)) for box, states in BOXES.items()}
    return Offer.objects.filter(centre=centre).aggregate(**counts)


def offer_by_id(centre: Centre, public_id: str) -> Offer:
    rows = Offer.objects.filter(centre=centre, public_id=public_id).select_related(
        "giver", "centre"
    )
    return _one(rows.prefetch_related("lines__category", "photos__file", "messages").first())


def expected_offers(centre: Centre, limit: int = 12) -> tuple[Offer, ...]:
    """Accepted ones that have not arrived, newest first. Two queries."""
    rows = Offer.objects.filter(centre=centre, state__in=EXPECTED).select_related("giver")
    return tuple(rows.prefetch_related("lines").order_by("-number")[:limit])


def offer_by_secret(secret: str, moment: datetime) -> Offer:
    """Raises NotFound for an unknown secret as for one that has run out."""
    rows = Offer.objects.filter(secret_hash=secret_hash(secret, OFFER), link_until__gt=moment)
    rows = rows.select_related("centre", "giver")
    return _one(rows.prefetch_related("lines__category", "photos__file", "messages").first())


def _one(offer: Offer | None) -> Offer:
    if offer is None:
        raise NotFound(
            _("This link leads to no offer, or it has run out."),
            next=_("If you would like to give something away, just offer it again."),
            code="no-offer",
        )
    return offer


def photo_of_offer(offer: Offer, public_id: str) -> StoredFile:
    """What its giver sent, or the rider who fetched it. Raises NotFound for any other."""
    row = OfferPhoto.objects.filter(offer=offer, file__public_id=public_id).select_related("file")
    if found := row.first():
        return found.file
    fetched = Intake.objects.filter(offer=offer, fetched_photo__public_id=public_id)
    visit = fetched.select_related("fetched_photo").first()
    if visit is None or visit.fetched_photo is None:
        raise NotFound(_("This photo does not exist."))
    return visit.fetched_photo
