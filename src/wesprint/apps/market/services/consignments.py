"""Selling for somebody else: the agreement, what is brought, and what of each sale is whose."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import (
    Contact,
    HandOver,
    ItemState,
    Weight,
    centre_day,
    check_choice,
    check_price,
    give_back,
    held,
    pass_to_house,
    somebody,
    take_in,
)
from wesprint.apps.market.models import (
    Afterwards,
    CommissionRate,
    ConsignedItem,
    ConsignedState,
    Consignment,
    Consignor,
    SettlementLine,
    Supplier,
)
from wesprint.apps.market.money import ALL, is_iban, share
from wesprint.apps.market.selectors.consignments import agent_of_consignor, rate_on
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.platform.commands.services import changed, command
from wesprint.platform.files.services import Prepared
from wesprint.platform.numbers.services import next_number
from wesprint.platform.organisations.models import Centre
from wesprint.platform.outbox.services import emit

NOTHING_SAVED = _("Nothing was saved yet.")


@command("market.agree_consignment")
def agree_consignment(
    ctx: Ctx,
    *,
    centre: Centre,
    since: date,
    per_mille: int,
    afterwards: str,
    until: date | None = None,
    least_cents: int = 0,
    supplier: Supplier | None = None,
    contact: Contact = Contact(),  # noqa: B008 - frozen
    iban: str = "",
) -> Consignment:
    """The house sells for a supplier or a person and keeps `per_mille` of each price. Raises
    Invalid for a commission above all of it, an end before the beginning, or nobody named."""
    check_choice(afterwards, Afterwards.values, "afterwards")
    check_price(least_cents)
    _check_commission(per_mille)
    if until is not None and until < since:
        raise Invalid(
            _("The end lies before the beginning."),
            kept=NOTHING_SAVED,
            field="until",
            code="ends-before",
        )
    consignor = _consignor(ctx, centre, supplier, contact, iban)
    number = next_number(ctx, series="K", scope=centre.scope, year=since.year)
    made = Consignment.objects.create(
        consignor=consignor,
        number=str(number),
        since=since,
        until=until,
        afterwards=afterwards,
        least_cents=least_cents,
        made_at=ctx.occurred_at,
    )
    CommissionRate.objects.create(consignment=made, per_mille=per_mille, since=since)
    changed(made, "since", "until", "afterwards", "least_cents", "rates")
    return made


def _check_commission(per_mille: int) -> None:
    if not 0 <= per_mille <= ALL:
        raise Invalid(
            _("A commission lies between 0 and 100 %."),
            kept=NOTHING_SAVED,
            field="percent",
            code="commission",
        )


def _consignor(
    ctx: Ctx, centre: Centre, supplier: Supplier | None, contact: Contact, iban: str
) -> Consignor:
    iban = "".join(iban.split()).upper()
    if iban and not is_iban(iban):
        raise Invalid(
            _("This is not an IBAN: its check digits do not fit."),
            kept=NOTHING_SAVED,
            next=_("Please compare it with the bank card, or leave it empty for cash."),
            field="iban",
            code="iban",
        )
    if supplier is not None and supplier.centre_id != centre.pk:
        raise Refused(_("This supplier belongs to another house."), kept=NOTHING_SAVED)
    person = None if supplier else somebody(ctx, centre, contact)
    if supplier is None and person is None:
        raise Invalid(
            _("Please say for whom we sell."), kept=NOTHING_SAVED, field="name", code="nobody"
        )
    made, _new = Consignor.objects.get_or_create(
        centre=centre, supplier=supplier, person=person, defaults={"made_at": ctx.occurred_at}
    )
    if iban and made.iban != iban:
        made.iban = iban
        made.save(update_fields=["iban"])
        changed(made, "iban")
    return made


@command("market.set_commission")
def set_commission(
    ctx: Ctx, *, consignment: Consignment, per_mille: int, since: date
) -> CommissionRate:
    """Another commission from a day on; what was sold before keeps the old one."""
    _check_commission(per_mille)
    if since < consignment.since:
        raise Invalid(
            _("This lies before the agreement begins."),
            kept=NOTHING_SAVED,
            field="since",
            code="too-early",
        )
    rate, _new = CommissionRate.objects.update_or_create(
        consignment=consignment, since=since, defaults={"per_mille": per_mille}
    )
    changed(consignment, "rates")
    return rate


@command("market.consign")
def consign(
    ctx: Ctx,
    *,
    consignment: Consignment,
    category: str,
    grade: str,
    price_cents: int,
    weight: Weight = Weight(),  # noqa: B008 - frozen
    title: str = "",
    note: str = "",
    least_cents: int | None = None,
    photos: tuple[Prepared, ...] = (),
) -> ConsignedItem:
    """Something is brought to be sold: it stands on the shelf like everything else, and stays
    the consignor's. Raises Invalid for a price below the minimum, Refused outside the agreed
    time and for what the house never takes."""
    consignment = held(consignment, "consignor__centre")
    centre = consignment.consignor.centre
    least = consignment.least_cents if least_cents is None else least_cents
    _check_least(price_cents, least)
    _check_running(consignment, centre_day(centre, ctx.occurred_at))
    item = take_in(
        ctx,
        centre=centre,
        category=category,
        grade=grade,
        weight=weight,
        price_cents=price_cents,
        title=title,
        note=note,
        photos=photos,
        giver=consignment.consignor.person,
        owner=agent_of_consignor(consignment.consignor),
    )
    made = ConsignedItem.objects.create(
        item=item, consignment=consignment, least_cents=least, brought_at=ctx.occurred_at
    )
    changed(item, "consigned")
    return made


def _check_least(price_cents: int, least: int) -> None:
    check_price(least)
    if price_cents < least:
        raise Invalid(
            _("The price lies below the agreed minimum."),
            kept=NOTHING_SAVED,
            field="price",
            code="below-least",
        )


def _check_running(consignment: Consignment, today: date) -> None:
    over = consignment.until is not None and consignment.until < today
    if over or today < consignment.since:
        raise Refused(
            _("The agreement does not run today."),
            kept=NOTHING_SAVED,
            next=_("Please make a new agreement first."),
            code="not-running",
        )


@command("market.end_consigned")
def end_consigned(ctx: Ctx, *, consigned: ConsignedItem, how: str) -> ConsignedItem:
    """What nobody bought goes back to its owner, or is given to the house. Raises Conflict for
    what is reserved or sold."""
    check_choice(how, Afterwards.values, "how")
    consigned = held(consigned, "item")
    if consigned.state != ConsignedState.HELD or consigned.item.state == ItemState.HANDED_OVER:
        raise Conflict(
            _("This is not waiting for a buyer any more."),
            kept=_("Nothing was changed."),
            next=_("Please load the page again to see how it stands."),
            code="not-held",
        )
    if how == Afterwards.BACK:
        give_back(ctx, item=consigned.item)
        consigned.state = ConsignedState.RETURNED
    else:
        pass_to_house(ctx, item=consigned.item)
        consigned.state = ConsignedState.DONATED
    consigned.ended_at = ctx.occurred_at
    consigned.save(update_fields=["state", "ended_at"])
    changed(consigned.item, "consigned")
    return consigned


@command("market.true_up")
def true_up(ctx: Ctx, *, item: str) -> int:
    """Make the settlement lines of an item say what is true now: one for each hand-over while
    it was the consignor's, and its opposite where it was taken back. How many were written."""
    rows = ConsignedItem.objects.select_related("item__centre", "consignment")
    consigned = rows.filter(item__public_id=item).select_for_update(of=("self",)).first()
    if consigned is None:
        return 0
    written = [
        line
        for done in consigned.item.hand_overs.order_by("pk")
        if (line := _line_for(consigned, done)) is not None
    ]
    for line in written:
        line.save()
    if written:
        changed(consigned.item, "settlement_lines")
        emit(ctx, "market.settled_up", {"item": item})
    return len(written)


