"""A workbench for ledger tests: one centre, three agents, three kinds."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.world import Town, make_town

from wesprint.kernel.context import Actor, ActorKind, Ctx
from wesprint.kernel.quantity import Quantity, Unit, grams
from wesprint.platform.agents.models import Agent, AgentKind
from wesprint.platform.base.clock import now
from wesprint.platform.ledger import services
from wesprint.platform.ledger.drafts import EventDraft, NewResource
from wesprint.platform.ledger.models import (
    EconomicEvent,
    EconomicResource,
    ResourceSpecification,
)
from wesprint.platform.organisations.models import Centre


@dataclass
class Bench:
    town: Town
    house: Agent
    giver: Agent
    neighbour: Agent
    chair: ResourceSpecification
    money: ResourceSpecification
    work: ResourceSpecification

    @property
    def centre(self) -> Centre:
        return self.town.centre

    def ctx(self, *, at: datetime | None = None, key: str = "") -> Ctx:
        actor = Actor(ActorKind.JOB, "test")
        return Ctx(actor, self.centre.scope, key or str(uuid.uuid4()), at or now())

    def post(self, *drafts: EventDraft, at: datetime | None = None) -> list[EconomicEvent]:
        return services.post(self.ctx(at=at), centre=self.centre, events=drafts)

    def intake(self, weight: int = 4_000, **more: Any) -> EventDraft:
        fields: dict[str, Any] = {
            "action": "transfer",
            "flow": "intake",
            "provider": self.giver,
            "receiver": self.house,
            "to_resource": NewResource(self.chair),
            "resource_quantity": grams(weight),
        }
        return EventDraft(**fields | more)

    def sale(self, item: EconomicResource, weight: int, **more: Any) -> EventDraft:
        fields: dict[str, Any] = {
            "action": "transfer",
            "flow": "sold",
            "provider": self.house,
            "receiver": self.neighbour,
            "resource": item,
            "resource_quantity": grams(weight),
        }
        return EventDraft(**fields | more)

    def payment(self, cents: int, **more: Any) -> EventDraft:
        fields: dict[str, Any] = {
            "action": "transfer",
            "flow": "paid",
            "provider": self.neighbour,
            "receiver": self.house,
            "conforms_to": self.money,
            "resource_quantity": Quantity(cents, Unit.CENT),
        }
        return EventDraft(**fields | more)

    def take_in(self, weight: int = 4_000, at: datetime | None = None) -> EconomicResource:
        event = self.post(self.intake(weight), at=at)[0]
        assert event.to_resource_inventoried_as is not None
        return event.to_resource_inventoried_as


def make_bench(slug: str = "kaufhaus") -> Bench:
    town = make_town(slug)
    agents = [Agent.objects.create(kind=AgentKind.PERSON) for _ in range(2)]
    kinds = [
        ResourceSpecification.objects.get_or_create(
            code=code, defaults={"name": code, "unit": unit.value}
        )[0]
        for code, unit in (
            ("test.chair", Unit.GRAM),
            ("money.eur", Unit.CENT),
            ("work.repair", Unit.SECOND),
        )
    ]
    return Bench(town, town.organisation.agent, *agents, *kinds)


def quantities(resource: EconomicResource) -> tuple[int, int]:
    """(accounting, onhand) as the database has them now."""
    resource.refresh_from_db()
    return resource.accounting_quantity, resource.onhand_quantity
