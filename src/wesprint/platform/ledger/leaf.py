"""What a seal commits to: one event as a JSON object (chain.py hashes it).

One table of paths serves both the event that is being written and the row that is read back
years later, so the two can never differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from wesprint.kernel.canonical import Json
from wesprint.platform.agents.models import Agent
from wesprint.platform.ledger.models import EconomicEvent

PATHS = {
    "id": "public_id",
    "centre": "centre__public_id",
    "scope": "scope",
    "action": "action",
    "flow": "flow",
    "provider": "provider_commitment",
    "receiver": "receiver_commitment",
    "resource_inventoried_as": "resource_inventoried_as__public_id",
    "to_resource_inventoried_as": "to_resource_inventoried_as__public_id",
    "resource_conforms_to": "resource_conforms_to__public_id",
    "resource_classified_as": "resource_classified_as",
    "resource_quantity": "resource_quantity",
    "resource_unit": "resource_unit",
    "effort_quantity": "effort_quantity",
    "effort_unit": "effort_unit",
    "accounting_change": "accounting_change",
    "onhand_change": "onhand_change",
    "basis": "basis",
    "input_of": "input_of__public_id",
    "output_of": "output_of__public_id",
    "realization_of": "realization_of__public_id",
    "corrects": "corrects__public_id",
    "at_location": "at_location",
    "to_location": "to_location",
    "state": "state",
    "occurred_at": "occurred_at",
    "occurred_on": "occurred_on",
    "recorded_at": "recorded_at",
    "command": "command",
}
_STEPS = {name: path.split("__") for name, path in PATHS.items()}


def body_of_row(row: Mapping[str, Any]) -> dict[str, Json]:
    """The leaf's object from a row of `values(*PATHS.values())`."""
    return {name: _json(row[path]) for name, path in PATHS.items()}


def body_of_event(event: EconomicEvent) -> dict[str, Json]:
    """The leaf's object from an event whose relations are in memory."""
    return {name: _json(_walk(event, steps)) for name, steps in _STEPS.items()}


def utc_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def commitment(agent: Agent | None) -> str:
    """What an event says of an agent. Without the salt nobody can tell whose it is."""
    if agent is None:
        return ""
    return sha256(f"{agent.salt}{agent.public_id}".encode()).hexdigest()


def _walk(value: Any, steps: list[str]) -> Any:
    for step in steps:
        if value is None:
            return None
        value = getattr(value, step)
    return value


def _json(value: Any) -> Json:
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    checked: Json = value
    return checked
