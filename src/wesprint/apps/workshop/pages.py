"""All addresses of this room, for the walks of the tests. What they are about stands in the
test's small world (`town.things["workshop"]`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wesprint.web.rooms import Page


def _in_house(path: str) -> Callable[[Any], str]:
    def address(town: Any) -> str:
        return f"/z/{town.centre.slug}/werkstatt/{path.format(**town.things['workshop'])}"

    return address


def _secret(path: str) -> Callable[[Any], str]:
    return lambda town: path.format(**town.things["workshop"])


def _work(name: str, path: str, permission: str = "view_board", *, shows: bool = True) -> Page:
    return Page(name, _in_house(path), f"workshop.{permission}", shows=shows)


_VERBS = ("stand", "stueck", "stueck-raus", "wiegen", "material", "material-raus", "zeit")
_MORE = ("zeit-raus", "preis", "fertig", "aufgeben", "notiz")
_CARE = (
    ("kostenvoranschlag", "take_in_repairs"),
    ("zusage", "take_in_repairs"),
    ("absage", "take_in_repairs"),
    ("bescheid", "take_in_repairs"),
    ("abgeholt", "hand_back"),
)

PAGES = (
    _work("board", ""),
    _work("archive", "abgeschlossen/"),
    _work("new", "neu/", "work"),
    _work("repair", "reparatur/", "take_in_repairs"),
    _work("lots", "material/"),
    _work("fractions", "reste/"),
    _work("rates", "saetze/", "manage"),
    _work("order", "{order}/"),
    _work("customer_order", "{repair}/"),
    _work("test", "{repair}/pruefung/", "work"),
    _work("results", "{order}/ergebnis/", "work"),
    _work("balance", "{order}/bilanz/", "work", shows=False),
    *(_work(verb, f"{{order}}/{verb}/", "work", shows=False) for verb in (*_VERBS, *_MORE)),
    *(
        _work(verb, f"{{repair}}/kundschaft/{verb}/", permission, shows=False)
        for verb, permission in _CARE
    ),
    Page("follow", _secret("/w/{secret}/"), centre_bound=False),
    Page("yes", _secret("/w/{secret}/ja/"), centre_bound=False, shows=False),
    Page("no", _secret("/w/{secret}/nein/"), centre_bound=False, shows=False),
)

FOR_VISITORS = frozenset({"workshop_follow", "workshop_yes", "workshop_no"})
