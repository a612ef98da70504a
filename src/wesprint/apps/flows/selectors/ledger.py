"""The entries of the ledger as they stand there, page by page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from wesprint.platform.ledger.models import EconomicEvent
from wesprint.platform.organisations.models import Centre


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """A page of the ledger; `after` asks for the next one, empty on the last."""

    events: tuple[EconomicEvent, ...]
    after: str


def ledger_page(centre: Centre, *, flow: str = "", after: str = "", limit: int = 50) -> LedgerPage:
    """Newest first by the day on which they happened. One query, one more behind the first
    page."""
    rows = EconomicEvent.objects.filter(centre=centre).select_related(
        "resource_inventoried_as", "to_resource_inventoried_as", "resource_conforms_to", "corrects"
    )
    if flow:
        rows = rows.filter(flow=flow)
    if after:
        rows = _older(rows, centre, after)
    found = list(rows.order_by("-occurred_on", "-pk")[: limit + 1])
    page = tuple(found[:limit])
    return LedgerPage(page, page[-1].public_id if len(found) > limit else "")


def _older(rows: QuerySet[EconomicEvent], centre: Centre, after: str) -> QuerySet[EconomicEvent]:
    last = EconomicEvent.objects.filter(centre=centre, public_id=after)
    for day, pk in last.values_list("occurred_on", "pk"):
        return rows.filter(Q(occurred_on__lt=day) | Q(occurred_on=day, pk__lt=pk))
    return rows.none()
