"""Collecting files for which no row speaks any more."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django_tasks import task

from wesprint.platform.files import store
from wesprint.platform.files.models import StoredFile

PATIENCE = timedelta(hours=24)


@task()
def collect_orphans() -> int:
    """Remove files older than a day that no row names; how many. Safe to run twice.

    A photo is written before its row is: whoever wants it again touches its files first, and
    each look and removal has the folder to itself.
    """
    return sum(_collect(folder) for folder in _folders())


def _folders() -> Iterator[Path]:
    return (path for path in sorted(store.root().glob("??")) if path.is_dir())


def _collect(folder: Path) -> int:
    with store.turn(fcntl.LOCK_EX):
        old = [path for path in folder.iterdir() if _is_old(path)]
        known = _known({path.name.split("-")[0] for path in old})
        orphans = [path for path in old if path.name.split("-")[0] not in known]
        for path in orphans:
            path.unlink()
    return len(orphans)


def _is_old(path: Path) -> bool:
    """By the clock of the machine, which is the one that dates files."""
    return path.stat().st_mtime < time.time() - PATIENCE.total_seconds()


def _known(digests: set[str]) -> set[str]:
    rows = StoredFile.objects.filter(digest__in=digests)
    return set(rows.values_list("digest", flat=True))
