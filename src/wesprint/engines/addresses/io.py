"""The addresses of a town in one file, to be loaded without reading the extract again."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path
from typing import Final

from wesprint.engines.addresses.entries import AddressError, Entry

FORMAT: Final = 1


def save(entries: Iterable[Entry], path: Path) -> None:
    """One file, whole or not at all; places to 0.1 m."""
    rows = [[*astuple(one)[:4], round(one.lat, 6), round(one.lon, 6)] for one in entries]
    text = json.dumps({"format": FORMAT, "entries": rows}, ensure_ascii=False)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(gzip.compress(text.encode(), compresslevel=5, mtime=0))
    part.replace(path)


def load(path: Path) -> list[Entry]:
    """Raises AddressError for a file of another version or none of ours, OSError for no file."""
    packed = path.read_bytes()
    try:
        whole = json.loads(gzip.decompress(packed))
        if whole["format"] != FORMAT:
            raise AddressError(f"{path.name}: made by another version; import the town again")
        return [Entry(*row) for row in whole["entries"]]
    except AddressError:
        raise
    except (OSError, EOFError, ValueError, KeyError, TypeError, zlib.error) as error:
        raise AddressError(f"{path.name} is no file of addresses") from error
