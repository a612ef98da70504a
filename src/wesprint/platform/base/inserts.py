"""Inserting rows of a model with one prepared text per model and number of rows.

Django composes the statement anew for every call, which for an event of 35 columns costs more
than the database does. Values go through the fields as always; there are no signals here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import Any, TypeVar

from django.core.management.color import no_style
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model

M = TypeVar("M", bound=Model)


def insert(rows: Sequence[M]) -> list[M]:
    """The rows, saved in one statement and with their keys. All of one model, all new."""
    if not rows:
        return []
    _resolve_relations(rows)
    model = type(rows[0])
    params = [
        field.get_db_prep_save(getattr(row, name), connection) if field else getattr(row, name)
        for row in rows
        for name, field in _values(model)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_statement(model, len(rows)), params)
        keys = cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk, row._state.adding, row._state.db = key, False, connection.alias
    return list(rows)


def _resolve_relations(rows: Sequence[Model]) -> None:
    """A relation to a row that was saved after it was assigned gets its key now."""
    for row in rows:
        for name in _relations(type(row)):
            if name in row._state.fields_cache and getattr(row, f"{name}_id") is None:
                setattr(row, name, row._state.fields_cache[name])


@lru_cache
def _relations(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.name for field in model._meta.concrete_fields if field.is_relation)


@lru_cache
def _fields(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    """All columns but an automatic key."""
    automatic = model._meta.auto_field
    return tuple(field for field in model._meta.concrete_fields if field is not automatic)


# Their values are in memory what they are in the database, on every database.
_PLAIN = {"CharField", "TextField", "BooleanField", "IntegerField", "BigIntegerField"}
_PLAIN |= {"SmallIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField"}
_PLAIN |= {"BigAutoField", "ForeignKey", "OneToOneField"}  # their attribute holds the key


def is_plain(field: Field[Any, Any]) -> bool:
    return field.get_internal_type() in _PLAIN


@lru_cache
def _values(model: type[Model]) -> tuple[tuple[str, Field[Any, Any] | None], ...]:
    """Attribute names, with the field where a value must be prepared for the database."""
    return tuple((field.attname, None if is_plain(field) else field) for field in _fields(model))


@lru_cache(maxsize=200)
def _statement(model: type[Model], rows: int) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in _fields(model))
    one = f"({', '.join(['%s'] * len(_fields(model)))})"
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    # Only names from the model stand in the text.
    return f"INSERT INTO {table} ({columns}) VALUES {', '.join([one] * rows)} RETURNING {key}"  # noqa: S608 - names of our own tables and columns


def insert_tuples(model: type[Model], rows: Iterable[Sequence[Any]]) -> int:
    """Many rows at once, key first, then the values of all other columns in their order; how
    many they were. PostgreSQL takes them by COPY. The caller hands out the keys and calls
    `keys_used` when it has done."""
    here = connections[connection.alias]  # once, not through the proxy for every value
    prepare = [
        (place, _once(_adapter(field, here)))
        for place, (_name, field) in enumerate(_values(model), start=1)
        if field is not None
    ]
    prepared = (_prepared(row, prepare) for row in rows)
    return _copy(model, prepared) if connection.vendor == "postgresql" else _many(model, prepared)


def _adapter(field: Field[Any, Any], here: BaseDatabaseWrapper) -> Callable[[Any], Any]:
    """What the field does with a value for the database; moments and days come as such and need
    no look at whether they are text."""
    match field.get_internal_type():
        case "DateTimeField":
            return here.ops.adapt_datetimefield_value
        case "DateField":
            return here.ops.adapt_datefield_value
    return partial(field.get_db_prep_save, connection=here)


def _once(adapt: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The same object in row after row (the moment of recording) is adapted once."""
    last: list[Any] = [object(), None]

    def adapted(value: Any) -> Any:
        if value is not last[0]:
            last[:] = value, adapt(value)
        return last[1]

    return adapted


def _prepared(row: Sequence[Any], prepare: Sequence[tuple[int, Any]]) -> list[Any]:
    values = list(row)
    for place, adapt in prepare:
        values[place] = adapt(values[place])
    return values


def _columns(model: type[Model]) -> str:
    quote = connection.ops.quote_name
    names = [str(model._meta.pk.column), *(str(field.column) for field in _fields(model))]
    return ", ".join(map(quote, names))


def _many(model: type[Model], rows: Iterable[Sequence[Any]]) -> int:
    table = connection.ops.quote_name(model._meta.db_table)
    places = ", ".join(["%s"] * (len(_fields(model)) + 1))
    # Only names from the model stand in the text.
    statement = f"INSERT INTO {table} ({_columns(model)}) VALUES ({places})"  # noqa: S608 - names of our own tables and columns
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(rows))
        return int(cursor.rowcount)


def _copy(model: type[Model], rows: Iterable[Sequence[Any]]) -> int:
    table, count = connection.ops.quote_name(model._meta.db_table), 0
    statement = f"COPY {table} ({_columns(model)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def next_key(model: type[Model]) -> int:
    """The first key that no row has. Only for somebody who alone writes this table now."""
    last = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return int(last or 0) + 1


def keys_used(*models: type[Model]) -> None:
    """Tell the database that keys were handed out by hand (SQLite sees it by itself)."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(models))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
