"""The ledger's entries of the workshop: what goes into a process as an input and comes out of it.

Whatever enters and leaves a process is posted when the work is closed, all at one moment, so the
two flows of the workshop add up to zero in every period.
"""

from __future__ import annotations

from typing import Any

from wesprint.apps.goods.flow_names import (
    BOUGHT,
    BUILT_IN,
    DISPOSED,
    FROM_WORKSHOP,
    INTO_WORKSHOP,
    RECYCLED,
    WORKSHOP_LOSS,
    WORN_PARTS,
)
from wesprint.apps.goods.models import FractionStock, Item, Load, Party
from wesprint.apps.goods.services import books
from wesprint.kernel.context import Ctx
from wesprint.kernel.quantity import Unit, grams
from wesprint.platform.ledger import services as ledger
from wesprint.platform.ledger.models import EconomicEvent, EconomicResource, Process
from wesprint.platform.ledger.models import ResourceSpecification as Specification
from wesprint.platform.organisations.models import Centre

SUPPLY, DUST = "material.supply", "material.dust"
DUST_CODE = "20 03 01"  # what the broom takes up is mixed municipal waste


def into(
    ctx: Ctx, process: Process, resource: EconomicResource, mass_g: int, basis: str, action: str
) -> ledger.EventDraft:
    """ "consume": it is used up; "accept": the same thing comes out again."""
    return ledger.EventDraft(
        action=action,
        flow=INTO_WORKSHOP,
        provider=books.operator_agent(ctx, process.centre),
        resource=resource,
        resource_quantity=grams(mass_g),
        basis=ledger.Basis(basis),
        input_of=process,
    )


def out_of(
    ctx: Ctx, process: Process, resource: Any, mass_g: int, basis: str, action: str = "produce"
) -> ledger.EventDraft:
    return ledger.EventDraft(
        action=action,
        flow=FROM_WORKSHOP,
        receiver=books.operator_agent(ctx, process.centre),
        resource=resource,
        resource_quantity=grams(mass_g),
        basis=ledger.Basis(basis),
        output_of=process,
    )


def post(ctx: Ctx, centre: Centre, *events: ledger.EventDraft) -> list[EconomicEvent]:
    return ledger.post(ctx, centre=centre, events=[one for one in events if _says_something(one)])


def _says_something(draft: ledger.EventDraft) -> bool:
    return draft.resource_quantity is None or draft.resource_quantity.count > 0


def through(ctx: Ctx, item: Item, process: Process, mass_g: int, basis: str) -> None:
    """The same thing goes in and comes out; what it gained or lost on the way is entered beside
    it, because the ledger's pair of "accept" and "modify" moves no mass."""
    post(
        ctx,
        item.centre,
        into(ctx, process, item.resource, item.mass_g, item.basis, "accept"),
        out_of(ctx, process, item.resource, item.mass_g, item.basis, "modify"),
        out_of(ctx, process, item.resource, max(0, mass_g - item.mass_g), basis),
        into(ctx, process, item.resource, max(0, item.mass_g - mass_g), basis, "consume"),
    )


def material_kind(ctx: Ctx, material: str) -> Specification:
    return ledger.define_specification(
        ctx, code=f"material.{material}", name=f"{material} fraction", unit=Unit.GRAM
    )


def supply_kind(ctx: Ctx) -> Specification:
    return ledger.define_specification(ctx, code=SUPPLY, name="workshop supplies", unit=Unit.GRAM)


def put_into_box(
    ctx: Ctx, process: Process, material: str, mass_g: int, *, of_customer: bool
) -> FractionStock:
    """What falls off is weighed into the box of its fraction. of_customer: it came into the
    house with somebody's thing, and only now becomes ours."""
    centre = process.centre
    box = (
        FractionStock.objects.select_related("resource")
        .filter(centre=centre, material=material)
        .first()
    )
    resource: Any = box.resource if box else ledger.NewResource(material_kind(ctx, material))
    draft = out_of(ctx, process, resource, mass_g, ledger.Basis.MEASURED)
    if of_customer:
        draft = _renamed(draft, WORN_PARTS)
    (posted,) = post(ctx, centre, draft)
    if box is None:
        resource = posted.resource_inventoried_as
        box = FractionStock.objects.create(centre=centre, material=material, resource=resource)
    return box


def _renamed(draft: ledger.EventDraft, flow: str) -> ledger.EventDraft:
    values = {name: getattr(draft, name) for name in draft.__slots__}
    return ledger.EventDraft(**{**values, "flow": flow})


def empty_box(ctx: Ctx, box: FractionStock, load: Load) -> None:
    party = Party(load.party)
    receiver = load.recipient.agent if load.recipient else books.counterparty(box.centre, party)
    draft = ledger.EventDraft(
        action="transfer",
        flow=DISPOSED if party == Party.WASTE else RECYCLED,
        provider=books.operator_agent(ctx, box.centre),
        receiver=receiver,
        resource=box.resource,
        resource_quantity=grams(load.mass_g),
        classified_as=(load.waste_code,),
    )
    post(ctx, box.centre, draft)


def sweep(ctx: Ctx, process: Process, mass_g: int) -> None:
    """Dust, vapour and what stuck to the cloth: it comes out of the process like an offcut and
    leaves the house at once, under its own flow, as an estimate."""
    centre = process.centre
    kind = ledger.define_specification(ctx, code=DUST, name="workshop dust", unit=Unit.GRAM)
    estimated = ledger.Basis.ESTIMATED
    draft = out_of(ctx, process, ledger.NewResource(kind), mass_g, estimated)
    (swept,) = post(ctx, centre, draft)
    away = ledger.EventDraft(
        action="transfer",
        flow=WORKSHOP_LOSS,
        provider=books.operator_agent(ctx, centre),
        receiver=books.counterparty(centre, Party.WASTE),
        resource=swept.resource_inventoried_as,
        resource_quantity=grams(mass_g),
        basis=estimated,
        classified_as=(DUST_CODE,),
    )
    post(ctx, centre, away)


def buy(ctx: Ctx, centre: Centre, mass_g: int, lot: str) -> EconomicResource:
    event = ledger.EventDraft(
        action="transfer",
        flow=BOUGHT,
        provider=books.counterparty(centre, Party.SUPPLIER),
        receiver=books.operator_agent(ctx, centre),
        to_resource=ledger.NewResource(supply_kind(ctx), lot=lot),
        resource_quantity=grams(mass_g),
    )
    (posted,) = post(ctx, centre, event)
    return begun(posted.to_resource_inventoried_as)


def begun(resource: EconomicResource | None) -> EconomicResource:
    """What a `NewResource` has become, once its event is posted."""
    assert resource is not None  # noqa: S101 - an event with a new resource names it
    return resource


def use_supply(
    ctx: Ctx,
    process: Process,
    resource: EconomicResource,
    mass_g: int,
    *,
    name: str,
    into_custody: bool,
) -> None:
    """name: what the pass says of it. into_custody: it leaves the house in somebody's thing."""
    draft = ledger.EventDraft(
        action="consume",
        flow=BUILT_IN if into_custody else INTO_WORKSHOP,
        provider=books.operator_agent(ctx, process.centre),
        resource=resource,
        resource_quantity=grams(mass_g),
        input_of=process,
        classified_as=(name,),
    )
    post(ctx, process.centre, draft)


def was_worked_on(item: Item) -> bool:
    """Whether its weight comes from the workshop, not from the intake."""
    flows = (INTO_WORKSHOP, FROM_WORKSHOP)
    return EconomicEvent.objects.filter(
        resource_inventoried_as=item.resource_id, flow__in=flows
    ).exists()
