"""What other rooms may call."""

from __future__ import annotations

from wesprint.apps.delivery.models import Shipment, Size, Tour
from wesprint.apps.delivery.services import (
    ParcelDraft,
    Proof,
    Recipient,
    add_bike,
    add_sender,
    announce,
    come_back,
    depart,
    door,
    finish_stop,
    load_all,
    plan_day,
    scan_in,
    set_hub,
    set_price,
    take_tour,
)

__all__ = [
    "ParcelDraft",
    "Proof",
    "Recipient",
    "Shipment",
    "Size",
    "Tour",
    "add_bike",
    "add_sender",
    "announce",
    "come_back",
    "depart",
    "door",
    "finish_stop",
    "load_all",
    "plan_day",
    "scan_in",
    "set_hub",
    "set_price",
    "take_tour",
]
