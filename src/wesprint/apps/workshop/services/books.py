"""This room's own entries in the ledger: hours, things in custody, services delivered.

Masses are entered by goods. A customer's thing stays the customer's: it is counted as one piece
in custody, and has no part in the balance of masses.
"""

from __future__ import annotations

from wesprint.apps.goods.public import agent_of, operator_agent, payment
from wesprint.kernel.context import Ctx
from wesprint.kernel.quantity import Quantity, Unit, pieces
from wesprint.platform.ledger import services as ledger
from wesprint.platform.ledger.models import EconomicEvent, EconomicResource, Process
from wesprint.platform.people.models import Person


def work(ctx: Ctx, process: Process, role: str, seconds: int) -> EconomicEvent:
    kind = ledger.define_specification(
        ctx, code=f"work.{role}", name=f"{role} work", unit=Unit.SECOND
    )
    draft = ledger.EventDraft(
        action="work",
        flow="worked",
        provider=operator_agent(ctx, process.centre),
        conforms_to=kind,
        effort_quantity=Quantity(seconds, Unit.SECOND),
        input_of=process,
    )
    (event,) = ledger.post(ctx, centre=process.centre, events=[draft])
    return event


def take_custody(ctx: Ctx, process: Process, person: Person | None, label: str) -> EconomicResource:
    """Somebody's thing comes into our care; it stays theirs."""
    centre = process.centre
    kind = ledger.define_specification(
        ctx, code="custody.repair", name="thing in for repair", unit=Unit.PIECE
    )
    draft = ledger.EventDraft(
        action="transferCustody",
        flow="into-custody",
        provider=agent_of(person, centre),
        receiver=operator_agent(ctx, centre),
        to_resource=ledger.NewResource(kind, tracking_identifier=label),
        resource_quantity=pieces(1),
    )
    (posted,) = ledger.post(ctx, centre=centre, events=[draft])
    resource = posted.to_resource_inventoried_as
    assert resource is not None  # noqa: S101 - it begins with this event
    return resource


def give_back(
    ctx: Ctx, process: Process, resource: EconomicResource, person: Person | None, cents: int
) -> None:
    """The thing goes back to its owner. What was repaired is a service delivered, and its
    price the other half of one agreement."""
    centre = process.centre
    house, owner = operator_agent(ctx, centre), agent_of(person, centre)
    agreement = ledger.open_agreement(ctx, centre=centre, name="workshop.repair")
    back = ledger.EventDraft(
        action="transferCustody",
        flow="out-of-custody",
        provider=house,
        receiver=owner,
        resource=resource,
        resource_quantity=pieces(1),
    )
    events = [back]
    if cents:
        events.append(payment(ctx, agreement, owner, house, cents))
    ledger.post(ctx, centre=centre, events=events)


def deliver(ctx: Ctx, process: Process, person: Person | None) -> None:
    kind = ledger.define_specification(ctx, code="service.repair", name="repair", unit=Unit.PIECE)
    draft = ledger.EventDraft(
        action="deliverService",
        flow="repaired",
        provider=operator_agent(ctx, process.centre),
        receiver=agent_of(person, process.centre),
        conforms_to=kind,
        resource_quantity=pieces(1),
        output_of=process,
    )
    ledger.post(ctx, centre=process.centre, events=[draft])
