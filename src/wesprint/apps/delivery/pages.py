"""All addresses of this room, for the walks of the tests. What they are about stands in the
test's small world (`town.things["delivery"]`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wesprint.web.rooms import Page


def _in_house(path: str) -> Callable[[Any], str]:
    def address(town: Any) -> str:
        return f"/z/{town.centre.slug}/lieferung/{path.format(**town.things['delivery'])}"

    return address


def _secret(path: str) -> Callable[[Any], str]:
    return lambda town: path.format(**town.things["delivery"])


def _work(name: str, path: str, permission: str = "view_board", *, shows: bool = True) -> Page:
    return Page(name, _in_house(path), f"delivery.{permission}", shows=shows)


def _post(name: str, path: str, permission: str = "work") -> Page:
    return _work(name, path, permission, shows=False)


PAGES = (
    _work("day", ""),
    _work("version", "stand/", shows=False),
    _work("map", "karte.json", shows=False),
    _work("planning", "planung/", shows=False),
    _work("hub", "hub/"),
    _work("new", "neu/", "work"),
    _work("manifest", "liste/", "work"),
    _work("statement", "abrechnung/{sender_id}/", "manage", shows=False),
    _work("setup", "einrichten/", "manage"),
    _work("figures", "zahlen/", "view_figures"),
    _work("mine", "fahren/", "ride"),
    _work("ride", "fahren/{tour}/", "ride"),
    _work("tour", "tour/{tour}/"),
    _work("shipment", "sendung/{shipment}/"),
    *(_post(verb, f"fahren/{{tour}}/{verb}/", "ride") for verb in ("los", "zurueck", "melden")),
    *(_post(f"stop_{verb}", f"halt/{{stop}}/{verb}/", "ride") for verb in ("ende", "oeffnen")),
    *(
        _post(f"tour_{verb}", f"tour/{{tour}}/{verb}/")
        for verb in ("laden", "alles", "fahren", "ordnen", "sperren")
    ),
    *(
        _post(f"shipment_{verb}", f"sendung/{{shipment}}/{verb}/")
        for verb in ("anschrift", "absagen")
    ),
    *(
        _post(f"parcel_{verb}", f"paket/{{parcel}}/{verb}/")
        for verb in ("schaden", "ausgeben", "zurueck")
    ),
    *(
        _post(f"board_{verb}", f"{verb}/")
        for verb in ("planen", "rueckgaengig", "verschieben", "einfuegen", "abholen")
    ),
    _work("labels", "sendung/{shipment}/etiketten.pdf", shows=False),
    _work("damage_photo", "paket/{parcel}/bild/", shows=False),
    _work("proof_photo", "halt/{stop}/bild/", shows=False),
    Page("track", _secret("/sendung/{secret}/"), centre_bound=False),
    Page("wish", _secret("/sendung/{secret}/wunsch/"), centre_bound=False, shows=False),
    Page("other_day", _secret("/sendung/{secret}/tag/"), centre_bound=False, shows=False),
    Page("sender", _secret("/versand/{sender}/"), centre_bound=False),
    Page(
        "own_labels",
        _secret("/versand/{sender}/{shipment}.pdf"),
        centre_bound=False,
        shows=False,
    ),
    Page("events", _secret("/versand/{sender}/status.json"), centre_bound=False, shows=False),
    Page("events_csv", _secret("/versand/{sender}/status.csv"), centre_bound=False, shows=False),
)

FOR_VISITORS = frozenset({"delivery_track", "delivery_wish"})
