"""This room's entries in the ledger: who stands for whom, and which event means what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.flow_names import (
    CORRECTED,
    DISPOSED,
    GIVEN,
    INTAKE,
    PAID,
    RECYCLED,
    RIGHTS,
    SOLD,
)
from wesprint.apps.goods.models import Basis, Counterparty, Item, Load, Party
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Refused
from wesprint.kernel.quantity import Quantity, Unit, grams
from wesprint.platform.agents.models import Agent, AgentKind
from wesprint.platform.commands.services import remembered
from wesprint.platform.ledger import services as ledger
from wesprint.platform.ledger.models import (
    Agreement,
    EconomicEvent,
    EconomicResource,
    ResourceSpecification,
)
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import operator_of
from wesprint.platform.people.models import Person
from wesprint.platform.reference.models import Category

MONEY = "money.eur"
_KINDS = {Party.PUBLIC: AgentKind.PERSON}


def operator_agent(ctx: Ctx, centre: Centre) -> Agent:
    """Who takes in and hands over. Raises Refused for a house that nobody runs."""
    day = ctx.occurred_at.astimezone(centre.tz).date()
    return remembered(("goods.operator", centre.pk, day), lambda: _agent_running(centre, day))


def _agent_running(centre: Centre, day: date) -> Agent:
    operator = operator_of(centre, day)
    if operator is None:
        raise Refused(
            _("Nobody runs this house at the moment, so it takes nothing in."),
            kept=_("Nothing was recorded."),
            next=_("Please enter the operator of the house first."),
            code="no-operator",
        )
    return operator.agent


def agent_of(person: Person | None, centre: Centre) -> Agent:
    """The person's agent; for anybody who gave no name, the one that stands for the public."""
    return person.agent if person else counterparty(centre, Party.PUBLIC)


def counterparty(centre: Centre, party: Party) -> Agent:
    found = Counterparty.objects.select_related("agent").filter(centre=centre, party=party).first()
    if found is None:
        agent = Agent.objects.create(kind=_KINDS.get(party, AgentKind.ORGANIZATION))
        found = Counterparty.objects.create(centre=centre, party=party, agent=agent)
    return found.agent


def kind_of_goods(ctx: Ctx, category: Category) -> ResourceSpecification:
    return ledger.define_specification(
        ctx, code=f"goods.{category.slug}", name=category.name_en, unit=Unit.GRAM
    )


def euro(ctx: Ctx) -> ResourceSpecification:
    return ledger.define_specification(ctx, code=MONEY, name="Euro", unit=Unit.CENT)


def receive(
    ctx: Ctx,
    *,
    centre: Centre,
    category: Category,
    giver: Person | None,
    mass_g: int,
    basis: str,
    label: str,
    is_waste: bool,
    owner: Agent | None = None,
) -> EconomicResource:
    """The thing changes hands from the giver to the house: a resource begins. label: the
    item's public id, by which the resource is found again. owner: whose it stays; the house
    then only has custody."""
    resource = ledger.NewResource(kind_of_goods(ctx, category), tracking_identifier=label)
    event = ledger.EventDraft(
        action="transferCustody" if owner else "transfer",
        flow=INTAKE,
        provider=owner or agent_of(giver, centre),
        receiver=operator_agent(ctx, centre),
        to_resource=resource,
        resource_quantity=grams(mass_g),
        basis=ledger.Basis(basis),
        classified_as=("waste",) if is_waste else (),
    )
    (posted,) = ledger.post(ctx, centre=centre, events=[event])
    return cast("EconomicResource", posted.to_resource_inventoried_as)


def intake_event(item: Item) -> EconomicEvent:
    """The latest intake of the item that is not itself a correction."""
    return EconomicEvent.objects.filter(
        to_resource_inventoried_as=item.resource_id, flow=INTAKE, corrects=None
    ).latest("pk")


def receive_anew(ctx: Ctx, item: Item, *, mass_g: int, basis: str) -> None:
    """Take the recorded weight back and record the right one, on the day of the mistake."""
    wrong = intake_event(item)
    ledger.correct(ctx, event=wrong)
    event = ledger.EventDraft(
        action=wrong.action,
        flow=INTAKE,
        provider=_still_known(wrong.provider, item.centre),
        receiver=wrong.receiver,
        to_resource=item.resource,
        resource_quantity=grams(mass_g),
        basis=ledger.Basis(basis),
        classified_as=tuple(wrong.resource_classified_as),
        occurred_at=wrong.occurred_at,
    )
    ledger.post(ctx, centre=item.centre, events=[event])


def _still_known(giver: Agent | None, centre: Centre) -> Agent:
    """Who was erased meanwhile is one of the many now: nothing new is recorded of them."""
    return giver if giver and giver.salt else counterparty(centre, Party.PUBLIC)


