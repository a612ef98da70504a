"""All addresses of this room, for the walks of the tests. What they are about stands in the
test's small world (`town.things["market"]`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wesprint.web.rooms import Page


def _in_house(path: str) -> Callable[[Any], str]:
    """`path` may name things of the town: "schaufenster/{listing}/"."""
    return lambda town: f"/z/{town.centre.slug}/{path.format(**town.things.get('market', {}))}"


def _path(path: str) -> Callable[[Any], str]:
    return lambda town: path.format(**town.things["market"])


def _public(name: str, path: Callable[[Any], str], *, shows: bool = True) -> Page:
    return Page(name, path, centre_bound=False, shows=shows)


def _work(name: str, path: str, permission: str, *, shows: bool = True) -> Page:
    return Page(name, _in_house(path), f"market.{permission}", shows=shows)


_OWN = "/l/{supplier_secret}"

PAGES = (
    _public("window", _in_house("schaufenster/")),
    _public("join", _in_house("schaufenster/mitmachen/")),
    _public("listing", _in_house("schaufenster/{listing}/")),
    _public("booking", _path("/b/{booking_secret}/")),
    _public("booking_cancel", _path("/b/{booking_secret}/aufheben/"), shows=False),
    _public("photo", _path("/schaufenster/foto/{photo}/320/"), shows=False),
    Page("mine", _path("/schaufenster/meins/"), "account.view_own", centre_bound=False),
    Page(
        "my_settlement",
        _path("/schaufenster/meins/{settlement}.pdf"),
        "account.view_own",
        centre_bound=False,
        shows=False,
    ),
    _public("supplier", _path(f"{_OWN}/")),
    _public("ware_new", _path(f"{_OWN}/ware/")),
    _public("ware", _path(_OWN + "/ware/{listing}/")),
    _public("ware_state", _path(_OWN + "/ware/{listing}/pausieren/"), shows=False),
    _public("table", _path(f"{_OWN}/tabelle/")),
    _public("sample", _path(f"{_OWN}/muster.csv"), shows=False),
    _public("collected", _path(_OWN + "/abgeholt/{booking}/"), shows=False),
    _work("suppliers", "lieferanten/", "view_suppliers"),
    _work("supplier_decide", "lieferanten/{supplier}/", "view_suppliers"),
    _work("hide", "lieferanten/ware/{listing}/", "decide_suppliers", shows=False),
    _work("bookings", "bereitgelegt/", "view_bookings"),
    _work("hand_out", "bereitgelegt/{booking}/", "hand_out", shows=False),
    _work("consignments", "kommission/", "view_consignments"),
    _work("agree", "kommission/neu/", "consign"),
    _work("consignment", "kommission/{consignment}/", "view_consignments"),
    _work("bring", "kommission/{consignment}/annahme/", "consign"),
    _work("end", "kommission/{consignment}/{consigned}/zurueck/", "consign", shows=False),
    _work("settlements", "abrechnungen/", "view_money"),
    _work("settlement", "abrechnungen/{settlement}/", "view_money"),
    _work("settlement_pdf", "abrechnungen/{settlement}.pdf", "view_money", shows=False),
    _work("settlement_csv", "abrechnungen/{settlement}.csv", "view_money", shows=False),
    _work("payout_new", "abrechnungen/auszahlung/", "settle", shows=False),
    _work("paid", "abrechnungen/auszahlung/{payout}/bezahlt/", "settle", shows=False),
    _work("payout_csv", "abrechnungen/auszahlung/{payout}.csv", "view_money", shows=False),
    _public("board", _in_house("materialboerse/")),
    _public("entry_new", _in_house("materialboerse/neu/")),
    _public("letter_sent", _in_house("materialboerse/post/")),
    _public("entry", _path("/materialboerse/{entry}/")),
    _public("entry_photo", _path("/materialboerse/foto/{entry_photo}/320/"), shows=False),
    _public("own_entry", _path("/m/{entry_secret}/")),
    _public("own_verb", _path("/m/{entry_secret}/beenden/"), shows=False),
    _public("answer", _path("/m/{entry_secret}/{approach}/ja/"), shows=False),
    _public("approach", _path("/mi/{approach_secret}/")),
    _work("moderation", "materialboerse/pruefen/", "view_entries"),
    _work("moderate", "materialboerse/pruefen/{entry}/", "view_entries"),
    _work("moderate_photo", "materialboerse/pruefen/{entry}/foto/", "view_entries", shows=False),
)
# What somebody reads who looks, reserves or asks; who sells there speaks with the house first.
FOR_VISITORS = frozenset(
    f"market_{name}"
    for name in ("window", "listing", "booking", "booking_cancel", "board", "entry")
)
