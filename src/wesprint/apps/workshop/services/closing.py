"""The end of the work: what came out is weighed against what went in, to the gram."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import (
    Item,
    Weight,
    back_from_workshop,
    consume_in_workshop,
    lose_in_workshop,
    make_item,
    to_fraction,
    use_supply,
)
from wesprint.apps.workshop.balance import Balance, check
from wesprint.apps.workshop.models import (
    CustomerRepair,
    Kind,
    Order,
    OrderItem,
    OrderState,
    Result,
    RuleName,
)
from wesprint.apps.workshop.selectors.house import rule_on
from wesprint.apps.workshop.selectors.orders import untested
from wesprint.apps.workshop.services.orders import NOTHING_SAVED, held_order, set_state
from wesprint.apps.workshop.states import NOTHING_CHANGED, check_open, check_order
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid, Refused
from wesprint.platform.commands.services import changed, command
from wesprint.platform.files.services import Prepared


@dataclass(frozen=True, slots=True)
class Back:
    """The same thing comes out again, repaired or what is left of a batch."""

    item: Item
    mass_g: int
    grade: str = ""
    route: str = "sell"


@dataclass(frozen=True, slots=True)
class Made:
    """Something new: it gets its own pass."""

    category: str
    mass_g: int
    title: str = ""
    note: str = ""
    grade: str = "A"
    price_cents: int | None = None
    photos: tuple[Prepared, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Offcut:
    """Wood, metal, fabric that fell off, weighed into its box."""

    material: str
    mass_g: int


@command("workshop.weigh_out")
def weigh_out(
    ctx: Ctx,
    *,
    order: Order,
    back: Sequence[Back] = (),
    made: Sequence[Made] = (),
    offcuts: Sequence[Offcut] = (),
    failed: bool = False,
) -> Order:
    """Close the inputs against the outputs. Things of the order that do not come back are used
    up. What is missing is dust, as long as it is little. The order is done with it, unless an
    electrical thing still needs its test. failed: it came out, but not as it was meant.

    Raises Refused with the figures when more comes out than went in or too much is missing;
    Invalid without any result.
    """
    order = held_order(order)
    check_open(order)
    check_order(order, OrderState.FAILED if failed else OrderState.DONE)
    rows = list(order.bench.filter(in_work=True).select_related("item"))
    _check_results(order, rows, back, made)
    loss = 0
    if order.kind != Kind.CUSTOMER:
        loss = _loss(ctx, order, rows, back, made, offcuts)
    _take_inputs(ctx, order, rows, {one.item.pk: one for one in back})
    _bring_out(ctx, order, made, offcuts)
    lose_in_workshop(ctx, process=order.process, mass_g=loss)
    order.weighed_at, order.loss_g = ctx.occurred_at, loss
    order.save(update_fields=["weighed_at", "loss_g"])
    changed(order, "weighed_at", "results")
    return _settle(ctx, order, failed=failed)


def _check_results(
    order: Order, rows: Sequence[OrderItem], back: Sequence[Back], made: Sequence[Made]
) -> None:
    here = {row.item_id for row in rows}
    names = [one.item.pk for one in back]
    if len(names) != len(set(names)) or not set(names) <= here:
        raise Refused(_("This thing is not in this order."), kept=NOTHING_SAVED, code="foreign")
    if order.kind == Kind.CUSTOMER:
        if made:
            raise Refused(
                _("What is made of a customer's thing stays theirs."),
                kept=NOTHING_SAVED,
                code="customer-order",
            )
    elif not back and not made:
        raise Invalid(
            _("Please say what came out of it."),
            kept=NOTHING_SAVED,
            next=_("If nothing did, give the order up."),
            field="results",
            code="no-results",
        )


def balance_of(
    order: Order,
    rows: Sequence[OrderItem],
    back: Sequence[Back],
    made: Sequence[Made],
    offcuts: Sequence[Offcut],
) -> Balance:
    return Balance(
        things=sum(row.item.mass_g for row in rows),
        materials=sum(order.uses.values_list("mass_g", flat=True)),
        results=sum(one.mass_g for one in back) + sum(one.mass_g for one in made),
        offcuts=sum(one.mass_g for one in offcuts),
    )


def _loss(
    ctx: Ctx,
    order: Order,
    rows: Sequence[OrderItem],
    back: Sequence[Back],
    made: Sequence[Made],
    offcuts: Sequence[Offcut],
) -> int:
    found = balance_of(order, rows, back, made, offcuts)
    check(found, rule_on(order.centre, RuleName.LOSS_PERCENT, ctx.occurred_at))
    return found.missing


def _take_inputs(ctx: Ctx, order: Order, rows: Sequence[OrderItem], back: dict[int, Back]) -> None:
    process, customer = order.process, order.kind == Kind.CUSTOMER
    for row in rows:
        row.mass_g, row.in_work = row.item.mass_g, False
        row.save(update_fields=["mass_g", "in_work"])
        if one := back.get(row.item_id):
            back_from_workshop(
                ctx,
                item=row.item,
                process=process,
                mass_g=one.mass_g,
                grade=one.grade,
                route=one.route,
            )
            Result.objects.create(order=order, item=row.item, mass_g=one.mass_g)
        else:
            consume_in_workshop(ctx, item=row.item, process=process)
    for use in order.uses.select_related("lot__resource"):
        use_supply(
            ctx,
            process=process,
            resource=use.lot.resource,
            mass_g=use.mass_g,
            name=use.lot.name,
            into_custody=customer,
        )


def _bring_out(ctx: Ctx, order: Order, made: Sequence[Made], offcuts: Sequence[Offcut]) -> None:
    process, customer = order.process, order.kind == Kind.CUSTOMER
    for one in made:
        item = make_item(
            ctx,
            process=process,
            category=one.category,
            weight=Weight(one.mass_g, "measured"),
            title=one.title,
            note=one.note,
            grade=one.grade,
            price_cents=one.price_cents,
            photos=one.photos,
        )
        Result.objects.create(order=order, item=item, mass_g=one.mass_g)
    for cut in offcuts:
        to_fraction(
            ctx, process=process, material=cut.material, mass_g=cut.mass_g, of_customer=customer
        )
        Result.objects.create(order=order, material=cut.material, mass_g=cut.mass_g)


def _settle(ctx: Ctx, order: Order, *, failed: bool) -> Order:
    if failed:
        return set_state(ctx, order, OrderState.FAILED)
    if untested(order) or _customer_untested(order):
        return order
    return set_state(ctx, order, OrderState.DONE)


def _customer_untested(order: Order) -> bool:
    repair = CustomerRepair.objects.filter(order=order, electrical=True)
    return repair.exclude(test_passed=True).exists()


@command("workshop.finish")
def finish(ctx: Ctx, *, order: Order) -> Order:
    """Done, after the test. Raises Refused naming what has not passed it."""
    order = held_order(order)
    check_order(order, OrderState.DONE)
    if order.weighed_at is None:
        raise Refused(
            _("The results are not weighed yet."),
            kept=NOTHING_CHANGED,
            next=_("Please enter first what came out of it."),
            code="not-weighed",
        )
    names = [item.title for item in untested(order)]
    if _customer_untested(order):
        names.append(order.title)
    if names:
        raise Refused(
            _("Without a passed test it is not done: %(names)s.") % {"names": ", ".join(names)},
            kept=NOTHING_CHANGED,
            next=_("Please test it (VDE 0701) and enter the result."),
            code="not-tested",
        )
    return set_state(ctx, order, OrderState.DONE)
