"""Tiles out of the file, one at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pmtiles.reader import MmapSource, Reader


class Tiles:
    """An open file of tiles; keep it, opening costs more than a tile. Threads may share it."""

    def __init__(self, path: Path) -> None:
        """Raises OSError for no file and ValueError for one that holds no tiles."""
        with path.open("rb") as file:
            _refuse_other(file.read(7), path)
            self._reader = Reader(MmapSource(file))  # type: ignore[no-untyped-call]  # pmtiles has no types

    @property
    def header(self) -> dict[str, Any]:
        return dict(self._reader.header())  # type: ignore[no-untyped-call]  # pmtiles has no types

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        """A vector tile, packed with gzip; None where the town is not, or for no tile at all."""
        if not (0 <= zoom <= 22 and 0 <= x < 2**zoom and 0 <= y < 2**zoom):
            return None
        found = self._reader.get(zoom, x, y)  # type: ignore[no-untyped-call]  # pmtiles has no types
        return bytes(found) if found else None


def _refuse_other(start: bytes, path: Path) -> None:
    if start != b"PMTiles":
        raise ValueError(f"{path.name} is no file of tiles")
