"""The index is part of the transaction of the change, on both databases."""

from __future__ import annotations

import importlib
import threading

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, transaction

from wesprint.platform.base.db import with_retries, write_transaction
from wesprint.platform.search.models import SearchDocument, SearchWord
from wesprint.platform.search.selectors import search
from wesprint.platform.search.services import index

pytestmark = pytest.mark.usefixtures("fresh_database")

HERE = "centre:HERE"


def write(ident: str, title: str) -> None:
    with write_transaction():
        index(kind="item", object_id=ident, scope=HERE, title=title)


def test_nothing_is_indexed_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="within the transaction"):
        index(kind="item", object_id="X", scope=HERE, title="Kommode")


def test_a_rolled_back_change_is_not_found() -> None:
    with pytest.raises(ValueError, match="stop"), transaction.atomic():
        index(kind="item", object_id="X", scope=HERE, title="Kommode")
        raise ValueError("stop")
    assert search("item", HERE, "kommode") == ()


def test_every_migrate_leaves_a_working_index() -> None:
    if connection.vendor == "sqlite":  # what Django's remake of a table does in passing
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER search_document_added")
    call_command("migrate", "search", verbosity=0)
    write("X", "Kommode")
    assert search("item", HERE, "kommode") == ("X",)


def test_the_index_goes_and_comes_back_with_its_migration() -> None:
    call_command("migrate", "search", "0001", verbosity=0)
    call_command("migrate", "search", verbosity=0)
    write("X", "Kommode")
    assert search("item", HERE, "komode") == ("X",)


def test_writers_that_bring_the_same_new_words_do_not_disturb_each_other() -> None:
    words = ["Anrichte", "Buffet", "Couch", "Diwan"]
    barrier = threading.Barrier(4)

    def work(number: int) -> None:
        try:
            barrier.wait(timeout=30)
            for turn in range(10):
                title = " ".join(f"{word}{turn}" for word in words[number:] + words[:number])
                with_retries(lambda title=title, turn=turn: write(f"{number}-{turn}", title))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert (SearchDocument.objects.count(), SearchWord.objects.count()) == (40, 40)
    assert sorted(search("item", HERE, "diwan7")) == ["0-7", "1-7", "2-7", "3-7"]


def test_a_user_who_may_not_create_the_extension_is_told_what_to_do() -> None:
    if connection.vendor != "postgresql":  # SQLite has it built in: nothing to create
        assert search("item", HERE, "kommode") == ()
        return
    migration = importlib.import_module("wesprint.platform.search.migrations.0002_indexes")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION pg_trgm CASCADE")
        cursor.execute("CREATE ROLE ws_search_test; SET LOCAL ROLE ws_search_test")
        with pytest.raises(ImproperlyConfigured, match='-c "CREATE EXTENSION pg_trgm"'):
            migration.ensure_trigrams(connection)
        transaction.set_rollback(True)
