"""What may happen in the workshop. Every verb is a command: one transaction with the goods and
the ledger's events, recognised when it comes again."""

from wesprint.apps.workshop.services.closing import Back, Made, Offcut, finish, weigh_out
from wesprint.apps.workshop.services.customers import (
    approve,
    decline,
    estimate,
    hand_back,
    record_repair_test,
    take_in_repair,
    tell_ready,
)
from wesprint.apps.workshop.services.house import set_workshop_rule
from wesprint.apps.workshop.services.inputs import (
    buy_lot,
    note_work,
    take_back_use,
    take_back_work,
    use_lot,
)
from wesprint.apps.workshop.services.orders import (
    add_item,
    ask_price,
    describe_order,
    give_up,
    move_order,
    open_order,
    remove_item,
    weigh_input,
)

__all__ = [
    "Back",
    "Made",
    "Offcut",
    "add_item",
    "approve",
    "ask_price",
    "buy_lot",
    "decline",
    "describe_order",
    "estimate",
    "finish",
    "give_up",
    "hand_back",
    "move_order",
    "note_work",
    "open_order",
    "record_repair_test",
    "remove_item",
    "set_workshop_rule",
    "take_back_use",
    "take_back_work",
    "take_in_repair",
    "tell_ready",
    "use_lot",
    "weigh_input",
    "weigh_out",
]
