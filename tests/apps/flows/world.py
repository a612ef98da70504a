"""A small cycle of things, posted to the ledger as a room would."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.world import Town

from wesprint.kernel.quantity import Quantity, Unit, grams
from wesprint.platform.agents.models import Agent, AgentKind
from wesprint.platform.ledger import services as ledger
from wesprint.platform.ledger.models import EconomicEvent, EconomicResource
from wesprint.web.rooms import Fate, Flow, Journey, Room

FLOWS = (
    Flow("intake", "Gebracht", Fate.CAME_IN),
    Flow("sold", "Verkauft", Fate.USED_AGAIN),
    Flow("recycled", "Verwertet", Fate.RECYCLED),
)
STORE = Room("goods", "Warenhaus", flows=FLOWS)
DRIVING = Room(
    "goods",
    "Warenhaus",
    flows=FLOWS,
    journeys=lambda _centre, _period: [
        Journey("fetch", 2),
        Journey("delivery", 1),
        Journey("delivery", activity="cargo-bike", metres=4_200),
    ],
)


def work(town: Town, seconds: int, at: datetime) -> EconomicEvent:
    """Somebody works at the bench."""
    kind = ledger.define_specification(town.ctx(), code="work.staff", name="work", unit=Unit.SECOND)
    process = ledger.open_process(town.ctx(at=at), centre=town.centre, based_on="workshop.repair")
    event = ledger.EventDraft(
        "work",
        "worked",
        provider=town.organisation.agent,
        conforms_to=kind,
        effort_quantity=Quantity(seconds, Unit.SECOND),
        input_of=process,
    )
    (posted,) = ledger.post(town.ctx(at=at), centre=town.centre, events=[event])
    return posted


def _specification(town: Town, category: str) -> Any:
    code = category if "." in category else f"goods.{category}"
    return ledger.define_specification(town.ctx(), code=code, name=category, unit=Unit.GRAM)


def take_in(
    town: Town,
    category: str,
    mass: int,
    at: datetime,
    *,
    weighed: bool = True,
    flow: str = "intake",
) -> EconomicResource:
    made = ledger.NewResource(_specification(town, category))
    event = ledger.EventDraft(
        "transfer",
        flow,
        provider=_somebody(town),
        receiver=town.organisation.agent,
        to_resource=made,
        resource_quantity=grams(mass),
        basis=ledger.Basis.MEASURED if weighed else ledger.Basis.ESTIMATED,
    )
    (posted,) = ledger.post(town.ctx(at=at), centre=town.centre, events=[event])
    assert posted.to_resource_inventoried_as is not None
    return posted.to_resource_inventoried_as


def leave(
    town: Town,
    resource: EconomicResource,
    mass: int,
    at: datetime,
    flow: str,
    *,
    weighed: bool = True,
) -> EconomicEvent:
    event = ledger.EventDraft(
        "transfer",
        flow,
        provider=town.organisation.agent,
        receiver=_somebody(town),
        resource=resource,
        resource_quantity=grams(mass),
        basis=ledger.Basis.MEASURED if weighed else ledger.Basis.ESTIMATED,
    )
    (posted,) = ledger.post(town.ctx(at=at), centre=town.centre, events=[event])
    return posted


def _somebody(town: Town) -> Agent:
    if "public" not in town.things:
        town.things["public"] = Agent.objects.create(kind=AgentKind.PERSON)
    found: Agent = town.things["public"]
    return found
