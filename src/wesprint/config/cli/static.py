"""Collects what browsers load, only when its source has changed since."""

from __future__ import annotations

import hashlib
from pathlib import Path


def collect_if_changed() -> bool:
    """True when it had to be collected."""
    from django.conf import settings
    from django.core.management import call_command

    if settings.DEVELOPMENT:  # served straight from the source
        return False
    stamp = Path(settings.VAR) / "static.stamp"
    now = _fingerprint()
    if stamp.exists() and stamp.read_text() == now and settings.STATIC_ROOT.exists():
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)
    return True


def _fingerprint() -> str:
    """Over names, sizes and times of all sources: no need to read them."""
    from django.contrib.staticfiles.finders import get_finders

    state = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            state.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return state.hexdigest()
