"""The audit trail in words: parcels, tours, the hub."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

from wesprint.web.rooms import Thing, Trail

_DEEDS: Mapping[str, Any] = {
    "delivery.add_bike": pgettext_lazy("trail", "Entered a cargo bike"),
    "delivery.add_sender": pgettext_lazy("trail", "Entered a sender"),
    "delivery.announce": pgettext_lazy("trail", "Announced a shipment"),
    "delivery.arrange": pgettext_lazy("trail", "Changed the tours of a day"),
    "delivery.cancel": pgettext_lazy("trail", "Called a shipment off"),
    "delivery.change_day": pgettext_lazy("trail", "Put a shipment off to another day"),
    "delivery.come_back": pgettext_lazy("trail", "Came back from a tour"),
    "delivery.correct_address": pgettext_lazy("trail", "Clarified an address"),
    "delivery.depart": pgettext_lazy("trail", "Left for a tour"),
    "delivery.end_plan": pgettext_lazy("trail", "Ended a planning"),
    "delivery.fetch": pgettext_lazy("trail", "Planned to fetch an offer"),
    "delivery.finish_stop": pgettext_lazy("trail", "Closed a stop"),
    "delivery.forget": pgettext_lazy("trail", "Forgot old addresses and positions"),
    "delivery.give_back": pgettext_lazy("trail", "Gave a parcel back to its sender"),
    "delivery.hand_out": pgettext_lazy("trail", "Handed a parcel out at the centre"),
    "delivery.load_all": pgettext_lazy("trail", "Loaded a whole tour"),
    "delivery.lock_tour": pgettext_lazy("trail", "Locked or unlocked a tour"),
    "delivery.mark_undone": pgettext_lazy("trail", "Took back a change of the tours"),
    "delivery.note_damage": pgettext_lazy("trail", "Noted a damaged parcel"),
    "delivery.own_sender": pgettext_lazy("trail", "Entered the house as a sender"),
    "delivery.place_hub": pgettext_lazy("trail", "Said where the hub is"),
    "delivery.reopen_stop": pgettext_lazy("trail", "Opened a stop again"),
    "delivery.report": pgettext_lazy("trail", "Reported an incident on a tour"),
    "delivery.retire_bike": pgettext_lazy("trail", "Took a cargo bike out of service"),
    "delivery.scan_in": pgettext_lazy("trail", "Scanned a parcel into the hub"),
    "delivery.scan_out": pgettext_lazy("trail", "Scanned a parcel onto a bike"),
    "delivery.set_price": pgettext_lazy("trail", "Set a price of the delivery"),
    "delivery.start_plan": pgettext_lazy("trail", "Asked for a plan of a day"),
    "delivery.take_tour": pgettext_lazy("trail", "Said who rides a tour"),
    "delivery.write_letter": pgettext_lazy("trail", "Wrote a letter"),
    "delivery.wish": pgettext_lazy("trail", "Asked for another way of delivery"),
}
_THINGS: Mapping[str, Thing] = {
    "delivery.shipment": Thing(pgettext_lazy("trail", "Shipment")),
    "delivery.parcel": Thing(pgettext_lazy("trail", "Parcel")),
    "delivery.stop": Thing(pgettext_lazy("trail", "Stop")),
    "delivery.tour": Thing(pgettext_lazy("trail", "Tour")),
    "delivery.bike": Thing(pgettext_lazy("trail", "Cargo bike")),
    "delivery.sender": Thing(pgettext_lazy("trail", "Sender")),
}
TRAIL = Trail(deeds=_DEEDS, things=_THINGS)
