"""One moment of the database as files, and back: SQLite as a database, PostgreSQL as one COPY
file per table. Needs no programs beside Python; the schema comes from the migrations."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from psycopg import Cursor, sql

SQLITE = "database.sqlite3"
TABLES = "tables"

Migrations = dict[str, list[str]]


def write(folder: Path) -> Migrations:
    """Put the database into `folder`; which migrations it has."""
    from django.db import connection

    if connection.vendor == "sqlite":
        _copy_sqlite(str(connection.settings_dict["NAME"]), folder / SQLITE)
        return _migrations_in(folder / SQLITE)
    return _write_tables(folder / TABLES)


def _copy_sqlite(source: str, target: Path) -> None:
    """SQLite's own online backup in one step: a snapshot that no writer waits for."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new, pages=-1)
        new.execute("PRAGMA journal_mode=DELETE")


def _migrations_in(path: Path) -> Migrations:
    with closing(sqlite3.connect(path)) as database:
        return _grouped(database.execute(_MIGRATIONS).fetchall())


_MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"


def _grouped(rows: list[tuple[Any, ...]]) -> Migrations:
    grouped: Migrations = {}
    for app, name in rows:
        grouped.setdefault(app, []).append(name)
    return grouped


def _write_tables(folder: Path) -> Migrations:
    folder.mkdir()
    with _snapshot() as cursor:
        for table in _tables(cursor):
            with (folder / f"{table}.copy").open("wb") as handle:
                for chunk in _copy_out(cursor, table):
                    handle.write(chunk)
        cursor.execute(_MIGRATIONS)
        return _grouped(cursor.fetchall())


@contextmanager
def _snapshot() -> Iterator[Cursor[Any]]:
    """Everything as it was at one moment, on a connection of its own."""
    from django.db import connection

    link = connection.copy()
    try:
        link.ensure_connection()
        raw = link.connection
        with raw.transaction(), raw.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield cursor
    finally:
        link.close()


def _copy_out(cursor: Cursor[Any], table: str) -> Iterator[bytes]:
    """The first line names the columns: COPY itself would not say."""
    columns = _columns(cursor, table)
    yield "\t".join(columns).encode() + b"\n"
    query = sql.SQL("COPY {} ({}) TO STDOUT").format(sql.Identifier(table), _names(columns))
    with cursor.copy(query) as copy:
        for chunk in copy:
            yield bytes(chunk)


def _names(columns: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _tables(cursor: Cursor[Any]) -> list[str]:
    cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        " AND tablename <> 'django_migrations' ORDER BY tablename"
    )
    return [name for (name,) in cursor.fetchall()]


def _columns(cursor: Cursor[Any], table: str) -> list[str]:
    """Without those that the database computes itself."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]


def read_sqlite(folder: Path) -> None:
    """Fill the (empty) SQLite database of this installation."""
    from django.db import connection

    target = str(connection.settings_dict["NAME"])
    connection.close()
    with (
        closing(sqlite3.connect(folder / SQLITE)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new, pages=-1)


def read_tables(folder: Path) -> None:
    """Fill the tables of a PostgreSQL database that the migrations have just made."""
    from django.db import connection, transaction

    paths = sorted((folder / TABLES).glob("*.copy"))
    with transaction.atomic():
        connection.ensure_connection()
        with connection.connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for path in paths:
                _empty(cursor, path.stem)
            for path in paths:
                _copy_in(cursor, path)
            for path in paths:
                _continue_numbers(cursor, path.stem)


def _empty(cursor: Cursor[Any], table: str) -> None:
    """Migrations fill some tables (content types, reference facts); the backup knows better."""
    cursor.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(table)))
    row = cursor.fetchone()
    if row and row[0]:
        cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


def _copy_in(cursor: Cursor[Any], path: Path) -> None:
    with path.open("rb") as handle:
        columns = handle.readline().decode().rstrip("\n").split("\t")
        query = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(path.stem), _names(columns)
        )
        with cursor.copy(query) as copy:
            while chunk := handle.read(256 * 1024):
                copy.write(chunk)


def _continue_numbers(cursor: Cursor[Any], table: str) -> None:
    """The next row gets the next number."""
    for column in _columns(cursor, table):
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', column])
        row = cursor.fetchone()
        if row and row[0]:
            query = sql.SQL(
                "SELECT setval(%s, greatest(coalesce(max({column}), 0), 1),"
                " max({column}) IS NOT NULL) FROM {table}"
            ).format(column=sql.Identifier(column), table=sql.Identifier(table))
            cursor.execute(query, [row[0]])
