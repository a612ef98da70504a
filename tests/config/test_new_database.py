"""A new database made at once is the one that all migrations lead to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from tests.conftest import empty_database

from wesprint.config.cli import database


@pytest.fixture(autouse=True)
def unblocked(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Databases of their own: nothing of the shared one is touched, nor flushed."""
    with django_db_blocker.unblock():
        yield


# Told in the order of the columns, which the two ways may fill differently.
SQLITE = """
SELECT type, name, tbl_name, CASE WHEN type = 'table' THEN NULL ELSE sql END FROM sqlite_master
"""
SQLITE_COLUMNS = """
SELECT t.name, c.name, c.type, c."notnull", c.dflt_value, c.pk
FROM sqlite_master t, pragma_table_xinfo(t.name) c WHERE t.type = 'table'
"""
SQLITE_TABLES = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL"
# The key of Django's own join table is wider where its migrations are walked: they know
# this project's kind of key, today's model the one of its app. No room reads it.
POSTGRES = [
    """SELECT table_name, column_name, data_type, is_nullable, column_default, is_identity,
       generation_expression FROM information_schema.columns WHERE table_schema = 'public'
       AND (table_name, column_name) <> ('auth_group_permissions', 'id')""",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace""",
    """SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger
       WHERE NOT tgisinternal""",
    """SELECT proname, prosrc FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
       AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')""",
]


def test_both_ways_end_in_the_same_tables() -> None:
    """What constraints, columns, indexes, triggers and first rows a new database has. Where
    somebody else's table stands, migrations are walked, and it stays."""
    with empty_database():
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE somebody (id integer)")
        database.migrate()
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE somebody")
        walked = _description()
    with empty_database():
        database.migrate()
        at_once = _description()
        found = database.condition()

    assert at_once == walked
    assert found is database.Condition.CURRENT


def _description() -> dict[str, Any]:
    return {"schema": _schema(), "rows": _rows()}


def _schema() -> list[list[Any]]:
    if connection.vendor == "postgresql":
        return [_ask(question) for question in POSTGRES]
    clauses = [(name, sorted(_clauses(sql))) for name, sql in _ask(SQLITE_TABLES)]
    return [_ask(SQLITE), _ask(SQLITE_COLUMNS), clauses]


def _clauses(sql: str) -> list[str]:
    """The parts of CREATE TABLE between commas outside of brackets."""
    depth, part, parts = 0, "", []
    for sign in sql[sql.index("(") + 1 : sql.rindex(")")]:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            parts.append(part.strip())
            part = ""
        else:
            part += sign
    return [*parts, part.strip()]


def _rows() -> dict[str, int]:
    """How many rows each table starts with."""
    tables = connection.introspection.table_names()
    count = 'SELECT count(*) FROM "{}"'
    return {name: _ask(count.format(name))[0][0] for name in sorted(tables)}


def _ask(question: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return sorted(cursor.fetchall(), key=repr)
