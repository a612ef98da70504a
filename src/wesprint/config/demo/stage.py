"""The two houses of the demo region, who runs them, and the people with a role there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import NamedTuple

from wesprint.apps.house.services import Notice, set_legal_notice
from wesprint.kernel.context import Actor, ActorKind, Ctx
from wesprint.platform.base.words import Words
from wesprint.platform.organisations.models import (
    Centre,
    CentreKind,
    LegalForm,
    Organisation,
    RelationKind,
    World,
)
from wesprint.platform.organisations.selectors import Span
from wesprint.platform.organisations.services import (
    Address,
    WorldOn,
    close_on_day,
    found_organisation,
    open_centre,
    relate,
    set_floor,
    set_opening_hours,
    set_space,
)
from wesprint.platform.people.models import Person, RoleName, User
from wesprint.platform.people.services.badges import issue_badge, register_device, set_pin
from wesprint.platform.people.services.persons import give_role, register_person

MON, TUE, WED, THU, FRI, SAT = range(6)
PIN = "4711"


class SpacePlan(NamedTuple):
    name: Words = Words()
    room: str = ""
    note: Words = Words()
    weekday: int | None = None


GOODS_SHOP = Words("Warenstube", "Goods shop")
# A room without a name and a note is empty and asks for an idea.
TOWN_FLOORS: dict[int, tuple[str, tuple[SpacePlan, ...]]] = {
    3: (
        World.WORK,
        (
            SpacePlan(
                Words("Gemeinschaftsbüro", "Shared office"),
                note=Words("22\N{NO-BREAK SPACE}Plätze", "22\N{NO-BREAK SPACE}desks"),
            ),
            SpacePlan(),
        ),
    ),
    2: (
        World.LEARNING,
        (
            SpacePlan(
                Words("Volkshochschule", "Adult education centre"),
                note=Words(
                    "Kurse werktags ab 17\N{NO-BREAK SPACE}Uhr", "Weekday courses from 17:00"
                ),
            ),
            SpacePlan(
                Words("Saal", "Hall"),
                note=Words("für 120\N{NO-BREAK SPACE}Menschen", "for 120\N{NO-BREAK SPACE}people"),
            ),
        ),
    ),
    1: (
        World.ADMINISTRATION,
        (
            SpacePlan(
                Words("Bürgerbüro", "Citizens’ office"),
                note=Words(
                    "Montag bis Freitag 8 bis 16\N{NO-BREAK SPACE}Uhr",
                    "Monday to Friday, 8:00 to 16:00",
                ),
            ),
            SpacePlan(
                Words("Energieberatung", "Energy advice"),
                note=Words("montags 9 bis 12\N{NO-BREAK SPACE}Uhr", "Mondays, 9:00 to 12:00"),
            ),
            SpacePlan(),
        ),
    ),
    0: (
        World.LIVING,
        (
            SpacePlan(Words("Warenhaus", "Department store"), room="goods"),
            SpacePlan(
                Words("Café am Markt", "Market café"),
                note=Words("Kaffee, Suppe, Zeitung", "Coffee, soup, newspapers"),
            ),
            SpacePlan(
                Words("Leseecke", "Reading corner"),
                note=Words("Bücher tauschen, ohne Geld", "Swap books, no money needed"),
            ),
        ),
    ),
}
STATION_WORLDS = (
    WorldOn(World.ADMINISTRATION, MON),
    WorldOn(World.LIVING, TUE),
    WorldOn(World.LEARNING, WED),
    WorldOn(World.WORK, THU),
    WorldOn(World.LIVING, FRI),
    WorldOn(World.LIVING, SAT),
)
STATION_SPACES = (
    SpacePlan(
        Words("Sprechstunde der Stadt", "Town hall hours"),
        note=Words("Ausweise, Anträge, Rat", "Identity cards, applications, advice"),
        weekday=MON,
    ),
    SpacePlan(GOODS_SHOP, room="goods", weekday=TUE),
    SpacePlan(
        Words("Lerncafé", "Learning café"),
        note=Words("Deutsch, Handy, Hausaufgaben", "German, phones, homework"),
        weekday=WED,
    ),
    SpacePlan(
        Words("Schreibtische", "Desks"),
        note=Words(
            "6\N{NO-BREAK SPACE}Plätze mit schnellem Netz",
            "6\N{NO-BREAK SPACE}desks, fast connection",
        ),
        weekday=THU,
    ),
    SpacePlan(GOODS_SHOP, room="goods", weekday=FRI),
    SpacePlan(GOODS_SHOP, room="goods", weekday=SAT),
    SpacePlan(Words("Gepäckraum", "Luggage room")),
)
TOWN_HOURS = (
    *(Span(day, time(10), time(18)) for day in (MON, TUE, WED, FRI)),
    Span(THU, time(10), time(20)),
    Span(SAT, time(10), time(16)),
)
STATION_HOURS = (
    Span(MON, time(9), time(12)),
    Span(TUE, time(14), time(18)),
    Span(WED, time(15), time(19)),
    Span(THU, time(8), time(16)),
    Span(FRI, time(14), time(18)),
    Span(SAT, time(10), time(13)),
)
SELLING_DAYS_OF_STATION = frozenset({TUE, FRI, SAT})

# One account per role; the sign-in page of the demo opens them with one click.
CAST: dict[str, str] = {
    RoleName.MEMBER: "Miriam Mitglied",
    RoleName.VOLUNTEER: "Volkan Ehrenamt",
    RoleName.STAFF: "Stefanie Theke",
    RoleName.WORKSHOP_LEAD: "Werner Werkstatt",
    RoleName.CASHIER: "Kalina Kasse",
    RoleName.DISPATCHER: "Didem Disposition",
    RoleName.RIDER: "Robin Rad",
    RoleName.TREASURER: "Sabine Schatz",
    RoleName.BOARD: "Vera Vorstand",
    RoleName.TOWN_HALL: "Rolf Rathaus",
    RoleName.AUDITOR: "Paula Prüfung",
}
STATION_CAST: dict[str, str] = {
    RoleName.STAFF: "Jutta Bahn",
    RoleName.VOLUNTEER: "Willi Weiche",
    RoleName.BOARD: "Bettina Bahnsteig",
}
AT_THE_COUNTER = (RoleName.STAFF, RoleName.VOLUNTEER, RoleName.CASHIER)


@dataclass
class Stage:
    """What has been built. `badges`: role -> code, as on the printed card."""

    town: Centre
    station: Centre
    cooperative: Organisation
    association: Organisation
    people: dict[str, Person] = field(default_factory=dict)
    badges: dict[str, str] = field(default_factory=dict)
    device_key: str = ""


class Script:
    """Contexts for the demo's commands: numbered keys, so that the same run asks the same."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def ctx(self, scope: str, at: datetime, actor: Actor | None = None) -> Ctx:
        actor = actor or Actor(ActorKind.JOB, "demo")
        return Ctx(actor, scope, f"demo/{next(self._numbers):06}", at)


