"""The board, one order with all that belongs to it, and what a job costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import Item
from wesprint.apps.workshop.balance import Balance
from wesprint.apps.workshop.links import REPAIR
from wesprint.apps.workshop.models import (
    CustomerRepair,
    Kind,
    Order,
    OrderItem,
    OrderState,
    RepairTest,
    Result,
    Use,
    Work,
)
from wesprint.apps.workshop.models.orders import RUNNING
from wesprint.kernel.errors import NotFound
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.secrets import secret_hash

PAGE = 40
BENCH = Prefetch("bench", OrderItem.objects.select_related("item__category"))  # one query


def repair_tests(order: Order) -> tuple[RepairTest, ...]:
    """Newest first. Raises NotFound for what is nobody's own thing. One query."""
    repair = getattr(order, "repair", None)
    if repair is None:
        raise NotFound(
            _("This is a thing of the store: its test is entered with the item."),
            code="no-repair",
        )
    return tuple(repair.tests.order_by("-tested_at", "-pk"))


def order_by_id(centre: Centre, public_id: str) -> Order:
    """Raises NotFound for none and for another house's. One query."""
    rows = Order.objects.filter(centre=centre, public_id=public_id)
    order = rows.select_related("centre", "process", "repair__person", "repair__custody").first()
    if order is None:
        raise NotFound(
            _("There is no such order in this workshop."),
            next=_("Please look on the board."),
            code="no-order",
        )
    return order


def order_by_secret(secret: str, moment: datetime) -> Order:
    """Raises NotFound for an unknown secret as for one that has run out."""
    rows = CustomerRepair.objects.filter(
        secret_hash=secret_hash(secret, REPAIR), link_until__gt=moment
    )
    found = rows.select_related("order__centre", "order__process", "person").first()
    if found is None:
        raise NotFound(
            _("This link leads to no repair, or it has run out."),
            next=_("Please call us, with the number of your order at hand."),
            code="no-repair",
        )
    order = found.order
    order.repair = found
    return order


def running(centre: Centre) -> tuple[Order, ...]:
    """Everything on the board, by number, with things and customers. Two queries."""
    rows = Order.objects.filter(centre=centre, state__in=RUNNING)
    rows = rows.select_related("centre", "repair__person")
    rows = rows.prefetch_related(BENCH)
    return tuple(rows.order_by("number"))


def to_be_fetched(centre: Centre) -> tuple[Order, ...]:
    """Customers' things that are finished, one way or the other. One query."""
    rows = Order.objects.filter(
        centre=centre,
        kind=Kind.CUSTOMER,
        closed_at__isnull=False,
        repair__picked_up_at__isnull=True,
    )
    return tuple(rows.select_related("centre", "repair__person").order_by("number"))


@dataclass(frozen=True, slots=True)
class OrderPage:
    orders: tuple[Order, ...]
    after: str


def closed(centre: Centre, *, after: str = "") -> OrderPage:
    """Done and given up, latest first. Two queries, one more behind the first page."""
    rows = Order.objects.filter(centre=centre, closed_at__isnull=False)
    for pk, moment in Order.objects.filter(public_id=after).values_list("pk", "closed_at"):
        rows = rows.filter(Q(closed_at__lt=moment) | Q(closed_at=moment, pk__lt=pk))
    rows = rows.select_related("repair__person").prefetch_related(BENCH)
    found = list(rows.order_by("-closed_at", "-pk")[: PAGE + 1])
    page = tuple(found[:PAGE])
    return OrderPage(page, page[-1].public_id if len(found) > PAGE else "")


def counts(centre: Centre) -> dict[str, int]:
    """How many orders stand where. One query."""
    rows = Order.objects.filter(centre=centre, state__in=RUNNING).order_by()
    return dict(rows.values_list("state").annotate(count=Count("pk")))


def untested(order: Order) -> tuple[Item, ...]:
    """Electrical things of the order without a test passed since it began. One query."""
    rows = Item.objects.filter(workshop_results__order=order, category__electrical=True)
    rows = rows.exclude(test_passed=True, tested_at__gte=order.opened_at)
    return tuple(rows.select_related("category").order_by("pk"))


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an order took so far. seconds, cents: by role."""

    things: tuple[OrderItem, ...]
    uses: tuple[Use, ...]
    work: tuple[Work, ...]

    @property
    def seconds(self) -> int:
        return sum(one.seconds for one in self.work)

    @property
    def work_cents(self) -> int:
        return sum(one.cents for one in self.work)

    @property
    def parts_cents(self) -> int:
        return sum(one.cents for one in self.uses)

    @property
    def cost_cents(self) -> int:
        return self.work_cents + self.parts_cents

    @property
    def things_g(self) -> int:
        return sum(one.mass_g or one.item.mass_g for one in self.things)

    @property
    def parts_g(self) -> int:
        return sum(one.mass_g for one in self.uses)


def inputs_of(order: Order) -> Inputs:
    """Three queries."""
    things = order.bench.select_related("item__category", "item__centre")
    work = order.work.filter(taken_back_at__isnull=True)
    return Inputs(tuple(things), tuple(order.uses.select_related("lot")), tuple(work))


def results_of(order: Order) -> tuple[Result, ...]:
    """One query."""
    return tuple(order.results.select_related("item__category", "item__centre"))


def balance_of(inputs: Inputs, results: Sequence[Result]) -> Balance:
    return Balance(
        things=inputs.things_g,
        materials=inputs.parts_g,
        results=sum(one.mass_g for one in results if one.item_id),
        offcuts=sum(one.mass_g for one in results if not one.item_id),
    )


def done_since(centre: Centre, moment: datetime) -> int:
    rows = Order.objects.filter(centre=centre, state=OrderState.DONE, closed_at__gte=moment)
    return rows.count()


def works(centre: Centre) -> bool:
    """Whether this house's workshop has ever had a job. One query."""
    return Order.objects.filter(centre=centre).exists()
