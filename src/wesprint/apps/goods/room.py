"""What this room brings to the house: goods in, on the shelf, and out again."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods import deeds, desk, house, letters, pages, personal, tasks
from wesprint.apps.goods.api import router
from wesprint.apps.goods.flows import FLOWS
from wesprint.apps.goods.rules import PERMISSIONS, SCOPES
from wesprint.apps.goods.selectors.account import answers, journeys, things
from wesprint.apps.goods.selectors.places import stock_places
from wesprint.apps.goods.services.imports import STOCK
from wesprint.platform.people.models import RoleName
from wesprint.web.rooms import Area, NavItem, Room, Scheduled

ROOM = Room(
    name="goods",
    title=_("Department store"),
    nav=[
        NavItem(
            _("Department store"),
            "goods_shelf",
            icon="shop",
            position=20,
            action=_("Browse the shelves"),
        ),
        NavItem(
            _("Give away"),
            "goods_give",
            icon="give",
            position=15,
            action=_("Give something away"),
        ),
        NavItem(_("Taking in"), "goods_intake", Area.COUNTER, "goods.view_counter", "scale", 10),
        NavItem(
            _("Collecting"),
            "goods_collections",
            Area.COUNTER,
            "goods.view_hand_over",
            "state-reserved",
            15,
        ),
        NavItem(
            _("Handing over"),
            "goods_hand_over_desk",
            Area.COUNTER,
            "goods.view_hand_over",
            "hand",
            20,
        ),
        NavItem(_("Scanning"), "goods_scan", Area.COUNTER, "goods.move", "qr", 30),
        NavItem(_("Offers"), "goods_offers", Area.OFFICE, "goods.view_offers", "bell", 10),
        NavItem(
            _("Appointments"),
            "goods_appointments",
            Area.OFFICE,
            "goods.view_offers",
            "calendar",
            12,
        ),
        NavItem(
            _("Bulky waste"),
            "goods_diversion",
            Area.OFFICE,
            "goods.view_diversion",
            "route-recycle",
            40,
        ),
        NavItem(_("Items"), "goods_stock", Area.OFFICE, "goods.view_items", "box", 20),
        NavItem(
            _("Social pass prices"),
            "goods_social",
            Area.OFFICE,
            "goods.set_house_rules",
            "euro",
            62,
        ),
        NavItem(_("The week"), "goods_week", Area.OFFICE, "goods.view_week", "chart", 60),
        NavItem(
            _("Outflows"), "goods_outflows", Area.OFFICE, "goods.view_items", "route-recycle", 30
        ),
        NavItem(_("Sales gates"), "goods_gates", Area.OFFICE, "goods.view_offers", "lock", 40),
        NavItem(
            _("Rules of the house"),
            "goods_rules",
            Area.OFFICE,
            "goods.set_house_rules",
            "settings",
            64,
        ),
        NavItem(_("Stock room"), "goods_places", Area.OFFICE, "goods.view_items", "pin", 25),
    ],
    permissions=PERMISSIONS,
    today=house.today,
    figures=house.figures,
    desk=desk.desk,
    flows=FLOWS,
    trail=deeds.TRAIL,
    answers=answers,
    journeys=journeys,
    places=stock_places,
    things=things,
    personal=personal.PERSONAL,
    outbox=letters.HANDLERS,
    sitemaps=house.sitemaps,
    schedule=[
        Scheduled("goods.release_expired", tasks.release_expired, timedelta(minutes=5)),
        Scheduled("goods.apply_ageing", tasks.apply_ageing, timedelta(hours=6)),
        Scheduled("goods.search_letters", tasks.write_search_letters, timedelta(minutes=20)),
    ],
    for_visitors=pages.FOR_VISITORS,
    pages=pages.PAGES,
    starts={
        RoleName.VOLUNTEER: "goods_intake",
        RoleName.STAFF: "goods_intake",
        RoleName.CASHIER: "goods_hand_over_desk",
        RoleName.TREASURER: "goods_week",
        RoleName.TOWN_HALL: "goods_diversion",
    },
    api=router,
    imports=[STOCK],
    scopes=SCOPES,
)
