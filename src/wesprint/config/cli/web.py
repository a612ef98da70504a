"""The web server process of `wesprint serve`: granian, whose workers are forked from here with
everything loaded. Started as a program of its own; not meant to be called by hand."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from wesprint.config.cli.main import main, setup
from wesprint.config.cli.processes import die_with_parent, die_with_starter

THREADS = 4
KILL_AFTER_SECONDS = 15


def load() -> Any:
    """The application, in a worker that ends with its server even when that was killed."""
    die_with_parent(os.getppid())
    from wesprint.config.wsgi import application as real

    return real


def add(commands: Any) -> None:
    """As a command, so that its errors are said like those of all others."""
    parser = commands.add_parser("web")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--migrate", action="store_true")
    parser.add_argument("--reload", action="store_true")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    die_with_starter()
    setup()
    _make_ready(may_migrate=given.migrate)
    serve(given.host, given.port, workers=given.workers, reload=given.reload)
    return 0


def _make_ready(*, may_migrate: bool) -> None:
    from django.conf import settings
    from django.db import connections

    from wesprint.config.cli import database, static

    database.make_ready(may_migrate=may_migrate)
    static.collect_if_changed()
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    connections.close_all()


def serve(host: str, port: int, *, workers: int, reload: bool) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    if not reload:
        _preload()
    Granian(
        "wesprint.config.cli.web:load",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=KILL_AFTER_SECONDS,
        reload=reload,
        reload_paths=[Path(__file__).resolve().parents[2]],
    ).serve()


def _preload() -> None:
    """Import and open everything once; no connection may be open when workers are forked."""
    from django.db import connections
    from django.urls import get_resolver
    from django.utils import translation

    from wesprint.config import wsgi
    from wesprint.config.cli.warm import warm_up

    _patterns = get_resolver().url_patterns
    warm_up(wsgi.application)
    translation.deactivate()
    connections.close_all()


if __name__ == "__main__":
    sys.exit(main(["web", *sys.argv[1:]]))
