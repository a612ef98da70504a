"""Nine people at work in the town house: their weeks, their sheets, what they learn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from wesprint.apps.team.public import (
    Engagement,
    Present,
    Step,
    Terms,
    WeekDay,
    add_step,
    agree_engagement,
    agree_to_steps,
    confirm_days,
    confirm_step,
    enter_absence,
    enter_days,
    stamp,
)
from wesprint.config.demo.stage import FRI, MON, SAT, THU, TUE, WED, Script, Stage
from wesprint.kernel.context import Actor, ActorKind, Ctx
from wesprint.platform.people.models import Person, RoleName

Put = Callable[[datetime, Callable[[datetime], None]], None]
JOBCENTER, SERVICE = "Jobcenter der Vorführung", "Träger der Vorführung"
WORKDAYS = (MON, TUE, WED, THU, FRI)


class Worker(NamedTuple):
    """weekdays with hours from and to; begins: share of the demo's time that is over then."""

    name: str
    kind: str
    weekdays: tuple[int, ...]
    hours: tuple[int, int]
    begins: float = 0.0
    sponsor: str = ""
    reference: str = ""
    learns: int = 0


TEAM = (
    Worker("", "volunteer", (TUE, FRI), (10, 14), learns=4),  # who stands at the counter anyway
    Worker("Elif Ehrlich", "volunteer", (TUE, THU), (13, 17), learns=3),
    Worker("Gerd Garnrolle", "volunteer", (WED, SAT), (10, 14)),
    Worker("Hanne Hilfreich", "volunteer", (MON,), (10, 15), learns=2),
    Worker("Ilse Immerda", "volunteer", (MON, THU), (14, 18)),
    Worker("Jonas Jederzeit", "volunteer", (SAT,), (10, 16), begins=0.3),
    Worker(
        "Anton Angekommen", "placement-16d", WORKDAYS, (8, 14), sponsor=JOBCENTER,
        reference="AGH-2026-117", learns=5,
    ),
    Worker(
        "Pia Probierdich", "internship", WORKDAYS, (9, 15), begins=0.6,
        sponsor="Berufskolleg der Vorführung", reference="P-31",
    ),
    Worker(
        "Fabio Freiwillig", "service-bfd", WORKDAYS, (9, 17), begins=0.1, sponsor=SERVICE,
        reference="BFD-4402", learns=4,
    ),
)  # fmt: skip
STEPS = (
    ("Annahme", 1, "nimmt Dinge an und wiegt sie"),
    ("Annahme", 2, "schätzt Zustand und Preis ein"),
    ("Werkstatt", 1, "prüft Elektrogeräte unter Aufsicht"),
    ("Verkauf", 1, "bedient die Kasse"),
    ("Verkauf", 2, "führt ein Beratungsgespräch"),
    ("Werkstatt", 2, "repariert Stühle selbständig"),
    ("Verkauf", 3, "arbeitet Neue an der Kasse ein"),
)
AT_THE_TABLET = 4  # so many last days are tapped, those before come from sheets of paper
PAPER = "vom Blatt an der Pinnwand"


