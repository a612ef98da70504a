"""Agreements with what was brought, statements and payout lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from wesprint.apps.market.models import (
    ConsignedItem,
    ConsignedState,
    Consignment,
    Consignor,
    Payout,
    Settlement,
    SettlementLine,
)
from wesprint.kernel.errors import NotFound, Refused
from wesprint.platform.agents.models import Agent
from wesprint.platform.organisations.models import Centre

PAGE = 60


def agent_of_consignor(consignor: Consignor) -> Agent:
    """Raises Refused where the person behind it was erased."""
    if consignor.supplier is not None:
        return consignor.supplier.agent
    if consignor.person is None:
        raise Refused(
            _("The data of this person were erased."),
            kept=_("Nothing was recorded."),
            next=_("Please make a new agreement first."),
            code="consignor-erased",
        )
    return consignor.person.agent


def rate_on(consignment: Consignment, on: date) -> int:
    """The commission that holds on this day; before the first one, the first. One query."""
    rates = list(consignment.rates.all())
    holding = [rate.per_mille for rate in rates if rate.since <= on]
    return holding[-1] if holding else rates[0].per_mille


def name_of(consignor: Consignor) -> str:
    """As statements and lists say it; empty where the person was erased."""
    if consignor.supplier is not None:
        return consignor.supplier.name
    return consignor.person.name if consignor.person else ""


def address_of(consignor: Consignor) -> tuple[str, ...]:
    """Lines of the letter head, as far as known."""
    supplier, person = consignor.supplier, consignor.person
    if supplier is not None:
        return (supplier.name, supplier.street, f"{supplier.postcode} {supplier.town}")
    if person is None:
        return ()
    return (person.name, *(line.strip() for line in person.letter.splitlines() if line.strip()))


def consignments(centre: Centre, *, behind: str = "") -> tuple[Consignment, ...]:
    """Newest first, with `waiting` and `sold` (how many things). Two queries, one more behind
    the first page."""
    rows = Consignment.objects.filter(consignor__centre=centre)
    if behind:
        last = rows.filter(public_id=behind).values_list("pk", flat=True).first()
        rows = rows.filter(pk__lt=last or 0)
    waiting = Q(brought__state=ConsignedState.HELD, brought__item__left_at__isnull=True)
    sold = Q(brought__item__state="handed-over", brought__state=ConsignedState.HELD)
    rows = rows.annotate(
        waiting=Count("brought", filter=waiting, distinct=True),
        sold=Count("brought", filter=sold, distinct=True),
    )
    rows = rows.select_related("consignor__supplier", "consignor__person")
    return tuple(rows.prefetch_related("rates").order_by("-pk")[:PAGE])


def consignment_by_id(centre: Centre, public_id: str) -> Consignment:
    """Raises NotFound for none and for another centre's. Two queries."""
    rows = Consignment.objects.filter(consignor__centre=centre, public_id=public_id)
    rows = rows.select_related(
        "consignor__centre", "consignor__supplier__agent", "consignor__person__agent"
    )
    found = rows.prefetch_related("rates").first()
    if found is None:
        raise NotFound(_("There is no such agreement."))
    return found


@dataclass(frozen=True, slots=True)
class Brought:
    """One thing with what its sales brought so far, in cents."""

    consigned: ConsignedItem
    price: int
    due: int


def brought(consignment: Consignment) -> tuple[Brought, ...]:
    """Newest first. One query."""
    rows = ConsignedItem.objects.filter(consignment=consignment).select_related("item__category")
    rows = rows.annotate(
        price_sum=Sum("shares__price_cents", default=0), due_sum=Sum("shares__due_cents", default=0)
    )
    return tuple(Brought(row, row.price_sum, row.due_sum) for row in rows.order_by("-pk")[:200])


def consigned_by_item(consignment: Consignment, item: str) -> ConsignedItem:
    """Raises NotFound. One query."""
    rows = ConsignedItem.objects.filter(consignment=consignment, item__public_id=item)
    found = rows.select_related("item").first()
    if found is None:
        raise NotFound(_("This is not part of the agreement."))
    return found


def open_months(centre: Centre, today: date) -> tuple[date, ...]:
    """First days of ended months with sales on no statement, oldest first. One query."""
    rows = SettlementLine.objects.filter(
        settlement=None,
        consigned__consignment__consignor__centre=centre,
        sold_on__lt=today.replace(day=1),
    )
    days = rows.order_by().values_list("sold_on", flat=True).distinct()
    return tuple(sorted({day.replace(day=1) for day in days}))


def settlements(centre: Centre) -> tuple[Settlement, ...]:
    """Newest first. One query."""
    rows = Settlement.objects.filter(centre=centre).select_related(
        "consignor__supplier", "consignor__person", "payout"
    )
    return tuple(rows.order_by("-month", "number")[:PAGE])


def settlement_by_id(centre: Centre, public_id: str) -> Settlement:
    """With its lines. Raises NotFound. Two queries."""
    rows = Settlement.objects.filter(centre=centre, public_id=public_id).select_related(
        "centre", "consignor__supplier", "consignor__person", "payout"
    )
    found = rows.prefetch_related("shares__consigned__item__category").first()
    if found is None:
        raise NotFound(_("There is no such statement."))
    return found


def payouts(centre: Centre) -> tuple[Payout, ...]:
    """Newest first, with `cents` and `statements`. One query."""
    rows = Payout.objects.filter(centre=centre)
    rows = rows.annotate(
        cents=Sum("settlements__due_cents", default=0), statements=Count("settlements")
    )
    return tuple(rows.order_by("-pk")[:PAGE])


def payout_by_id(centre: Centre, public_id: str) -> Payout:
    """Raises NotFound. One query."""
    found = Payout.objects.filter(centre=centre, public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such payout list."))
    return found


def waiting_cents(centre: Centre) -> int:
    """What statements say and no list holds yet. One query."""
    rows = Settlement.objects.filter(centre=centre, payout=None)
    return int(rows.aggregate(sum=Sum("due_cents", default=0))["sum"])
