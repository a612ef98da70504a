"""Loads that leave for recycling or disposal: weighed once, with recipient and slip."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.flow_names import DISPOSED, RECYCLED
from wesprint.apps.goods.models import (
    Basis,
    FractionStock,
    Item,
    ItemState,
    Load,
    Party,
    Recipient,
    Route,
    Status,
)
from wesprint.apps.goods.selectors.house import centre_day
from wesprint.apps.goods.services import books
from wesprint.apps.goods.services.checks import NOTHING_SAVED, check_choice, text_of
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.services.selling import refresh_search
from wesprint.apps.goods.services.weight import Weight
from wesprint.apps.goods.states import check_item
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.platform.agents.models import Agent, AgentKind
from wesprint.platform.commands.services import changed, command, running_command
from wesprint.platform.organisations.models import Centre
from wesprint.platform.outbox.services import emit
from wesprint.platform.reference.selectors import waste_codes

PARTIES = {Route.RECYCLE: Party.RECYCLER, Route.DISPOSE: Party.WASTE}
FAR_OFF = 3  # a load that weighs three times what the books say, or a third, is asked about
MOST_PIECES = 1000
MOST_G = 40_000_000  # what a lorry may carry


@command("goods.add_recipient")
def add_recipient(
    ctx: Ctx, *, centre: Centre, name: str, party: str, certificate: str = ""
) -> Recipient:
    """A recycler or disposer by name. Raises Conflict for a name that is there already."""
    check_choice(party, [Party.RECYCLER, Party.WASTE], "party")
    found = text_of(name, 120, "name")
    if not found:
        raise Invalid(_("Please write the name."), kept=NOTHING_SAVED, field="name", code="no-name")
    if Recipient.objects.filter(centre=centre, name=found).exists():
        raise Conflict(
            _("This recipient is already on the list."), kept=NOTHING_SAVED, code="recipient-known"
        )
    recipient = Recipient.objects.create(
        centre=centre,
        name=found,
        party=party,
        certificate=text_of(certificate, 80, "certificate"),
        agent=Agent.objects.create(kind=AgentKind.ORGANIZATION),
    )
    changed(centre, f"recipient.{recipient.public_id}")
    return recipient


@command("goods.send_load")
def send_load(
    ctx: Ctx,
    *,
    centre: Centre,
    items: Sequence[Item],
    waste_code: str,
    route: str = Route.RECYCLE,
    recipient: Recipient | None = None,
    slip_number: str = "",
    weight: Weight | None = None,
    sure: bool = False,
) -> Load:
    """Several things leave together under one key of the waste catalogue.

    weight: of the whole, weighed once; the difference to what the things weighed one by one
    stands in the ledger as a correction. Left out, the sum counts. sure: the weight was read
    twice although it is far from the sum.

    Raises Invalid for an unknown key, nothing to send, or a weight far off, Refused for a
    recipient that does not take it that way, Conflict when a thing is reserved or gone, or the
    slip was entered before.
    """
    check_choice(route, list(PARTIES), "route")
    check_code(centre, ctx, waste_code)
    things = _held(centre, items)
    slip = text_of(slip_number, 40, "slip_number")
    _check_recipient(centre, recipient, route, slip)
    recorded = sum(item.mass_g for item in things)
    mass_g, basis = _weighed(things, weight, recorded, sure=sure)
    load = Load.objects.create(
        centre=centre,
        recipient=recipient,
        party=PARTIES[Route(route)],
        waste_code=waste_code,
        slip_number=slip,
        mass_g=mass_g,
        recorded_g=recorded,
        basis=basis,
        pieces=len(things),
        left_at=ctx.occurred_at,
    )
    books.send_load(ctx, load, things, flow=_flow(route))
    for item in things:
        _gone(ctx, item, load, route)
    changed(load, "items", "mass_g", "waste_code")
    return load


def keep_offcuts(
    ctx: Ctx,
    box: FractionStock,
    mass_g: int,
    *,
    waste_code: str,
    route: str,
    recipient: Recipient | None,
    slip_number: str,
) -> Load:
    """Inside a command: offcuts of the workshop left as a load of their own."""
    slip = text_of(slip_number, 40, "slip_number")
    _check_recipient(box.centre, recipient, route, slip)
    return Load.objects.create(
        centre=box.centre,
        recipient=recipient,
        party=PARTIES[Route(route)],
        waste_code=waste_code,
        slip_number=slip,
        mass_g=mass_g,
        recorded_g=mass_g,
        basis=Basis.MEASURED,
        pieces=0,
        material=box.material,
        left_at=ctx.occurred_at,
    )


def check_code(centre: Centre, ctx: Ctx, code: str) -> None:
    known = waste_codes(centre_day(centre, ctx.occurred_at))
    if code not in {row.code for row in known}:
        raise Invalid(
            _("This is no key of the waste catalogue that the house uses."),
            kept=_("Nothing was changed."),
            next=_("Please choose one of the list, for example 20 01 36."),
            field="waste_code",
            code="unknown-waste-code",
        )


def _held(centre: Centre, items: Sequence[Item]) -> list[Item]:
    """The things as they are now, in the order of their rows, so that two loads at once wait
    for each other instead of stopping each other."""
    wanted = {item.pk for item in items}
    if not 0 < len(wanted) <= MOST_PIECES:
        raise Invalid(
            _("Please choose what leaves: at most %(most)s things.") % {"most": MOST_PIECES},
            kept=NOTHING_SAVED,
            field="items",
            code="nothing-to-send" if not wanted else "too-many",
        )
    rows = Item.objects.select_for_update(of=("self",)).filter(pk__in=wanted, centre=centre)
    things = list(rows.select_related("centre", "category", "resource").order_by("pk"))
    if len(things) != len(wanted):
        raise Refused(
            _("This belongs to another house."), kept=_("Nothing was recorded."), code="foreign"
        )
    for item in things:
        check_item(item, ItemState.DISPOSED)
    return things


def _check_recipient(centre: Centre, recipient: Recipient | None, route: str, slip: str) -> None:
    if recipient is None:
        if slip:
            raise Invalid(
                _("A slip is from somebody."),
                kept=NOTHING_SAVED,
                next=_("Please choose who took it."),
                field="recipient",
                code="slip-without-recipient",
            )
        return
    if recipient.centre_id != centre.pk or recipient.party != PARTIES[Route(route)]:
        raise Refused(
            _("This recipient does not take it that way."),
            kept=NOTHING_SAVED,
            next=_("Please choose another recipient, or the other way out."),
            field="recipient",
            code="wrong-recipient",
        )
    if slip and _slip_known(recipient, slip):
        raise Conflict(
            _("This slip was already entered."),
            kept=NOTHING_SAVED,
            next=_("Please compare its number with the list of loads."),
            code="slip-known",
        )


def _slip_known(recipient: Recipient, slip: str) -> bool:
    return Load.objects.filter(recipient=recipient, slip_number=slip, cancelled_at=None).exists()


def _weighed(
    things: Sequence[Item], weight: Weight | None, recorded: int, *, sure: bool
) -> tuple[int, str]:
    if weight is None or weight.grams is None:
        measured = all(item.basis == Basis.MEASURED for item in things)
        return recorded, Basis.MEASURED if measured else Basis.ESTIMATED
    grams = weight.grams
    check_choice(weight.basis, Basis.values, "basis")
    if not len(things) <= grams <= MOST_G:
        raise _implausible(_("A load of this weight cannot be."))
    if not sure and not recorded <= grams * FAR_OFF <= recorded * FAR_OFF * FAR_OFF:
        raise _implausible(_("This is far from what the things weighed one by one."))
    return grams, weight.basis


def _implausible(words: object) -> Invalid:
    return Invalid(
        words,
        kept=NOTHING_SAVED,
        next=_("Please check unit and comma, or confirm that the weight is right."),
        field="mass",
        code="mass-implausible",
    )


def _flow(route: str) -> str:
    return RECYCLED if route == Route.RECYCLE else DISPOSED


def _gone(ctx: Ctx, item: Item, load: Load, route: str) -> None:
    if item.status != Status.WASTE:
        item.caged_at = ctx.occurred_at
    item.state, item.status, item.route = ItemState.DISPOSED, Status.WASTE, route
    item.waste_code, item.left_at, item.for_sale_since = load.waste_code, ctx.occurred_at, None
    item.load = load
    fields = ("state", "status", "route", "waste_code", "left_at", "for_sale_since", "load")
    item.save(update_fields=[*fields, "caged_at"])
    changed(item, "state", "waste_code")
    refresh_search(item)
    emit(ctx, "goods.item_disposed", {"item": item.public_id})


@command("goods.take_back_load")
def take_back_load(ctx: Ctx, *, load: Load) -> Load:
    """Undo a load that did not leave, on the day itself: the ledger takes its entries back, and
    its things wait in the cage of its key again. Doing it twice changes nothing more.

    Raises Refused on any later day: then it stands in the papers of whoever took it.
    """
    load = held(load, "centre")
    if load.cancelled_at is not None:
        return load
    if not may_come_back(load, running_command().recorded_at):
        raise Refused(
            _("Only on the day itself is a load taken back."),
            kept=_("Nothing was changed."),
            next=_("What came back later is taken in again."),
            code="too-late",
        )
    rows = Item.objects.select_for_update(of=("self",)).filter(load=load).order_by("pk")
    for item in rows.select_related("centre", "category", "resource"):
        books.undo_load(ctx, item)
        item.state, item.left_at, item.load = ItemState.TAKEN_IN, None, None
        item.save(update_fields=["state", "left_at", "load"])
        changed(item, "state")
        emit(ctx, "goods.item_back_in_cage", {"item": item.public_id})
    load.cancelled_at = ctx.occurred_at
    load.save(update_fields=["cancelled_at"])
    changed(load, "items")
    return load


def may_come_back(load: Load, moment: datetime) -> bool:
    return centre_day(load.centre, load.left_at) == centre_day(load.centre, moment)