class Team:
    """Puts the weeks of the team into the line."""

    def __init__(self, stage: Stage, script: Script, put: Put, seed: int) -> None:
        self.stage, self.script, self.put = stage, script, put
        self.centre = stage.town
        self.chance = Random(f"{seed}/team")  # noqa: S311 - a story, no secret
        self.steps: list[Step] = []

    def plan(self, first: date, end: datetime) -> None:
        last = end.date()
        self.put(self._at(first, 8), self._write_steps)
        for number, worker in enumerate(TEAM):
            begins = first + timedelta(days=int(worker.begins * (last - first).days))
            self.put(
                self._at(begins, 8, 10 + number),
                lambda at, w=worker: self._begin(at, w, end),  # type: ignore[misc]  # defaults bind the loop's value
            )

    def _at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), self.centre.tz)

    def _ctx(self, at: datetime, role: str = RoleName.WORKSHOP_LEAD) -> Ctx:
        person = self._lead if role == RoleName.WORKSHOP_LEAD else self.stage.people[role]
        ident = person.user.public_id if person.user else person.public_id
        return self.script.ctx(self.centre.scope, at, Actor(ActorKind.PERSON, ident))

    @property
    def _lead(self) -> Person:
        return self.stage.people[RoleName.WORKSHOP_LEAD]

    def _write_steps(self, at: datetime) -> None:
        self.steps = [
            add_step(self._ctx(at), centre=self.centre, area=area, level=level, title=title)
            for area, level, title in STEPS
        ]

    def _begin(self, at: datetime, worker: Worker, end: datetime) -> None:
        starts, ends = (time(hour) for hour in worker.hours)
        week = [WeekDay(day, starts, ends) for day in worker.weekdays]
        hours = (worker.hours[1] - worker.hours[0]) * len(week)
        one = agree_engagement(
            self._ctx(at, RoleName.BOARD),
            centre=self.centre,
            terms=Terms(
                worker.kind,
                hours * 60,
                at.date(),
                sponsor=worker.sponsor,
                reference=worker.reference,
            ),
            person=None if worker.name else self.stage.people[RoleName.VOLUNTEER],
            name=worker.name,
            supervisor=self._lead,
            week=week,
        )
        self._plan_days(one, worker, at.date(), end)
        self._plan_steps(one, worker, at, end)

    # -- days ----------------------------------------------------------------------------------
    def _plan_days(self, one: Engagement, worker: Worker, first: date, end: datetime) -> None:
        """Sheets of paper by the month, the last days at the tablet."""
        tapped = end.date() - timedelta(days=AT_THE_TABLET)
        for start, until in _sheets(first, tapped):
            self.put(
                self._at(until, 9, 30),
                lambda at, a=start, b=until: self._sheet(at, one, worker, a, b),  # type: ignore[misc]  # defaults bind the loop's value
            )
        for day in _days(max(first, tapped), end.date() + timedelta(days=1)):
            if day.weekday() in worker.weekdays:
                self._plan_taps(one, worker, day, end)

    def _sheet(
        self, at: datetime, one: Engagement, worker: Worker, start: date, until: date
    ) -> None:
        expected = [day for day in _days(start, until) if day.weekday() in worker.weekdays]
        ill = expected[3:5] if len(expected) > 6 and self.chance.random() < 0.4 else []
        days = {day: self._present(worker) for day in expected if day not in ill}
        if not days:
            return
        if ill:
            enter_absence(
                self._ctx(at), engagement=one, first=ill[0], last=ill[-1], absence="sick",
                reason="angerufen", by=self._lead,
            )  # fmt: skip
        enter_days(self._ctx(at), engagement=one, days=days, reason=PAPER, by=self._lead)
        confirm_days(self._ctx(at), engagement=one, days=list(days), by=self._lead)

    def _present(self, worker: Worker) -> Present:
        starts, ends = worker.hours
        pause = 30 if ends - starts > 5 else 0
        early, late = self.chance.randrange(0, 12), self.chance.randrange(0, 15)
        return Present(time(starts, early), time(ends, late), pause)

    def _plan_taps(self, one: Engagement, worker: Worker, day: date, end: datetime) -> None:
        starts, ends = worker.hours
        early, late = self.chance.randrange(0, 12), self.chance.randrange(0, 15)
        taps = [("come", self._at(day, starts, early)), ("go", self._at(day, ends, late))]
        if ends - starts > 5:
            taps[1:1] = [("pause", self._at(day, 12, 1)), ("resume", self._at(day, 12, 31))]
        if worker.name == "Elif Ehrlich" and day < end.date():
            taps = taps[:1]  # the card stayed in the coat
        for verb, at in taps:
            self.put(at, lambda at, v=verb: self._tap(at, one, v))  # type: ignore[misc]  # defaults bind the loop's value

    def _tap(self, at: datetime, one: Engagement, verb: str) -> None:
        ctx = self.script.ctx(self.centre.scope, at)
        stamp(ctx, engagement=one, verb=verb, way="badge")

    # -- learning ------------------------------------------------------------------------------
    def _plan_steps(self, one: Engagement, worker: Worker, begins: datetime, end: datetime) -> None:
        if not worker.learns or one.person is None:
            return
        agreed = begins + timedelta(hours=2)
        self.put(agreed, lambda at: self._agree(at, one))
        spell = max(end - agreed, timedelta(hours=1)) / (worker.learns + 1)
        for number in range(worker.learns):
            self.put(
                agreed + spell * (number + 1),
                lambda at, n=number: self._reach(at, one, n),  # type: ignore[misc]  # defaults bind the loop's value
            )

    def _agree(self, at: datetime, one: Engagement) -> None:
        person = one.person
        assert person is not None  # noqa: S101 - nobody was erased meanwhile
        ctx = self.script.ctx(self.centre.scope, at)
        agree_to_steps(ctx, person=person, given=True, on_paper=person.user_id is None)

    def _reach(self, at: datetime, one: Engagement, number: int) -> None:
        confirm_step(self._ctx(at), engagement=one, step=self.steps[number], by=self._lead)


def _days(first: date, end: date) -> Iterator[date]:
    for number in range((end - first).days):
        yield first + timedelta(days=number)


def _sheets(first: date, end: date) -> Iterator[tuple[date, date]]:
    """From the first day to the beginning of each next month, and to the end."""
    start = first
    while start < end:
        until = min((start.replace(day=1) + timedelta(days=32)).replace(day=1), end)
        yield start, until
        start = until
