"""How a room of the software tells the house what it brings: one declaration, `room.ROOM`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.conf import settings

from wesprint.platform.imports.kinds import Kind
from wesprint.platform.imports.kinds import declare as declare_import
from wesprint.platform.people.rules import grant
from wesprint.platform.tokens.scopes import Scope, declare

if TYPE_CHECKING:
    from ninja import Router
    from rules.predicates import Predicate

    from wesprint.kernel.period import Period
    from wesprint.platform.organisations.models import Centre
    from wesprint.platform.people.privacy import PersonalData
    from wesprint.platform.people.viewer import Viewer

ORDER = [
    "account",
    "house",
    "flows",
    "places",
    "goods",
    "workshop",
    "market",
    "team",
    "delivery",
    "cooperative",
    "viability",
    "till",
    "lending",
    "spaces",
    "mobility",
    "forum",
    "decisions",
    "assembly",
    "events",
    "symposium",
    "impact",
    "funding",
    "handbook",
    "network",
]


class Area(StrEnum):
    """Where an entry of the navigation stands."""

    PUBLIC = "public"  # the centre's own pages, for everybody
    COUNTER = "counter"  # at the tablet
    OFFICE = "office"  # at the desk
    REGION = "region"  # about all houses together; its address takes no slug


@dataclass(frozen=True, slots=True)
class NavItem:
    """`url_name` takes the centre's slug. Without a permission everybody sees it.

    `action`: what the button on the house's public page says ("Bring something"); empty: no
    button. By position the first of all rooms is the main one.
    """

    label: Any
    url_name: str
    area: Area = Area.PUBLIC
    permission: str = ""
    icon: str = ""
    position: int = 100
    action: Any = ""


@dataclass(frozen=True, slots=True)
class TodayLine:
    """What a room says about today on the public page: shown in the house in section.

    `open`: it is on now (the terracotta edge). `world`: which floor it belongs to when no
    space names the room. Texts may be lazy translations.
    """

    title: Any
    text: Any
    url: str = ""
    open: bool = False
    world: str = "living"
    room: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a room contributes to the public page: shown with its range or source."""

    value: Any
    text: Any
    url: str = ""


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One thing that waits: what, since or until when, and where to deal with it."""

    text: Any
    note: Any = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class DeskCard:
    """What waits for the people who work in a house, for the page of the day.

    `count` stops at DESK_COUNTS_TO, which is shown as "99+". `rows`: the first few of them.
    `nothing`: what is said while the count is 0. `urgent`: it runs out today.
    """

    title: Any
    count: int
    url: str
    icon: str
    nothing: Any
    rows: Sequence[DeskRow] = ()
    urgent: bool = False
    position: int = 100


DESK_COUNTS_TO = 100


@dataclass(frozen=True, slots=True)
class ItemAction:
    """What another room does with a thing of the house: a button on the thing's own page."""

    label: Any
    url: str
    icon: str = "arrow"


class Fate(StrEnum):
    """What a flow of the ledger means for the things that flow."""

    CAME_IN = "came-in"
    USED_AGAIN = "used-again"  # left the house to be used on: avoids a new one
    RECYCLED = "recycled"
    DISPOSED = "disposed"
    LEFT = "left"  # moved on without an end known here
    LENT = "lent"  # lent out, less what was brought back
    # Inside the house: what goes into the work comes out of it as something else, to the gram.
    REWORKED = "reworked"
    MADE = "made"
    MOVED = "moved"  # within the house, from one place to another
    CORRECTED = "corrected"  # lost, less what was found: differences of a stocktake


@dataclass(frozen=True, slots=True)
class Flow:
    """A declared flow of goods: its name in the ledger's events, and the words of the pages."""

    name: str
    label: Any
    fate: Fate


@dataclass(frozen=True, slots=True)
class ShelfQuery:
    """What a neighbour looks for on the shelf's page. kinds: slugs of the categories asked for,
    empty: all of them."""

    words: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShelfCard:
    """A thing that another room shows beside the reused ones (components/good.html)."""

    title: Any
    url: str
    photo: str = ""
    icon: str = "box"
    facts: Any = ""
    cents: int | None = None
    tag: Any = ""


@dataclass(frozen=True, slots=True)
class ShelfSection:
    """A part of the shelf's page; `url` leads to all of it."""

    title: Any
    cards: Sequence[ShelfCard]
    text: Any = ""
    url: str = ""
    action: Any = ""


class Instead(StrEnum):
    """What comes before buying, in this order."""

    REPAIR = "repair"
    BORROW = "borrow"


@dataclass(frozen=True, slots=True)
class BeforeBuying:
    """What the house offers to whoever looks for such a thing, before the shelf does. Without
    a `url` the words say what to do."""

    way: Instead
    title: Any
    text: Any
    url: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """So many answers to "would you have bought it new?" for things of a category, handed over
    in the month that begins on `month`."""

    month: date
    category: str
    yes: int
    perhaps: int
    no: int


@dataclass(frozen=True, slots=True)
class Journey:
    """Ways that the house drove for its things. kind: what for, as the reference's service
    inputs name it ("fetch", "delivery"); `count` of them have the assumed length. Where it is
    known, `metres` by `activity` (an emission factor of the reference) stand instead."""

    kind: str
    count: int = 0
    activity: str = ""
    metres: int = 0


@dataclass(frozen=True, slots=True)
class StockPlace:
    """Where things stand: its name in the ledger's entries (empty: nowhere in particular), its
    code and name for people, and the grams that stand there now."""

    ident: str
    code: str
    name: Any
    grams: int


