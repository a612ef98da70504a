"""What this room brings to the house: who works here, when, and what they learn."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.apps.team import deeds, house, pages, personal, tasks
from wesprint.apps.team.rules import PERMISSIONS
from wesprint.web.rooms import Area, NavItem, Room, Scheduled

ROOM = Room(
    name="team",
    title=_("Team"),
    nav=[
        NavItem(_("Come and go"), "team_clock", Area.COUNTER, "team.clock", "clock", 80),
        NavItem(_("Team"), "team_board", Area.OFFICE, "team.lead", "people", 70),
        NavItem(_("My work here"), "team_own", Area.OFFICE, "team.view_own", "person", 75),
        NavItem(
            _("The team in figures"), "team_figures", Area.OFFICE, "team.view_figures", "chart", 78
        ),
    ],
    permissions=PERMISSIONS,
    today=house.today,
    figures=house.figures,
    desk=house.desk,
    trail=deeds.TRAIL,
    personal=personal.PERSONAL,
    schedule=[Scheduled("team.tidy", tasks.tidy, timedelta(days=1))],
    pages=pages.PAGES,
)
