"""Orders from the first look to the end, and the things on the bench."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import (
    Item,
    Weight,
    check_choice,
    check_price,
    correct_weight,
    held,
    leave_workshop,
    send_to_workshop,
    text_of,
)
from wesprint.apps.workshop.models import CustomerRepair, Kind, Order, OrderItem, OrderState
from wesprint.apps.workshop.states import NOTHING_CHANGED, check_open, check_order
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid, Refused
from wesprint.kernel.ids import new_public_id
from wesprint.platform.commands.services import changed, command
from wesprint.platform.ledger import services as ledger
from wesprint.platform.organisations.models import Centre
from wesprint.platform.outbox.services import emit

MOST_ITEMS = 40
NOTHING_SAVED = _("Nothing was saved yet.")
PROCESS = {Kind.REPAIR: "repair", Kind.UPCYCLE: "upcycling", Kind.CUSTOMER: "repair"}


@command("workshop.open_order")
def open_order(
    ctx: Ctx,
    *,
    centre: Centre,
    items: Sequence[Item],
    kind: str = Kind.REPAIR,
    title: str = "",
    note: str = "",
) -> Order:
    """Things of the store come onto the bench. Raises Invalid without any, Conflict or Refused
    for one that is reserved, gone, waste, or in another order."""
    check_choice(kind, [Kind.REPAIR, Kind.UPCYCLE], "kind")
    if not items:
        raise Invalid(
            _("Please choose what it is about."),
            kept=NOTHING_SAVED,
            next=_("Tap a thing that waits, or enter its number."),
            field="items",
            code="no-items",
        )
    title = text_of(title, 120, "title") or items[0].title
    order = begin(ctx, centre, kind, title, note)
    for item in items:
        _put_on_bench(ctx, order, item)
    emit(ctx, "workshop.order_opened", {"order": order.public_id})
    return order


def begin(ctx: Ctx, centre: Centre, kind: str, title: str, note: str, public_id: str = "") -> Order:
    order = Order.objects.create(
        public_id=public_id or new_public_id(),
        centre=centre,
        number=_next_number(centre),
        kind=kind,
        title=title,
        note=text_of(note, 1000, "note"),
        process=ledger.open_process(ctx, centre=centre, based_on=PROCESS[Kind(kind)]),
        opened_at=ctx.occurred_at,
        changed_at=ctx.occurred_at,
    )
    changed(order, "kind", "title", "note")
    return order


def _next_number(centre: Centre) -> int:
    """The centre's row is held, so that two orders at once do not get the same."""
    held(centre)
    highest = Order.objects.filter(centre=centre).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def _put_on_bench(ctx: Ctx, order: Order, item: Item) -> None:
    if item.centre_id != order.centre_id:
        raise Refused(_("This belongs to another house."), kept=NOTHING_CHANGED, code="foreign")
    if order.bench.count() >= MOST_ITEMS:
        raise Refused(
            _("At most %(most)s things in one order.") % {"most": MOST_ITEMS},
            kept=NOTHING_CHANGED,
            code="too-many-items",
        )
    item = send_to_workshop(ctx, item=item)
    OrderItem.objects.create(order=order, item=item, added_at=ctx.occurred_at)


def held_order(order: Order) -> Order:
    return held(order, "centre", "process")


@command("workshop.add_item")
def add_item(ctx: Ctx, *, order: Order, item: Item) -> Order:
    """One more thing for the same job."""
    order = held_order(order)
    check_open(order)
    if order.kind == Kind.CUSTOMER:
        raise Refused(
            _("A customer's repair takes parts, but no things of the store."),
            kept=NOTHING_CHANGED,
            next=_("Open an order of its own, or sell it to them."),
            code="customer-order",
        )
    _put_on_bench(ctx, order, item)
    changed(order, "items")
    return order


@command("workshop.remove_item")
def remove_item(ctx: Ctx, *, order: Order, item: Item) -> Order:
    """It is not needed after all and goes back into the store room as it came. Raises Refused
    for the last one: an order about nothing is given up."""
    order = held_order(order)
    check_open(order)
    row = order.bench.filter(item=item, in_work=True).first()
    if row is None:
        return order
    if order.bench.filter(in_work=True).count() == 1:
        raise Refused(
            _("This is the only thing of the order."),
            kept=NOTHING_CHANGED,
            next=_("Give the order up instead; then it goes back as well."),
            code="last-item",
        )
    leave_workshop(ctx, item=item)
    row.delete()
    changed(order, "items")
    return order


