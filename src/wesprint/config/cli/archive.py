"""The backup file: a tar with the database, the photos, the key, and a manifest at its end.

The manifest names every member with its SHA-256, so that restoring notices each lost byte.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from wesprint.kernel.errors import Invalid

FORMAT = "wesprint-backup/1"
MANIFEST = "manifest.json"


class _Hashing(io.RawIOBase):
    """Passes bytes on and remembers their digest."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.state = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(size)
        self.state.update(chunk)
        return chunk


class Writer:
    """Adds members one by one; `close` writes the manifest."""

    def __init__(self, handle: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=handle, mode="w")  # noqa: SIM115 - closed in close()
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, path: Path) -> None:
        with path.open("rb") as source:
            info = tarfile.TarInfo(name)
            info.size = path.stat().st_size
            info.mode = 0o600
            hashing = _Hashing(source)
            self._tar.addfile(info, hashing)
        self.members[name] = {"sha256": hashing.state.hexdigest(), "bytes": info.size}

    def close(self, facts: Mapping[str, Any]) -> None:
        manifest = {"format": FORMAT, **facts, "members": self.members}
        content = json.dumps(manifest, indent=1, sort_keys=True).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(content)
        self._tar.addfile(info, io.BytesIO(content))
        self._tar.close()


def require_backup(archive: Path) -> None:
    """Whether it is worth unpacking at all: a look at the names. Raises Invalid."""
    try:
        with tarfile.open(archive, "r:") as tar:
            if MANIFEST in tar.getnames():
                return
    except (tarfile.TarError, EOFError):
        raise Invalid(f"{archive} is not a backup.", kept="Nothing was restored.") from None
    raise _not_whole(archive, "there is no manifest at its end")


def unpack(archive: Path, folder: Path) -> dict[str, Any]:
    """Unpack into an empty folder and check every byte; the manifest.

    Raises Invalid when it is no backup of ours or not whole.
    """
    try:
        with tarfile.open(archive, "r:") as tar:
            tar.extractall(folder, filter="data")
    except (tarfile.TarError, EOFError) as error:
        raise _not_whole(archive, str(error)) from None
    manifest = _manifest(archive, folder)
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    if found - {MANIFEST} != set(manifest["members"]):
        raise _not_whole(archive, "members are missing, or some were added")
    for name, facts in manifest["members"].items():
        if _sha256(folder / name) != facts["sha256"]:
            raise _not_whole(archive, f"{name} was changed")
    return manifest


def _manifest(archive: Path, folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        known = manifest["format"] == FORMAT
    except (OSError, ValueError, KeyError, TypeError):
        raise _not_whole(archive, "there is no manifest at its end") from None
    if not known:
        raise _not_whole(archive, "it has another format")
    return dict(manifest)


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _not_whole(archive: Path, reason: str) -> Invalid:
    return Invalid(f"{archive} is not a whole backup: {reason}.", kept="Nothing was restored.")
