"""The inverted indexes: FTS5 tables with triggers on SQLite, tsvector and pg_trgm on PostgreSQL."""

from django.core.exceptions import ImproperlyConfigured
from django.db import migrations, transaction
from django.db.utils import DatabaseError

from wesprint.platform.search import postgres, sqlite


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        ensure_trigrams(schema_editor.connection)
        statements = postgres.STATEMENTS
    else:
        statements = sqlite.statements()
    for statement in statements:
        schema_editor.execute(statement)


def ensure_trigrams(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone():
            return
        try:
            with transaction.atomic(using=connection.alias):
                cursor.execute("CREATE EXTENSION pg_trgm")
        except DatabaseError as error:
            name = connection.settings_dict["NAME"]
            raise ImproperlyConfigured(
                "Search needs PostgreSQL's extension pg_trgm, and this user may not create it. "
                f'Please run once as a database administrator: psql -d {name} '
                '-c "CREATE EXTENSION pg_trgm" (Debian package postgresql-contrib), '
                "then migrate again."
            ) from error


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        statements = [
            "DROP INDEX IF EXISTS search_word_trigrams",
            "ALTER TABLE search_searchdocument DROP COLUMN IF EXISTS lexemes",
        ]
    else:
        triggers = [f"DROP TRIGGER IF EXISTS {name}" for name in sqlite.TRIGGERS]
        statements = [*triggers, "DROP TABLE search_fts", "DROP TABLE search_word_fts"]
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
