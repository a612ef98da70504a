"""What may happen in the ledger. Rooms call these inside their own commands and so share one
transaction; called alone, each is a command of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Refused
from wesprint.kernel.quantity import Quantity, Unit
from wesprint.platform.agents.models import Agent
from wesprint.platform.base.inserts import insert
from wesprint.platform.commands.services import command, running_command
from wesprint.platform.ledger import rules
from wesprint.platform.ledger.drafts import EventDraft, NewResource
from wesprint.platform.ledger.models import (
    Agreement,
    Basis,
    EconomicEvent,
    EconomicResource,
    Intent,
    IntentState,
    Process,
    ResourceSpecification,
)
from wesprint.platform.ledger.posting import Posting
from wesprint.platform.organisations.models import Centre

__all__ = [
    "Basis",
    "EventDraft",
    "NewResource",
    "close_intent",
    "correct",
    "define_specification",
    "finish_process",
    "open_agreement",
    "open_intent",
    "open_process",
    "post",
]


@command("ledger.post")
def post(ctx: Ctx, *, centre: Centre, events: Sequence[EventDraft]) -> list[EconomicEvent]:
    """Record what happened, all of it or nothing. Returns the events in the given order, with
    `resource_inventoried_as` and `to_resource_inventoried_as` filled in (new ones too).

    Raises Invalid for a draft that the action table does not allow, Refused with what is
    there when a stock would fall below zero.
    """
    posting = Posting(ctx, centre)
    for draft in events:
        posting.add(draft)
    return posting.write()


@command("ledger.correct")
def correct(
    ctx: Ctx,
    *,
    event: EconomicEvent,
    count: int | None = None,
    effort: int | None = None,
    occurred_at: datetime | None = None,
) -> EconomicEvent:
    """Take back `count` steps of the event's resource quantity and `effort` steps of its effort
    quantity; neither given: all that is left. The correction keeps action and flow, and counts
    at the time at which the mistake stands unless `occurred_at` says otherwise.

    Raises Refused when more would be taken back than is left, or the event is a correction.
    """
    original = _locked(event)
    left, effort_left = _what_is_left(original)
    if count is None and effort is None:
        count, effort = left, effort_left
    _check_correction(original, count, left)
    _check_correction(original, effort, effort_left)
    if not count and not effort:
        raise _nothing_left()
    posting = Posting(ctx, original.centre)
    posting.add_correction(original, count, effort, occurred_at or original.occurred_at)
    return posting.write()[0]


_LEAF_RELATIONS = (
    *("centre", "provider", "receiver", "resource_conforms_to", "realization_of"),
    *("resource_inventoried_as", "to_resource_inventoried_as", "input_of", "output_of"),
)


def _locked(event: EconomicEvent) -> EconomicEvent:
    """The event, held against a second correction at the same time (SQLite: by the one
    writer). Its relations are read in the same statement."""
    rows = EconomicEvent.objects.select_related(*_LEAF_RELATIONS).select_for_update(of=("self",))
    return rows.get(pk=event.pk)


def _what_is_left(event: EconomicEvent) -> tuple[int | None, int | None]:
    taken = EconomicEvent.objects.filter(corrects=event).aggregate(
        count=Sum("resource_quantity", default=0), effort=Sum("effort_quantity", default=0)
    )
    count, effort = event.resource_quantity, event.effort_quantity
    return (
        None if count is None else count + taken["count"],
        None if effort is None else effort + taken["effort"],
    )


def _check_correction(event: EconomicEvent, count: int | None, left: int | None) -> None:
    if event.corrects_id is not None:
        raise Refused(
            _("A correction is not corrected again."),
            kept=_("Nothing was recorded."),
            next=_("Please record anew what really happened."),
            code="is-correction",
        )
    if count is None:
        return
    if left is None or count < 0:
        raise rules.refuse(
            _("A correction takes back a part of what was recorded."),
            field="count",
            code="correction",
        )
    if count > left:
        raise Refused(
            _("Only %(left)s are left to take back, not %(count)s.")
            % {"left": left, "count": count},
            kept=_("Nothing was recorded."),
            field="count",
            code="correction-too-large",
        )


def _nothing_left() -> Refused:
    return Refused(
        _("This was already taken back."),
        kept=_("Nothing was recorded."),
        code="nothing-left",
    )


@command("ledger.define_specification")
def define_specification(
    ctx: Ctx, *, code: str, name: str, unit: Unit, may_be_negative: bool = False
) -> ResourceSpecification:
    """The specification with this code, made if it is new. Raises Conflict when it exists in
    another unit: sums in two units would mean nothing."""
    made, _new = ResourceSpecification.objects.get_or_create(
        code=code,
        defaults={"name": name, "unit": unit.value, "may_be_negative": may_be_negative},
    )
    if (made.unit, made.may_be_negative) != (unit.value, may_be_negative):
        raise Conflict(
            _("“%(code)s” is already counted in %(unit)s.") % {"code": code, "unit": made.unit},
            kept=_("Nothing was recorded."),
            code="specification-differs",
        )
    return made


@command("ledger.open_agreement")
def open_agreement(ctx: Ctx, *, centre: Centre, name: str) -> Agreement:
    """What bundles reciprocal transfers, for `EventDraft.realization_of`."""
    created_at = running_command().recorded_at
    return insert([Agreement(centre=centre, name=name, created_at=created_at)])[0]


@command("ledger.open_process")
def open_process(ctx: Ctx, *, centre: Centre, based_on: str) -> Process:
    """Work of the kind `based_on` begins; its outputs take that as their stage."""
    return Process.objects.create(centre=centre, based_on=based_on, started_at=ctx.occurred_at)


@command("ledger.finish_process")
def finish_process(ctx: Ctx, *, process: Process) -> Process:
    """No more inputs or outputs. Finishing twice keeps the first time."""
    Process.objects.filter(pk=process.pk, finished_at__isnull=True).update(
        finished_at=ctx.occurred_at
    )
    process.refresh_from_db()
    return process


@command("ledger.open_intent")
def open_intent(
    ctx: Ctx,
    *,
    centre: Centre,
    action: str,
    quantity: Quantity,
    provider: Agent | None = None,
    receiver: Agent | None = None,
    resource: EconomicResource | None = None,
    conforms_to: ResourceSpecification | None = None,
    due: datetime | None = None,
) -> Intent:
    """Say what somebody wishes to happen; another room takes it on. Raises Invalid for an
    action the table does not have, a quantity of nothing, or a resource of another centre."""
    rules.check_intent(action, quantity, (provider, receiver), resource, centre)
    return Intent.objects.create(
        centre=centre,
        action=action,
        provider=provider,
        receiver=receiver,
        resource_inventoried_as=resource,
        resource_conforms_to=conforms_to or (resource.conforms_to if resource else None),
        quantity=quantity.count,
        unit=quantity.unit.value,
        due=due,
        created_at=running_command().recorded_at,
    )


@command("ledger.close_intent")
def close_intent(ctx: Ctx, *, intent: Intent, state: IntentState) -> Intent:
    """Satisfied or withdrawn. Raises Conflict when it was closed otherwise before."""
    closed = Intent.objects.filter(pk=intent.pk, state=IntentState.OPEN).update(state=state)
    intent.refresh_from_db()
    if not closed and intent.state != state:
        raise Conflict(
            _("This wish is already closed."), kept=_("Nothing was changed."), code="intent-closed"
        )
    return intent
