"""Repairs for customers: their thing in our custody, an estimate, a yes, and the way back."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import (
    Contact,
    ElectricalReport,
    check_choice,
    check_price,
    check_report,
    held,
    sheet_of,
    somebody,
    text_of,
)
from wesprint.apps.workshop import links
from wesprint.apps.workshop.models import (
    Approval,
    CustomerRepair,
    Kind,
    Order,
    OrderState,
    RepairTest,
)
from wesprint.apps.workshop.services import books
from wesprint.apps.workshop.services.orders import NOTHING_SAVED, begin, held_order
from wesprint.apps.workshop.states import LOOK_AGAIN, NOTHING_CHANGED, check_open
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.kernel.ids import new_public_id
from wesprint.platform.commands.services import changed, command
from wesprint.platform.ledger import services as ledger
from wesprint.platform.organisations.models import Centre
from wesprint.platform.outbox.services import emit
from wesprint.web import formats

LINK_LIVES = timedelta(days=365)


@command("workshop.take_in_repair")
def take_in_repair(
    ctx: Ctx,
    *,
    centre: Centre,
    thing: str,
    contact: Contact,
    fault: str = "",
    electrical: bool = False,
    estimate_cents: int | None = None,
) -> Order:
    """Somebody brings a thing of theirs. It stays theirs: the ledger notes custody alone.
    Raises Invalid without a word for the thing or a way to reach them."""
    title = text_of(thing, 120, "thing")
    if not title:
        raise Invalid(
            _("Please say what it is."), kept=NOTHING_SAVED, field="thing", code="no-thing"
        )
    person = somebody(ctx, centre, contact)
    if person is None:
        raise Invalid(
            _("Please enter a name and how we reach them."),
            kept=NOTHING_SAVED,
            field="name",
            code="no-contact",
        )
    public_id = new_public_id()
    order = begin(ctx, centre, Kind.CUSTOMER, title, "", public_id)
    CustomerRepair.objects.create(
        order=order,
        person=person,
        custody=books.take_custody(ctx, order.process, person, public_id),
        secret_hash=links.hash_of(public_id),
        link_until=ctx.occurred_at + LINK_LIVES,
        electrical=electrical,
        fault=text_of(fault, 500, "fault"),
    )
    if estimate_cents is not None:
        estimate(ctx, order=order, cents=estimate_cents)
    else:
        emit(ctx, "workshop.repair_taken_in", {"order": public_id})
    return order


def _held_repair(order: Order) -> CustomerRepair:
    repair = CustomerRepair.objects.filter(order=order).first()
    if repair is None:
        raise Refused(
            _("This is no repair for a customer."), kept=NOTHING_CHANGED, code="not-customer"
        )
    return held(repair, "person", "custody")


@command("workshop.estimate")
def estimate(ctx: Ctx, *, order: Order, cents: int, note: str = "") -> Order:
    """What it will cost at most. A new estimate needs a new yes."""
    check_price(cents)
    order = held_order(order)
    check_open(order)
    repair = _held_repair(order)
    repair.estimate_cents, repair.estimated_at = cents, ctx.occurred_at
    repair.estimate_note = text_of(note, 500, "note")
    repair.approved_at = repair.declined_at = None
    repair.approved_by = ""
    repair.save()
    changed(order, "estimate")
    emit(ctx, "workshop.repair_estimated", {"order": order.public_id})
    return order


@command("workshop.approve")
def approve(ctx: Ctx, *, order: Order, cents: int, by: str = Approval.LINK) -> Order:
    """The customer says yes to `cents`, by their link, on the telephone or at the counter.
    Twice changes nothing. Raises Conflict when the estimate is another one by now."""
    check_choice(by, Approval.values, "by")
    order = held_order(order)
    check_open(order)
    repair = _held_repair(order)
    _check_estimate(repair, cents)
    if repair.approved_at is None:
        repair.approved_at, repair.approved_by, repair.declined_at = ctx.occurred_at, by, None
        repair.save(update_fields=["approved_at", "approved_by", "declined_at"])
        changed(order, "approved_at", "approved_by")
        emit(ctx, "workshop.repair_approved", {"order": order.public_id})
    return order


def _check_estimate(repair: CustomerRepair, cents: int) -> None:
    if repair.estimate_cents is None:
        raise Refused(
            _("There is no estimate yet."),
            kept=NOTHING_CHANGED,
            next=_("Please enter first what it will cost."),
            code="no-estimate",
        )
    if repair.estimate_cents != cents:
        raise Conflict(
            _("The estimate has changed meanwhile."),
            kept=NOTHING_CHANGED,
            next=LOOK_AGAIN,
            code="estimate-changed",
        )


@command("workshop.decline")
def decline(ctx: Ctx, *, order: Order) -> Order:
    """Rather not: the thing waits to be fetched unrepaired. Twice changes nothing."""
    order = held_order(order)
    check_open(order)
    repair = _held_repair(order)
    if order.state == OrderState.IN_WORK and repair.approved_at is not None:
        raise Conflict(
            _("We have begun already."),
            kept=NOTHING_CHANGED,
            next=_("Please call us, so that we stop."),
            code="repair-begun",
        )
    if repair.declined_at is None:
        repair.declined_at, repair.approved_at, repair.approved_by = ctx.occurred_at, None, ""
        repair.save(update_fields=["declined_at", "approved_at", "approved_by"])
        changed(order, "declined_at")
        emit(ctx, "workshop.repair_declined", {"order": order.public_id})
    return order


@command("workshop.record_repair_test")
def record_repair_test(
    ctx: Ctx, *, order: Order, passed: bool, report: ElectricalReport | None = None
) -> Order:
    """The electrical test of a customer's thing after the repair (VDE 0701). A passed one needs
    its report: a tester, a device and values within the limits.

    Raises Invalid for a report that is missing or says nothing, Refused for one that does not
    bear the result, and after the pick-up.
    """
    order = held_order(order)
    repair = _held_repair(order)
    check_report(ctx, order.centre, passed=passed, report=report)
    if report is not None:
        RepairTest.objects.create(repair=repair, **sheet_of(ctx, order.centre, passed, report))
    repair.tested_at, repair.test_passed = ctx.occurred_at, passed
    repair.save(update_fields=["tested_at", "test_passed"])
    changed(order, "tested_at", "test_passed")
    return order


@command("workshop.tell_ready")
def tell_ready(ctx: Ctx, *, order: Order) -> Order:
    """It can be fetched: whoever left an e-mail address gets a letter, the others are called."""
    order = held_order(order)
    repair = _held_repair(order)
    _check_over(order)
    if repair.ready_at is None:
        repair.ready_at = ctx.occurred_at
        repair.save(update_fields=["ready_at"])
        changed(order, "ready_at")
        emit(ctx, "workshop.repair_ready", {"order": order.public_id})
    return order


def _check_over(order: Order) -> None:
    if order.is_running:
        raise Refused(
            _("The work on it is not finished yet."),
            kept=NOTHING_CHANGED,
            next=_("Finish the order first, or give it up."),
            code="still-in-work",
        )


@command("workshop.hand_back")
def hand_back(ctx: Ctx, *, order: Order, cents: int) -> Order:
    """Fetched and, where something was repaired, paid. Raises Refused for a price above the
    estimate that they approved of."""
    check_price(cents)
    order = held_order(order)
    _check_over(order)
    repair = _held_repair(order)
    if repair.picked_up_at is not None:
        raise Conflict(
            _("It was fetched already."),
            kept=NOTHING_CHANGED,
            next=LOOK_AGAIN,
            code="picked-up",
        )
    _check_agreed(repair, cents)
    if order.state == OrderState.DONE:
        books.deliver(ctx, order.process, repair.person)
    books.give_back(ctx, order.process, repair.custody, repair.person, cents)
    ledger.finish_process(ctx, process=order.process)
    repair.price_cents, repair.picked_up_at = cents, ctx.occurred_at
    repair.save(update_fields=["price_cents", "picked_up_at"])
    changed(order, "price_cents", "picked_up_at")
    emit(ctx, "workshop.repair_picked_up", {"order": order.public_id})
    return order


def _check_agreed(repair: CustomerRepair, cents: int) -> None:
    agreed = repair.estimate_cents if repair.approved_at is not None else 0
    if cents > (agreed or 0):
        raise Refused(
            _("This is more than the customer approved of."),
            kept=NOTHING_CHANGED,
            next=_("Please ask at most %(money)s.") % {"money": formats.money(agreed or 0)},
            field="price",
            code="above-estimate",
        )
