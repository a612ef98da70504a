"""Reading and checking a whole table, a thousand rows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from wesprint.platform.base.db import write_transaction
from wesprint.platform.imports.kinds import Check, Fault, kind_of
from wesprint.platform.imports.models import Import, ImportChunk
from wesprint.platform.imports.services import note_chunk, path_of
from wesprint.platform.imports.tables import Row, rows_of
from wesprint.platform.jobs.progress import Meter

CHUNK = 1_000


def check_rows(row: Import, meter: Meter) -> None:
    """Chunks that an earlier, killed run has written stay as they are. Raises Invalid where the
    file turns out to be no table after all."""
    known = set(ImportChunk.objects.filter(parent=row).values_list("number", flat=True))
    check = kind_of(row.kind).checker(row)
    table = rows_of(path_of(row), format=row.format, encoding=row.encoding, delimiter=row.delimiter)
    done = 0
    for number, chunk in enumerate(_chunks(table)):
        if number not in known:
            _check_chunk(row, number, chunk, check)
        done += len(chunk)
        meter.set(done)


def _chunks(table: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(table, CHUNK)):
        yield chunk


def _check_chunk(row: Import, number: int, chunk: list[Row], check: Check) -> None:
    rows: list[object] = []
    faults: list[object] = []
    for place, cells in chunk:
        found = check(_values(row.mapping, row.defaults, cells))
        rows.append([place, found.values])
        faults += [_fault(place, fault) for fault in found.faults]
    with write_transaction():
        note_chunk(row, number, rows, faults)


def _values(
    mapping: Mapping[str, int], defaults: Mapping[str, str], cells: list[str]
) -> dict[str, str]:
    """What the row says by our names; an empty cell says nothing."""
    found = dict(defaults)
    for name, place in mapping.items():
        value = cells[place].strip() if place < len(cells) else ""
        if value:
            found[name] = value
    return found


def _fault(place: int, fault: Fault) -> list[object]:
    return [place, fault.column, fault.what, fault.next]
