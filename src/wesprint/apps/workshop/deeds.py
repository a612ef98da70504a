"""The audit trail in words: orders of the workshop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

from wesprint.web.rooms import Thing, Trail

_DEEDS: Mapping[str, Any] = {
    "workshop.add_item": pgettext_lazy("trail", "Put a thing onto the bench"),
    "workshop.approve": pgettext_lazy("trail", "Noted the customer's yes"),
    "workshop.ask_price": pgettext_lazy("trail", "Asked a price"),
    "workshop.buy_lot": pgettext_lazy("trail", "Bought material"),
    "workshop.decline": pgettext_lazy("trail", "Noted the customer's no"),
    "workshop.describe_order": pgettext_lazy("trail", "Described an order"),
    "workshop.estimate": pgettext_lazy("trail", "Estimated the cost"),
    "workshop.finish": pgettext_lazy("trail", "Finished an order"),
    "workshop.give_up": pgettext_lazy("trail", "Gave an order up"),
    "workshop.hand_back": pgettext_lazy("trail", "Handed back to the customer"),
    "workshop.move_order": pgettext_lazy("trail", "Moved an order on the board"),
    "workshop.note_work": pgettext_lazy("trail", "Noted hours of work"),
    "workshop.open_order": pgettext_lazy("trail", "Opened an order"),
    "workshop.record_repair_test": pgettext_lazy("trail", "Recorded the test of a repair"),
    "workshop.remove_item": pgettext_lazy("trail", "Put a thing back from the bench"),
    "workshop.set_rule": pgettext_lazy("trail", "Set a rule of the workshop"),
    "workshop.take_back_use": pgettext_lazy("trail", "Took back a use of material"),
    "workshop.take_back_work": pgettext_lazy("trail", "Took back hours of work"),
    "workshop.take_in_repair": pgettext_lazy("trail", "Took in a repair"),
    "workshop.tell_ready": pgettext_lazy("trail", "Told the customer it is ready"),
    "workshop.use_lot": pgettext_lazy("trail", "Used material"),
    "workshop.weigh_input": pgettext_lazy("trail", "Weighed what went onto the bench"),
    "workshop.weigh_out": pgettext_lazy("trail", "Weighed what was made"),
    "workshop.write_letter": pgettext_lazy("trail", "Wrote a letter"),
}
_THINGS: Mapping[str, Thing] = {
    "workshop.order": Thing(pgettext_lazy("trail", "Order")),
    "workshop.lot": Thing(pgettext_lazy("trail", "Material")),
}
TRAIL = Trail(deeds=_DEEDS, things=_THINGS)
