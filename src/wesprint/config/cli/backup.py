"""`wesprint backup`: everything in one file, while the server goes on."""

from __future__ import annotations

import argparse
import fcntl
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wesprint import __version__
from wesprint.config.cli import output
from wesprint.config.cli.archive import Writer
from wesprint.config.cli.main import with_django
from wesprint.kernel.errors import Conflict, NotFound, Unavailable

KEY = "secret-key"
FILES = "files"


def add(commands: Any) -> None:
    parser = commands.add_parser(
        "backup",
        help="save database, photos and key in one file",
        description="Saves one moment of the database, all photos and the installation's key. "
        "The server may go on. Keep the file safe: it holds personal data.",
    )
    parser.add_argument("target", nargs="?", type=Path, default=Path(), help="a file, or a folder")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=with_django(_backup))


def _backup(given: argparse.Namespace) -> None:
    from wesprint.config.cli import database

    if database.condition() is database.Condition.NEW:
        raise Conflict("There is nothing to save: the database is empty.")
    made_at = datetime.now(UTC)
    target = _target(given.target, made_at)
    with output.progress("Saving", quiet=given.json) as step:
        facts = _write(target, made_at, step)
    answer = {"path": str(target), "bytes": target.stat().st_size, **facts}
    text = f"Saved in {target} ({answer['bytes'] // 1024} KB, {facts['files']} files)."
    output.report(answer, text, as_json=given.json)


def _target(wanted: Path, made_at: datetime) -> Path:
    path = wanted / f"wesprint-{made_at:%Y%m%d-%H%M%S}.tar" if wanted.is_dir() else wanted
    if path.suffix != ".tar":
        raise NotFound(
            f"There is no folder {path}.",
            next="Make it first, or name a file that ends in .tar.",
        )
    if path.exists():
        raise Conflict(f"{path} is there already.", kept="It was not touched.")
    folder = path.parent
    if not folder.is_dir():
        raise NotFound(f"There is no folder {folder}.", next="Make it first, or choose another.")
    if not os.access(folder, os.W_OK):
        raise Unavailable(f"Nothing can be written into the folder {folder}.")
    return path


def _write(target: Path, made_at: datetime, step: output.Step) -> dict[str, Any]:
    """Under its name only when it is whole."""
    part = target.with_name(f".{target.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as handle:
            facts = _fill(Writer(handle), made_at, step)
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return facts


def _fill(writer: Writer, made_at: datetime, step: output.Step) -> dict[str, Any]:
    """First the database, then the files: those it speaks of were written before it, and none
    is collected while we hold the folder."""
    from django.db import connection

    from wesprint.config.cli import dump
    from wesprint.platform.files import store

    with tempfile.TemporaryDirectory(prefix="wesprint-backup-") as folder:
        with store.turn(fcntl.LOCK_SH):
            database = dump.write(Path(folder))
            for path in _kept_files(Path(folder)):
                writer.add(path.relative_to(folder).as_posix(), path)
            count = _add_files(writer, step)
        _add_key(writer)
    facts = {
        "version": __version__,
        "made_at": made_at.isoformat(),
        "database": connection.vendor,
        "migrations": database,
        "files": count,
    }
    writer.close(facts)
    return {key: facts[key] for key in ("version", "made_at", "database", "files")}


def _add_files(writer: Writer, step: output.Step) -> int:
    from django.conf import settings

    root = Path(settings.MEDIA_ROOT)
    paths = list(_kept_files(root))
    for number, path in enumerate(paths, 1):
        writer.add(f"{FILES}/{path.relative_to(root).as_posix()}", path)
        step(number, len(paths), "photos")
    return len(paths)


def _kept_files(root: Path) -> Iterator[Path]:
    return (
        path for path in sorted(root.rglob("*")) if path.is_file() and not path.name.startswith(".")
    )


def _add_key(writer: Writer) -> None:
    """Without it no link, badge or device key would be recognised after restoring."""
    from django.conf import settings

    path = Path(settings.VAR) / KEY
    if path.exists() and not os.environ.get("WESPRINT_SECRET_KEY"):
        writer.add(KEY, path)
