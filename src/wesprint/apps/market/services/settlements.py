"""The statements of a month, and paying out what they say: drawn up first, then paid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import MONEY, centre_day, held, operator_agent
from wesprint.apps.market.models import (
    Consignor,
    Payout,
    PayoutState,
    Settlement,
    SettlementLine,
)
from wesprint.apps.market.selectors.consignments import agent_of_consignor
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid, Refused
from wesprint.kernel.quantity import Quantity, Unit
from wesprint.platform.commands.services import changed, command
from wesprint.platform.ledger import services as ledger
from wesprint.platform.numbers.services import next_number
from wesprint.platform.organisations.models import Centre
from wesprint.platform.outbox.services import emit

PAID_OUT = "paid-out"


@command("market.draw_up_month")
def draw_up_month(ctx: Ctx, *, centre: Centre, month: date) -> tuple[Settlement, ...]:
    """A statement for each consignor to whom something is due from the sales up to the end of
    that month. What was taken back after its statement is deducted from the next one; where
    less than nothing would be due, it waits. A second call draws up nothing more.

    Raises Invalid for a month that has not ended: more may still be sold in it.
    """
    end = next_month(month)
    if end > centre_day(centre, ctx.occurred_at):
        raise Invalid(
            _("This month has not ended yet."),
            kept=_("Nothing was drawn up."),
            next=_("Please choose an earlier month."),
            field="month",
            code="month-runs",
        )
    made = [
        _draw_up(ctx, centre, consignor, month, lines)
        for consignor, lines in _open_lines(centre, end)
        if sum(line.due_cents for line in lines) >= 0 and not _has_one(consignor, month)
    ]
    return tuple(made)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _open_lines(centre: Centre, end: date) -> Iterable[tuple[Consignor, list[SettlementLine]]]:
    rows = SettlementLine.objects.filter(
        settlement=None, sold_on__lt=end, consigned__consignment__consignor__centre=centre
    )
    rows = rows.select_related("consigned__consignment__consignor").select_for_update(of=("self",))
    by = "consigned__consignment__consignor_id"
    for _pk, lines in groupby(rows.order_by(by, "sold_on", "pk"), key=_consignor_id):
        found = list(lines)
        yield found[0].consigned.consignment.consignor, found


def _consignor_id(line: SettlementLine) -> int:
    return line.consigned.consignment.consignor_id


def _has_one(consignor: Consignor, month: date) -> bool:
    return Settlement.objects.filter(consignor=consignor, month=month).exists()


def _draw_up(
    ctx: Ctx, centre: Centre, consignor: Consignor, month: date, lines: list[SettlementLine]
) -> Settlement:
    number = next_number(ctx, series="KA", scope=centre.scope, year=month.year)
    made = Settlement.objects.create(
        centre=centre,
        consignor=consignor,
        number=str(number),
        month=month,
        price_cents=sum(line.price_cents for line in lines),
        due_cents=sum(line.due_cents for line in lines),
        house_cents=sum(line.house_cents for line in lines),
        drawn_up_at=ctx.occurred_at,
    )
    SettlementLine.objects.filter(pk__in=[line.pk for line in lines]).update(settlement=made)
    changed(made, "lines")
    emit(ctx, "market.settled", {"settlement": made.public_id})
    return made


@command("market.draw_up_payout")
def draw_up_payout(ctx: Ctx, *, centre: Centre) -> Payout:
    """A list of all statements with something due that are on no list yet. Raises Refused when
    there are none."""
    open_ones = Settlement.objects.filter(centre=centre, payout=None, due_cents__gt=0)
    pks = list(open_ones.select_for_update().order_by("pk").values_list("pk", flat=True))
    if not pks:
        raise Refused(
            _("Nothing is waiting to be paid out."),
            kept=_("Nothing was drawn up."),
            next=_("Please draw up the statements of the month first."),
            code="nothing-due",
        )
    year = centre_day(centre, ctx.occurred_at).year
    number = next_number(ctx, series="KZ", scope=centre.scope, year=year)
    made = Payout.objects.create(centre=centre, number=str(number), drawn_up_at=ctx.occurred_at)
    Settlement.objects.filter(pk__in=pks).update(payout=made)
    changed(made, "settlements")
    return made


@command("market.mark_paid")
def mark_paid(ctx: Ctx, *, payout: Payout) -> Payout:
    """The money has gone: one entry in the ledger for each consignor. Twice changes nothing."""
    payout = held(payout, "centre")
    if payout.state == PayoutState.PAID:
        return payout
    payout.state, payout.paid_at = PayoutState.PAID, ctx.occurred_at
    payout.save(update_fields=["state", "paid_at"])
    changed(payout, "state")
    ledger.post(ctx, centre=payout.centre, events=_payments(ctx, payout))
    emit(ctx, "market.paid_out", {"payout": payout.public_id})
    return payout


def _payments(ctx: Ctx, payout: Payout) -> list[ledger.EventDraft]:
    money = ledger.define_specification(ctx, code=MONEY, name="Euro", unit=Unit.CENT)
    house = operator_agent(ctx, payout.centre)
    agreement = ledger.open_agreement(ctx, centre=payout.centre, name="market.payout")
    return [
        ledger.EventDraft(
            action="transfer",
            flow=PAID_OUT,
            provider=house,
            receiver=agent_of_consignor(consignor),
            conforms_to=money,
            resource_quantity=Quantity(cents, Unit.CENT),
            realization_of=agreement,
        )
        for consignor, cents in sums_of(payout).items()
    ]


def sums_of(payout: Payout) -> Mapping[Consignor, int]:
    """Cents by consignor, in the order of the statements. One query."""
    sums: dict[Consignor, int] = {}
    rows = payout.settlements.select_related(
        "consignor__supplier__agent", "consignor__person__agent"
    )
    for row in rows.order_by("number"):
        sums[row.consignor] = sums.get(row.consignor, 0) + row.due_cents
    return sums
