"""Where an uploaded table waits until its import is over."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from django.conf import settings

from wesprint.platform.imports import limits


def folder() -> Path:
    return Path(settings.IMPORT_ROOT)


def path_of(public_id: str) -> Path:
    """By our own number: the name that somebody gave the file leads nowhere."""
    return folder() / public_id


def keep(public_id: str, blocks: Iterable[bytes]) -> int:
    """Write it durably, up to the limit; its size. Raises Invalid for a larger one."""
    folder().mkdir(parents=True, exist_ok=True)
    path, size = path_of(public_id), 0
    try:
        with path.open("xb") as handle:
            for block in blocks:
                size += len(block)
                if size > limits.MOST_BYTES:
                    raise limits.too_large()
                handle.write(block)
            handle.flush()
            os.fsync(handle.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return size


def forget(public_id: str) -> None:
    path_of(public_id).unlink(missing_ok=True)


def shown_name(name: str) -> str:
    """The last part of what was sent, without signs that could hide something."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return re.sub(r"[^\w .()+-]", "_", last)[-120:] or "table"
