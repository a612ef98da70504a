"""The house in section: which line of which room stands on which floor today. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from wesprint.web.rooms import TodayLine


@dataclass(frozen=True, slots=True)
class PlannedSpace:
    """A room of the building. `weekday` None: there every day. What the house calls things may
    be in several languages (Words); the presenter picks."""

    name: Any = ""
    room: str = ""
    note: Any = ""
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedWorld:
    world: str
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedFloor:
    level: int
    name: Any = ""
    worlds: tuple[PlannedWorld, ...] = ()
    spaces: tuple[PlannedSpace, ...] = ()

    def worlds_on(self, weekday: int) -> tuple[str, ...]:
        """What the floor is for on that day, in the order of the plan, each world once."""
        found = (one.world for one in self.worlds if one.weekday in (None, weekday))
        return tuple(dict.fromkeys(found))

    def spaces_on(self, weekday: int) -> tuple[PlannedSpace, ...]:
        return tuple(one for one in self.spaces if one.weekday in (None, weekday))

    @property
    def changes(self) -> bool:
        """Whether its world changes with the weekday."""
        return any(one.weekday is not None for one in self.worlds)


class CardKind(StrEnum):
    LINE = "line"  # a room of the software speaks for it
    NOTE = "note"  # the house wrote what it is for
    EMPTY = "empty"  # asks for an idea


@dataclass(frozen=True, slots=True)
class Card:
    """One room as the visitor sees it. `open`: it is on now."""

    kind: CardKind
    title: Any = ""
    text: Any = ""
    url: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class FloorToday:
    level: int
    name: Any
    worlds: tuple[str, ...]
    cards: tuple[Card, ...]


@dataclass
class _Lines:
    """The lines of the day, taken out as they find their place."""

    waiting: list[TodayLine]

    def take(self, room: str) -> TodayLine | None:
        for index, line in enumerate(self.waiting):
            if line.room == room:
                return self.waiting.pop(index)
        return None

    def take_all(self, rooms: set[str]) -> list[TodayLine]:
        taken = [line for line in self.waiting if line.room in rooms]
        self.waiting = [line for line in self.waiting if line.room not in rooms]
        return taken


def section(
    plan: Sequence[PlannedFloor],
    lines: Sequence[TodayLine],
    weekday: int,
    *,
    open_now: bool = False,
) -> tuple[FloorToday, ...]:
    """The floors, top first, with a place for every line of the day.

    A space that names a room gets that room's next line. More lines of a room stand beside
    its space; lines of a room without a space go to a floor of their world, or else to the
    ground floor. A room whose space is there on other days only stays away today: the hours
    of the house are then those of another world. Where the world changes with the weekday,
    the space of the day is on as long as the house is open (`open_now`), and a line without
    a space only in the world of the day. A house without a plan gets one floor, so that it
    shows what is on.
    """
    plan = list(plan) or [PlannedFloor(level=0)]
    pool = _Lines(_present(plan, lines, weekday))
    cards = [
        [_card(space, pool, open_now=open_now) for space in floor.spaces_on(weekday)]
        for floor in plan
    ]
    for index, floor in enumerate(plan):
        rooms = {space.room for space in floor.spaces_on(weekday) if space.room}
        cards[index] += map(_of_line, pool.take_all(rooms))
    for line in pool.waiting:
        index = _floor_for(plan, line.world, weekday)
        cards[index].append(_guest(line, plan[index], weekday))
    return tuple(
        FloorToday(floor.level, floor.name, floor.worlds_on(weekday), tuple(found))
        for floor, found in zip(plan, cards, strict=True)
    )


def _present(
    plan: Sequence[PlannedFloor], lines: Iterable[TodayLine], weekday: int
) -> list[TodayLine]:
    somewhere = {space.room for floor in plan for space in floor.spaces}
    today = {space.room for floor in plan for space in floor.spaces_on(weekday)}
    away = somewhere - today
    return [line for line in lines if line.room not in away]


def _card(space: PlannedSpace, pool: _Lines, *, open_now: bool) -> Card:
    """Of a space that is there every day nobody knows when it is open, unless its room says so."""
    line = pool.take(space.room) if space.room else None
    if line is not None:
        return replace(_of_line(line), title=space.name or line.title)
    if space.note or space.room:
        on_now = open_now and space.weekday is not None
        return Card(CardKind.NOTE, space.name, space.note, open=on_now)
    return Card(CardKind.EMPTY, space.name)


def _of_line(line: TodayLine) -> Card:
    return Card(CardKind.LINE, line.title, line.text, line.url, line.open)


def _guest(line: TodayLine, floor: PlannedFloor, weekday: int) -> Card:
    """A line that stands on a floor without a space of its own."""
    fits = not floor.changes or line.world in floor.worlds_on(weekday)
    return _of_line(replace(line, open=line.open and fits))


def _floor_for(plan: Sequence[PlannedFloor], world: str, weekday: int) -> int:
    """The lowest floor that shows this world today, else the ground floor."""
    fitting = [i for i, floor in enumerate(plan) if world in floor.worlds_on(weekday)]
    choice = fitting or list(range(len(plan)))
    return min(choice, key=lambda index: (abs(plan[index].level), -plan[index].level))
