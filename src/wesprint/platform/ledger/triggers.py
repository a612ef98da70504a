"""Append-only, held by the database itself: no code of ours or anybody's changes an event.

Installed after every migrate, because Django's table remake on SQLite copies rows into a new
table and drops the old one with its triggers, without a word.
"""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from wesprint.platform.ledger.models import EconomicEvent, Seal, SealLeaf

GUARDED = (EconomicEvent, Seal, SealLeaf)
TABLES = tuple(model._meta.db_table for model in GUARDED)

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
# INSERT OR REPLACE deletes what is in its way without asking the trigger above.
_SQLITE_REPLACE = """
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {keys})
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
_POSTGRESQL = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH {level} EXECUTE FUNCTION ledger_append_only()
"""
_VERBS = {
    "sqlite": {"update": "ROW", "delete": "ROW", "replace": "ROW"},
    "postgresql": {"update": "ROW", "delete": "ROW", "truncate": "STATEMENT"},
}


def after_migrate(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """post_migrate: put the triggers (back) in place wherever our tables exist."""
    install(connections[using])


def install(connection: BaseDatabaseWrapper) -> None:
    """Safe to run again and again; only missing triggers are made."""
    absent = missing(connection)
    if not absent:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for name in absent:
            cursor.execute(_statement(connection.vendor, name))


def _statement(vendor: str, name: str) -> str:
    table, _no, verb = name.rpartition("_no_")
    if verb == "replace":
        return _SQLITE_REPLACE.format(table=table, keys=_keys(table))
    template = _SQLITE if vendor == "sqlite" else _POSTGRESQL
    return template.format(table=table, verb=verb, level=_VERBS[vendor][verb])


def _keys(table: str) -> str:
    """The condition under which a new row stands in the place of one that is there."""
    [options] = [model._meta for model in GUARDED if model._meta.db_table == table]
    keys = [[field.column] for field in options.concrete_fields if field.unique]
    columns = {field.name: field.column for field in options.concrete_fields}
    keys += [[columns[name] for name in one.fields] for one in options.total_unique_constraints]
    return " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")" for key in keys
    )


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that should guard the existing tables but do not; [] is good."""
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        cursor.execute(_PRESENT[connection.vendor])
        present = {name for (name,) in cursor.fetchall()}
    wanted = [
        f"{table}_no_{verb}"
        for table in TABLES
        if table in existing
        for verb in _VERBS[connection.vendor]
    ]
    return [name for name in wanted if name not in present]


_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    # A trigger that somebody has disabled does not count as present.
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}