def email_of(role: str) -> str:
    return f"{role}@demo.example"


def build_stage(script: Script, at: datetime) -> Stage:
    """Everything that stands before the first day, as of `at`."""

    def ctx(scope: str = "installation") -> Ctx:
        return script.ctx(scope, at)

    cooperative = found_organisation(
        ctx(),
        name="Kaufhaus am Markt eG",
        slug="kaufhaus-eg",
        legal_form=LegalForm.COOPERATIVE,
        email="hallo@kaufhaus.demo.example",
    )
    municipality = found_organisation(
        ctx(),
        name="Stadt Kaiserslautern",
        slug="kaiserslautern",
        legal_form=LegalForm.MUNICIPALITY,
        email="buergerbuero@kaiserslautern.demo.example",
    )
    association = found_organisation(
        ctx(),
        name="Bahnhof Kennelgarten e. V.",
        slug="bahnhof-ev",
        legal_form=LegalForm.ASSOCIATION,
        charitable_since=at.date() - timedelta(days=400),
        email="hallo@bahnhof.demo.example",
    )
    town, station = _open_houses(ctx(), ctx())
    since = at.date()
    for centre, organisation, kind in (
        (town, cooperative, RelationKind.OWNER),
        (town, cooperative, RelationKind.OPERATOR),
        (town, municipality, RelationKind.TENANT),
        (station, municipality, RelationKind.OWNER),
        (station, association, RelationKind.OPERATOR),
        (station, municipality, RelationKind.TENANT),
    ):
        relate(ctx(), centre=centre, organisation=organisation, kind=kind, since=since)
    set_opening_hours(ctx(), centre=town, spans=TOWN_HOURS)
    set_opening_hours(ctx(), centre=station, spans=STATION_HOURS)
    _furnish(script, at, town, station)
    _legal_notices(script, at, cooperative, association)
    stage = Stage(town, station, cooperative, association)
    _people(script, at, stage, municipality)
    return stage


