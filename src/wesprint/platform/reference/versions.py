"""Dated rows: bring a table of facts to a wanted state without overwriting what held before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from wesprint.platform.reference.models import Dated

Values = dict[str, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Synced:
    """How many rows came new, and how many that held until now were ended."""

    added: int
    ended: int


def sync(model: type[Dated], wanted: Iterable[Values], *, change_on: date) -> Synced:
    """Make the open rows of `model` equal to `wanted`.

    `wanted` are complete field values; their `valid_from` counts only for facts never seen
    before, a change holds from `change_on`. Three queries plus one for each kind of change.
    """
    targets = {_key(model, values): values for values in wanted}
    held = {_key(model, vars(row)): row for row in model._default_manager.filter(valid_to=None)}
    outdated = [row for key, row in held.items() if not _equal(row, targets.get(key))]
    known = {_key(model, values) for values in model._default_manager.values(*model.KEY)}
    _end(model, outdated, change_on)
    stale = {row.pk for row in outdated}
    fresh = [
        model(**(values | {"valid_from": change_on if key in known else values["valid_from"]}))
        for key, values in targets.items()
        if key not in held or held[key].pk in stale
    ]
    model._default_manager.bulk_create(fresh)
    return Synced(len(fresh), len(outdated))


def _end(model: type[Dated], rows: list[Dated], day: date) -> None:
    """A row that never held before `day` leaves no trace, the others keep their past."""
    never_held = [row.pk for row in rows if row.valid_from >= day]
    model._default_manager.filter(pk__in=never_held).delete()
    past = [row.pk for row in rows if row.valid_from < day]
    model._default_manager.filter(pk__in=past).update(valid_to=day)


def _equal(row: Dated, values: Values | None) -> bool:
    if values is None:
        return False
    return all(
        getattr(row, name) == value for name, value in values.items() if name != "valid_from"
    )


def _key(model: type[Dated], values: Values) -> Key:
    return tuple(values[name] for name in model.KEY)
