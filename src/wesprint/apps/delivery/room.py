"""What this room brings to the house: parcels and orders go out by cargo bike."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.apps.delivery import deeds, hearing, house, pages, personal, tasks
from wesprint.apps.delivery.rules import PERMISSIONS
from wesprint.platform.people.models import RoleName
from wesprint.web.rooms import Area, NavItem, Room, Scheduled

ROOM = Room(
    name="delivery",
    title=_("Delivery"),
    nav=[
        NavItem(_("Delivery"), "delivery_day", Area.OFFICE, "delivery.view_board", "bike", 40),
        NavItem(_("Ride"), "delivery_mine", Area.OFFICE, "delivery.ride", "bike", 41),
    ],
    permissions=PERMISSIONS,
    journeys=house.journeys,
    personal=personal.PERSONAL,
    outbox=hearing.HANDLERS,
    pages=pages.PAGES,
    starts={RoleName.DISPATCHER: "delivery_day", RoleName.RIDER: "delivery_mine"},
    for_visitors=pages.FOR_VISITORS,
    schedule=[Scheduled("delivery.forget", tasks.forget, timedelta(hours=1))],
    trail=deeds.TRAIL,
)
