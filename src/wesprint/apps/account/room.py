"""What this room brings to the house: signing in, one's own data, people, tablets, the house."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from wesprint.apps.account import deeds, tasks
from wesprint.apps.account.rules import PERMISSIONS
from wesprint.platform.people.models import RoleName
from wesprint.web.rooms import Area, NavItem, Page, Room, Scheduled

OFFICE = [
    NavItem(_("People"), "team", Area.OFFICE, "account.view_team", "people", 810),
    NavItem(
        _("Stored data"), "known_people", Area.OFFICE, "account.view_people_data", "search", 815
    ),
    NavItem(_("Tablets"), "devices", Area.OFFICE, "account.view_devices", "badge", 820),
    NavItem(_("Keys for programs"), "keys", Area.OFFICE, "account.view_keys", "key", 825),
    NavItem(
        _("Set up the house"), "house_settings", Area.OFFICE, "account.view_house", "settings", 830
    ),
    NavItem(_("Trail"), "trail", Area.OFFICE, "account.view_trail", "eye", 840),
]


def _house(path: str) -> Callable[[Any], str]:
    """`path` below the house of the test's small world; `{board}` and the like are filled."""

    def make(town: Any) -> str:
        parts = {"board": town.people["board"].public_id, **town.things.get("account", {})}
        return f"/z/{town.centre.slug}/{path.format(**parts)}"

    return make


def _own(path: str) -> Callable[[Any], str]:
    return lambda town: path.format(
        board=town.people["board"].public_id, **town.things.get("account", {})
    )


OWN = [
    Page("login", lambda town: "/konto/zugang/login/", centre_bound=False),
    Page("signup", lambda town: "/konto/zugang/signup/", centre_bound=False),
    Page("password", lambda town: "/konto/zugang/password/reset/", centre_bound=False),
    Page("overview", lambda town: "/konto/", "account.view_own", centre_bound=False),
    Page("data", lambda town: "/konto/daten/", "account.view_own", centre_bound=False),
    Page("erase", lambda town: "/konto/loeschen/", "account.view_own", centre_bound=False),
    Page("security", lambda town: "/konto/zugang/2fa/", "account.view_own", centre_bound=False),
    Page("email", lambda town: "/konto/zugang/email/", "account.view_own", centre_bound=False),
    Page("desk", lambda town: "/theke/", centre_bound=False),
    Page("confirm", _own("/konto/bestaetigen/{link}/"), centre_bound=False),
    Page(
        "withdraw_consent",
        _own("/konto/daten/{board}/widerruf"),
        "account.view_own",
        shows=False,
    ),
    Page(
        "change_address",
        _own("/konto/daten/{board}/adresse"),
        "account.view_own",
        shows=False,
    ),
]


PEOPLE = [
    Page("team", _house("leute/"), "account.view_team"),
    Page("member", _house("leute/{board}/"), "account.view_team"),
    *(
        Page(name, _house(path), "account.manage_team", shows=False)
        for name, path in (
            ("give_role", "leute/{board}/rolle"),
            ("withdraw_role", "leute/{board}/rolle/{role}/zurueck"),
            ("issue_badge", "leute/{board}/ausweis"),
            ("revoke_badge", "leute/{board}/ausweis/sperren"),
            ("set_pin", "leute/{board}/pin"),
        )
    ),
]
KNOWN = [
    Page("known_people", _house("menschen/"), "account.view_people_data"),
    Page("known_person", _house("menschen/{board}/"), "account.view_people_data"),
    Page(
        "known_data",
        _house("menschen/{board}/daten.json"),
        "account.view_people_data",
        shows=False,
    ),
    *(
        Page(name, _house(path), "account.manage_people_data", shows=False)
        for name, path in (
            ("known_change", "menschen/{board}/aendern"),
            ("known_erase", "menschen/{board}/loeschen"),
        )
    ),
]
HOUSE = [
    Page("devices", _house("geraete/"), "account.view_devices"),
    Page(
        "revoke_device", _house("geraete/{device}/sperren"), "account.manage_devices", shows=False
    ),
    Page("keys", _house("schluessel/"), "account.view_keys"),
    Page("revoke_key", _house("schluessel/{key}/sperren"), "account.manage_keys", shows=False),
    Page("house", _house("einrichten/"), "account.view_house"),
    *(
        Page(path, _house(f"einrichten/{path}"), "account.manage_house", shows=False)
        for path in (
            "haus",
            "zeiten",
            "geschlossen",
            "offen",
            "farben",
            "etage",
            "etage/{floor}/raum",
            "raum/{space}/weg",
        )
    ),
    Page("trail", _house("pruefspur/"), "account.view_trail"),
]

ROOM = Room(
    name="account",
    title=_("Account"),
    nav=OFFICE,
    permissions=PERMISSIONS,
    trail=deeds.TRAIL,
    starts={RoleName.AUDITOR: "trail"},
    schedule=[Scheduled("account.tidy", tasks.tidy, timedelta(days=1))],
    pages=[*OWN, *PEOPLE, *KNOWN, *HOUSE],
)
