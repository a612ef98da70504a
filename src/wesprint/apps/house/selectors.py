"""What can be asked about the public face of a house: a fixed number of queries each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.urls import reverse

from wesprint.apps.house.models import LegalNotice
from wesprint.apps.house.opening import Hours, Opening, opening, week_hours
from wesprint.apps.house.section import (
    FloorToday,
    PlannedFloor,
    PlannedSpace,
    PlannedWorld,
    section,
)
from wesprint.platform.base.words import Words
from wesprint.platform.organisations.models import (
    Centre,
    CentreRelation,
    ClosedDay,
    Floor,
    OpeningHours,
    Organisation,
    RelationKind,
)
from wesprint.platform.organisations.selectors import (
    Calendar,
    Span,
    calendar_of,
    centres,
)
from wesprint.web.rooms import Area, Figure, Room, TodayLine, rooms


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A day of the current week for a house whose world changes. `world` "": none that day.
    rooms: the names of what is there on that day of the week only."""

    day: date
    world: str
    closed: bool
    today: bool
    rooms: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class House:
    centre: Centre
    at: datetime  # in the house's own zone
    opening: Opening
    hours: tuple[Hours, ...]
    floors: tuple[FloorToday, ...]
    week: tuple[WeekDay, ...]
    figures: tuple[Figure, ...]
    relations: tuple[CentreRelation, ...]


def house_today(
    centre: Centre,
    at: datetime,
    *,
    relations: Sequence[CentreRelation] = (),
    of: Sequence[Room] | None = None,
) -> House:
    """Everything the public page of a house shows: three queries and those of the rooms, which
    find the opening times of `centre` read already."""
    declared = rooms() if of is None else of
    local = at.astimezone(centre.tz)
    prefetch_related_objects([centre], "opening_hours", "closed_days")
    calendar = calendar_of(centre)
    plan = floor_plan(centre)
    lines = today_lines(declared, centre, at)
    now = opening(calendar, at)
    return House(
        centre=centre,
        at=local,
        opening=now,
        hours=week_hours(calendar, local.date()),
        floors=section(plan, lines, local.weekday(), open_now=now.open),
        week=week_of(plan, calendar, local.date()),
        figures=figures_of(declared, centre, local.date()),
        relations=tuple(relations),
    )


def today_lines(declared: Iterable[Room], centre: Centre, at: datetime) -> tuple[TodayLine, ...]:
    """What every room says about today, each line under the name of its room."""
    return tuple(
        replace(line, room=line.room or room.name)
        for room in declared
        if room.today is not None
        for line in room.today(centre, at)
    )


def figures_of(declared: Iterable[Room], centre: Centre, day: date) -> tuple[Figure, ...]:
    found = (room.figures(centre, day) for room in declared if room.figures is not None)
    return tuple(figure for figures in found for figure in figures)


_PLAN = (
    "pk", "centre_id", "level", "name",
    "worlds__pk", "worlds__world", "worlds__weekday",
    "spaces__pk", "spaces__name", "spaces__room", "spaces__note", "spaces__weekday",
)  # fmt: skip


_ORDER = ("-level", "pk", "spaces__position", "spaces__pk", "worlds__weekday", "worlds__pk")


def floor_plan(centre: Centre) -> tuple[PlannedFloor, ...]:
    """Top floor first."""
    return floor_plans([centre])[centre.pk]


def floor_plans(centres: Iterable[Centre]) -> dict[int, tuple[PlannedFloor, ...]]:
    """The plans by row number of their houses. One query: worlds and spaces of a floor are
    few, so their product is cheaper than two more ways to the database."""
    plans: dict[int, tuple[PlannedFloor, ...]] = {centre.pk: () for centre in centres}
    rows = Floor.objects.filter(centre_id__in=plans).order_by(*_ORDER).values(*_PLAN)
    for _pk, found in groupby(rows, key=lambda row: row["pk"]):
        floor = [dict(row) for row in found]
        plans[floor[0]["centre_id"]] += (_planned(floor),)
    return plans


def _planned(rows: list[dict[str, Any]]) -> PlannedFloor:
    first = rows[0]
    worlds = (
        PlannedWorld(row["worlds__world"], row["worlds__weekday"])
        for row in _each(rows, "worlds__pk")
    )
    spaces = (
        PlannedSpace(*(row[f"spaces__{name}"] for name in ("name", "room", "note", "weekday")))
        for row in _each(rows, "spaces__pk")
    )
    return PlannedFloor(first["level"], first["name"], tuple(worlds), tuple(spaces))


def _each(rows: Iterable[dict[str, Any]], key: str) -> Iterator[dict[str, Any]]:
    """The first row for each value of `key`; none for a floor that has nothing there."""
    seen: set[object] = {None}
    for row in rows:
        if row[key] not in seen:
            seen.add(row[key])
            yield row


