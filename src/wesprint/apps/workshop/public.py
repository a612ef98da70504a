"""What other rooms may call: the verbs of the workshop, and what they return."""

from wesprint.apps.workshop.models import Lot, Order
from wesprint.apps.workshop.services import (
    Back,
    Made,
    Offcut,
    approve,
    buy_lot,
    estimate,
    finish,
    give_up,
    hand_back,
    move_order,
    note_work,
    open_order,
    record_repair_test,
    take_in_repair,
    tell_ready,
    use_lot,
    weigh_out,
)

__all__ = [
    "Back",
    "Lot",
    "Made",
    "Offcut",
    "Order",
    "approve",
    "buy_lot",
    "estimate",
    "finish",
    "give_up",
    "hand_back",
    "move_order",
    "note_work",
    "open_order",
    "record_repair_test",
    "take_in_repair",
    "tell_ready",
    "use_lot",
    "weigh_out",
]
