"""Counting what is there, while people go on selling and moving.

A scan only notes what was seen where and when. At the end each note is held against the books as
they are then: what left or moved after it was seen, what came after the count began and what was
put elsewhere meanwhile is no difference.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import (
    IN_HOUSE,
    Item,
    ItemState,
    Outcome,
    Place,
    Stocktake,
    StocktakeLine,
)
from wesprint.apps.goods.selectors.stocktake import is_below, missing
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.services.lost import declare_found, declare_lost
from wesprint.apps.goods.services.places import move_items
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Refused
from wesprint.platform.commands.services import changed, command
from wesprint.platform.organisations.models import Centre

MOST_MISSING = 2000
NOTHING_CHANGED = _("Nothing was changed.")


@command("goods.begin_stocktake")
def begin_stocktake(ctx: Ctx, *, centre: Centre, place: Place | None = None) -> Stocktake:
    """Count one place with all below it, or the whole house. Raises Conflict while another
    count of the same place is under way."""
    running = Stocktake.objects.filter(
        centre=centre, place=place, finished_at=None, cancelled_at=None
    )
    if running.exists():
        raise Conflict(
            _("This place is being counted already."),
            kept=NOTHING_CHANGED,
            next=_("Please go on with that count, or end it."),
            code="stocktake-running",
        )
    made = Stocktake.objects.create(centre=centre, place=place, begun_at=ctx.occurred_at)
    changed(made, "begun_at")
    return made


@command("goods.count_item")
def count_item(
    ctx: Ctx, *, stocktake: Stocktake, item: Item, place: Place | None = None
) -> StocktakeLine:
    """It was seen, in this place or else in the one that is counted. Seen twice, the later
    counts."""
    stocktake = _running(stocktake)
    if item.centre_id != stocktake.centre_id:
        raise Refused(_("This belongs to another house."), kept=NOTHING_CHANGED, code="foreign")
    line, _new = StocktakeLine.objects.update_or_create(
        stocktake=stocktake,
        item=item,
        defaults={"place": place or stocktake.place, "seen_at": ctx.occurred_at},
    )
    changed(stocktake, "lines")
    return line


@command("goods.uncount_item")
def uncount_item(ctx: Ctx, *, stocktake: Stocktake, item: Item) -> None:
    """The scan was a mistake."""
    stocktake = _running(stocktake)
    if StocktakeLine.objects.filter(stocktake=stocktake, item=item).delete()[0]:
        changed(stocktake, "lines")


@command("goods.finish_stocktake")
def finish_stocktake(ctx: Ctx, *, stocktake: Stocktake) -> Stocktake:
    """What was seen elsewhere is moved, what was lost and seen is found, what was expected and
    not seen is lost. Raises Refused when far too much is missing to be true."""
    stocktake = _running(stocktake)
    absent = list(missing(stocktake)[: MOST_MISSING + 1])
    if len(absent) > MOST_MISSING:
        raise Refused(
            _("More than %(most)s things would be missing.") % {"most": MOST_MISSING},
            kept=_("What was scanned is kept; nothing was recorded as lost."),
            next=_("Please count place by place, or end this count without a result."),
            code="too-much-missing",
        )
    lines = stocktake.lines.select_related("item__place", "place").order_by("item_id")
    for line in lines:
        line.outcome = _settle(ctx, line)
    StocktakeLine.objects.bulk_update(lines, ["outcome"])
    _lose(ctx, stocktake, absent)
    stocktake.finished_at = ctx.occurred_at
    stocktake.save(update_fields=["finished_at"])
    changed(stocktake, "finished_at")
    return stocktake


def _settle(ctx: Ctx, line: StocktakeLine) -> Outcome:
    """What the sighting means for the books as they are now."""
    item, seen_at = line.item, line.seen_at or ctx.occurred_at
    if item.left_at is not None and item.left_at <= seen_at:
        return _was_gone(ctx, line)
    if item.state not in IN_HOUSE or line.place is None or is_below(item.place, line.place):
        return Outcome.HERE
    if (item.placed_at or item.taken_in_at) > seen_at:  # moved on after it was seen
        return Outcome.HERE
    move_items(ctx, items=[item], place=line.place)
    return Outcome.MOVED


def _was_gone(ctx: Ctx, line: StocktakeLine) -> Outcome:
    if line.item.state != ItemState.LOST:
        return Outcome.GONE
    declare_found(ctx, item=line.item, place=line.place)
    return Outcome.FOUND


def _lose(ctx: Ctx, stocktake: Stocktake, absent: Iterable[Item]) -> None:
    gone = [declare_lost(ctx, item=item) for item in absent]
    StocktakeLine.objects.bulk_create(
        StocktakeLine(stocktake=stocktake, item=item, place=item.place, outcome=Outcome.MISSING)
        for item in gone
    )


@command("goods.cancel_stocktake")
def cancel_stocktake(ctx: Ctx, *, stocktake: Stocktake) -> Stocktake:
    """The count ends without a result; the books stay as they are."""
    stocktake = _running(stocktake)
    stocktake.cancelled_at = ctx.occurred_at
    stocktake.save(update_fields=["cancelled_at"])
    changed(stocktake, "cancelled_at")
    return stocktake


def _running(stocktake: Stocktake) -> Stocktake:
    stocktake = held(stocktake, "centre", "place")
    if stocktake.finished_at or stocktake.cancelled_at:
        raise Conflict(
            _("This count has already ended."),
            kept=NOTHING_CHANGED,
            next=_("Please begin a new one."),
            code="stocktake-ended",
        )
    return stocktake
