"""SQLite: Django's remake of a table drops its triggers silently, so they are laid on again."""

from __future__ import annotations

from django.db import connections

from wesprint.platform.search.models import SearchDocument, SearchWord
from wesprint.platform.search.sqlite import statements


def restore_triggers(*, using: str, **kwargs: object) -> None:
    database = connections[using]
    needed = {SearchDocument._meta.db_table, SearchWord._meta.db_table}
    if database.vendor != "sqlite" or not needed <= set(database.introspection.table_names()):
        return
    with database.cursor() as cursor:
        for statement in statements():
            cursor.execute(statement)
