"""The solvers' process of `wesprint serve`. Started as a program of its own; not meant to be called
by hand."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path
from typing import Any

from wesprint.config.cli.main import main, setup
from wesprint.config.cli.processes import die_with_starter


def add(commands: Any) -> None:
    parser = commands.add_parser("compute")
    parser.add_argument("--at", required=True, type=Path)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    die_with_starter()
    setup()
    from wesprint.platform.compute.service import Service

    service = Service(given.at)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    try:
        service.run()
    finally:
        service.close()
    return 0


def _stop(_signal: int, _frame: object) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    sys.exit(main(["compute", *sys.argv[1:]]))
