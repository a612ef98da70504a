"""What this room brings to the house: the town's window, selling for others, the exchange."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.apps.market import beside, deeds, house, letters, pages, personal, tasks
from wesprint.apps.market.rules import PERMISSIONS
from wesprint.web.rooms import Area, NavItem, Room, Scheduled

ROOM = Room(
    name="market",
    title=_("Town window"),
    nav=[
        NavItem(_("Town window"), "market_window", icon="shop", position=25),
        NavItem(_("Material exchange"), "market_board", icon="route-recycle", position=30),
        NavItem(
            _("Put aside"),
            "market_bookings",
            Area.COUNTER,
            "market.view_bookings",
            "state-reserved",
            30,
        ),
        NavItem(
            _("Suppliers"), "market_suppliers", Area.OFFICE, "market.view_suppliers", "shop", 40
        ),
        NavItem(
            _("Consignment"),
            "market_consignments",
            Area.OFFICE,
            "market.view_consignments",
            "hand",
            42,
        ),
        NavItem(
            _("Statements"), "market_settlements", Area.OFFICE, "market.view_money", "euro", 44
        ),
        NavItem(
            _("Exchange entries"),
            "market_moderation",
            Area.OFFICE,
            "market.view_entries",
            "box",
            46,
        ),
    ],
    permissions=PERMISSIONS,
    today=house.today,
    desk=house.desk,
    shelf=beside.shelf,
    personal=personal.PERSONAL,
    outbox=letters.HANDLERS,
    schedule=[
        Scheduled("market.release_expired", tasks.release_expired, timedelta(minutes=5)),
        Scheduled("market.expire_entries", tasks.expire_entries, timedelta(hours=6)),
        Scheduled("market.read_feeds", tasks.read_feeds, timedelta(minutes=30)),
    ],
    pages=pages.PAGES,
    for_visitors=pages.FOR_VISITORS,
    trail=deeds.TRAIL,
)
