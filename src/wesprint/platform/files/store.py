"""The files folder: `<two letters>/<digest>-<size>.webp`, written whole or not at all."""

from __future__ import annotations

import errno
import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import Unavailable

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def root() -> Path:
    return Path(settings.MEDIA_ROOT)


def path_of(digest: str, size: int) -> Path:
    return root() / digest[:2] / f"{digest}-{size}.webp"


def keep(digest: str, contents: dict[int, bytes]) -> None:
    """Write all sizes durably. Raises Unavailable, with nothing half-saved, on a full disk."""
    written: list[Path] = []
    try:
        with turn(fcntl.LOCK_SH):
            for size, content in contents.items():
                path = path_of(digest, size)
                if not _touched(path):
                    _write(path, content)
                    written.append(path)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        if error.errno not in _FULL:
            raise
        raise disk_full() from error


def _touched(path: Path) -> bool:
    """The same photo lies there already: say that it is wanted again."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def touch(digest: str, sizes: list[int]) -> bool:
    """Say that the files are wanted again; False when one is missing."""
    with turn(fcntl.LOCK_SH):
        return bool(sizes) and all(_touched(path_of(digest, size)) for size in sizes)


def disk_full() -> Unavailable:
    return Unavailable(
        _("The disk of this house is full."),
        kept=_("The photo was not saved; everything before it is safe."),
        next=_("Please go on without a photo and tell the people who run the house."),
        code="disk-full",
    )


@contextmanager
def turn(kind: int) -> Iterator[None]:
    """Writers share the folder; collecting and backing up each need it in their own way."""
    root().mkdir(parents=True, exist_ok=True)
    with (root() / ".lock").open("w") as handle:
        fcntl.flock(handle, kind)
        yield


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