def week_of(plan: Sequence[PlannedFloor], calendar: Calendar, today: date) -> tuple[WeekDay, ...]:
    """Monday to Sunday of this week, for a house whose only floor changes its world."""
    if not _is_station(plan):
        return ()
    monday = date.fromordinal(today.toordinal() - today.weekday())
    days = (date.fromordinal(monday.toordinal() + step) for step in range(7))
    return tuple(_week_day(plan[0], calendar, day, today) for day in days)


def _is_station(plan: Sequence[PlannedFloor]) -> bool:
    return len(plan) == 1 and plan[0].changes


def _week_day(floor: PlannedFloor, calendar: Calendar, day: date, today: date) -> WeekDay:
    own = [one.world for one in floor.worlds if one.weekday == day.weekday()]
    worlds = own or list(floor.worlds_on(day.weekday()))
    closed = not calendar.on(day) if calendar.spans else not worlds
    names = tuple(one.name for one in floor.spaces if one.weekday == day.weekday() and one.name)
    return WeekDay(day, worlds[0] if worlds else "", closed, day == today, names)


@dataclass(frozen=True, slots=True)
class HouseOnMap:
    """A house in the list of the region; `floors` without the lines of the rooms."""

    centre: Centre
    opening: Opening
    floors: tuple[FloorToday, ...]
    is_station: bool  # one floor whose world changes with the weekday


def region_today(at: datetime) -> tuple[HouseOnMap, ...]:
    """All houses of the installation with four queries, however many they are."""
    found = centres()
    plans, calendars = floor_plans(found), _calendars(found)
    return tuple(_on_map(one, plans[one.pk], calendars[one.pk], at) for one in found)


def _on_map(
    centre: Centre, plan: Sequence[PlannedFloor], calendar: Calendar, at: datetime
) -> HouseOnMap:
    today = calendar.local(at).date()
    floors = section(plan, (), today.weekday())
    return HouseOnMap(centre, opening(calendar, at), floors, _is_station(plan))


def _calendars(of: Sequence[Centre]) -> dict[int, Calendar]:
    spans: dict[int, list[Span]] = defaultdict(list)
    closed: dict[int, dict[date, Words]] = defaultdict(dict)
    for row in OpeningHours.objects.filter(centre__in=of):
        spans[row.centre_id].append(Span(row.weekday, row.opens, row.closes))
    for day in ClosedDay.objects.filter(centre__in=of):
        closed[day.centre_id][day.day] = day.reason
    return {one.pk: Calendar(one, tuple(spans[one.pk]), closed[one.pk]) for one in of}


@dataclass(frozen=True, slots=True)
class Tenant:
    """Somebody who runs houses here, with what the law wants to be readable."""

    organisation: Organisation
    notice: LegalNotice | None
    houses: tuple[Centre, ...]


def tenants(at: datetime) -> tuple[Tenant, ...]:
    """Every organisation that runs a house today, by name; two queries."""
    day = at.date()
    rows = CentreRelation.objects.filter(
        Q(until__isnull=True) | Q(until__gt=day), kind=RelationKind.OPERATOR, since__lte=day
    ).select_related("centre", "organisation__legal_notice")
    houses: dict[Organisation, list[Centre]] = defaultdict(list)
    for row in rows.order_by("organisation__name", "organisation_id", "centre__name"):
        houses[row.organisation].append(row.centre)
    return tuple(
        Tenant(organisation, getattr(organisation, "legal_notice", None), tuple(found))
        for organisation, found in houses.items()
    )


def centre_with_relations(slug: str, day: date) -> tuple[Centre, tuple[CentreRelation, ...]] | None:
    """A house and who owns, runs and rents it on that day, in this order, with one query.
    None for a house that nobody has anything to do with (or that does not exist)."""
    rows = CentreRelation.objects.filter(
        Q(until__isnull=True) | Q(until__gt=day), centre__slug=slug, since__lte=day
    ).select_related("centre", "organisation")
    kinds = RelationKind.values
    found = sorted(rows, key=lambda one: (kinds.index(one.kind), one.organisation.name))
    return (found[0].centre, tuple(found)) if found else None


def public_paths() -> Iterator[str]:
    """The pages that everybody may find: the region, and of each house what its rooms offer."""
    yield from (reverse(name) for name in ("region", "imprint", "privacy", "accessibility"))
    items = [item for room in rooms() for item in room.nav if not item.permission]
    yield from (reverse(item.url_name) for item in items if item.area is Area.REGION)
    names = [item.url_name for item in items if item.area is Area.PUBLIC]
    for centre in centres():
        yield from (reverse(name, args=[centre.slug]) for name in names)


def further_sitemaps() -> Iterator[str]:
    """What the rooms list themselves, because it is long or changes by the hour."""
    makers = [room.sitemaps for room in rooms() if room.sitemaps]
    for centre in centres():
        for maker in makers:
            yield from maker(centre)
