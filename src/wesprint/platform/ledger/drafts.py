"""What a room says happened, before the ledger has checked and written it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wesprint.kernel.quantity import Quantity
from wesprint.platform.agents.models import Agent
from wesprint.platform.ledger.models import (
    Agreement,
    Basis,
    EconomicResource,
    Process,
    ResourceSpecification,
)


@dataclass(frozen=True, slots=True)
class NewResource:
    """A resource that begins with the event that names it. Events of one `post` that name the
    same object speak of the same resource."""

    conforms_to: ResourceSpecification
    tracking_identifier: str = ""
    lot: str = ""


ResourceRef = EconomicResource | NewResource


@dataclass(frozen=True, slots=True)
class EventDraft:
    """One EconomicEvent to be. Names follow ValueFlows, except:

    resource / to_resource: resourceInventoriedAs / toResourceInventoriedAs, existing or new.
        `to_resource` is also the container of an action that puts one thing into another.
    flow: the declared name under which rooms count it: "intake", "sold", "recycled" ...
    conforms_to: only needed where no resource says it.
    occurred_at: as claimed, aware; left out it is the command's own time.
    """

    action: str
    flow: str
    provider: Agent | None = None
    receiver: Agent | None = None
    resource: ResourceRef | None = None
    to_resource: ResourceRef | None = None
    resource_quantity: Quantity | None = None
    effort_quantity: Quantity | None = None
    conforms_to: ResourceSpecification | None = None
    basis: Basis = Basis.MEASURED
    input_of: Process | None = None
    output_of: Process | None = None
    realization_of: Agreement | None = None
    at_location: str = ""
    to_location: str = ""
    state: str = ""
    classified_as: tuple[str, ...] = ()
    occurred_at: datetime | None = None
