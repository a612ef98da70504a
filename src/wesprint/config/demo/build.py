"""From an empty installation to a region with some months of life."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from wesprint.config.demo.beside import put_beside
from wesprint.config.demo.market import Market
from wesprint.config.demo.office import furnish_office
from wesprint.config.demo.play import Play
from wesprint.config.demo.social import set_social_prices
from wesprint.config.demo.stage import PIN, Script, Stage, build_stage
from wesprint.config.demo.storeroom import furnish_store_room
from wesprint.config.demo.team import Team
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Conflict
from wesprint.kernel.ids import use_ids
from wesprint.platform.base import clock as base_clock
from wesprint.platform.base.db import write_transaction
from wesprint.platform.ledger.models import Seal
from wesprint.platform.ledger.rollups import fold, tail_size
from wesprint.platform.ledger.seals import seal
from wesprint.platform.organisations.models import Centre, Organisation
from wesprint.platform.people.models import RoleName

SEED, MONTHS = 1, 3
TODAYS = 3  # days that what happens today takes to come about
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Region:
    """What the demo has built. roots: slug of a house -> root of its last seal. badges: role ->
    code of the card, all with the same PIN; device_key opens the tablet of the town house."""

    roots: dict[str, str]
    badges: dict[str, str]
    pin: str
    device_key: str


def build(
    *,
    seed: int = SEED,
    months: float = MONTHS,
    until: datetime | None = None,
    progress: Progress = lambda _done, _total, _message: None,
) -> Region:
    """Play the `months` before `until` (left out: until now) into an empty installation, then
    seal and fold. Raises Conflict where something is there already."""
    require_empty()
    end = until or base_clock.now()
    first = end.date() - timedelta(days=round(months * 30.44))
    days = [first + timedelta(days=number) for number in range((end.date() - first).days + 1)]
    clock = FixedClock(end)
    script, chance = Script(), Random(seed)  # noqa: S311 - a story, no secret
    with use_ids(Random(f"{seed}/ids")), base_clock.use_clock(clock):  # noqa: S311 - a story, no secret
        stage = _stage(script, clock, end, first)
        set_social_prices(script, stage, clock.at)
        play = Play(stage, script, clock, chance)
        Market(stage, script, play.line.put, seed).plan(first, end)
        Team(stage, script, play.line.put, seed).plan(first, end)
        if len(days) > TODAYS:
            play.plan_today(end)
        for number, day in enumerate(days):
            play.day(day, end)
            if day.weekday() == 6 and day < end.date():
                _seal(script, clock, stage, day)
            progress(number + 1, len(days), f"{day:%d.%m.%Y}")
        clock.at = end
        play.fill_up(end)
        play.photograph(end)
        furnish_store_room(script, stage.town, end)
        furnish_office(script, end, stage.town, stage.people[RoleName.BOARD])
        put_beside(script, end, stage.town, stage.station, first)
        roots = _close_books(script, clock, stage)
    return Region(roots, stage.badges, PIN, stage.device_key)


def require_empty() -> None:
    if Organisation.objects.exists():
        raise Conflict(
            "This installation is not empty.",
            kept="Nothing was changed.",
            next="Please build the demo in an empty one.",
        )


def stage_before(script: Script, clock: FixedClock, start: datetime) -> Stage:
    """The houses as they stand before the first thing comes, founded at `start`."""
    require_empty()
    clock.at = start
    with write_transaction():
        return build_stage(script, start)


def _stage(script: Script, clock: FixedClock, end: datetime, first: date) -> Stage:
    """The houses were founded the evening before their first day."""
    clock.at = end.replace(hour=17, minute=0, second=0, microsecond=0) + (
        first - timedelta(days=1) - end.date()
    )
    with write_transaction():
        return build_stage(script, clock.at)


def _seal(script: Script, clock: FixedClock, stage: Stage, day: date) -> None:
    """As the worker does, here once a week."""
    clock.at = datetime.combine(day, datetime.max.time(), stage.town.tz).replace(microsecond=0)
    for centre in (stage.town, stage.station):
        _seal_house(script, clock, centre)


def _seal_house(script: Script, clock: FixedClock, centre: Centre) -> None:
    while seal(script.ctx(centre.scope, clock.at), centre=centre) is not None:
        pass


def _close_books(script: Script, clock: FixedClock, stage: Stage) -> dict[str, str]:
    """Everything sealed and folded; the roots by house."""
    for centre in (stage.town, stage.station):
        _seal_house(script, clock, centre)
    while tail_size():
        fold(script.ctx("installation", clock.at))
    return {centre.slug: last_root(centre) for centre in (stage.town, stage.station)}


def last_root(centre: Centre) -> str:
    last = Seal.objects.filter(centre=centre).order_by("-number").first()
    return last.hash if last else ""
