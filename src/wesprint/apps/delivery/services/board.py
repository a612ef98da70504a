"""Changing a day's tours. Whatever computes does so before its command begins: the command only
checks that nothing it was computed from has changed, and writes. So planning blocks nobody, and of
two dispatchers who drag the same stop one is told."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from wesprint.apps.delivery.models import (
    Bike,
    Board,
    Change,
    Stop,
    StopKind,
    StopState,
    Tour,
    TourState,
)
from wesprint.apps.delivery.planning import Layout, TourPlan
from wesprint.apps.delivery.services.shipments import board_on, touch
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict
from wesprint.platform.commands.services import changed, command

NOTHING_CHANGED = _("Nothing was changed.")
LOOK_AGAIN = _("The board now shows how it stands; please do it again if it still fits.")


@command("delivery.arrange")
def arrange(ctx: Ctx, *, board: Board, layout: Layout, what: str) -> Board:
    """The tours become what the layout says. Raises Conflict when one of them, or a stop in it, has
    changed since the layout was computed; then nothing is changed."""
    board = board_on(board.centre, board.day)
    tours = _tours(board, layout)
    stops = _stops(board, layout, tours)
    before = {
        str(tour.pk): list(_open(tour).values_list("pk", flat=True)) for tour in tours.values()
    }
    _let_go(layout, tours, stops)
    versions = {
        str(tours[plan.bike].pk): _write(board, tours[plan.bike], plan, stops)
        for plan in layout.tours
    }
    Change.objects.create(
        board=board, what=what, before=before, versions=versions, at=ctx.occurred_at
    )
    changed(f"delivery.board:{board.pk}", what)
    touch(board)
    return board


def _tours(board: Board, layout: Layout) -> dict[int, Tour]:
    """By bike, held by the board's row; new ones where a bike had none."""
    known = {one.pk: one for one in Tour.objects.filter(board=board).exclude(state=TourState.DONE)}
    by_bike = {one.bike_id: one for one in known.values()}
    found: dict[int, Tour] = {}
    for plan in layout.tours:
        tour = known.get(plan.tour or 0)
        other = tour is None and (plan.tour is not None or plan.bike in by_bike)
        if other or (tour and tour.version != plan.version):
            raise _changed_meanwhile()
        found[plan.bike] = tour or _new_tour(board, plan.bike)
    return found


def _changed_meanwhile() -> Conflict:
    return Conflict(
        _("Somebody changed one of these tours meanwhile."),
        kept=NOTHING_CHANGED,
        next=LOOK_AGAIN,
        code="board-changed",
    )


def _new_tour(board: Board, bike: int) -> Tour:
    highest = Tour.objects.filter(board=board).aggregate(highest=Max("number"))["highest"]
    return Tour.objects.create(
        board=board, number=(highest or 0) + 1, bike=Bike.objects.get(pk=bike), version=0
    )


def _stops(board: Board, layout: Layout, tours: dict[int, Tour]) -> dict[int, Stop]:
    wanted = {one.stop for plan in layout.tours for one in plan.stops if one.stop}
    wanted |= {pk for pk, _why in layout.left}
    rows = {one.pk: one for one in Stop.objects.filter(board=board, pk__in=wanted)}
    mine = {one.pk for one in tours.values()}
    free = all(
        row.state == StopState.OPEN and (row.tour_id is None or row.tour_id in mine)
        for row in rows.values()
    )
    if len(rows) < len(wanted) or not free:
        raise _changed_meanwhile()
    return rows


def _open(tour: Tour) -> QuerySet[Stop]:
    rows = Stop.objects.filter(tour=tour, state=StopState.OPEN)
    return rows.exclude(kind=StopKind.RELOAD).order_by("position")


def _let_go(layout: Layout, tours: dict[int, Tour], stops: dict[int, Stop]) -> None:
    """Every open stop leaves its tour; those that the layout names come back in their order."""
    mine = Stop.objects.filter(tour__in=list(tours.values()), state=StopState.OPEN)
    mine.filter(kind=StopKind.RELOAD).delete()
    mine.update(tour=None, position=None)
    for pk, why in layout.left:
        Stop.objects.filter(pk=pk).update(why=why)
        stops[pk].why = why


def _write(board: Board, tour: Tour, plan: TourPlan, stops: dict[int, Stop]) -> int:
    ended = tour.stops.exclude(state=StopState.OPEN).aggregate(last=Max("position"))["last"]
    first = 0 if ended is None else ended + 1
    rows = []
    for place, timed in enumerate(plan.stops, start=first):
        row = stops[timed.stop] if timed.stop else Stop(board=board, kind=StopKind.RELOAD)
        row.tour, row.position, row.why = tour, place, ""
        row.arrive, row.begin, row.leave, row.late = (
            *(timed.arrive, timed.begin, timed.leave),
            timed.late,
        )
        rows.append(row)
    Stop.objects.bulk_create([one for one in rows if one.pk is None])
    Stop.objects.bulk_update(
        [one for one in rows if one.pk is not None],
        ["tour", "position", "why", "arrive", "begin", "leave", "late"],
        batch_size=100,
    )
    tour.version += 1
    tour.starts, tour.ends, tour.metres = plan.starts, max(plan.starts, plan.ends), plan.metres
    tour.save(update_fields=["version", "starts", "ends", "metres"])
    return tour.version


# -- locks and riders ---------------------------------------------------------------------------
@command("delivery.lock_tour")
def lock_tour(ctx: Ctx, *, tour: Tour, locked: bool) -> Tour:
    """No planner moves anything in it, until it is unlocked."""
    board = board_on(tour.board.centre, tour.board.day)
    tour = Tour.objects.select_related("board__centre").get(pk=tour.pk)
    tour.locked = locked
    tour.save(update_fields=["locked"])
    changed(tour, "locked")
    touch(board)
    return tour


def before_of(change: Change) -> dict[int, Sequence[int]]:
    return {int(pk): stops for pk, stops in change.before.items()}


@command("delivery.mark_undone")
def mark_undone(ctx: Ctx, *, change: Change, layout: Layout) -> Board:
    """The board as it was before the change. Raises Conflict when a tour of it was changed since,
    or the change was taken back already."""
    board = board_on(change.board.centre, change.board.day)
    change = Change.objects.select_related("board__centre").get(pk=change.pk)
    if change.undone_at is not None:
        raise Conflict(
            _("This was taken back already."), kept=NOTHING_CHANGED, code="undone-before"
        )
    now = {str(pk): version for pk, version in
           Tour.objects.filter(board=board).values_list("pk", "version")}  # fmt: skip
    if any(now.get(pk) != version for pk, version in change.versions.items()):
        raise _changed_meanwhile()
    change.undone_at = ctx.occurred_at
    change.save(update_fields=["undone_at"])
    return arrange(ctx, board=board, layout=layout, what="undo")
