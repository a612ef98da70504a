"""What a dispatcher asks of the planner: each verb reads the day, computes, and then changes the
board in one command. None of them is a command itself, for nothing may wait while it computes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from wesprint.apps.delivery.models import (
    NOT_BROUGHT,
    Board,
    Change,
    Hub,
    PlanRun,
    RunState,
    Stop,
    StopKind,
    Tour,
)
from wesprint.apps.delivery.planning import (
    Day,
    Layout,
    Ride,
    TourPlan,
    Unsound,
    inserted,
    planned,
    tidied,
    timed,
)
from wesprint.apps.delivery.planning.day import Point
from wesprint.apps.delivery.selectors import days as ask
from wesprint.apps.delivery.selectors.house import (
    PROFILE,
    WITH_TRAILER,
    bikes,
    hub_or_refuse,
    matrix_of,
    midnight,
)
from wesprint.apps.delivery.services.board import arrange, before_of, mark_undone
from wesprint.apps.delivery.services.shipments import board_on
from wesprint.engines.streets import Matrix
from wesprint.engines.tours import Progress, Settings, Window
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid, NotFound, Refused
from wesprint.platform.base.clock import now
from wesprint.platform.commands.services import changed, command
from wesprint.platform.jobs import progress
from wesprint.platform.outbox.services import emit

NOTHING_CHANGED = _("Nothing was changed.")
TRIES: Final = 3
"""So often a plan is made anew when the board changed meanwhile."""
FEW, FEW_SECONDS, MANY_SECONDS = 60, 3, 20
STEP: Final = 3600
"""Live orders are offered in windows of an hour."""


def start_plan(ctx: Ctx, *, board: Board, seconds: int | None = None) -> PlanRun:
    return _start_plan(ctx, board=board, seconds=seconds or _budget(board))


def _budget(board: Board) -> int:
    few = Stop.objects.filter(board=board, state="open").count() <= FEW
    return FEW_SECONDS if few else MANY_SECONDS


@command("delivery.start_plan")
def _start_plan(ctx: Ctx, *, board: Board, seconds: int) -> PlanRun:
    """The day is planned behind the pages. Raises Conflict while another plan is at work, Refused
    without a hub or a bike."""
    board = board_on(board.centre, board.day)
    hub = hub_or_refuse(board.centre)
    if not bikes(hub.centre):
        raise Refused(
            _("There is no bike yet."),
            kept=NOTHING_CHANGED,
            next=_("Please enter a bike first: Delivery, Set up."),
            code="no-bike",
        )
    if PlanRun.objects.filter(board=board, state=RunState.RUNNING).exists():
        raise Conflict(
            _("A plan is being made already."),
            kept=NOTHING_CHANGED,
            next=_("It will be shown when it is done."),
            code="planning",
        )
    work = progress.begin("delivery.plan", scope=board.centre.scope, total=100)
    run = PlanRun.objects.create(
        board=board, progress=work.public_id, seconds=seconds, asked_at=ctx.occurred_at
    )
    changed(run, "state")
    emit(ctx, "delivery.plan_asked", {"run": run.public_id})
    return run


@command("delivery.end_plan")
def end_plan(ctx: Ctx, *, run: PlanRun, state: str, why: str = "") -> PlanRun:
    run = PlanRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    run.state, run.why = state, why[:300]
    run.save(update_fields=["state", "why"])
    changed(run, "state")
    return run


def plan_day(
    ctx: Ctx, board: Board, settings: Settings, tell: Callable[[Progress], None] = lambda _: None
) -> Layout:
    """The whole day, planned and put onto the board; made anew when the board changed meanwhile.
    Raises Conflict when it changes faster than it can be planned."""
    hub = hub_or_refuse(board.centre)
    for attempt in range(TRIES):
        day = ask.day_of(hub, board, now())
        layout = _without_unknown(day, board, hub, settings, tell)
        try:
            arrange(
                ctx.sub(f"{now().isoformat()}-{attempt}"), board=board, layout=layout, what="plan"
            )
        except Conflict:
            continue
        return layout
    raise Conflict(
        _("The board changed again and again while the plan was made."),
        kept=_("The tours are as people left them."),
        next=_("Please plan once more when it is quieter."),
        code="board-changed",
    )


def _without_unknown(
    day: Day,
    board: Board,
    hub: Hub,
    settings: Settings,
    tell: Callable[[Progress], None],
) -> Layout:
    unknown = _unknown(board)
    known = {pk: task for pk, task in day.tasks.items() if pk not in unknown}
    layout = planned(replace(day, tasks=known), streets_for(hub), settings, tell)
    return replace(layout, left=(*layout.left, *((pk, "address") for pk in unknown)))


def _unknown(board: Board) -> list[int]:
    rows = Stop.objects.filter(board=board, lat=None, state="open").exclude(kind=StopKind.RELOAD)
    rows = rows.exclude(why__in=NOT_BROUGHT)
    return list(rows.values_list("pk", flat=True))


def streets_for(hub: Hub) -> Callable[[Sequence[Point]], Matrix]:
    """The slowest profile of the house's bikes: no promise hangs on which one comes."""
    trailers = any(one.trailer for one in bikes(hub.centre))
    profile = WITH_TRAILER if trailers else PROFILE
    return lambda points: matrix_of(hub.town, profile, points)