@command("workshop.weigh_input")
def weigh_input(ctx: Ctx, *, order: Order, item: Item, mass_g: int) -> Item:
    """A thing that was estimated at the intake is put on the scale before the work."""
    order = held_order(order)
    check_open(order)
    row = order.bench.select_related("item").filter(item=item, in_work=True).first()
    if row is None:
        raise Refused(_("This thing is not in this order."), kept=NOTHING_CHANGED, code="foreign")
    return correct_weight(ctx, item=row.item, weight=Weight(mass_g, "measured"))


@command("workshop.move_order")
def move_order(ctx: Ctx, *, order: Order, state: str) -> Order:
    """On the board: into work, waiting for parts, back into work. A customer's repair begins
    when they have approved of its price."""
    check_choice(state, [OrderState.IN_WORK, OrderState.WAITING], "state")
    order = held_order(order)
    if order.state == state:
        return order
    check_order(order, OrderState(state))
    if order.kind == Kind.CUSTOMER and state == OrderState.IN_WORK:
        _check_approved(order)
    return set_state(ctx, order, OrderState(state))


def _check_approved(order: Order) -> None:
    if not CustomerRepair.objects.filter(order=order, approved_at__isnull=False).exists():
        raise Refused(
            _("The customer has not approved of the price yet."),
            kept=NOTHING_CHANGED,
            next=_("Send the estimate, or note what they said on the telephone."),
            code="not-approved",
        )


def set_state(ctx: Ctx, order: Order, state: OrderState) -> Order:
    order.state, order.changed_at = state, ctx.occurred_at
    if not order.is_running:
        order.closed_at = ctx.occurred_at
    if not order.is_running and order.kind != Kind.CUSTOMER:  # theirs ends when they fetch it
        ledger.finish_process(ctx, process=order.process)
    order.save(update_fields=["state", "changed_at", "closed_at", "weighed_at", "loss_g"])
    changed(order, "state")
    emit(ctx, f"workshop.order_{state}", {"order": order.public_id})
    return order


@command("workshop.give_up")
def give_up(ctx: Ctx, *, order: Order, note: str = "", route: str = "recycle") -> Order:
    """It cannot be done: the things go back as they came, for `route`. Hours stay in the books.
    Raises Refused while parts are noted: either they lie in their box again, or what became of
    them is weighed."""
    order = held_order(order)
    check_order(order, OrderState.FAILED)
    if order.is_open:
        _check_no_parts(order)
        for row in order.bench.filter(in_work=True).select_related("item"):
            leave_workshop(ctx, item=row.item, route=route)
        order.bench.update(in_work=False)
    if note:
        order.note = text_of(f"{order.note}\n{note}", 1000, "note")
        order.save(update_fields=["note"])
    return set_state(ctx, order, OrderState.FAILED)


def _check_no_parts(order: Order) -> None:
    if order.uses.exists():
        raise Refused(
            _("Parts and materials are noted for this order."),
            kept=NOTHING_CHANGED,
            next=_(
                "Take them off the list if they lie in their box again. If they are used up, "
                "weigh what is there and choose “It did not work out”."
            ),
            code="parts-noted",
        )


@command("workshop.ask_price")
def ask_price(ctx: Ctx, *, order: Order, cents: int) -> Order:
    """What is meant to be asked for what comes out, beside what it costs."""
    check_price(cents)
    order = held_order(order)
    order.asked_cents = cents
    order.save(update_fields=["asked_cents"])
    changed(order, "asked_cents")
    return order


@command("workshop.describe_order")
def describe_order(
    ctx: Ctx, *, order: Order, title: str | None = None, note: str | None = None
) -> Order:
    order = held_order(order)
    if title is not None:
        order.title = text_of(title, 120, "title") or order.title
    if note is not None:
        order.note = text_of(note, 1000, "note")
    order.save(update_fields=["title", "note"])
    changed(order, "title", "note")
    return order
