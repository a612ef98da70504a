"""What may follow what on the board."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from wesprint.apps.workshop.models import Order, OrderState
from wesprint.kernel.errors import Conflict

S = OrderState

ORDER: Mapping[str, frozenset[str]] = {
    S.ASSESS: frozenset({S.IN_WORK, S.WAITING, S.FAILED}),
    S.IN_WORK: frozenset({S.WAITING, S.DONE, S.FAILED}),
    S.WAITING: frozenset({S.IN_WORK, S.FAILED}),
    S.DONE: frozenset(),
    S.FAILED: frozenset(),
}

_NOW = {
    S.ASSESS: _("This order still has to be assessed."),
    S.IN_WORK: _("This order is in work."),
    S.WAITING: _("This order waits for parts."),
    S.DONE: _("This order is done."),
    S.FAILED: _("This order was given up."),
}
NOTHING_CHANGED = _("Nothing was changed.")
LOOK_AGAIN = _("Please load the page again to see how it stands.")


def check_order(order: Order, to: OrderState) -> None:
    """Raises Conflict naming how the order stands instead."""
    if to not in ORDER[order.state]:
        raise Conflict(
            _NOW[OrderState(order.state)],
            kept=NOTHING_CHANGED,
            next=LOOK_AGAIN,
            code=f"order-{order.state}",
        )


def check_open(order: Order) -> None:
    """Raises Conflict when what went in and what came out were closed against each other."""
    if order.is_open:
        return
    weighed = order.is_running
    raise Conflict(
        _("The results of this order are weighed already.")
        if weighed
        else _NOW[OrderState(order.state)],
        kept=NOTHING_CHANGED,
        next=LOOK_AGAIN,
        code="order-weighed" if weighed else f"order-{order.state}",
    )
