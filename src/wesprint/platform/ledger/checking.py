"""`verify` on the living database: everything an export would show, and what only it knows."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from wesprint.platform.agents.models import Agent
from wesprint.platform.base.db import one_snapshot
from wesprint.platform.ledger import triggers
from wesprint.platform.ledger.export import export_lines
from wesprint.platform.ledger.leaf import commitment
from wesprint.platform.ledger.models import EconomicEvent
from wesprint.platform.ledger.recounting import wrong_grains
from wesprint.platform.ledger.selectors import unbalanced
from wesprint.platform.ledger.verify import NotedSeals, Report, verify_lines
from wesprint.platform.organisations.models import Centre


def verify_database(centres: Iterable[Centre] | None = None, noted: NotedSeals = ()) -> Report:
    """Check seals and events, agents, balances, roll-ups and the append-only triggers, as they
    stand at one moment: others may go on writing."""
    with one_snapshot():
        return _verify(centres, noted)


def _verify(centres: Iterable[Centre] | None, noted: NotedSeals) -> Report:
    chosen = list(Centre.objects.order_by("pk") if centres is None else centres)
    report = verify_lines(export_lines(chosen), noted)
    for trigger in triggers.missing(connection):
        report.add("trigger", trigger, "is missing, the database does not guard its events")
    for centre in chosen:
        _check_agents(report, centre)
        _check_sums(report, centre)
    return report


def _check_agents(report: Report, centre: Centre) -> None:
    """Events still speak of the agents they were recorded with; an erased agent has no salt
    any more and cannot be recognised, which is the point."""
    for role in ("provider", "receiver"):
        columns = ("public_id", f"{role}_commitment", f"{role}__public_id", f"{role}__salt")
        rows = EconomicEvent.objects.filter(centre=centre).exclude(**{f"{role}_commitment": ""})
        for event, committed, ident, salt in rows.values_list(*columns).iterator():
            if salt and committed != commitment(Agent(public_id=ident, salt=salt)):
                report.add("changed", event, f"its {role} was exchanged")


def _check_sums(report: Report, centre: Centre) -> None:
    for resource in unbalanced(centre):
        report.add("balance", resource, "holds another quantity than its events add up to")
    for grain in wrong_grains(centre):
        where = f"{grain.value}s of centre {centre.public_id}"
        report.add("roll-up", where, "sums differ from a full recount")
