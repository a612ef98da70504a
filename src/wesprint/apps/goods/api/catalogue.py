"""Public: houses, categories and what stands on the shelf."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from wesprint.apps.goods.api.shapes import CardOut, Categories, CategoryOut, HouseOut, Houses, Shelf
from wesprint.apps.goods.selectors.catalogue import shelf
from wesprint.apps.goods.selectors.house import centre_day, tree
from wesprint.apps.goods.wanted import Wanted
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.selectors import centres
from wesprint.web.api.fields import After, CentreSlug, Limit, Words
from wesprint.web.http import centre_or_404

router = Router()
Category = Annotated[str, Query(max_length=50, pattern=r"^[a-z0-9-]*$")]


@router.get("/centres", response=Houses, operation_id="listCentres")
def list_centres(request: HttpRequest) -> Houses:
    """All houses of this installation."""
    found = [HouseOut(slug=one.slug, name=one.name, town=one.town) for one in centres()]
    return Houses(centres=found)


@router.get("/centres/{slug}/categories", response=Categories, operation_id="listCategories")
def list_categories(request: HttpRequest, slug: CentreSlug) -> Categories:
    """What the house takes today, and what it refuses and why."""
    kinds = tree(centre_day(centre_or_404(slug)))
    return Categories(categories=[CategoryOut.of(facts) for facts in kinds.by_id.values()])


@router.get("/centres/{slug}/catalogue", response=Shelf, operation_id="listCatalogue")
def list_catalogue(
    request: HttpRequest,
    slug: CentreSlug,
    q: Words = "",
    category: Category = "",
    after: After = "",
    limit: Limit = 24,
) -> Shelf:
    """What stands on the shelf, newest first; with `q` what fits best, slips allowed."""
    centre = centre_or_404(slug)
    kinds, wanted = tree(centre_day(centre)), Wanted(words=q.strip(), kind=category)
    if category and category not in kinds.by_slug:
        return Shelf(items=[], after=None)
    page = shelf(centre, kinds, wanted, now(), after=after.upper(), limit=limit)
    return Shelf(
        items=[CardOut.of(card.item, card.photo) for card in page.cards], after=page.after or None
    )
