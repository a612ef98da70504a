"""A new database gets today's tables at once.

Walking through every migration takes ten seconds, most of which Django spends on describing
tables as they were on the way. An empty database has no way behind it: its tables are made from
today's models, and every migration is written down as done. Both ways end in the same tables;
``tests/config/test_new_database.py`` compares them on both databases.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RunPython
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

if TYPE_CHECKING:
    from django.db.migrations.state import StateApps


def make_new() -> None:
    """Make all tables in one transaction: a process that dies leaves the database empty."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    migrations = [migration for migration, _ in plan]
    today = cast("StateApps", apps)
    emit_pre_migrate_signal(0, False, connection.alias)
    with connection.schema_editor() as editor:
        for model in _models():
            editor.create_model(model)
        # Only ours may make what no model describes (search indexes, triggers); those of
        # libraries mend old rows, and there are none.
        for operation in _made_by_hand(migrations):
            operation.code(today, editor)
        _write_down(migrations)
    emit_post_migrate_signal(0, False, connection.alias)


def _models() -> Iterator[type[Model]]:
    for model in apps.get_models():
        options = model._meta
        if options.managed and not options.proxy and not options.swapped:
            yield model


def _made_by_hand(migrations: list[Any]) -> Iterator[RunPython]:
    ours = {found.label for found in apps.get_app_configs() if found.name.startswith("wesprint.")}
    for migration in migrations:
        if migration.app_label in ours:
            yield from (step for step in migration.operations if isinstance(step, RunPython))


def _write_down(migrations: list[Any]) -> None:
    recorder = MigrationRecorder(connection)
    # Its table is made by this very editor's transaction, not by one of its own.
    recorder.ensure_schema()
    for migration in migrations:
        recorder.record_applied(migration.app_label, migration.name)
