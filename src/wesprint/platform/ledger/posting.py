"""Writing the events of one command in few statements.

New resources are summed up in memory and inserted once; existing ones take one guarded UPDATE
each, in the order of their row numbers, so that two commands never wait for each other in a
circle. Nothing is read first: the guard is in the statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Refused
from wesprint.kernel.quantity import Quantity
from wesprint.platform.base.inserts import insert
from wesprint.platform.base.staging import Stage
from wesprint.platform.commands.services import Running, running_command
from wesprint.platform.ledger import rules
from wesprint.platform.ledger.chain import event_hash
from wesprint.platform.ledger.drafts import EventDraft, NewResource, ResourceRef
from wesprint.platform.ledger.effects import ACTIONS, Action, Change, Facts, Side, change_of
from wesprint.platform.ledger.leaf import body_of_event, commitment
from wesprint.platform.ledger.models import (
    EconomicEvent,
    EconomicResource,
    UnfoldedEvent,
)
from wesprint.platform.organisations.models import Centre


@dataclass
class _Pending:
    """What the command does to one existing resource, over all its events."""

    resource: EconomicResource
    accounting: int = 0
    onhand: int = 0
    attributes: dict[str, Any] = field(default_factory=dict)
    must_be_contained: bool = False


@dataclass(frozen=True, slots=True)
class Keys:
    """Row numbers reserved for what is staged."""

    resources: Iterator[int]
    events: Iterator[int]


class Posting:
    """Collects the events of one command, then writes them."""

    def __init__(self, ctx: Ctx, centre: Centre, running: Running | None = None) -> None:
        running = running or running_command()
        self.ctx, self.centre = ctx, centre
        self.command, self.recorded_at = running.id, running.recorded_at
        self.events: list[EconomicEvent] = []
        self._new: dict[int, EconomicResource] = {}
        self._pending: dict[int, _Pending] = {}

    # -- collecting ------------------------------------------------------------------------
    def add(self, draft: EventDraft) -> None:
        action = rules.check(draft, self.centre)
        resource, begins = self._resource(draft.resource, draft)
        to_resource, to_begins = self._resource(draft.to_resource, draft)
        created = Side.RESOURCE if begins else Side.TO_RESOURCE if to_begins else None
        event = self._event(draft, resource, to_resource)
        if action.needs_container:
            _check_no_circle(resource, to_resource)
        self._apply(event, action, _facts(draft, event, created))
        self._commit(event)

    def add_correction(
        self, event: EconomicEvent, count: int | None, effort: int | None, at: datetime
    ) -> None:
        """The same event with negated quantities (`count`, `effort`: what is taken back)."""
        correction = self._negated(event, count, effort)
        self._set_times(correction, at)
        self._apply(correction, ACTIONS[event.action], Facts(-(count or 0), takes_back=True))
        self._commit(correction)

    def _resource(
        self, ref: ResourceRef | None, draft: EventDraft
    ) -> tuple[EconomicResource | None, bool]:
        """The resource and whether it begins here."""
        if not isinstance(ref, NewResource):
            return ref, False
        if known := self._new.get(id(ref)):
            return known, False
        spec = ref.conforms_to
        self._new[id(ref)] = made = EconomicResource(
            centre=self.centre,
            conforms_to=spec,
            unit=spec.unit,
            may_be_negative=spec.may_be_negative,
            tracking_identifier=ref.tracking_identifier,
            lot=ref.lot,
        )
        return made, True

    def _event(
        self,
        draft: EventDraft,
        resource: EconomicResource | None,
        to_resource: EconomicResource | None,
    ) -> EconomicEvent:
        resource_quantity, resource_unit = _columns(draft.resource_quantity)
        effort_quantity, effort_unit = _columns(draft.effort_quantity)
        event = EconomicEvent(
            centre=self.centre,
            scope=self.ctx.scope,
            action=draft.action,
            flow=draft.flow,
            provider=draft.provider,
            receiver=draft.receiver,
            provider_commitment=commitment(draft.provider),
            receiver_commitment=commitment(draft.receiver),
            resource_inventoried_as=resource,
            to_resource_inventoried_as=to_resource,
            resource_conforms_to=rules.kind_of(draft),
            resource_classified_as=list(draft.classified_as),
            resource_quantity=resource_quantity,
            resource_unit=resource_unit,
            effort_quantity=effort_quantity,
            effort_unit=effort_unit,
            basis=str(draft.basis),
            input_of=draft.input_of,
            output_of=draft.output_of,
            realization_of=draft.realization_of,
            at_location=draft.at_location,
            to_location=draft.to_location,
            state=draft.state,
            command=self.command,
        )
        self._set_times(event, draft.occurred_at or self.ctx.occurred_at)
        return event

    def _negated(
        self, event: EconomicEvent, count: int | None, effort: int | None
    ) -> EconomicEvent:
        kept = {name: getattr(event, name) for name in _KEPT_IN_CORRECTIONS}
        return EconomicEvent(
            **kept,
            scope=self.ctx.scope,
            resource_quantity=None if count is None else -count,
            resource_unit="" if count is None else event.resource_unit,
            effort_quantity=None if effort is None else -effort,
            effort_unit="" if effort is None else event.effort_unit,
            corrects=event,
            command=self.command,
        )

    def _set_times(self, event: EconomicEvent, occurred_at: datetime) -> None:
        rules.check_time(occurred_at, self.recorded_at)
        event.occurred_at = occurred_at
        event.occurred_on = occurred_at.astimezone(self.centre.tz).date()
        event.recorded_at = self.recorded_at

    def _apply(self, event: EconomicEvent, action: Action, facts: Facts) -> None:
        for side in Side:
            resource: EconomicResource | None = getattr(event, side.value)
            if resource is None:
                continue
            change = change_of(action, side, facts)
            event.accounting_change += change.accounting
            event.onhand_change += change.onhand
            self._change(resource, change)
            if action.leaves_container and not facts.takes_back and resource.pk:
                self._pending[resource.pk].must_be_contained = True

    def _change(self, resource: EconomicResource, change: Change) -> None:
        if resource.pk is None:
            resource.accounting_quantity += change.accounting
            resource.onhand_quantity += change.onhand
            for name, value in change.attributes.items():
                setattr(resource, name, value)
        elif change.accounting or change.onhand or change.attributes:
            pending = self._pending.setdefault(resource.pk, _Pending(resource))
            pending.accounting += change.accounting
            pending.onhand += change.onhand
            pending.attributes |= change.attributes

    def _commit(self, event: EconomicEvent) -> None:
        event.leaf_hash = event_hash(body_of_event(event))
        self.events.append(event)

    # -- writing ---------------------------------------------------------------------------
    def write(self) -> list[EconomicEvent]:
        """Insert and update everything; raises Refused naming what is there if a stock would
        fall below zero."""
        self._insert_resources()
        for _pk, pending in sorted(self._pending.items()):
            _update(pending)
        events = insert(self.events)
        insert([UnfoldedEvent(event_id=event.pk) for event in events])
        for event in events:
            _check_pair(event)
        return events

    def lay(self, stage: Stage, keys: Keys) -> list[EconomicEvent]:
        """Lay events and the resources that begin with them into the stage, under reserved row
        numbers. Raises RuntimeError where an existing resource would change: that is one
        guarded UPDATE each and no matter of a stage."""
        if self._pending:
            raise RuntimeError("only new resources are staged")
        for resource in self._new.values():
            resource.pk = next(keys.resources)
        stage.lay(list(self._new.values()))
        for event in self.events:
            event.pk = next(keys.events)
            event.resource_inventoried_as = event.resource_inventoried_as
            event.to_resource_inventoried_as = event.to_resource_inventoried_as
        stage.lay(self.events)
        stage.lay([UnfoldedEvent(event_id=event.pk) for event in self.events])
        return self.events

    def _insert_resources(self) -> None:
        for resource in self._new.values():
            least = min(resource.accounting_quantity, resource.onhand_quantity)
            if least < 0 and not resource.may_be_negative:
                raise _too_little(0, 0, resource.unit, -least)
        insert(list(self._new.values()))


_KEPT_IN_CORRECTIONS = (
    *("centre", "action", "flow", "provider", "receiver", "basis"),
    *("provider_commitment", "receiver_commitment", "resource_conforms_to"),
    *("resource_inventoried_as", "to_resource_inventoried_as", "resource_classified_as"),
    *("input_of", "output_of", "realization_of", "at_location", "to_location"),
)


def _columns(quantity: Quantity | None) -> tuple[int | None, str]:
    return (None, "") if quantity is None else (quantity.count, quantity.unit.value)


def _facts(draft: EventDraft, event: EconomicEvent, created: Side | None) -> Facts:
    holder = draft.receiver or draft.provider
    source, provider = event.resource_inventoried_as, draft.provider
    owner = source.primary_accountable_id if source is not None else None
    container = event.to_resource_inventoried_as
    return Facts(
        quantity=event.resource_quantity or 0,
        created=created,
        at_location=draft.at_location,
        to_location=draft.to_location,
        stage=draft.output_of.based_on if draft.output_of else "",
        state=draft.state,
        container=container.pk if container else None,
        holder=holder.pk if holder else None,
        owner_before=owner or (provider.pk if provider else None),
    )


def _check_no_circle(resource: EconomicResource | None, container: EconomicResource | None) -> None:
    """A box is in no box that is in it."""
    outer = container.pk if container else None
    while outer is not None:
        if resource is not None and outer == resource.pk:
            raise rules.refuse(
                _("A thing cannot be put into itself."), field="to_resource", code="circle"
            )
        outer = (
            EconomicResource.objects.filter(pk=outer)
            .values_list("contained_in_id", flat=True)
            .first()
        )


def _update(pending: _Pending) -> None:
    """One UPDATE whose condition refuses what is not there. Written out, because composing it
    anew for each resource costs more than running it."""
    names = sorted(pending.attributes)
    assignments = "".join(f", {name} = %s" for name in names)
    contained = "AND contained_in_id IS NOT NULL" if pending.must_be_contained else ""
    values = [pending.attributes[name] for name in names]
    params = [pending.accounting, pending.onhand, *values, pending.resource.pk]
    least = [max(0, -pending.accounting), max(0, -pending.onhand)]
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE.format(assignments, contained), [*params, *least])
        if cursor.rowcount == 0:
            raise _refusal(pending)


# The names that fill the gaps come from the action table's columns, never from a request.
_UPDATE = """
UPDATE ledger_economicresource
SET accounting_quantity = accounting_quantity + %s, onhand_quantity = onhand_quantity + %s{}
WHERE id = %s {} AND (may_be_negative OR (accounting_quantity >= %s AND onhand_quantity >= %s))
"""


def _refusal(pending: _Pending) -> Refused:
    there = EconomicResource.objects.get(pk=pending.resource.pk)
    if pending.must_be_contained and there.contained_in_id is None:
        return Refused(
            _("This is in no container."), kept=_("Nothing was recorded."), code="not-contained"
        )
    if there.accounting_quantity + pending.accounting < 0:
        return _too_little(
            there.accounting_quantity, there.onhand_quantity, there.unit, -pending.accounting
        )
    return _too_little(
        there.accounting_quantity, there.onhand_quantity, there.unit, -pending.onhand
    )


def _too_little(accounting: int, onhand: int, unit: str, asked: int) -> Refused:
    return Refused(
        _("Only %(onhand)s %(unit)s are there (%(accounting)s in the books), not %(asked)s.")
        % {"onhand": onhand, "accounting": accounting, "unit": unit, "asked": asked},
        kept=_("Nothing was recorded."),
        next=_("Please check the quantity, or whether somebody was faster."),
        field="resource_quantity",
        code="not-enough",
    )


def _check_pair(event: EconomicEvent) -> None:
    """What leaves a process through a paired action has entered it through the other: no more
    comes out than went in. Runs after the resource's row is locked by its update."""
    action = ACTIONS[event.action]
    if action.pairs_with is None or event.resource_inventoried_as_id is None:
        return
    if action.may_be_input and (event.resource_quantity or 0) >= 0:
        return
    process = event.input_of_id or event.output_of_id
    of_pair = EconomicEvent.objects.filter(
        Q(input_of_id=process) | Q(output_of_id=process),
        resource_inventoried_as_id=event.resource_inventoried_as_id,
        action__in=(action.name, action.pairs_with),
    )
    sums = of_pair.aggregate(
        entered=Sum("resource_quantity", filter=Q(input_of__isnull=False), default=0),
        left=Sum("resource_quantity", filter=Q(output_of__isnull=False), default=0),
    )
    if sums["left"] > sums["entered"]:
        raise Refused(
            _("%(entered)s %(unit)s went into the process, so %(left)s cannot come out.")
            % {**sums, "unit": event.resource_unit},
            kept=_("Nothing was recorded."),
            code="not-entered",
        )