# -- by hand ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Moved:
    """`broken`: rules that the new order does not keep; the dispatcher is told, and decides."""

    board: Board
    broken: tuple[str, ...]


def move_stop(
    ctx: Ctx,
    *,
    stop: Stop,
    bike: int | None,
    before: Stop | None = None,
    version: int | None = None,
) -> Moved:
    """The stop into the tour of a bike (None: out of its tour), in front of `before` or at its
    end, with new times at once. `version`: of the tour that the dispatcher saw.

    Raises Conflict when the tour is another one by now, Refused for a load that no tour carries."""
    board = stop.board
    hub = hub_or_refuse(board.centre)
    day = ask.day_of(hub, board, now())
    _check_movable(stop, day)
    there = next((one for one in day.rides if one.bike == bike), None)
    if bike is not None and there is None:
        raise NotFound(_("This bike does not exist here."))
    if there is not None and version is not None and there.version != version:
        raise _seen_old()
    plans: list[TourPlan] = []
    here = next((one for one in day.rides if stop.pk in one.stops), None)
    if here is not None and here is not there:
        plans.append(_timed(day, hub, here, [pk for pk in _ahead(day, here) if pk != stop.pk]))
    if there is not None:
        rest = [pk for pk in _ahead(day, there) if pk != stop.pk]
        place = rest.index(before.pk) if before and before.pk in rest else len(rest)
        plans.append(_timed(day, hub, there, [*rest[:place], stop.pk, *rest[place:]]))
    layout = Layout(tuple(plans), () if there is not None else ((stop.pk, "taken-out"),))
    board = arrange(ctx, board=board, layout=layout, what="move")
    return Moved(board, plans[-1].broken if there is not None else ())


def _seen_old() -> Conflict:
    return Conflict(
        _("Somebody changed this tour meanwhile."),
        kept=NOTHING_CHANGED,
        next=_("The board now shows how it stands; please do it again if it still fits."),
        code="board-changed",
    )


def _check_movable(stop: Stop, day: Day) -> None:
    task = day.tasks.get(stop.pk)
    if task is None or task.left is not None:
        raise Conflict(_("This stop is done already."), kept=NOTHING_CHANGED, code="stop-done")
    if task.loaded:
        raise Refused(
            _("What goes there is on a bike already."),
            kept=NOTHING_CHANGED,
            next=_("Take it off the bike first, or let that rider bring it."),
            code="loaded",
        )
    if stop.lat is None:
        raise Invalid(
            _("Nobody knows where this address is."),
            kept=NOTHING_CHANGED,
            next=_("Please clarify it with the sender first."),
            code="no-door",
        )


def _ahead(day: Day, ride: Ride) -> list[int]:
    """Open stops in their order, the hub in between as well."""
    return [pk for pk in ride.stops if day.tasks[pk].left is None]


def _timed(day: Day, hub: Hub, ride: Ride, stops: Sequence[int]) -> TourPlan:
    try:
        plan = timed(day, streets_for(hub), ride, stops)
    except Unsound as fault:
        raise _no_way(fault) from None
    if "load" in plan.broken and stops:
        raise Refused(
            _("This is more than the bike carries at once."),
            kept=NOTHING_CHANGED,
            next=_("Put it into another tour, or plan anew: then the bike loads twice."),
            code="too-much",
        )
    return plan


