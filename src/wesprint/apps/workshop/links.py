"""The customer's secret link: it follows from the order's public id, and is stored nowhere."""

from __future__ import annotations

from django.urls import reverse

from wesprint.apps.goods.public import absolute, hash_for, secret_for
from wesprint.apps.workshop.models import Order

REPAIR = "workshop.repair"


def secret_of(order: Order) -> str:
    return secret_for(order.public_id, REPAIR)


def hash_of(public_id: str) -> str:
    return hash_for(public_id, REPAIR)


def repair_path(order: Order) -> str:
    return reverse("workshop_follow", args=[secret_of(order)])


def repair_url(order: Order) -> str:
    return absolute(repair_path(order))
