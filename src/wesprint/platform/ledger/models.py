"""Resources, events and what bundles them, in ValueFlows' own terms.

Every quantity is a BIGINT count of its unit's smallest step (gram, cent, second, piece ...):
SQLite would store decimals as floats. Events, seals and their membership are append-only in
the database itself (see triggers.py).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wesprint.kernel.quantity import Unit
from wesprint.platform.agents.models import Agent
from wesprint.platform.base.fields import PublicIdField
from wesprint.platform.ledger.effects import ACTIONS, Action
from wesprint.platform.organisations.models import Centre

UNITS = [unit.value for unit in Unit]


class Basis(models.TextChoices):
    """Where a quantity comes from."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    NONE = "none"  # nobody measured or estimated; counted as what it says


class ResourceSpecification(models.Model):
    """A kind of thing, money or work. `code` is its stable name for programs ("goods.chair")."""

    public_id = PublicIdField()
    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=5)
    may_be_negative = models.BooleanField(default=False)  # an overdraft is no missing chair

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(unit__in=UNITS), name="specification_unit_known")
        ]

    def __str__(self) -> str:
        return self.name


class EconomicResource(models.Model):
    """A thing, a batch or an account in one centre's books. Quantities are what its events
    add up to; only the ledger's services write them."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="resources")
    conforms_to = models.ForeignKey(
        ResourceSpecification, on_delete=models.PROTECT, related_name="resources", db_index=False
    )
    unit = models.CharField(max_length=5)
    accounting_quantity = models.BigIntegerField(default=0)
    onhand_quantity = models.BigIntegerField(default=0)
    may_be_negative = models.BooleanField(default=False)
    primary_accountable = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="accountable_for", db_index=False
    )
    custodian = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="holds", null=True, db_index=False
    )
    current_location = models.CharField(max_length=60, blank=True)
    contained_in = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="contents", null=True, db_index=False
    )
    stage = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=60, blank=True)
    tracking_identifier = models.CharField(max_length=60, blank=True)
    lot = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(unit__in=UNITS), name="resource_unit_known"),
            models.CheckConstraint(
                condition=Q(may_be_negative=True)
                | Q(accounting_quantity__gte=0, onhand_quantity__gte=0),
                name="resource_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(contained_in__isnull=True) | ~Q(contained_in=F("id")),
                name="resource_not_in_itself",
            ),
        ]
        indexes = [
            models.Index(
                fields=["contained_in"],
                condition=Q(contained_in__isnull=False),
                name="resource_contained_in",
            ),
            models.Index(
                fields=["tracking_identifier"],
                condition=~Q(tracking_identifier=""),
                name="resource_tracking",
            ),
        ]


class Agreement(models.Model):
    """Reciprocal transfers that belong together: goods one way, money the other."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="agreements")
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField()


