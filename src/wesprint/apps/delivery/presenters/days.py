"""A day as its pages show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wesprint.apps.delivery.models import (
    Board,
    Incident,
    Outcome,
    Parcel,
    Shipment,
    Stop,
    StopKind,
    StopState,
    Tour,
    TourState,
    Wish,
)
from wesprint.apps.delivery.selectors.house import midnight
from wesprint.apps.delivery.selectors.shipments import Counts
from wesprint.platform.organisations.models import Centre
from wesprint.web import formats

HEAVY_G, HEAVIEST_G = 10_000, 20_000
"""PostG 2024 §73: parcels over 10 kg and over 20 kg are marked; those over 20 kg are brought by two
persons, unless a fitting aid is there for one."""

WHY = {
    "address": gettext_lazy("address not found"),
    "street": gettext_lazy("no street leads there"),
    "features": gettext_lazy("no bike has what it needs"),
    "load": gettext_lazy("too heavy or too large for every bike"),
    "window": gettext_lazy("no bike gets there in its window"),
    "range": gettext_lazy("too far for every battery"),
    "shift": gettext_lazy("longer than every shift"),
    "aboard": gettext_lazy("all bikes are on the road"),
    "fleet": gettext_lazy("the bikes have no room or time left"),
    "missing": gettext_lazy("was not loaded"),
    "taken-out": gettext_lazy("taken out by hand"),
    "fetched": gettext_lazy("is fetched at the centre"),
    "called-off": gettext_lazy("called off by the sender"),
}
BROKEN = {
    "window": gettext_lazy("not everybody is reached in their window"),
    "shift": gettext_lazy("longer than the bike's shift"),
    "range": gettext_lazy("farther than one charge"),
    "reloads": gettext_lazy("too many loads in one day"),
    "aboard": gettext_lazy("needs another load at the hub"),
    "load": gettext_lazy("more than the bike carries"),
}


def why(stop: Stop) -> str:
    return str(WHY[stop.why]) if stop.why in WHY else _("not planned yet")


def broken(rules: Sequence[str]) -> str:
    return ", ".join(str(BROKEN[one]) for one in rules if one in BROKEN)


def clock(board: Board, seconds: int) -> str:
    return formats.clock(midnight(board.centre, board.day) + timedelta(seconds=seconds))


def window(start: datetime | None, end: datetime | None) -> str:
    if start is None or end is None:
        return ""
    return f"{formats.clock(start).removesuffix(' Uhr')}–{formats.clock(end)}"


def heavy(grams: int) -> str:
    if grams > HEAVIEST_G:
        return _("over 20 kg: carry it in twos")
    return _("over 10 kg") if grams > HEAVY_G else ""


def door(shipments: Sequence[Shipment]) -> str:
    return shipments[0].address if shipments else ""


def who(shipments: Sequence[Shipment]) -> str:
    names = dict.fromkeys(one.recipient.name for one in shipments if one.recipient)
    return ", ".join(name for name in names if name)


def stop_card(
    board: Board, stop: Stop, parcels: Sequence[Parcel], number: int = 0
) -> dict[str, Any]:
    shipments = list({one.shipment_id: one.shipment for one in parcels}.values())
    reload = stop.kind == StopKind.RELOAD
    place = door(shipments) or getattr(stop, "fetch_address", "") or _("Pick-up")
    ended = stop.state != StopState.OPEN
    reach = window(stop.window_from, stop.window_until)
    parts = {
        "time": clock(board, stop.begin) if stop.tour_id else "",
        "window": reach,
        "count": _parcels(len(parcels)) if parcels else "",
        "why": why(stop) if stop.tour_id is None else "",
        "outcome": str(Outcome(stop.outcome).label) if stop.outcome else "",
    }
    said = {**parts, "window": _("promised %(window)s") % {"window": reach} if reach else ""}
    return {
        **parts,
        "line": " · ".join(filter(None, said.values())),
        "id": stop.public_id,
        "number": number,
        "kind": stop.kind,
        "state": stop.state,
        "open": not ended,
        "reload": reload,
        "title": _("Load again at the hub") if reload else place,
        "who": who(shipments),
        "phone": next((one.recipient.phone for one in shipments if one.recipient), ""),
        "late": minutes(stop.late) if stop.late else "",
        "loaded": sum(one.state == "loaded" for one in parcels),
        "heavy": max((heavy(one.mass_g) for one in parcels), key=len, default=""),
        "notes": [one.note for one in shipments if one.note],
        "wish": [_wish(one) for one in shipments if one.wish],
        "taken_by": stop.taken_by,
        "photo": reverse("delivery_proof_photo", args=[board.centre.slug, stop.public_id])
        if stop.photo_id
        else "",
        "inexact": any(one.match not in ("exact", "pinned", "") for one in shipments),
        "unknown": stop.lat is None,
        "point": f"{stop.lat:.6f},{stop.lon:.6f}" if stop.lat is not None else "",
        "shipment": shipments[0].public_id if shipments else "",
    }


def _wish(shipment: Shipment) -> str:
    return " ".join(filter(None, [str(Wish(shipment.wish).label), shipment.wish_note]))


def _parcels(count: int) -> str:
    return ngettext("%(n)s parcel", "%(n)s parcels", count) % {"n": formats.number(count)}


def incident(one: Incident) -> dict[str, Any]:
    rider = one.tour.rider.name if one.tour.rider else ""
    place = _("Tour %(number)s") % {"number": one.tour.number}
    said = filter(None, [formats.clock(one.at), place, rider])
    return {"text": one.text, "line": " · ".join(said)}


def minutes(seconds: int) -> str:
    count = max(1, round(seconds / 60))
    return ngettext("%(n)s minute late", "%(n)s minutes late", count) % {"n": count}


def tour_card(
    board: Board, tour: Tour, stops: Sequence[Stop], parcels: Mapping[int, Sequence[Parcel]]
) -> dict[str, Any]:
    doors = [one for one in stops if one.kind != StopKind.RELOAD]
    number, rows = 0, []
    for stop in stops:
        number += stop.kind != StopKind.RELOAD
        rows.append(stop_card(board, stop, parcels.get(stop.pk, ()), number))
    url = reverse("delivery_tour", args=[board.centre.slug, tour.public_id])
    done = sum(one.state != StopState.OPEN for one in doors)
    late = sum(bool(one.late) for one in doors if one.state == StopState.OPEN)
    return {
        "id": tour.public_id,
        "number": tour.number,
        "title": _("Tour %(number)s") % {"number": tour.number},
        "bike": tour.bike.name,
        "bike_id": tour.bike.public_id,
        "version": tour.version,
        "rider": tour.rider.name if tour.rider else "",
        "state": tour.state,
        "label": TourState(tour.state).label,
        "tag": {"planned": "info", "out": "now", "done": ""}[tour.state],
        "locked": tour.locked,
        "url": url,
        "ride": reverse("delivery_ride", args=[board.centre.slug, tour.public_id]),
        "times": _between(board, tour) if doors else "",
        "km": kilometres(tour.metres),
        "left": kilometres(max(0, tour.bike.range_m - tour.metres)),
        "stops": rows,
        "doors": len(doors),
        "done": done,
        "counted": _("%(done)s of %(all)s stops") % {"done": done, "all": len(doors)},
        "late": late,
        "parcels": _parcels(sum(len(parcels.get(one.pk, ())) for one in doors)),
    }


def _between(board: Board, tour: Tour) -> str:
    begin = midnight(board.centre, board.day)
    return window(begin + timedelta(seconds=tour.starts), begin + timedelta(seconds=tour.ends))


def kilometres(metres: int) -> str:
    return f"{formats.number(round(metres / 1000))}\N{NO-BREAK SPACE}km"


def steps(counts: Counts | None, tours: Sequence[Tour]) -> list[dict[str, str]]:
    """Where the day stands: take in, plan, load, ride, report."""
    none = counts is None or not (counts.open or counts.done or counts.failed)
    waiting = counts.announced if counts else 0
    unplanned = counts.unplanned if counts else 0
    loading = any(one.state == TourState.PLANNED for one in tours)
    riding = any(one.state == TourState.OUT for one in tours)
    if none or (waiting and not tours):
        now = 0
    elif riding:
        now = 3
    elif loading:
        now = 2
    elif unplanned or not tours:
        now = 1
    else:
        now = 4
    words = [_("Take in"), _("Plan"), _("Load"), _("Ride"), _("Report")]
    return [
        {"label": word, "state": "done" if n < now else "now" if n == now else "next"}
        for n, word in enumerate(words)
    ]


def day_links(centre: Centre, day: date, today: date) -> list[dict[str, Any]]:
    here = reverse("delivery_day", args=[centre.slug])
    shown = sorted({today, today + timedelta(days=1), day})
    words = {today: _("Today"), today + timedelta(days=1): _("Tomorrow")}
    return [
        {
            "label": words.get(one) or formats.short_date(one),
            "url": f"{here}?tag={one.isoformat()}",
            "current": one == day,
        }
        for one in shown
    ]


def missing(parcels: Iterable[Parcel]) -> list[dict[str, str]]:
    return [
        {"code": one.barcode, "sender": one.shipment.sender.name, "to": one.shipment.address}
        for one in parcels
    ]


def load_list(card: Mapping[str, Any], parcels: Mapping[str, Sequence[Parcel]]) -> list[Any]:
    """What goes onto the bike, trip by trip, the last stop first: it lies at the bottom."""
    trips: list[list[dict[str, Any]]] = [[]]
    for stop in card["stops"]:
        if stop["reload"]:
            trips.append([])
        elif stop["open"]:
            trips[-1].append(stop)
    return [
        [
            {
                **stop,
                "parcels": [
                    {
                        "code": one.barcode,
                        "mass": formats.kilos(one.mass_g),
                        "heavy": heavy(one.mass_g),
                        "state": one.state,
                        "label": one.get_state_display(),
                    }
                    for one in parcels.get(stop["id"], ())
                ],
            }
            for stop in reversed(trip)
        ]
        for trip in trips
        if trip
    ]
