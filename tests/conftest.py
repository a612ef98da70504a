"""Both databases run the same tests: `DATABASE_URL` chooses, SQLite in a file without it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections
from django.utils import translation
from hypothesis import settings as property_settings

from wesprint.config.cli.new_database import make_new
from wesprint.kernel.clock import FixedClock
from wesprint.platform.base.clock import use_clock

# how long an example takes says how busy the machine is, nothing of the code
property_settings.register_profile("unhurried", deadline=None)
property_settings.load_profile("unhurried")


class MadeTown(NamedTuple):
    """Where its files lie (TOWNS_ROOT), and what `take_town` takes."""

    root: Path
    made: Any


PURE = frozenset({"engines", "kernel", "test_toolchain"})
REQUIRE_ALL = os.environ.get("WESPRINT_REQUIRE_ALL") == "1"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """With WESPRINT_REQUIRE_ALL=1 a skipped test is a failure: CI has everything it needs."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]  # pluggy's result object
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although everything is required: {report.longrepr}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What asks no database need not run on each of them. The longest file goes first, so that
    one core does not wait for it in the end."""
    here = Path(__file__).parent
    items.sort(key=lambda item: item.path != here / "browser" / "test_walk.py")
    for item in items:
        if item.path.is_relative_to(here) and item.path.relative_to(here).parts[0] in PURE:
            item.add_marker(pytest.mark.once)


@pytest.fixture
def clock() -> Iterator[FixedClock]:
    """A Tuesday morning, 10:00 in Berlin, standing still."""
    fixed = FixedClock(datetime(2026, 11, 24, 9, tzinfo=UTC))
    with use_clock(fixed):
        yield fixed


@pytest.fixture(autouse=True)
def nothing_left_over() -> None:
    """All tests come from one address and run in one thread: what one of them sent must not
    pause the next, nor its last page decide the next one's language."""
    cache.clear()
    translation.deactivate()


@pytest.fixture(scope="session")
def bindlach_made(tmp_path_factory: pytest.TempPathFactory) -> MadeTown:
    """A real town from its extract, once for all: reading it takes seconds."""
    from django.test.utils import override_settings

    import wesprint.config.demo
    from wesprint.platform.geo import making

    root = tmp_path_factory.mktemp("towns")
    extract = Path(wesprint.config.demo.__path__[0]) / "towns" / "bindlach_2014.osm.pbf"
    with override_settings(TOWNS_ROOT=root):
        return MadeTown(root, making.make(extract, box=None, step=lambda *_: None))


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """Always the default database: pytest-django would skip it where only tests with
    `fresh_database` run, because it looks for its own mark. Made as a new installation is."""
    original = str(connection.settings_dict["NAME"])
    creation: Any = connection.creation
    with django_db_blocker.unblock():
        connection.close()
        _point_to(creation._create_test_db(verbosity=0, autoclobber=True))
        make_new()
    yield
    with django_db_blocker.unblock():
        creation.destroy_test_db(original, verbosity=0)


@pytest.fixture
def fresh_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A migrated, empty database of its own, for tests with threads and processes.

    A clone of the test database, because the ledger's rows cannot be flushed away: its
    triggers forbid DELETE and TRUNCATE. Yields the DATABASE_URL for child processes.
    """
    with django_db_blocker.unblock(), own_database() as url:
        yield url


@contextmanager
def own_database() -> Iterator[str]:
    with _beside(_clone) as url:
        yield url


@contextmanager
def empty_database() -> Iterator[str]:
    """A database without any table."""
    with _beside(_empty) as url:
        yield url


@contextmanager
def _beside(make: Callable[[str], str]) -> Iterator[str]:
    original = str(connection.settings_dict["NAME"])
    connections.close_all()
    clone = make(original)
    _point_to(clone)
    try:
        yield _url_of(clone)
    finally:
        connections.close_all()
        _point_to(original)
        _drop(clone)


def _point_to(name: str) -> None:
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _clone(original: str) -> str:
    if connection.vendor == "sqlite":
        target = Path(tempfile.mkdtemp(prefix="wesprint-db-")) / "clone.sqlite3"
        with closing(sqlite3.connect(original)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        return str(target)
    name = f"{original}_{uuid.uuid4().hex[:8]}"
    _maintain(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
    return name


def _empty(original: str) -> str:
    if connection.vendor == "sqlite":
        return str(Path(tempfile.mkdtemp(prefix="wesprint-db-")) / "empty.sqlite3")
    name = f"{original}_{uuid.uuid4().hex[:8]}"
    _maintain(f'CREATE DATABASE "{name}"')
    return name


def _drop(clone: str) -> None:
    if connection.vendor == "sqlite":
        shutil.rmtree(Path(clone).parent)
    else:
        _maintain(f'DROP DATABASE "{clone}" WITH (FORCE)')


def _maintain(statement: Any) -> None:
    options = connection.settings_dict
    with psycopg.connect(
        dbname="postgres",
        user=options["USER"],
        password=options["PASSWORD"],
        host=options["HOST"],
        port=options["PORT"] or None,
        autocommit=True,
    ) as maintenance:
        maintenance.execute(statement)


def _url_of(name: str) -> str:
    if connection.vendor == "sqlite":
        return f"sqlite://{name}"
    options = connection.settings_dict
    user = f"{options['USER']}:{options['PASSWORD']}".rstrip(":")
    return f"postgresql://{user}@{options['HOST']}:{options['PORT'] or 5432}/{name}"