def _no_way(fault: Unsound) -> Invalid:
    hub = str(fault) == "hub"
    return Invalid(
        _("The hub is at no street.") if hub else _("No street leads to this stop."),
        kept=NOTHING_CHANGED,
        next=_("Please check the address."),
        code="no-way",
    )


def tidy_tour(ctx: Ctx, *, tour: Tour) -> Moved:
    """ "Optimise this tour": the same stops in the best order found. Raises Conflict when it was
    changed meanwhile."""
    hub = hub_or_refuse(tour.board.centre)
    day = ask.day_of(hub, tour.board, now())
    ride = next((one for one in day.rides if one.tour == tour.pk), None)
    if ride is None:
        raise Conflict(_("This tour is over."), kept=NOTHING_CHANGED, code="tour-over")
    try:
        plan = tidied(day, streets_for(hub), ride)
    except Unsound as fault:
        raise _no_way(fault) from None
    board = arrange(ctx, board=tour.board, layout=Layout((plan,)), what="tidy")
    return Moved(board, plan.broken)


def undo(ctx: Ctx, *, board: Board) -> Board:
    """Take back the last change of the board, with the times anew. Raises NotFound without one."""
    rows = Change.objects.filter(board=board, undone_at=None).exclude(what="undo")
    change = rows.select_related("board__centre").order_by("-pk").first()
    if change is None:
        raise NotFound(_("There is nothing to take back."), code="nothing-to-undo")
    hub = hub_or_refuse(board.centre)
    day = ask.day_of(hub, board, now())
    before = before_of(change)
    rides = [one for one in day.rides if one.tour in before]
    plans = []
    for ride in rides:
        stops = [pk for pk in before[ride.tour or 0] if pk in day.tasks]
        plans.append(_again(day, hub, ride, stops))
    return mark_undone(ctx, change=change, layout=Layout(tuple(plans)))


def _again(day: Day, hub: Hub, ride: Ride, stops: Sequence[int]) -> TourPlan:
    """The times of an order that was once there; a load too large for one trip stays as it was."""
    open_ = [pk for pk in stops if day.tasks[pk].left is None]
    return timed(day, streets_for(hub), ride, open_)


# -- while the bikes are on the road ------------------------------------------------------------
@dataclass(frozen=True)
class Promise:
    """What can be promised for a stop: the window, in which tour it comes, how the board would look
    then. Nothing is changed before it is accepted."""

    start: datetime
    end: datetime
    bike: int
    layout: Layout


def promise_for(stop: Stop) -> Promise | None:
    """The earliest window in which a stop without a tour can be reached without breaking another
    promise; None if there is none. Nothing is written."""
    board = stop.board
    hub = hub_or_refuse(board.centre)
    day = ask.day_of(hub, board, now())
    task = day.tasks.get(stop.pk)
    if task is None or stop.lat is None:
        return None
    offers = _offers(day, task.window)
    try:
        found = inserted(day, streets_for(hub), task, offers)
    except Unsound as fault:
        raise _no_way(fault) from None
    if found is None:
        return None
    begin = midnight(board.centre, board.day)
    bike = next(
        plan.bike for plan in found.layout.tours if any(one.stop == stop.pk for one in plan.stops)
    )
    return Promise(
        begin + timedelta(seconds=found.window.start),
        begin + timedelta(seconds=found.window.end),
        bike,
        found.layout,
    )


def _offers(day: Day, asked: Window) -> list[Window]:
    """Hours from now to the end of the last shift, cut to the window asked for."""
    last = max((one.shift.end for one in day.rides), default=day.now)
    starts = range(day.now - day.now % 1800, last, STEP)
    hours = [Window(max(one, day.now, asked.start), min(one + STEP, asked.end)) for one in starts]
    return [one for one in hours if one.start < one.end]


def accept(ctx: Ctx, *, stop: Stop, promise: Promise) -> Board:
    """The order is put into the tours as promised. Raises Conflict when they changed meanwhile."""
    return arrange(ctx, board=stop.board, layout=promise.layout, what="live")
