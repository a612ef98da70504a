"""The tables that come with the software, read from `data/` as they are."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

DATA = Path(__file__).parent / "data"

Row = dict[str, str]


def read(name: str) -> list[Row]:
    """The rows of `data/<name>.csv`, each value a string."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def edition_start() -> date:
    """From when on this edition of the tables holds where it differs from the one before."""
    return max(date.fromisoformat(row["valid_from"]) for row in read("edition"))
