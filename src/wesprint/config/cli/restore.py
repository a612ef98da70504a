"""`wesprint restore`: a backup into an empty installation."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from wesprint.config.cli import archive, output
from wesprint.config.cli.backup import FILES, KEY
from wesprint.config.cli.main import with_django
from wesprint.kernel.errors import Conflict, NotFound


def add(commands: Any) -> None:
    parser = commands.add_parser(
        "restore",
        help="bring a backup into an empty installation",
        description="Checks the backup byte by byte, restores it, brings the database up to date "
        "and verifies the ledger. The installation has to be empty.",
    )
    parser.add_argument("backup", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=with_django(_restore))


def _restore(given: argparse.Namespace) -> int:
    from django.conf import settings

    if not given.backup.is_file():
        raise NotFound(f"There is no backup {given.backup}.")
    archive.require_backup(given.backup)
    _refuse_unless_empty()
    # Beside the target: moving the photos into place then costs nothing.
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.VAR) as name:
        manifest = archive.unpack(given.backup, Path(name))
        _refuse_other_database(manifest)
        _read_database(Path(name), manifest)
        _move_files(Path(name))
        _take_key(Path(name))
    return _report(given, manifest)


def _refuse_unless_empty() -> None:
    from django.conf import settings

    from wesprint.config.cli.database import Condition, condition

    files = Path(settings.MEDIA_ROOT)
    photos = files.exists() and any(path.is_file() for path in files.rglob("*.webp"))
    if photos or (condition() is not Condition.NEW and _has_rows()):
        raise Conflict(
            "This installation is not empty.",
            kept="Nothing was changed.",
            next="Restore into a new place: another WESPRINT_VAR, another database.",
        )


def _has_rows() -> bool:
    from wesprint.platform.commands.models import Command
    from wesprint.platform.organisations.models import Organisation
    from wesprint.platform.people.models import User

    return any(model.objects.exists() for model in (Organisation, User, Command))


def _refuse_other_database(manifest: dict[str, Any]) -> None:
    from django.db import connection

    if manifest["database"] != connection.vendor:
        raise Conflict(
            f"The backup was made on {manifest['database']}, this is {connection.vendor}.",
            kept="Nothing was restored.",
            next="Set DATABASE_URL to a database of the same kind.",
        )


def _read_database(folder: Path, manifest: dict[str, Any]) -> None:
    """The schema as it was when the backup was made, the rows, and then up to date."""
    from django.db import connection

    from wesprint.config.cli import database, dump

    if connection.vendor == "sqlite":
        dump.read_sqlite(folder)
    else:
        database.migrate_to(manifest["migrations"])
        dump.read_tables(folder)
    database.migrate()


def _move_files(folder: Path) -> None:
    from django.conf import settings

    root = Path(settings.MEDIA_ROOT)
    for path in sorted((folder / FILES).rglob("*")):
        if path.is_file():
            target = root / path.relative_to(folder / FILES)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, target)


def _take_key(folder: Path) -> None:
    """Links, badges and devices of the saved installation stay valid."""
    from django.conf import settings

    if (folder / KEY).exists() and not os.environ.get("WESPRINT_SECRET_KEY"):
        target = Path(settings.VAR) / KEY
        shutil.move(folder / KEY, target)
        target.chmod(0o600)


def _report(given: argparse.Namespace, manifest: dict[str, Any]) -> int:
    from wesprint.platform.ledger.checking import verify_database
    from wesprint.platform.ledger.verify import render

    verified = verify_database()
    answer = {
        "made_at": manifest["made_at"],
        "files": manifest["files"],
        "events": verified.events,
        "unchanged": verified.unchanged,
        "problems": [str(problem) for problem in verified.problems],
    }
    text = f"Restored what was saved at {manifest['made_at']}.\n{render(verified)}"
    output.report(answer, text, as_json=given.json)
    return 0 if verified.unchanged else 1
