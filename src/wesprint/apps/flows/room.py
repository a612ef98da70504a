"""What this room brings to the house: the public account of all flows."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.apps.flows import deeds, pages, tasks
from wesprint.apps.flows.api import router
from wesprint.apps.flows.public import figures
from wesprint.apps.flows.rules import PERMISSIONS
from wesprint.platform.tokens.scopes import Scope
from wesprint.web.rooms import Area, NavItem, Room, Scheduled

ROOM = Room(
    name="flows",
    title=_("Impact"),
    nav=[
        NavItem(_("Impact"), "flows", icon="leaf", position=80),
        NavItem(_("What the houses of the region achieve"), "flows_region", Area.REGION),
        NavItem(_("Own footprint"), "flows_own", Area.OFFICE, "flows.view_records", "leaf", 80),
        NavItem(_("Baselines"), "flows_baselines", Area.OFFICE, "flows.view_records", "chart", 85),
    ],
    permissions=PERMISSIONS,
    trail=deeds.TRAIL,
    figures=figures,
    schedule=[Scheduled("flows.count_answers", tasks.count_answers, timedelta(hours=1))],
    pages=pages.PAGES,
    for_visitors=pages.FOR_VISITORS,
    api=router,
    scopes=[
        Scope("flows.read", _("Read the entries of the ledger"), frozenset({"flows.view_ledger"}))
    ],
)
