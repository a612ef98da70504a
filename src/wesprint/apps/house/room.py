"""What this room brings to the house: the way in. What is on comes from all the others."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wesprint.apps.house import deeds
from wesprint.apps.house.rules import PERMISSIONS
from wesprint.platform.people.models import RoleName
from wesprint.web.rooms import Area, NavItem, Page, Room

ROOM = Room(
    name="house",
    title=_("House"),
    nav=[
        NavItem(_("House"), "house", icon="house", position=10),
        NavItem(_("Maps"), "maps", Area.REGION, icon="pin", position=900),
        NavItem(_("Today"), "house_desk", Area.OFFICE, "house.view_desk", "sun", 5),
    ],
    permissions=PERMISSIONS,
    trail=deeds.TRAIL,
    starts={RoleName.BOARD: "house_desk"},
    for_visitors=frozenset({"region", "house", "imprint", "privacy", "accessibility"}),
    pages=[
        Page("region", lambda town: "/", centre_bound=False),
        Page("house", lambda town: f"/z/{town.centre.slug}/", centre_bound=False),
        Page(
            "manifest",
            lambda town: f"/z/{town.centre.slug}/app.webmanifest",
            centre_bound=False,
            shows=False,
        ),
        Page("desk", lambda town: f"/z/{town.centre.slug}/heute/", "house.view_desk"),
        Page("maps", lambda town: "/karten/", centre_bound=False),
        Page("imprint", lambda town: "/impressum/", centre_bound=False),
        Page("privacy", lambda town: "/datenschutz/", centre_bound=False),
        Page("accessibility", lambda town: "/barrierefreiheit/", centre_bound=False),
    ],
)
