"""`wesprint worker`: works off the queue, on this machine or on several beside each other."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from wesprint.config.cli.main import main, setup
from wesprint.config.cli.processes import die_with_starter


def add(commands: Any) -> None:
    parser = commands.add_parser(
        "worker",
        help="work off the queue (serve does that by itself)",
        description="Runs the work behind the pages until it is stopped. Several may run, on "
        "several machines when they share a PostgreSQL database.",
    )
    parser.add_argument("--name", default="", help="unique among all workers; made up if missing")
    parser.add_argument("--replaces", default="", help="a worker that died: take over its tasks")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    die_with_starter()
    setup()
    from django.conf import settings
    from django.utils import translation

    from wesprint.platform.jobs.worker import WorkerProcess

    translation.activate(settings.LANGUAGE_CODE)
    WorkerProcess(given.name, replaces=given.replaces).run()
    return 0


if __name__ == "__main__":
    sys.exit(main(["worker", *sys.argv[1:]]))
