"""Every migration, and every emptied test database, ends with the shipped tables loaded."""

from __future__ import annotations

from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from wesprint.platform.reference.services import load_reference


def load_after_migrate(*, using: str, **kwargs: object) -> None:
    if _tables_are_current(using):
        load_reference()


def _tables_are_current(using: str) -> bool:
    """False on the way to an older migration: its tables do not fit the models."""
    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes("reference"))
