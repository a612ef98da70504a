"""What a draft must fulfil before anything is written; each refusal says what to do.

All of it follows from the action table: no action is known by name here.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import Invalid, Refused
from wesprint.kernel.quantity import Quantity, Unit
from wesprint.platform.agents.models import Agent
from wesprint.platform.ledger.drafts import EventDraft, NewResource, ResourceRef
from wesprint.platform.ledger.effects import ACTIONS, Action, Side
from wesprint.platform.ledger.models import Basis, EconomicResource, ResourceSpecification
from wesprint.platform.organisations.models import Centre

MOST = 10**15  # a million million grams: beyond it somebody typed nonsense
EARLIEST = 1990  # nothing that people enter today happened before
CLOCK_DRIFT = timedelta(days=1)  # devices that were offline, and their clocks
_FLOW = re.compile(r"[a-z][a-z0-9-]{0,29}")


def refuse(what: object, *, field: str, code: str) -> Invalid:
    return Invalid(what, kept=_("Nothing was recorded."), field=field, code=code)


def check(draft: EventDraft, centre: Centre) -> Action:
    """The draft's action. Raises Invalid or Refused for anything the ledger cannot record."""
    action = ACTIONS.get(draft.action)
    if action is None:
        raise refuse(_("The ledger does not know this action."), field="action", code="action")
    if not _FLOW.fullmatch(draft.flow) or draft.basis not in Basis.values:
        raise refuse(_("The flow or its basis is not named rightly."), field="flow", code="flow")
    _check_quantities(action, draft)
    _check_agents(action, draft)
    _check_process(action, draft)
    _check_resources(action, draft)
    _check_place(draft, centre)
    return action


def _check_quantities(action: Action, draft: EventDraft) -> None:
    _check_quantity(draft.resource_quantity, action.takes_resource_quantity, "resource_quantity")
    _check_quantity(draft.effort_quantity, action.takes_effort_quantity, "effort_quantity")
    if draft.resource_quantity is None and draft.effort_quantity is None:
        raise refuse(_("A quantity is missing."), field="resource_quantity", code="no-quantity")


def _check_quantity(quantity: Quantity | None, allowed: bool, field: str) -> None:
    if quantity is None:
        return
    if not allowed:
        raise refuse(
            _("This action takes another kind of quantity."), field=field, code="quantity-kind"
        )
    if not isinstance(quantity.unit, Unit):
        raise refuse(_("The ledger does not know this unit."), field=field, code="unit")
    if isinstance(quantity.count, bool) or not isinstance(quantity.count, int):
        raise refuse(_("A quantity is a whole number."), field=field, code="not-whole")
    if quantity.count < 0:
        raise refuse(
            _("A quantity cannot be negative; to take something back, correct it."),
            field=field,
            code="negative",
        )
    if quantity.count > MOST:
        raise refuse(_("This quantity is far too large."), field=field, code="too-large")


def _check_agents(action: Action, draft: EventDraft) -> None:
    missing = (action.needs_provider and draft.provider is None) or (
        action.needs_receiver and draft.receiver is None
    )
    if missing or (draft.provider is None and draft.receiver is None):
        raise refuse(
            _("It is not said who gives and who receives."), field="provider", code="no-agent"
        )
    for agent in (draft.provider, draft.receiver):
        _check_not_erased(agent)


def _check_not_erased(agent: Agent | None) -> None:
    if agent is not None and not agent.salt:
        raise Refused(
            _("The data of this person were erased."),
            kept=_("Nothing was recorded."),
            next=_("Please enter the person anew."),
            code="agent-erased",
        )


def _check_process(action: Action, draft: EventDraft) -> None:
    wrong = (draft.input_of and not action.may_be_input) or (
        draft.output_of and not action.may_be_output
    )
    missing = action.needs_process and not (draft.input_of or draft.output_of)
    if wrong or missing:
        raise refuse(
            _("This action does not fit into the process like that."),
            field="input_of",
            code="process",
        )
    for process in (draft.input_of, draft.output_of):
        if process is not None and process.finished_at is not None:
            raise Refused(
                _("This process is already finished."),
                kept=_("Nothing was recorded."),
                code="process-finished",
            )


