"""What this room brings to the house: parcels and orders go out by cargo bike."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.apps.delivery import deeds, personal, tasks
from wesprint.apps.delivery.rules import PERMISSIONS
from wesprint.web.rooms import Room, Scheduled

ROOM = Room(
    name="delivery",
    title=_("Delivery"),
    permissions=PERMISSIONS,
    personal=personal.PERSONAL,
    schedule=[Scheduled("delivery.forget", tasks.forget, timedelta(hours=1))],
    trail=deeds.TRAIL,
)