class Process(models.Model):
    """Work that turns inputs into outputs. `based_on` names its specification ("repair"),
    which becomes the stage of what comes out."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="processes")
    based_on = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "processes"


class IntentState(models.TextChoices):
    OPEN = "open"
    SATISFIED = "satisfied"
    WITHDRAWN = "withdrawn"


class Intent(models.Model):
    """What somebody wishes to happen, for a room further up to take on (a delivery)."""

    public_id = PublicIdField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="intents")
    action = models.CharField(max_length=20)
    provider = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="intents_provided", null=True
    )
    receiver = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="intents_received", null=True
    )
    resource_inventoried_as = models.ForeignKey(
        EconomicResource, on_delete=models.PROTECT, related_name="intents", null=True
    )
    resource_conforms_to = models.ForeignKey(
        ResourceSpecification, on_delete=models.PROTECT, related_name="intents", null=True
    )
    quantity = models.BigIntegerField()
    unit = models.CharField(max_length=5)
    due = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=IntentState, default=IntentState.OPEN)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(action__in=list(ACTIONS)), name="intent_action"),
            models.CheckConstraint(condition=Q(unit__in=UNITS), name="intent_unit_known"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="intent_quantity"),
            models.CheckConstraint(
                condition=Q(state__in=IntentState.values), name="intent_state_known"
            ),
            models.CheckConstraint(
                condition=Q(provider__isnull=False) | Q(receiver__isnull=False),
                name="intent_of_somebody",
            ),
        ]
        indexes = [models.Index(fields=["centre", "state", "due"], name="intent_open")]


def _names(**wanted: bool) -> list[str]:
    """The actions whose row in the table has these properties."""

    def fits(action: Action) -> bool:
        return all(getattr(action, name) is value for name, value in wanted.items())

    return sorted(action.name for action in ACTIONS.values() if fits(action))


def _only(condition: Q, **wanted: bool) -> Q:
    """`condition` for the actions with these properties; says nothing about the others."""
    return ~Q(action__in=_names(**wanted)) | condition


class EconomicEvent(models.Model):
    """Something that happened. Written once; a mistake is taken back by a correcting event.

    accounting_change, onhand_change: what the event does to the sum of this centre's stock.
    occurred_on: the day of occurred_at in the centre's zone when it was recorded.
    *_commitment: SHA-256 of the agent's salt and public id; stays when the salt is dropped.
    command: row number of the command that wrote it (commands are pruned, so no foreign key).
    """

    public_id = PublicIdField()
    centre = models.ForeignKey(
        Centre, on_delete=models.PROTECT, related_name="events", db_index=False
    )
    scope = models.CharField(max_length=60)
    action = models.CharField(max_length=20)
    flow = models.CharField(max_length=30)
    provider = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="events_provided", null=True
    )
    receiver = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="events_received", null=True
    )
    provider_commitment = models.CharField(max_length=64, blank=True)
    receiver_commitment = models.CharField(max_length=64, blank=True)
    resource_inventoried_as = models.ForeignKey(
        EconomicResource, on_delete=models.PROTECT, related_name="events", null=True, db_index=False
    )
    to_resource_inventoried_as = models.ForeignKey(
        EconomicResource,
        on_delete=models.PROTECT,
        related_name="events_to",
        null=True,
        db_index=False,
    )
    resource_conforms_to = models.ForeignKey(
        ResourceSpecification, on_delete=models.PROTECT, related_name="events", db_index=False
    )
    resource_classified_as = models.JSONField(default=list)
    resource_quantity = models.BigIntegerField(null=True)
    resource_unit = models.CharField(max_length=5, blank=True)
    effort_quantity = models.BigIntegerField(null=True)
    effort_unit = models.CharField(max_length=5, blank=True)
    accounting_change = models.BigIntegerField(default=0)
    onhand_change = models.BigIntegerField(default=0)
    basis = models.CharField(max_length=10)
    input_of = models.ForeignKey(
        Process, on_delete=models.PROTECT, related_name="inputs", null=True, db_index=False
    )
    output_of = models.ForeignKey(
        Process, on_delete=models.PROTECT, related_name="outputs", null=True, db_index=False
    )
    realization_of = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="events", null=True, db_index=False
    )
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="corrections", null=True, db_index=False
    )
    at_location = models.CharField(max_length=60, blank=True)
    to_location = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=60, blank=True)
    occurred_at = models.DateTimeField()
    occurred_on = models.DateField()
    recorded_at = models.DateTimeField()
    command = models.BigIntegerField()
    leaf_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(action__in=list(ACTIONS)), name="event_action"),
            models.CheckConstraint(
                condition=Q(resource_quantity__isnull=True, resource_unit="")
                | Q(resource_quantity__isnull=False, resource_unit__in=UNITS),
                name="event_resource_unit_known",
            ),
            models.CheckConstraint(
                condition=Q(effort_quantity__isnull=True, effort_unit="")
                | Q(effort_quantity__isnull=False, effort_unit__in=UNITS),
                name="event_effort_unit_known",
            ),
            models.CheckConstraint(
                condition=Q(resource_quantity__isnull=False) | Q(effort_quantity__isnull=False),
                name="event_has_quantity",
            ),
            models.CheckConstraint(
                condition=_only(Q(resource_quantity__isnull=True), takes_resource_quantity=False)
                & _only(Q(effort_quantity__isnull=True), takes_effort_quantity=False),
                name="event_quantity_of_action",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=False)
                | (
                    (Q(resource_quantity__isnull=True) | Q(resource_quantity__gte=0))
                    & (Q(effort_quantity__isnull=True) | Q(effort_quantity__gte=0))
                ),
                name="event_negative_only_corrects",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True)
                | (
                    (Q(resource_quantity__isnull=True) | Q(resource_quantity__lte=0))
                    & (Q(effort_quantity__isnull=True) | Q(effort_quantity__lte=0))
                ),
                name="event_correction_negative",
            ),
            models.CheckConstraint(
                condition=_only(Q(provider__isnull=False), needs_provider=True)
                & _only(Q(receiver__isnull=False), needs_receiver=True)
                & (Q(provider__isnull=False) | Q(receiver__isnull=False)),
                name="event_agents_of_action",
            ),
            models.CheckConstraint(
                condition=_only(Q(input_of__isnull=True), may_be_input=False)
                & _only(Q(output_of__isnull=True), may_be_output=False)
                & _only(Q(input_of__isnull=False) | Q(output_of__isnull=False), needs_process=True),
                name="event_process_of_action",
            ),
            models.CheckConstraint(
                condition=_only(
                    Q(to_resource_inventoried_as__isnull=True), may_name_to_resource=False
                ),
                name="event_to_resource_of_action",
            ),
            models.CheckConstraint(
                condition=Q(provider__isnull=True, provider_commitment="")
                | (Q(provider__isnull=False) & ~Q(provider_commitment="")),
                name="event_provider_committed",
            ),
            models.CheckConstraint(
                condition=Q(receiver__isnull=True, receiver_commitment="")
                | (Q(receiver__isnull=False) & ~Q(receiver_commitment="")),
                name="event_receiver_committed",
            ),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="event_basis_known"),
            models.CheckConstraint(condition=~Q(flow=""), name="event_has_flow"),
        ]
        indexes = [
            models.Index(fields=["centre", "occurred_on"], name="event_centre_day"),
            # Corrections are few: whoever asks for those of a year must not read all its events.
            models.Index(
                fields=["centre", "occurred_on", "flow", "resource_conforms_to", "corrects"],
                condition=Q(corrects__isnull=False),
                name="event_corrections",
            ),
            *(
                models.Index(
                    fields=[field], condition=Q(**{f"{field}__isnull": False}), name=f"event_{name}"
                )
                for field, name in (
                    ("resource_inventoried_as", "resource"),
                    ("to_resource_inventoried_as", "to_resource"),
                    ("input_of", "input_of"),
                    ("output_of", "output_of"),
                    ("realization_of", "realization_of"),
                    ("corrects", "corrects"),
                )
            ),
        ]


class Seal(models.Model):
    """A Merkle root over some of a centre's events, chained to the seal before it."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="seals")
    number = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "number"], name="seal_number_once"),
            models.UniqueConstraint(fields=["centre", "previous"], name="seal_chain_no_fork"),
            models.CheckConstraint(condition=Q(number__gte=1, size__gte=1), name="seal_not_empty"),
        ]


