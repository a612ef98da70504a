"""Reading a row again inside a command, held until it ends."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


def held(row: M, *related: str) -> M:
    """The row as it is now; nobody else changes it before this command has ended (on SQLite
    there is one writer anyway)."""
    rows = type(row)._default_manager.select_for_update(of=("self",))
    return rows.select_related(*related).get(pk=row.pk)
