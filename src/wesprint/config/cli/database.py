"""Is the database there, is it new, is it up to date?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from wesprint.kernel.errors import Conflict


class Condition(Enum):
    NEW = "new"  # nothing in it yet
    BEHIND = "behind"  # made by an older WeSprint
    CURRENT = "current"


def condition() -> Condition:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if not executor.loader.applied_migrations:
        return Condition.NEW
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Condition.BEHIND if plan else Condition.CURRENT


def migrate(*, verbosity: int = 0) -> None:
    from django.core.management import call_command

    from wesprint.config.cli.new_database import make_new

    if condition() is Condition.NEW and _is_empty():
        make_new()
    else:
        call_command("migrate", interactive=False, verbosity=verbosity)


def _is_empty() -> bool:
    """Nothing in it at all: tables without a list of migrations are somebody else's."""
    from django.db import connection

    return not connection.introspection.table_names()


def migrate_to(wanted: Mapping[str, Sequence[str]]) -> None:
    """Make the tables of exactly these migrations (app -> names), without what follows them."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    nodes = executor.loader.graph.node_map
    keys = {(app, name) for app, names in wanted.items() for name in names}
    if unknown := sorted(".".join(key) for key in keys - nodes.keys()):
        raise Conflict(
            f"The backup was made by another WeSprint: it knows {', '.join(unknown)}.",
            kept="Nothing was restored.",
            next="Restore it with the version it was made with, then upgrade.",
        )
    # Only the last one of each app: anything before it would mean going back again.
    last = [
        key
        for key in sorted(keys)
        if not any(child.key in keys and child.key[0] == key[0] for child in nodes[key].children)
    ]
    executor.migrate(last)


def make_ready(*, may_migrate: bool) -> None:
    """A new database is set up; an older one only when asked, because that needs a backup."""
    found = condition()
    if found is Condition.NEW or (found is Condition.BEHIND and may_migrate):
        migrate()
    elif found is Condition.BEHIND:
        raise Conflict(
            "The database was made by an older WeSprint.",
            kept="Nothing was changed.",
            next="Make a backup, then run `wesprint migrate` (or `wesprint serve --migrate`).",
        )
