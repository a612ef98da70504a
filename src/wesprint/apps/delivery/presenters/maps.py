"""A day's tours as lines and numbered points."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from wesprint.apps.delivery.models import Hub
from wesprint.apps.delivery.selectors.house import PROFILE
from wesprint.engines.streets import Unreachable
from wesprint.kernel.errors import DomainError
from wesprint.platform.geo.models import Town
from wesprint.platform.geo.selectors import streets_of
from wesprint.web.maps.shown import Line, Place, Point, ShownMap

TONES = 5
"""The colours of tours; the sixth tour has the first one's again, its numbers tell them apart."""


def of_day(hub: Hub, tours: Sequence[dict[str, Any]], loose: Sequence[dict[str, Any]]) -> ShownMap:
    """The page itself lists the stops, so the map has no list of its own."""
    features: list[Place | Line] = [Place(_("Hub"), hub.lat, hub.lon, mark="H")]
    for tour in tours:
        features += _tour(hub, tour)
    features += [_place(one, "", "now") for one in loose if one["point"]]
    return ShownMap(_("The tours on the map"), features, hub.town, own_list=True)


def of_stop(hub: Hub | None, stop: dict[str, Any]) -> ShownMap | None:
    if hub is None or not stop["point"]:
        return None
    place = _place(stop, str(stop["number"] or ""), "now")
    return ShownMap(_("The next stop on the map"), [place], hub.town, own_list=True)


def _tour(hub: Hub, tour: dict[str, Any]) -> list[Place | Line]:
    tone = str((tour["number"] - 1) % TONES + 1)
    doors = [one for one in tour["stops"] if one["point"] and not one["reload"]]
    if not doors:
        return []
    home = (hub.lat, hub.lon)
    places = [home, *(home if one["reload"] else _point(one) for one in tour["stops"]
                      if one["reload"] or one["point"]), home]  # fmt: skip
    way = _way(hub.town, places)
    line = Line(tour["title"], way, tour["bike"], tour["url"], str(tour["number"]), tone)
    return [line, *(_place(one, str(one["number"]), tone) for one in doors)]


def _place(stop: dict[str, Any], mark: str, tone: str) -> Place:
    lat, lon = _point(stop)
    return Place(stop["title"], lat, lon, stop["line"], mark=mark, tone=tone)


def _point(stop: dict[str, Any]) -> Point:
    lat, lon = stop["point"].split(",")
    return float(lat), float(lon)


def _way(town: Town, places: Sequence[Point]) -> tuple[Point, ...]:
    found = [places[0]]
    for start, end in pairwise(places):
        if start != end:
            found += _leg(town.pk, town.folder, start, end)
    return tuple(found)


@lru_cache(maxsize=4096)
def _leg(town: int, folder: str, start: Point, end: Point) -> tuple[Point, ...]:
    """Along the streets, 5 ms; straight on where they cannot be read. Without its start."""
    try:
        line = streets_of(Town.objects.get(pk=town), PROFILE).route(start, end).line
    except (Unreachable, DomainError, OSError):
        return (end,)
    return tuple(line[1:]) or (end,)
