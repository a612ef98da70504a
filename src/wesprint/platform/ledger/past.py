"""Writing a long past at once, when everything of a resource is known from beginning to end.

For a demo of full size and for taking over an installation: resources are written once with the
state that their events leave, sums and seals are made on the way. Effects, hashes, seals and sums
are those of a single posting; what the table of events cannot hold, the database refuses here too.
Whoever writes a past is alone in the house: keys are handed out in memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from wesprint.kernel.context import Ctx
from wesprint.kernel.ids import many_public_ids
from wesprint.kernel.merkle import tree_root
from wesprint.kernel.quantity import Quantity
from wesprint.platform.agents.models import Agent
from wesprint.platform.base.inserts import insert_tuples, next_key
from wesprint.platform.commands.services import running_command
from wesprint.platform.ledger import rollups
from wesprint.platform.ledger.chain import event_hash, genesis, seal_hash
from wesprint.platform.ledger.effects import ACTIONS, Facts, Side, change_of
from wesprint.platform.ledger.leaf import commitment, utc_text
from wesprint.platform.ledger.models import (
    Agreement,
    EconomicEvent,
    EconomicResource,
    ResourceSpecification,
    Seal,
    SealLeaf,
)
from wesprint.platform.ledger.seals import MOST_LEAVES, head_of
from wesprint.platform.organisations.models import Centre

MODELS = (EconomicResource, Agreement, EconomicEvent, Seal, SealLeaf)


@dataclass(slots=True)
class PastResource:
    """A resource while its past is told. `attributes`: columns as its events set them."""

    pk: int
    public_id: str
    specification: ResourceSpecification
    tracking: str
    accounting: int
    onhand: int
    attributes: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PastAgreement:
    pk: int
    public_id: str
    name: str


@dataclass(slots=True)
class PastEvent:
    """One event in the words of `EventDraft`; everything it names is of this past."""

    action: str
    flow: str
    at: datetime
    quantity: Quantity
    basis: str
    provider: Agent
    receiver: Agent
    resource: PastResource | None = None
    to_resource: PastResource | None = None
    conforms_to: ResourceSpecification | None = None
    agreement: PastAgreement | None = None
    to_location: str = ""


class Past:
    """Collects one chunk of the past inside a command and writes it."""

    def __init__(self, ctx: Ctx, centre: Centre) -> None:
        running = running_command()
        self.scope, self.centre = ctx.scope, centre
        self.command, self.recorded_at = running.id, running.recorded_at
        self._centre_key, self._zone = centre.pk, centre.tz
        self._recorded_text = utc_text(running.recorded_at)
        self._ids = many_public_ids()
        self._keys = {model: next_key(model) for model in MODELS}
        self._resources: list[PastResource] = []
        self._agreements: list[PastAgreement] = []
        self._events: list[tuple[Any, ...]] = []
        self._leaves: list[tuple[int, str]] = []
        self._summed: list[tuple[Any, ...]] = []
        self._commitments: dict[int, str] = {}

    # -- collecting ------------------------------------------------------------------------
    def resource(self, specification: ResourceSpecification, tracking: str = "") -> PastResource:
        """A resource that begins with the next event that names it."""
        made = PastResource(
            self._key(EconomicResource), next(self._ids), specification, tracking, 0, 0, {}
        )
        self._resources.append(made)
        return made

    def agreement(self, name: str) -> PastAgreement:
        made = PastAgreement(self._key(Agreement), next(self._ids), name)
        self._agreements.append(made)
        return made

    def add(self, event: PastEvent) -> None:
        accounting, onhand = self._effects(event)
        day = event.at.astimezone(self._zone).date()
        body = self._body(event, accounting, onhand, day)
        leaf = event_hash(body)
        key = self._key(EconomicEvent)
        self._events.append(self._row(event, key, body, leaf, day))
        self._leaves.append((key, leaf))
        self._summed.append(_counted(self._centre_key, event, accounting, onhand, day))

    def _key(self, model: Any) -> int:
        key = self._keys[model]
        self._keys[model] += 1
        return key

    def _effects(self, event: PastEvent) -> tuple[int, int]:
        changes = [
            _change(event, side, resource)
            for side, resource in (
                (Side.RESOURCE, event.resource),
                (Side.TO_RESOURCE, event.to_resource),
            )
            if resource is not None
        ]
        return sum(one[0] for one in changes), sum(one[1] for one in changes)

    def _body(self, event: PastEvent, accounting: int, onhand: int, day: date) -> dict[str, Any]:
        return {
            "id": next(self._ids),
            "centre": self.centre.public_id,
            "scope": self.scope,
            "action": event.action,
            "flow": event.flow,
            "provider": self._commitment(event.provider),
            "receiver": self._commitment(event.receiver),
            "resource_inventoried_as": event.resource.public_id if event.resource else None,
            "to_resource_inventoried_as": (
                event.to_resource.public_id if event.to_resource else None
            ),
            "resource_conforms_to": _specification(event).public_id,
            "resource_classified_as": _UNCLASSIFIED,
            "resource_quantity": event.quantity.count,
            "resource_unit": event.quantity.unit.value,
            "effort_quantity": None,
            "effort_unit": "",
            "accounting_change": accounting,
            "onhand_change": onhand,
            "basis": event.basis,
            "input_of": None,
            "output_of": None,
            "realization_of": event.agreement.public_id if event.agreement else None,
            "corrects": None,
            "at_location": "",
            "to_location": event.to_location,
            "state": "",
            "occurred_at": utc_text(event.at),
            "occurred_on": day.isoformat(),
            "recorded_at": self._recorded_text,
            "command": self.command,
        }

    def _commitment(self, agent: Agent) -> str:
        if agent.id not in self._commitments:
            self._commitments[agent.id] = commitment(agent)
        return self._commitments[agent.id]

    def _row(
        self, event: PastEvent, key: int, body: Mapping[str, Any], leaf: str, day: date
    ) -> tuple[Any, ...]:
        """In the order of the table's columns, by their names."""
        values = {
            **body,
            "public_id": body["id"],
            "centre_id": self._centre_key,
            "provider_id": event.provider.id,
            "receiver_id": event.receiver.id,
            "provider_commitment": body["provider"],
            "receiver_commitment": body["receiver"],
            "resource_inventoried_as_id": event.resource.pk if event.resource else None,
            "to_resource_inventoried_as_id": event.to_resource.pk if event.to_resource else None,
            "resource_conforms_to_id": _specification(event).id,
            "input_of_id": None,
            "output_of_id": None,
            "realization_of_id": event.agreement.pk if event.agreement else None,
            "corrects_id": None,
            "occurred_at": event.at,
            "occurred_on": day,
            "recorded_at": self.recorded_at,
            "leaf_hash": leaf,
        }
        return (key, *_event_values(values))

    # -- writing ---------------------------------------------------------------------------
    def write(self) -> int:
        """Everything of this chunk with its sums and seals; how many events it were."""
        insert_tuples(EconomicResource, map(self._resource_row, self._resources))
        insert_tuples(Agreement, map(self._agreement_row, self._agreements))
        insert_tuples(EconomicEvent, self._events)
        rollups.add_counted(self._summed)
        self._seal()
        return len(self._events)

    def _resource_row(self, one: PastResource) -> tuple[Any, ...]:
        values = {
            "public_id": one.public_id,
            "centre_id": self.centre.pk,
            "conforms_to_id": one.specification.pk,
            "unit": one.specification.unit,
            "accounting_quantity": one.accounting,
            "onhand_quantity": one.onhand,
            "may_be_negative": one.specification.may_be_negative,
            "tracking_identifier": one.tracking,
            **one.attributes,
        }
        return (one.pk, *(values.get(name, _EMPTY.get(name)) for name in _RESOURCE_COLUMNS))

    def _agreement_row(self, one: PastAgreement) -> tuple[Any, ...]:
        return (one.pk, one.public_id, self.centre.pk, one.name, self.recorded_at)

    def _seal(self) -> None:
        last = Seal.objects.filter(centre=self.centre).order_by("-number").first()
        for start in range(0, len(self._leaves), MOST_LEAVES):
            last = self._seal_one(self._leaves[start : start + MOST_LEAVES], last)

    def _seal_one(self, leaves: list[tuple[int, str]], last: Seal | None) -> Seal:
        made = Seal(
            centre=self.centre,
            number=last.number + 1 if last else 1,
            size=len(leaves),
            root=tree_root([bytes.fromhex(leaf) for _key, leaf in leaves]).hex(),
            previous=last.hash if last else genesis(self.centre.public_id),
            sealed_at=self.recorded_at,
        )
        made.hash = seal_hash(head_of(made, self.centre.public_id))
        made.save(force_insert=True)
        insert_tuples(
            SealLeaf,
            (
                (self._key(SealLeaf), made.pk, position, key, leaf)
                for position, (key, leaf) in enumerate(leaves)
            ),
        )
        return made


