"""Which gates hold in a house, and what they say of one thing."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods import gates
from wesprint.apps.goods.models import ElectricalTest, Gate, Item, ProductData
from wesprint.apps.goods.selectors.house import centre_day, facts_of
from wesprint.kernel.errors import NotFound
from wesprint.platform.base.words import Words
from wesprint.platform.commands.services import remembered
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference import selectors as reference
from wesprint.platform.reference.facts import CategoryFacts, GateFacts, Limit
from wesprint.platform.reference.models import GateKind


@lru_cache(maxsize=8)
def _everywhere(on: date) -> tuple[GateFacts, ...]:
    return reference.safety_gates(on)


@lru_cache(maxsize=8)
def test_limits(on: date) -> dict[tuple[str, str], Limit]:
    return reference.test_limits(on)


def forget_gates() -> None:
    _everywhere.cache_clear()
    test_limits.cache_clear()


def everywhere(on: date) -> tuple[GateFacts, ...]:
    """The gates that come with the reference tables; read once a day by each process."""
    return _everywhere(on)


def own_gates(centre: Centre, on: date) -> tuple[Gate, ...]:
    """What the house added and what still holds, newest first. One query."""
    rows = Gate.objects.filter(Q(until__isnull=True) | Q(until__gte=on), centre=centre)
    return tuple(rows.select_related("category", "category__parent").order_by("-since", "-id"))


def own_gate(centre: Centre, public_id: str) -> Gate:
    found = Gate.objects.filter(centre=centre, public_id=public_id).first()
    if found is None:
        raise NotFound(_("This gate does not exist."), next=_("Please choose one of the list."))
    return found


def gates_in(centre: Centre, on: date) -> tuple[GateFacts, ...]:
    """All gates of a house on a day. One query, one per command."""
    return remembered(("goods.gates", centre.pk, on), lambda: _gates_in(centre, on))


def _gates_in(centre: Centre, on: date) -> tuple[GateFacts, ...]:
    own = [as_facts(row) for row in own_gates(centre, on) if row.since <= on]
    return (*everywhere(on), *own)


def as_facts(row: Gate) -> GateFacts:
    category = row.category
    is_group = category is not None and category.parent_id is None
    return GateFacts(
        slug=row.public_id,
        kind=row.kind,
        category=category.slug if category and not is_group else "",
        group=category.slug if category and is_group else "",
        electrical=False,
        words=tuple(filter(None, map(str.strip, row.words.split(";")))),
        reason_de=row.reason_de,
        reason_en=row.reason_en,
        source=Words.of(row.source),
    )


def gates_about(
    centre: Centre, facts: CategoryFacts, text: str, moment: datetime
) -> tuple[GateFacts, ...]:
    """One query."""
    return gates.gates_of(gates_in(centre, centre_day(centre, moment)), facts, text)


def gates_of_item(item: Item, moment: datetime) -> tuple[GateFacts, ...]:
    """One query."""
    facts = facts_of(item.centre, item.category.slug, moment)
    return gates_about(item.centre, facts, f"{item.title} {item.note}", moment)


def closed_gate(item: Item, moment: datetime, *, online: bool = True) -> GateFacts | None:
    """What keeps the thing from its buyer; `online`: from the public shelf too, which asks for
    product data. One query, one more where a gate asks for them."""
    found = gates_of_item(item, moment)
    asks = online and any(gate.kind == GateKind.NEEDS_DATA for gate in found)
    return gates.first_closed(
        found, gates.Known(bool(item.test_passed), not asks or has_data(item))
    )


def has_data(item: Item) -> bool:
    return item.pk is not None and ProductData.objects.filter(item=item).exists()


def product_data(item: Item) -> ProductData | None:
    """One query."""
    return ProductData.objects.filter(item=item).first()


def tests_of(item: Item) -> tuple[ElectricalTest, ...]:
    """Newest first. One query."""
    return tuple(item.tests.order_by("-tested_at", "-id"))