class SealLeaf(models.Model):
    """Which event stands where in which seal. A table of its own, because events commit out of
    order: what is not here yet is unsealed, whatever its row number."""

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="leaves", db_index=False)
    position = models.PositiveIntegerField()
    event = models.OneToOneField(EconomicEvent, on_delete=models.PROTECT, related_name="seal_leaf")
    leaf_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seal", "position"], name="seal_leaf_position_once")
        ]


class Grain(models.TextChoices):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Measure(models.TextChoices):
    RESOURCE = "resource"
    EFFORT = "effort"


class RollUp(models.Model):
    """Folded sums of one span. Only the fold job writes here; commands never touch a row that
    others share."""

    centre = models.ForeignKey(
        Centre, on_delete=models.PROTECT, related_name="roll_ups", db_index=False
    )
    grain = models.CharField(max_length=5, choices=Grain)
    starts_on = models.DateField()
    flow = models.CharField(max_length=30)
    action = models.CharField(max_length=20)
    resource_conforms_to = models.ForeignKey(
        ResourceSpecification, on_delete=models.PROTECT, related_name="roll_ups", db_index=False
    )
    measure = models.CharField(max_length=8, choices=Measure)
    unit = models.CharField(max_length=5)
    basis = models.CharField(max_length=10)
    quantity = models.BigIntegerField()
    accounting_change = models.BigIntegerField()
    onhand_change = models.BigIntegerField()
    events = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "centre",
                    "grain",
                    "starts_on",
                    "flow",
                    "action",
                    "resource_conforms_to",
                    "measure",
                    "unit",
                    "basis",
                ],
                name="roll_up_once",
            ),
            models.CheckConstraint(condition=Q(grain__in=Grain.values), name="roll_up_grain"),
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="roll_up_measure"),
        ]


class UnfoldedEvent(models.Model):
    """The tail: an event that no roll-up counts yet. Written with the event, taken away in the
    transaction that folds it, so that folded rows plus tail are exact at any moment."""

    event = models.OneToOneField(
        EconomicEvent, on_delete=models.PROTECT, primary_key=True, related_name="unfolded"
    )
