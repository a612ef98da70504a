"""`wesprint migrate | check`: is the installation well?"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Iterator
from typing import Any

from wesprint.config.cli import output
from wesprint.config.cli.main import with_django

LITTLE_SPACE = 1024**3


def add(commands: Any) -> None:
    migrate = commands.add_parser("migrate", help="bring the database up to date")
    migrate.set_defaults(run=with_django(_migrate))
    check = commands.add_parser(
        "check",
        help="is this installation well?",
        description="Looks at the database, the worker, letters, disk and settings. Exit code 1 "
        "when something needs a person.",
    )
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=with_django(_check))


def _migrate(given: argparse.Namespace) -> None:
    from wesprint.config.cli import database

    if database.condition() is database.Condition.CURRENT:
        output.say("The database is up to date.")
        return
    database.migrate()
    output.say("The database was brought up to date.")


def _check(given: argparse.Namespace) -> int:
    from wesprint.config.cli.database import Condition, condition

    found = condition()
    problems = ["The database is not up to date: wesprint migrate"]
    if found is Condition.CURRENT:
        problems = [line for look in _LOOKS for line in look()]
    answer = {"well": not problems, "problems": problems}
    output.report(answer, "\n".join(problems) or "All is well.", as_json=given.json)
    return 1 if problems else 0


def _settings() -> Iterator[str]:
    from django.core.checks import run_checks

    return (f"Setting: {problem.msg}" for problem in run_checks() if problem.is_serious())


def _demo() -> Iterator[str]:
    from django.conf import settings

    from wesprint.web.demo import demo_here

    if settings.DEMO and not demo_here():
        yield "WESPRINT_DEMO is 1, but `wesprint demo` did not make this database: take it out"


def _triggers() -> Iterator[str]:
    from django.db import connection

    from wesprint.platform.ledger import triggers

    return (
        f"The database does not guard its events: {name}" for name in triggers.missing(connection)
    )


def _queue() -> Iterator[str]:
    from wesprint.platform.jobs.selectors import queue_state

    state = queue_state()
    if not state.workers:
        yield f"No worker is running, {state.ready} tasks wait: wesprint serve or wesprint worker"
    if state.failed:
        yield f"{state.failed} tasks failed"


def _events() -> Iterator[str]:
    from wesprint.platform.outbox.selectors import dead

    return (f"Gave up: {row.event} for {row.handler}: {row.reason}" for row in dead()[:20])


def _letters() -> Iterator[str]:
    from wesprint.platform.notices.selectors import not_arrived

    return (f"Letter {row}: {row.state}, {row.reason}" for row in not_arrived()[:20])


def _disk() -> Iterator[str]:
    from django.conf import settings

    free = shutil.disk_usage(settings.VAR).free
    if free < LITTLE_SPACE:
        yield f"Only {free // 1024**2} MB are free in {settings.VAR}"


def _privacy() -> Iterator[str]:
    """Made so by itself since it was first started; a folder may be older, or copied."""
    from django.conf import settings

    if settings.VAR.stat().st_mode & 0o077:
        yield f"Others on this machine can read {settings.VAR}: chmod -R go= {settings.VAR}"


_LOOKS: tuple[Callable[[], Iterator[str]], ...] = (
    _settings,
    _demo,
    _triggers,
    _queue,
    _events,
    _letters,
    _disk,
    _privacy,
)
