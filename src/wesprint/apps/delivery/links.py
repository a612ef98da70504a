"""Secret links: what a recipient or a shop holds in hand, without an account."""

from __future__ import annotations

from django.urls import reverse

from wesprint.apps.delivery.models import Sender, Shipment
from wesprint.web.links import absolute, hash_for, secret_for

TRACKING, SENDER = "delivery.tracking", "delivery.sender"


def tracking_path(shipment: Shipment) -> str:
    return reverse("delivery_track", args=[secret_for(shipment.public_id, TRACKING)])


def tracking_url(shipment: Shipment) -> str:
    return absolute(tracking_path(shipment))


def sender_path(sender: Sender, name: str = "delivery_sender") -> str:
    return reverse(name, args=[secret_for(sender.public_id, SENDER)])


def hash_of(public_id: str, purpose: str) -> str:
    return hash_for(public_id, purpose)
