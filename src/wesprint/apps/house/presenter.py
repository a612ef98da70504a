"""The house in the words of the reader, in the shape that the component takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from wesprint.apps.house.section import Card, CardKind, FloorToday
from wesprint.apps.house.selectors import House, HouseOnMap, WeekDay
from wesprint.platform.organisations.models import World
from wesprint.web import formats
from wesprint.web.words import said

_NEUTER_OR_MASCULINE = (
    "haus", "hof", "markt", "zentrum", "turm", "amt", "werk", "speicher", "laden", "forum",
    "quartier", "treff", "saal", "ort", "kontor", "schloss", "rathaus", "kino", "museum",
)  # fmt: skip


def greeting(name: str) -> str:
    """ "Heute im Kaufhaus am Markt". German needs to know the gender of the name; where its
    first word does not tell, the name stands for itself: "Heute: Alte Post"."""
    first = name.split(" ", 1)[0].lower()
    if first.endswith(_NEUTER_OR_MASCULINE):
        return _("Today at %(centre)s") % {"centre": name}
    return _("Today: %(centre)s") % {"centre": name}


def region_card(house: HouseOnMap) -> dict[str, Any]:
    """For the list of the region: the house in small, its rooms by name only."""
    return {
        "name": house.centre.name,
        "town": house.centre.town,
        "url": reverse("house", args=[house.centre.slug]),
        "opening": capfirst(house.opening.text),
        "open": house.opening.open,
        "is_station": house.is_station,
        "floors": [_small_floor(floor) for floor in house.floors],
    }


def _small_floor(floor: FloorToday) -> dict[str, Any]:
    names = [said(card.title) for card in floor.cards if card.title]
    return {
        "level_label": said(floor.name) or level_name(floor.level),
        "worlds": _worlds(floor.worlds),
        "rooms": _list(names),
    }


def component(house: House) -> dict[str, Any]:
    """For `web/components/house_section.html`."""
    return {
        "name": house.centre.name,
        "roof": capfirst(house.opening.text),
        "floors": [_floor(floor) for floor in house.floors],
        "week": [_day(day) for day in house.week],
        "weekday_note": "",
    }


def programme(house: House) -> list[dict[str, Any]]:
    """What is there on which day, for a house that changes with the weekday."""
    return [
        {
            "day": WEEKDAYS[one.day.weekday()],
            "rooms": _list(map(said, one.rooms)),
            "world": World(one.world).label,
            "today": one.today,
        }
        for one in house.week
        if one.rooms and not one.closed
    ]


def _floor(floor: FloorToday) -> dict[str, Any]:
    return {
        "level_label": said(floor.name) or level_name(floor.level),
        "worlds": _worlds(floor.worlds),
        "rooms": [_room(card) for card in floor.cards],
    }


def _list(names: Iterable[Any]) -> str:
    return format_html_join(formats.comma(), "{}", ((name,) for name in names))


def level_name(level: int) -> str:
    """ "3. Etage", "Erdgeschoss", "Untergeschoss"."""
    if level == 0:
        return _("Ground floor")
    if level < 0:
        return _("Basement") if level == -1 else _("Basement %(level)s") % {"level": -level}
    return _("Floor %(level)s") % {"level": level}


def _worlds(worlds: Iterable[str]) -> list[dict[str, Any]]:
    return [{"key": world, "label": World(world).label} for world in worlds]


def _room(card: Card) -> dict[str, Any]:
    if card.kind is CardKind.EMPTY:
        return {
            "title": said(card.title) or _("Still empty"),
            "text": _("Your idea?"),
            "url": "#ideas",
            "now": False,
            "empty": True,
        }
    return {
        "title": said(card.title),
        "text": said(card.text),
        "url": card.url,
        "now": card.open,
        "empty": False,
    }


def _day(day: WeekDay) -> dict[str, Any]:
    number = day.day.weekday()
    return {
        "label": WEEKDAYS[number],
        "short": WEEKDAYS_ABBR[number],
        "world": None if day.closed or not day.world else _worlds([day.world])[0],
        "today": day.today,
    }
