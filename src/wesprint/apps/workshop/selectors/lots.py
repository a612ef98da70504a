"""Parts and materials in stock."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wesprint.apps.workshop.models import Lot, Use, Work
from wesprint.kernel.errors import NotFound
from wesprint.platform.organisations.models import Centre


def lots_in_stock(centre: Centre) -> tuple[Lot, ...]:
    """By name, oldest lot first. One query."""
    rows = Lot.objects.filter(centre=centre, left__gt=0)
    return tuple(rows.order_by("name", "pk")[:300])


def lot_by_id(centre: Centre, public_id: str) -> Lot:
    found = Lot.objects.filter(centre=centre, public_id=public_id).first()
    if found is None:
        raise _gone()
    return found


def use_by_id(centre: Centre, order_id: str, public_id: str) -> Use:
    rows = Use.objects.filter(order__centre=centre, order__public_id=order_id, public_id=public_id)
    found = rows.select_related("order").first()
    if found is None:
        raise _gone()
    return found


def work_by_id(centre: Centre, order_id: str, public_id: str) -> Work:
    rows = Work.objects.filter(order__centre=centre, order__public_id=order_id, public_id=public_id)
    found = rows.select_related("order").first()
    if found is None:
        raise _gone()
    return found


def _gone() -> NotFound:
    return NotFound(
        _("This entry does not exist any more."),
        next=_("Please load the page again to see how it stands."),
        code="no-entry",
    )