def exchange(
    ctx: Ctx,
    item: Item,
    *,
    person: Person | None,
    price_cents: int,
    part_g: int | None = None,
    basis: str = "",
) -> Agreement:
    """Goods one way and money the other under one agreement; without a price the goods alone.
    part_g: so many grams of a batch, known by `basis`; left out all of it."""
    agreement = ledger.open_agreement(ctx, centre=item.centre, name="goods.hand-over")
    house, buyer = operator_agent(ctx, item.centre), agent_of(person, item.centre)
    events = [
        ledger.EventDraft(
            action=leaving(item),
            flow=SOLD if price_cents else GIVEN,
            provider=house,
            receiver=buyer,
            resource=item.resource,
            resource_quantity=grams(item.mass_g if part_g is None else part_g),
            basis=ledger.Basis(basis or item.basis),
            realization_of=agreement,
        )
    ]
    if is_held_for_another(item):
        events.append(_rights(item, agreement, buyer))
    if price_cents:
        events.append(payment(ctx, agreement, buyer, house, price_cents))
    ledger.post(ctx, centre=item.centre, events=events)
    return agreement


def is_held_for_another(item: Item) -> bool:
    """Whether the thing is somebody else's and the house has custody only."""
    return item.resource.primary_accountable_id != item.resource.custodian_id


def leaving(item: Item) -> str:
    """The action by which the thing goes out: nobody passes on rights that are not theirs."""
    return "transferCustody" if is_held_for_another(item) else "transfer"


def _rights(item: Item, agreement: Agreement, buyer: Agent) -> ledger.EventDraft:
    """From the owner straight to the buyer; the house never owned it."""
    return ledger.EventDraft(
        action="transferAllRights",
        flow=RIGHTS,
        provider=item.resource.primary_accountable,
        receiver=buyer,
        conforms_to=item.resource.conforms_to,
        resource_quantity=grams(item.mass_g),
        basis=ledger.Basis(item.basis),
        realization_of=agreement,
    )


def payment(
    ctx: Ctx, agreement: Agreement, buyer: Agent, house: Agent, cents: int
) -> ledger.EventDraft:
    return ledger.EventDraft(
        action="transfer",
        flow=PAID,
        provider=buyer,
        receiver=house,
        conforms_to=euro(ctx),
        resource_quantity=Quantity(cents, Unit.CENT),
        realization_of=agreement,
    )


def undo_exchange(ctx: Ctx, agreement: Agreement) -> None:
    for event in agreement.events.filter(corrects=None).order_by("pk"):
        ledger.correct(ctx, event=event)


def send_load(ctx: Ctx, load: Load, items: Sequence[Item], *, flow: str) -> None:
    """Each thing goes with its share of the load's weight; what that is more or less than it
    weighed in the books is a correction of the stock before."""
    if any(is_held_for_another(item) for item in items):
        raise not_ours()
    house, receiver = operator_agent(ctx, load.centre), _receiver(load)
    events = []
    for item, left in zip(items, shares(load.mass_g, [one.mass_g for one in items]), strict=True):
        events += _set_right(item, left - item.mass_g, house)
        events.append(
            ledger.EventDraft(
                action="transfer",
                flow=flow,
                provider=house,
                receiver=receiver,
                resource=item.resource,
                resource_quantity=grams(left),
                basis=ledger.Basis(load.basis),
                classified_as=(load.waste_code,),
            )
        )
    ledger.post(ctx, centre=load.centre, events=events)


def undo_load(ctx: Ctx, item: Item) -> None:
    """What went comes back first, then the correction of its weight is taken back."""
    own = EconomicEvent.objects.filter(resource_inventoried_as=item.resource_id, corrects=None)
    went = own.filter(flow__in=(RECYCLED, DISPOSED)).latest("pk")
    ledger.correct(ctx, event=went)
    for event in own.filter(flow=CORRECTED, pk__lt=went.pk, recorded_at=went.recorded_at):
        ledger.correct(ctx, event=event)


def not_ours() -> Refused:
    return Refused(
        _("This belongs to somebody for whom we sell it."),
        kept=_("Nothing was recorded."),
        next=_("Please give it back, or agree with the owner that it is given to the house."),
        code="not-ours",
    )


def _receiver(load: Load) -> Agent:
    if load.recipient is not None:
        return load.recipient.agent
    return counterparty(load.centre, Party(load.party))


def _set_right(item: Item, difference: int, house: Agent) -> list[ledger.EventDraft]:
    if difference == 0:
        return []
    return [
        ledger.EventDraft(
            action="raise" if difference > 0 else "lower",
            flow=CORRECTED,
            provider=house,
            receiver=house,
            resource=item.resource,
            resource_quantity=grams(abs(difference)),
            basis=ledger.Basis.MEASURED,
        )
    ]


def shares(total: int, parts: Sequence[int]) -> list[int]:
    """`total` grams over things that weighed `parts`, in proportion, each at least one gram;
    the sum is exact. Needs total >= len(parts)."""
    spare, whole = total - len(parts), sum(parts)
    found = [1 + spare * part // whole for part in parts]
    rests = sorted(range(len(parts)), key=lambda place: -(spare * parts[place] % whole))
    for place in rests[: total - sum(found)]:
        found[place] += 1
    return found


def basis_of(text: str) -> Basis:
    return Basis.MEASURED if text == Basis.MEASURED else Basis.ESTIMATED