def _names(model: Any) -> tuple[str, ...]:
    automatic = model._meta.auto_field
    return tuple(field.attname for field in model._meta.concrete_fields if field is not automatic)


_event_values = itemgetter(*_names(EconomicEvent))
_UNCLASSIFIED: list[str] = []
_RESOURCE_COLUMNS = _names(EconomicResource)
_EMPTY = {"current_location": "", "stage": "", "state": "", "lot": ""}


def _specification(event: PastEvent) -> ResourceSpecification:
    resource = event.resource or event.to_resource
    found = resource.specification if resource else event.conforms_to
    if found is None:
        raise ValueError(f"an event of nothing: {event.action} {event.flow}")
    return found


def _change(event: PastEvent, side: Side, resource: PastResource) -> tuple[int, int]:
    """Does to the resource what the event does on this side; both sums."""
    owner = event.resource.attributes.get("primary_accountable_id") if event.resource else None
    created = None if resource.attributes else side
    holder, count = event.receiver.id, event.quantity.count
    by_step = _pattern(
        event.action, side, created, event.to_location, holder, owner or event.provider.id
    )
    accounting, onhand = count * by_step[0], count * by_step[1]
    resource.accounting += accounting
    resource.onhand += onhand
    resource.attributes |= by_step[2]
    return accounting, onhand


@lru_cache(maxsize=10_000)
def _pattern(
    action: str, side: Side, created: Side | None, to_location: str, holder: int, owner: int
) -> tuple[int, int, dict[str, Any]]:
    """The change by one step, and the attributes: ten thousand things move alike."""
    facts = Facts(
        quantity=1, created=created, to_location=to_location, holder=holder, owner_before=owner
    )
    change = change_of(ACTIONS[action], side, facts)
    return change.accounting, change.onhand, change.attributes


def _counted(
    centre: int, event: PastEvent, accounting: int, onhand: int, day: Any
) -> tuple[Any, ...]:
    """As `rollups` sums it: see its EVENT_COLUMNS."""
    quantity = event.quantity
    return (
        *(centre, day, event.flow, event.action, _specification(event).id, event.basis),
        *(quantity.count, quantity.unit.value, None, "", accounting, onhand),
    )
