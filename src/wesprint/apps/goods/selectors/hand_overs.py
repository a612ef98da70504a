"""What was handed over lately."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import HandOver
from wesprint.kernel.errors import NotFound
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre

SHOWN = 8
UNDO_FOR = timedelta(days=1)


def latest(centre: Centre) -> tuple[HandOver, ...]:
    """Those of the last day that stand, newest first. One query."""
    rows = HandOver.objects.filter(
        centre=centre, cancelled_at=None, handed_over_at__gt=now() - UNDO_FOR
    )
    return tuple(
        rows.select_related("item__category", "tag").order_by("-handed_over_at", "-pk")[:SHOWN]
    )


def by_id(centre: Centre, public_id: str) -> HandOver:
    """Raises NotFound for none and for another centre's. One query."""
    rows = HandOver.objects.filter(centre=centre, public_id=public_id)
    found = rows.select_related("centre", "item__category", "item__centre", "tag").first()
    if found is None:
        raise NotFound(_("There is no such hand-over."))
    return found
