"""Benchmarks on both databases: each measured in a fresh database, in a process of its own."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg

POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"
DATABASES = ("sqlite", "postgresql")
Measure = Callable[[str, argparse.Namespace], bool]


def on_each(measure: Measure, options: argparse.Namespace) -> int:
    """Run `measure(name, options)` on SQLite and PostgreSQL, or on the one of `options.only`; the
    exit code. measure: a function of a module, because each process imports it anew."""
    only = getattr(options, "only", None)
    good = [_on(name, measure, options) for name in DATABASES if only in (None, name)]
    return 0 if all(good) else 1


@contextmanager
def new_database(server: str) -> Iterator[str]:
    """A new database on this PostgreSQL server, dropped afterwards; its DATABASE_URL."""
    name = f"wesprint_bench_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True, connect_timeout=3) as maintenance:
        maintenance.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            maintenance.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def books_close() -> bool:
    """Whether nothing was lost or invented in the one house of the database."""
    from wesprint.platform.ledger.selectors import stock_gap, unbalanced
    from wesprint.platform.organisations.models import Centre

    centre = Centre.objects.get()
    closed = stock_gap(centre) == 0 and unbalanced(centre) == []
    if not closed:
        print("the books do not close", file=sys.stderr)
    return closed


def _on(name: str, measure: Measure, options: argparse.Namespace) -> bool:
    with tempfile.TemporaryDirectory(prefix="wesprint-bench-") as folder:
        if name == "sqlite":
            return _in_process(name, f"sqlite://{folder}/bench.sqlite3", folder, measure, options)
        try:
            with new_database(os.environ.get("WESPRINT_TEST_POSTGRES", POSTGRES)) as url:
                return _in_process(name, url, folder, measure, options)
        except psycopg.OperationalError as error:
            print(f"PostgreSQL left out: {error}".strip(), file=sys.stderr)
            return True


def _in_process(
    name: str, url: str, folder: str, measure: Measure, options: argparse.Namespace
) -> bool:
    """Settings are read once per process, so each database gets its own."""
    os.environ |= {"DATABASE_URL": url, "WESPRINT_VAR": folder}
    process = multiprocessing.get_context("spawn").Process(
        target=_measure_and_exit, args=(name, measure, options)
    )
    process.start()
    process.join()
    return process.exitcode == 0


def _measure_and_exit(name: str, measure: Measure, options: argparse.Namespace) -> None:
    sys.exit(0 if measure(name, options) else 1)