def _check_resources(action: Action, draft: EventDraft) -> None:
    created = [
        side
        for side, ref in zip(Side, (draft.resource, draft.to_resource), strict=True)
        if isinstance(ref, NewResource)
    ]
    if any(side is not action.creates for side in created):
        raise refuse(
            _("This action cannot begin a new resource."), field="resource", code="creates"
        )
    if draft.to_resource is not None and not action.may_name_to_resource:
        raise refuse(
            _("This action knows one resource only."), field="to_resource", code="to-resource"
        )
    contained = action.needs_container and not (draft.resource and draft.to_resource)
    if contained or (action.leaves_container and draft.resource is None):
        raise refuse(
            _("It is not said what goes into or out of what."), field="resource", code="container"
        )
    _check_kinds(action, draft)


def _check_kinds(action: Action, draft: EventDraft) -> None:
    """Both resources and the draft speak of one kind in one unit; a container is its own."""
    named = [draft.resource] if action.needs_container else [draft.resource, draft.to_resource]
    refs = [ref for ref in named if ref is not None]
    kinds = {ref.conforms_to_id for ref in refs if isinstance(ref, EconomicResource)}
    kinds |= {ref.conforms_to.pk for ref in refs if isinstance(ref, NewResource)}
    if draft.conforms_to is not None:
        kinds.add(draft.conforms_to.pk)
    if len(kinds) != 1:
        raise refuse(
            _("An event speaks of exactly one kind of thing."), field="conforms_to", code="kind"
        )
    if draft.resource_quantity is not None:
        units = {unit_of(ref) for ref in refs} - {draft.resource_quantity.unit.value}
        if units:
            raise refuse(
                _("The unit does not fit the resource."), field="resource_quantity", code="unit"
            )


def unit_of(ref: ResourceRef) -> str:
    return ref.unit if isinstance(ref, EconomicResource) else ref.conforms_to.unit


def kind_of(draft: EventDraft) -> ResourceSpecification:
    """The one specification that the draft and its resources agree on (after `check`)."""
    for candidate in (draft.conforms_to, draft.resource, draft.to_resource):
        if isinstance(candidate, ResourceSpecification):
            return candidate
        if candidate is not None:
            return candidate.conforms_to
    raise AssertionError("checked before: an event has a kind")


def _check_place(draft: EventDraft, centre: Centre) -> None:
    """Nothing of another centre slips in: what moves between two is an event in each."""
    named = (draft.resource, draft.to_resource, draft.input_of, draft.output_of)
    owned = [row for row in (*named, draft.realization_of) if row is not None]
    if any(not isinstance(row, NewResource) and row.centre_id != centre.pk for row in owned):
        raise refuse(_("This belongs to another centre."), field="centre", code="foreign")


def check_time(occurred_at: datetime, recorded_at: datetime) -> None:
    if occurred_at.tzinfo is None:
        raise refuse(_("The time has no zone."), field="occurred_at", code="naive-time")
    if occurred_at.year < EARLIEST:
        raise refuse(
            _("This time lies too far in the past."), field="occurred_at", code="too-early"
        )
    if occurred_at > recorded_at + CLOCK_DRIFT:
        raise refuse(_("This time lies in the future."), field="occurred_at", code="future")


def check_intent(
    name: str,
    quantity: Quantity,
    agents: tuple[Agent | None, Agent | None],
    resource: EconomicResource | None,
    centre: Centre,
) -> None:
    """A wish is looser than an event: one agent is enough, and no stock is needed yet."""
    action = ACTIONS.get(name)
    if action is None:
        raise refuse(_("The ledger does not know this action."), field="action", code="action")
    _check_quantity(quantity, allowed=True, field="quantity")
    if quantity.count == 0:
        raise refuse(_("A quantity is missing."), field="quantity", code="no-quantity")
    if agents == (None, None):
        raise refuse(
            _("It is not said who gives and who receives."), field="provider", code="no-agent"
        )
    if resource is not None and resource.centre_id != centre.pk:
        raise refuse(_("This belongs to another centre."), field="centre", code="foreign")
