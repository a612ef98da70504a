"""Very many rows, made visible by short commits.

On SQLite one long transaction would keep every other writer waiting. Here the rows are laid into
temporary tables of this connection first, which holds up nobody, under row numbers that were
reserved for them; then they are only copied over. Even that holds SQLite's one writer for seconds
where it is a hundred thousand rows, so what is laid can be cut into portions, each complete in
itself and moved by a transaction of its own. If the process dies, what was not moved is gone and
nothing is left of it but a gap in the row numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model

from wesprint.platform.base.db import write_transaction
from wesprint.platform.base.inserts import is_plain

_PORTION = "portion_of_stage"
AT_ONCE = 250  # rows in one statement: within the limits of parameters on both databases


class Stage:
    """Rows of several models, moved in the order in which the models came first. portion: the
    number of the one that is being laid; the first is 0."""

    def __init__(self) -> None:
        self.portion = 0
        self._models: dict[type[Model], str] = {}

    def cut(self) -> None:
        """What is laid from now on belongs to the next portion."""
        self.portion += 1

    def lay(self, rows: Sequence[Model]) -> None:
        """All of one model, each with its reserved key."""
        if not rows:
            return
        model = type(rows[0])
        self._open(model)
        for start in range(0, len(rows), AT_ONCE):
            self._insert(model, rows[start : start + AT_ONCE])

    def _open(self, model: type[Model]) -> None:
        if model in self._models:
            return
        table, names = _quote(model._meta.db_table), _columns(model)
        stage = _quote(f"stage_{model._meta.db_table}")
        with connection.cursor() as cursor:
            cursor.execute(_drop(stage))
            cursor.execute(
                f"CREATE TEMPORARY TABLE {stage} AS SELECT {names}, 0 AS {_PORTION} "  # noqa: S608 - our own names
                f"FROM {table} LIMIT 0"
            )
            cursor.execute(f"CREATE INDEX {_quote(f'by_{stage[1:-1]}')} ON {stage} ({_PORTION})")
        self._models[model] = stage

    def _insert(self, model: type[Model], rows: Sequence[Model]) -> None:
        fields = _values(model)
        one = f"({', '.join(['%s'] * len(fields))}, {self.portion:d})"
        params = [
            field.get_db_prep_save(getattr(row, name), connection) if field else getattr(row, name)
            for row in rows
            for name, field in fields
        ]
        # Only names of tables and columns stand in the text.
        statement = f"INSERT INTO {self._models[model]} VALUES {', '.join([one] * len(rows))}"  # noqa: S608 - names of our own tables and columns
        with connection.cursor() as cursor:
            cursor.execute(statement, params)

    def move(self, portion: int = 0) -> None:
        """One portion into the real tables, inside the caller's transaction."""
        with connection.cursor() as cursor:
            for model, stage in self._models.items():
                names, table = _columns(model), _quote(model._meta.db_table)
                cursor.execute(
                    f"INSERT INTO {table} ({names}) SELECT {names} FROM {stage} "  # noqa: S608 - our own names
                    f"WHERE {_PORTION} = %s",
                    [portion],
                )

    def clear(self) -> None:
        with connection.cursor() as cursor:
            for stage in self._models.values():
                cursor.execute(_drop(stage))
        self._models.clear()


@contextmanager
def staging() -> Iterator[Stage]:
    stage = Stage()
    try:
        yield stage
    finally:
        if not connection.needs_rollback:
            stage.clear()


def reserve_keys(model: type[Model], count: int) -> list[int]:
    """Row numbers that nobody else gets from now on."""
    table = model._meta.db_table
    with write_transaction(), connection.cursor() as cursor:
        if not _is_sqlite():
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, model._meta.pk.column, count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        if row is None:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, 0)", [table])
        last = row[0] if row else 0
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last + count, table])
        return list(range(last + 1, last + count + 1))


def _fields(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    return tuple(model._meta.concrete_fields)


@lru_cache
def _values(model: type[Model]) -> tuple[tuple[str, Field[Any, Any] | None], ...]:
    """Attribute names, with the field where a value must be prepared for the database."""
    return tuple((field.attname, None if is_plain(field) else field) for field in _fields(model))


def _columns(model: type[Model]) -> str:
    return ", ".join(_quote(str(field.column)) for field in _fields(model))


def _quote(name: str) -> str:
    return connection.ops.quote_name(name)


def _drop(stage: str) -> str:
    return f"DROP TABLE IF EXISTS {stage}"


def _is_sqlite() -> bool:
    return connection.vendor == "sqlite"
