"""Gates in services: what refuses, and what the database is told so that it refuses too."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import Item, Status
from wesprint.apps.goods.selectors.gates import closed_gate
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Refused
from wesprint.platform.reference.facts import GateFacts
from wesprint.platform.reference.models import GateKind

NOTHING_CHANGED = _("Nothing was changed.")


def bar(item: Item, ctx: Ctx) -> GateFacts | None:
    """Note on the row (not yet saved) which gate is closed; the gate, or None."""
    gate = closed_gate(item, ctx.occurred_at)
    item.barred = gate.kind if gate else ""
    return gate


def check_sellable(item: Item, ctx: Ctx) -> None:
    """Raises Refused for waste and for a thing that a gate keeps from its buyer. Product data
    are asked of what stands online, not of what is sold across the counter."""
    check_not_waste(item)
    gate = closed_gate(item, ctx.occurred_at, online=False)
    if gate is not None:
        raise refusal(gate, ctx)


def check_not_waste(item: Item) -> None:
    if item.status == Status.WASTE:
        raise Refused(
            _("This was taken in as waste, so it is not sold."),
            kept=NOTHING_CHANGED,
            next=_("It goes to recycling or disposal."),
            code="is-waste",
        )


def refusal(gate: GateFacts, ctx: Ctx) -> Refused:
    return _REFUSALS[GateKind(gate.kind)](gate.reason(ctx.locale))


def _never(reason: str) -> Refused:
    return Refused(
        _("This is never sold here: %(reason)s.") % {"reason": reason},
        kept=NOTHING_CHANGED,
        next=_("Please choose recycling or disposal, or correct its name."),
        field="route",
        code="never-sell",
    )


def _untested(reason: str) -> Refused:
    return Refused(
        _("Electrical things are tested before they are sold."),
        kept=NOTHING_CHANGED,
        next=_("Please enter the passed test first, or choose “To the workshop”."),
        field="route",
        code="not-tested",
    )


def _without_data(reason: str) -> Refused:
    return Refused(
        _("Product data are missing: %(reason)s.") % {"reason": reason},
        kept=NOTHING_CHANGED,
        next=_("Please enter maker, model and warnings first."),
        field="route",
        code="no-product-data",
    )


_REFUSALS: dict[GateKind, Callable[[str], Refused]] = {
    GateKind.NEVER_SELL: _never,
    GateKind.NEEDS_TEST: _untested,
    GateKind.NEEDS_DATA: _without_data,
}