def _line_for(consigned: ConsignedItem, done: HandOver) -> SettlementLine | None:
    """What is still to be written about this hand-over, or nothing."""
    line = SettlementLine.objects.filter(hand_over=done, reverses=None).first()
    if line is None:
        sold = done.cancelled_at is None and _was_consigned(consigned, done)
        return _sale(consigned, done) if sold else None
    if done.cancelled_at is None or SettlementLine.objects.filter(reverses=line).exists():
        return None
    return _opposite(line, centre_day(consigned.item.centre, done.cancelled_at))


def _was_consigned(consigned: ConsignedItem, done: HandOver) -> bool:
    return consigned.ended_at is None or done.handed_over_at < consigned.ended_at


def _sale(consigned: ConsignedItem, done: HandOver) -> SettlementLine:
    sold_on = centre_day(consigned.item.centre, done.handed_over_at)
    per_mille = rate_on(consigned.consignment, sold_on)
    parts = share(done.price_cents, per_mille, consigned.least_cents)
    return SettlementLine(
        consigned=consigned,
        hand_over=done,
        sold_on=sold_on,
        price_cents=parts.price,
        per_mille=per_mille,
        due_cents=parts.due,
        house_cents=parts.house,
    )


def _opposite(line: SettlementLine, on: date) -> SettlementLine:
    return SettlementLine(
        consigned=line.consigned,
        hand_over=line.hand_over,
        reverses=line,
        sold_on=on,
        price_cents=-line.price_cents,
        per_mille=line.per_mille,
        due_cents=-line.due_cents,
        house_cents=-line.house_cents,
    )
