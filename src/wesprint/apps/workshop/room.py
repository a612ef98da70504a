"""What this room brings to the house: things are repaired, or become something else."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wesprint.apps.workshop import deeds, desk, house, letters, pages, personal
from wesprint.apps.workshop.rules import PERMISSIONS
from wesprint.platform.people.models import RoleName
from wesprint.web.rooms import Area, NavItem, Room

ROOM = Room(
    name="workshop",
    title=_("Workshop"),
    nav=[
        NavItem(
            _("Workshop"),
            "workshop_board",
            Area.OFFICE,
            "workshop.view_board",
            "route-workshop",
            30,
        ),
        NavItem(
            _("Repair for a customer"),
            "workshop_repair",
            Area.COUNTER,
            "workshop.take_in_repairs",
            "route-workshop",
            30,
        ),
    ],
    permissions=PERMISSIONS,
    today=house.today,
    figures=house.figures,
    desk=desk.desk,
    before_buying=house.before_buying,
    item_actions=house.item_actions,
    personal=personal.PERSONAL,
    outbox=letters.HANDLERS,
    pages=pages.PAGES,
    starts={RoleName.WORKSHOP_LEAD: "workshop_board"},
    for_visitors=pages.FOR_VISITORS,
    trail=deeds.TRAIL,
)