def _open_houses(town_ctx: Ctx, station_ctx: Ctx) -> tuple[Centre, Centre]:
    town = open_centre(
        town_ctx,
        name="Kaufhaus am Markt",
        slug="kaufhaus",
        address=Address("Kaiserslautern", "RP", "Marktstraße 12", "67655", 49.445079, 7.770967),
        claim=Words(
            "Bringen, reparieren, mitnehmen, mitreden: Das Haus gehört den Menschen der Stadt.",
            "Bring, mend, take home, have a say: the house belongs to the people of the town.",
        ),
    )
    station = open_centre(
        station_ctx,
        name="Bahnhof Kennelgarten",
        slug="bahnhof",
        kind=CentreKind.RURAL,
        address=Address("Kaiserslautern", "RP", "Bahnheim 2a", "67663", 49.440850, 7.733620),
        claim=Words("Ein Raum, jeden Tag eine andere Welt.", "One room, every day another world."),
    )
    return town, station


def _furnish(script: Script, at: datetime, town: Centre, station: Centre) -> None:
    for level, (world, spaces) in TOWN_FLOORS.items():
        _floor(script, at, town, level, (WorldOn(world),), spaces)
    _floor(script, at, station, 0, STATION_WORLDS, STATION_SPACES)
    stocktaking = date(at.year, 12, 30)
    reason = Words("Inventur", "stocktaking")
    close_on_day(script.ctx(town.scope, at), centre=town, day=stocktaking, reason=reason)


def _floor(
    script: Script,
    at: datetime,
    centre: Centre,
    level: int,
    worlds: tuple[WorldOn, ...],
    spaces: tuple[SpacePlan, ...],
) -> None:
    floor = set_floor(script.ctx(centre.scope, at), centre=centre, level=level, worlds=worlds)
    for position, plan in enumerate(spaces):
        set_space(script.ctx(centre.scope, at), floor=floor, position=position, **plan._asdict())


def _legal_notices(
    script: Script, at: datetime, cooperative: Organisation, association: Organisation
) -> None:
    set_legal_notice(
        script.ctx(cooperative.scope, at),
        organisation=cooperative,
        notice=Notice(
            street="Marktstraße 12",
            postcode="67655",
            town="Kaiserslautern",
            represented_by="Vera Vorstand, Sabine Schatz (Vorstand)",
            phone="0631 0000000",
            register="Genossenschaftsregister, Amtsgericht Kaiserslautern, GnR 000 (Vorführung)",
            supervised_by="Prüfungsverband der Vorführung",
        ),
    )
    set_legal_notice(
        script.ctx(association.scope, at),
        organisation=association,
        notice=Notice(
            street="Bahnheim 2a",
            postcode="67663",
            town="Kaiserslautern",
            represented_by="Bettina Bahnsteig (Vorsitz)",
            register="Vereinsregister beim Amtsgericht Zweibrücken, VR 0000 (Vorführung)",
        ),
    )


def _people(script: Script, at: datetime, stage: Stage, municipality: Organisation) -> None:
    for role, name in CAST.items():
        organisation = municipality if role == RoleName.TOWN_HALL else stage.cooperative
        account = _Account(role, name, email_of(role))
        stage.people[role] = _engage(script, at, organisation, stage.town, account)
    for role, name in STATION_CAST.items():
        account = _Account(role, name, email_of(f"bahnhof-{role}"))
        person = _engage(script, at, stage.association, stage.station, account)
        stage.people[f"station-{role}"] = person
    operator = User(email=email_of("operator"), is_operator=True, created_at=at)
    operator.set_unusable_password()
    operator.save()
    _counter(script, at, stage)


class _Account(NamedTuple):
    role: str
    name: str
    email: str


def _engage(
    script: Script, at: datetime, organisation: Organisation, centre: Centre, account: _Account
) -> Person:
    """An account without a password: the demo's sign-in page opens it with one click."""
    user = User.objects.create_user(account.email, None, created_at=at)
    person = register_person(
        script.ctx(organisation.scope, at),
        organisation=organisation,
        name=account.name,
        email=account.email,
        user=user,
        locale="de",
    )
    since = at.date()
    ctx = script.ctx(organisation.scope, at)
    give_role(ctx, person=person, role=account.role, since=since, centre=centre)
    return person


def _counter(script: Script, at: datetime, stage: Stage) -> None:
    """The shared tablet, and badges for those who stand there."""
    scope = stage.town.scope
    _device, stage.device_key = register_device(
        script.ctx(scope, at),
        centre=stage.town,
        name="Theke 1",
        lock_after_seconds=300,
        by=stage.people[RoleName.BOARD],
    )
    for role in AT_THE_COUNTER:
        badge, code = issue_badge(script.ctx(scope, at), person=stage.people[role])
        stage.badges[role] = code
        set_pin(script.ctx(scope, at), badge=badge, pin=PIN)
