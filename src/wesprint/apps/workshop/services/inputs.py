"""Parts and materials from their lots, and the hours."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import buy_supply, check_choice, check_price, held, text_of
from wesprint.apps.workshop.models import Lot, LotUnit, Order, RuleName, Use, Work, WorkRole
from wesprint.apps.workshop.selectors.house import rule_on
from wesprint.apps.workshop.services import books
from wesprint.apps.workshop.services.orders import NOTHING_SAVED, held_order
from wesprint.apps.workshop.states import NOTHING_CHANGED, check_open
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid, Refused
from wesprint.platform.commands.services import changed, command
from wesprint.platform.ledger import services as ledger
from wesprint.platform.organisations.models import Centre

LONGEST = timedelta(hours=24)
HOUR = 3600
KILO = 1000
MOST = 5_000_000


@command("workshop.buy_lot")
def buy_lot(
    ctx: Ctx,
    *,
    centre: Centre,
    name: str,
    unit: str,
    count: int,
    price_cents: int,
    grams_each: int = 1,
    lot: str = "",
) -> Lot:
    """A purchase of parts (`count` pieces of `grams_each`) or of material (`count` grams).
    price_cents: one piece, or one kilo. Raises Invalid for what cannot be meant."""
    check_choice(unit, LotUnit.values, "unit")
    check_price(price_cents)
    name = text_of(name, 80, "name")
    if not name:
        raise Invalid(_("Please say what it is."), kept=NOTHING_SAVED, field="name", code="no-name")
    grams_each = grams_each if unit == LotUnit.PIECE else 1
    _check_count(count, grams_each)
    lot = text_of(lot, 60, "lot")
    resource = buy_supply(ctx, centre=centre, mass_g=count * grams_each, lot=lot)
    made = Lot.objects.create(
        centre=centre,
        name=name,
        lot=lot,
        unit=unit,
        price_cents=price_cents,
        grams_each=grams_each,
        bought=count,
        left=count,
        resource=resource,
        bought_at=ctx.occurred_at,
    )
    changed(made, "name", "unit", "bought", "price_cents")
    return made


def _check_count(count: int, grams_each: int) -> None:
    if count <= 0 or grams_each <= 0:
        raise Invalid(
            _("A quantity must be more than zero."),
            kept=NOTHING_SAVED,
            field="count" if count <= 0 else "grams_each",
            code="quantity-not-positive",
        )
    if count * grams_each > MOST:
        raise Invalid(
            _("This is more than 5 tonnes."),
            kept=NOTHING_SAVED,
            next=_("Please check the comma."),
            field="count",
            code="quantity-too-large",
        )


@command("workshop.use_lot")
def use_lot(ctx: Ctx, *, order: Order, lot: Lot, count: int) -> Use:
    """So many pieces or grams of a lot for this order. Raises Refused naming what is left."""
    order = held_order(order)
    check_open(order)
    lot = held(lot)
    if lot.centre_id != order.centre_id:
        raise Refused(_("This belongs to another house."), kept=NOTHING_CHANGED, code="foreign")
    _check_count(count, lot.grams_each)
    if count > lot.left:
        raise _too_few(lot)
    Lot.objects.filter(pk=lot.pk).update(left=F("left") - count)
    use = Use.objects.create(
        order=order,
        lot=lot,
        count=count,
        mass_g=count * lot.grams_each,
        cents=cost_of(lot, count),
        noted_at=ctx.occurred_at,
    )
    changed(order, "uses")
    return use


def _too_few(lot: Lot) -> Refused:
    there = _("Only %(left)s g of “%(name)s” are left.")
    if lot.unit == LotUnit.PIECE:
        there = _("Only %(left)s pieces of “%(name)s” are left.")
    return Refused(
        there % {"left": lot.left, "name": lot.name},
        kept=NOTHING_CHANGED,
        next=_("Please check the quantity, or take another lot."),
        field="count",
        code="not-enough",
    )


def cost_of(lot: Lot, count: int) -> int:
    """Cents; what is bought by weight has its price per kilo, half a cent is rounded up."""
    if lot.unit == LotUnit.PIECE:
        return lot.price_cents * count
    return (lot.price_cents * count + KILO // 2) // KILO


@command("workshop.take_back_use")
def take_back_use(ctx: Ctx, *, use: Use) -> Order:
    """It lies in its box again."""
    order = held_order(use.order)
    check_open(order)
    for row in Use.objects.filter(pk=use.pk):
        Lot.objects.filter(pk=row.lot_id).update(left=F("left") + row.count)
        row.delete()
        changed(order, "uses")
    return order


@command("workshop.note_work")
def note_work(ctx: Ctx, *, order: Order, role: str, seconds: int) -> Work:
    """Time somebody of a role worked on it. Nobody's name is asked for."""
    check_choice(role, WorkRole.values, "role")
    if not 0 < seconds <= LONGEST.total_seconds():
        raise Invalid(
            _("Please give a time between one minute and 24 hours."),
            kept=NOTHING_SAVED,
            field="time",
            code="time-not-plausible",
        )
    order = held_order(order)
    check_open(order)
    rate = rule_on(order.centre, RuleName(f"rate.{role}"), ctx.occurred_at)
    work = Work.objects.create(
        order=order,
        role=role,
        seconds=seconds,
        cents=(rate * seconds + HOUR // 2) // HOUR,
        event=books.work(ctx, order.process, role, seconds),
        noted_at=ctx.occurred_at,
    )
    changed(order, "work")
    return work


@command("workshop.take_back_work")
def take_back_work(ctx: Ctx, *, work: Work) -> Order:
    """A slip of the finger: the ledger corrects it, both entries stay readable."""
    order = held_order(work.order)
    check_open(order)
    work = held(work, "event")
    if work.taken_back_at is None:
        ledger.correct(ctx, event=work.event)
        work.taken_back_at = ctx.occurred_at
        work.save(update_fields=["taken_back_at"])
        changed(order, "work")
    return order
