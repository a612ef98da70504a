"""What the pages of this room are about: somebody on a placement with days, and a step."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from tests.world import Town, add_person

from wesprint.apps.team import services
from wesprint.apps.team.models import Engagement, Step
from wesprint.apps.team.services import Present, Terms, WeekDay
from wesprint.platform.base.clock import now
from wesprint.platform.people.models import Person

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)  # the clock of the tests: ten in the morning
WEEK = tuple(WeekDay(number, time(8), time(14)) for number in range(5))


def somebody(town: Town, name: str = "maria") -> Person:
    """With an account, and no role in the house."""
    return town.people.get(name) or add_person(town, name)


def placement(town: Town, person: Person | None = None, **values: Any) -> Engagement:
    usual: dict[str, Any] = {
        "kind": "placement-16d",
        "weekly_minutes": 30 * 60,
        "since": date(2026, 10, 1),
        "sponsor": "Jobcenter HSK",
        "reference": "AGH-2026-117",
    }
    return services.agree_engagement(
        town.ctx("board"),
        centre=town.centre,
        terms=Terms(**(usual | values)),
        person=person or somebody(town),
        supervisor=town.people["workshop-lead"],
        week=WEEK,
    )


def volunteer(town: Town, person: Person, **values: Any) -> Engagement:
    usual = {"kind": "volunteer", "sponsor": "", "reference": "", "weekly_minutes": 8 * 60}
    return placement(town, person, **(usual | values))


def local(town: Town, day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), town.centre.tz)


def tap(town: Town, one: Engagement, verb: str, at: datetime, way: str = "badge") -> None:
    services.stamp(town.ctx("staff", at=at), engagement=one, verb=verb, way=way)


def worked(town: Town, one: Engagement, day: date, came: int = 8, left: int = 14) -> None:
    """By badge, with half an hour of break at noon."""
    for verb, hour, minute in (
        ("come", came, 2),
        ("pause", 12, 0),
        ("resume", 12, 30),
        ("go", left, 1),
    ):
        tap(town, one, verb, local(town, day, hour, minute))


def entered(town: Town, one: Engagement, day: date, **values: Any) -> None:
    present = Present(time(8), time(14), 30)
    given: dict[str, Any] = {"present": present, "reason": "Karte vergessen"} | values
    services.enter_day(
        town.ctx("workshop-lead"), engagement=one, day=day, by=town.people["workshop-lead"], **given
    )


def confirmed(town: Town, one: Engagement, *days: date) -> None:
    services.confirm_days(
        town.ctx("workshop-lead"), engagement=one, days=days, by=town.people["workshop-lead"]
    )


def step(town: Town, title: str = "nimmt Dinge an", area: str = "Annahme", level: int = 1) -> Step:
    return services.add_step(
        town.ctx("board"), centre=town.centre, area=area, level=level, title=title
    )


def agree(town: Town, person: Person) -> None:
    services.agree_to_steps(town.ctx("staff"), person=person, given=True)


def fill(town: Town) -> None:
    today = now().astimezone(town.centre.tz).date()
    person = town.people["member"]
    made = placement(town, person, since=today - timedelta(days=60))
    learned = step(town)
    agree(town, person)
    reached = services.confirm_step(town.ctx("board"), engagement=made, step=learned)
    entered(town, made, today - timedelta(days=1))
    town.things["team"] = {
        "engagement": made.public_id,
        "day": (today - timedelta(days=1)).isoformat(),
        "month": f"{today:%Y-%m}",
        "step": learned.public_id,
        "reached": reached.public_id,
    }