@dataclass(frozen=True, slots=True)
class PublicThing:
    """What a resource of the ledger is for everybody: its name and its public page."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page for the walks of the tests: every room lists all of its pages.

    `path` makes the address from the test's small world (see tests/world.py); `permission` is
    what the page asks for (empty: public); `centre_bound`: a person of another organisation
    must get 404; `shows`: False for an address that only takes forms or answers with a file
    (walks that look at pages leave it out, the stranger's walk does not).
    """

    name: str
    path: Callable[[Any], str]
    permission: str = ""
    centre_bound: bool = True
    shows: bool = True


@dataclass(frozen=True, slots=True)
class Thing:
    """What an entry of the audit trail is about. `url_name` takes the house's slug and the
    thing's public id; `permission`: who is shown the link."""

    label: Any
    url_name: str = ""
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Trail:
    """The room's part of the audit trail in words. deeds: command -> what was done; fields:
    name of a field (of "role.board" the part before the dot) -> its word; things: model as in
    the trail ("goods.item") -> what it is. What has no word is shown as it was recorded."""

    deeds: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    things: Mapping[str, Thing] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A job that comes again by itself; `task` is a django task without arguments."""

    name: str
    task: Any
    every: timedelta


@dataclass(frozen=True, slots=True)
class Room:
    """The one declaration of a room.

    permissions: name -> predicate over (viewer, centre). today/figures/desk: selectors with a
    fixed number of queries; the desk leaves out what the viewer may not see. flows: the flows
    of goods it posts, for the transparency page. answers: what buyers said to "would you have
    bought it new?", counted anew. journeys: what it drove in a period, at most two queries.
    places: shelves and boxes with what stands there. things: names and pages of what bears
    these tracking identifiers in the ledger. trail: its words for the audit trail.
    shelf/before_buying: what the room adds to the shelf's page for what somebody looks for, one
    query each. item_actions: buttons on the page of a thing that is here, usable and promised to
    nobody (its public id); no query, and none that the viewer may not use. sitemaps: paths of
    further sitemaps of a house. outbox: event name -> handler, run in the worker. demo: plays
    the room's part of the demo region. cli: adds sub-commands to the `wesprint` command line.
    starts: for whom of the roles a page of this room is the first one: its address by role, with
    the house's slug. api: its operations, mounted below /api/v1/; scopes: what a token may be
    made for. imports: the kinds of tables that can be brought. for_visitors: names of the
    addresses whose pages speak every language that a visitor may choose
    (scripts/visitor_texts.py names their texts).
    """

    name: str
    title: Any
    nav: Sequence[NavItem] = ()
    permissions: Mapping[str, Predicate] = field(default_factory=dict)
    today: Callable[[Centre, datetime], Sequence[TodayLine]] | None = None
    figures: Callable[[Centre, date], Sequence[Figure]] | None = None
    desk: Callable[[Centre, Viewer, datetime], Sequence[DeskCard]] | None = None
    flows: Sequence[Flow] = ()
    trail: Trail = Trail()
    shelf: Callable[[Centre, ShelfQuery], Sequence[ShelfSection]] | None = None
    before_buying: Callable[[Centre, ShelfQuery], Sequence[BeforeBuying]] | None = None
    item_actions: Callable[[Centre, Viewer, str], Sequence[ItemAction]] | None = None
    sitemaps: Callable[[Centre], Sequence[str]] | None = None
    answers: Callable[[Centre], Sequence[Answered]] | None = None
    journeys: Callable[[Centre, Period], Sequence[Journey]] | None = None
    places: Callable[[Centre], Sequence[StockPlace]] | None = None
    things: Callable[[Sequence[str]], Mapping[str, PublicThing]] | None = None
    personal: Sequence[PersonalData] = ()
    outbox: Mapping[str, Callable[[Any], None]] = field(default_factory=dict)
    schedule: Sequence[Scheduled] = ()
    demo: Callable[[Any], None] | None = None
    cli: Callable[[Any], None] | None = None
    pages: Sequence[Page] = ()
    starts: Mapping[str, str] = field(default_factory=dict)
    for_visitors: frozenset[str] = frozenset()
    api: Router | None = None
    scopes: Sequence[Scope] = ()
    imports: Sequence[Kind] = ()


@cache
def rooms() -> tuple[Room, ...]:
    """All rooms of this installation, lowest first."""
    found = [import_module(f"{path}.room").ROOM for path in settings.ROOMS]
    return tuple(sorted(found, key=lambda room: ORDER.index(room.name)))


def first_page(role: str) -> str:
    """The address where the work of a role begins in a house; the house's own page else."""
    found = (room.starts[role] for room in rooms() if role in room.starts)
    return next(found, "house")


def open_rooms() -> None:
    """Make what the rooms declare known to the platform: permissions, events, jobs, data."""
    from wesprint.platform.jobs.schedule import register as schedule
    from wesprint.platform.outbox.handlers import subscribe
    from wesprint.platform.people.privacy import register as register_personal

    for room in rooms():
        for permission, predicate in room.permissions.items():
            grant(permission, predicate)
        for event, handler in room.outbox.items():
            subscribe(event, handler, by=room.name)
        for job in room.schedule:
            schedule(job.name, job.task, job.every)
        for data in room.personal:
            register_personal(data)
        for scope in room.scopes:
            declare(scope)
        for kind in room.imports:
            declare_import(kind)
