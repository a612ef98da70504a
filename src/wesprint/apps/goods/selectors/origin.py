"""What an item was made of and what was made of it, from the processes of the ledger alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from wesprint.apps.goods.flow_names import FROM_WORKSHOP, INTO_WORKSHOP
from wesprint.apps.goods.models import Item
from wesprint.platform.ledger.models import EconomicEvent


@dataclass(frozen=True, slots=True)
class Origin:
    """What went into the work: things with their own passes, hours, names of materials."""

    things: tuple[Item, ...]
    seconds: int
    materials: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.things or self.seconds or self.materials)


def origin_of(item: Item) -> Origin:
    """All work that made the item or changed it. Four queries."""
    processes = _processes(item, action=("produce", "modify"), side="output_of")
    inputs = EconomicEvent.objects.filter(input_of__in=processes, corrects=None)
    seconds = EconomicEvent.objects.filter(input_of__in=processes).aggregate(
        seconds=Sum("effort_quantity", default=0)
    )["seconds"]
    used = inputs.filter(action="consume")
    resources = used.exclude(resource_inventoried_as=item.resource_id)
    things = Item.objects.filter(resource__in=resources.values("resource_inventoried_as"))
    return Origin(
        tuple(things.select_related("category", "centre").order_by("taken_in_at", "pk")),
        seconds,
        _names(used.order_by("pk").values_list("resource_classified_as", flat=True)),
    )


def _names(classes: Iterable[list[str]]) -> tuple[str, ...]:
    """Each once, in the order of use."""
    return tuple(dict.fromkeys(name for names in classes for name in names))


def successors_of(item: Item) -> tuple[Item, ...]:
    """What was made of it. Two queries."""
    processes = _processes(item, action=("consume",), side="input_of")
    made = EconomicEvent.objects.filter(output_of__in=processes, action__in=("produce", "modify"))
    rows = Item.objects.filter(resource__in=made.values("resource_inventoried_as"))
    rows = rows.exclude(pk=item.pk).select_related("category")
    return tuple(rows.order_by("taken_in_at", "pk"))


def _processes(item: Item, *, action: tuple[str, ...], side: str) -> list[int]:
    rows = EconomicEvent.objects.filter(
        resource_inventoried_as=item.resource_id,
        action__in=action,
        flow__in=(INTO_WORKSHOP, FROM_WORKSHOP),
    )
    return list(rows.order_by().values_list(side, flat=True).distinct())


def repairs(item: Item) -> list[datetime]:
    """When the same thing came out of the workshop. One query."""
    rows = EconomicEvent.objects.filter(
        resource_inventoried_as=item.resource_id, action="modify", flow=FROM_WORKSHOP, corrects=None
    )
    return list(rows.order_by("pk").values_list("occurred_at", flat=True))
