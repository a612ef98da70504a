"""Reading a table row by row, whatever it was written with; never all of it in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from wesprint.platform.imports import limits
from wesprint.platform.imports.delimited import csv_rows, decoded, delimiter_of, encoding_of
from wesprint.platform.imports.workbook import is_workbook, workbook_rows

Row = tuple[int, list[str]]  # its number in the file, counted from one, and its cells
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Table:
    """What a file turned out to be. format: "csv" or "xlsx"."""

    format: str
    encoding: str
    delimiter: str
    headings: tuple[str, ...]
    first_rows: tuple[Row, ...]


def look_at(path: Path) -> Table:
    """Headings and the first rows. Raises Invalid for anything that is no table."""
    if path.stat().st_size > limits.MOST_BYTES:
        raise limits.too_large()
    if is_workbook(path):
        return _table("xlsx", "", "", workbook_rows(path))
    encoding = encoding_of(path)
    with decoded(path, encoding) as text:
        delimiter = delimiter_of(text)
    return _table("csv", encoding, delimiter, csv_rows(path, encoding, delimiter))


def _table(format: str, encoding: str, delimiter: str, rows: Iterator[Row]) -> Table:
    filled = _filled(rows)
    head = next(filled, None)
    first = tuple(islice(filled, SHOWN))
    if head is None or not first:
        raise limits.empty()
    headings = tuple(cell.strip()[:80] for cell in head[1])
    return Table(format, encoding, delimiter, headings, first)


def rows_of(path: Path, *, format: str, encoding: str, delimiter: str) -> Iterator[Row]:
    """All rows below the headings that say anything. Raises Invalid beyond the limits."""
    rows = workbook_rows(path) if format == "xlsx" else csv_rows(path, encoding, delimiter)
    filled = _filled(rows)
    next(filled, None)
    for count, row in enumerate(filled, start=1):
        if count > limits.MOST_ROWS:
            raise limits.too_many_rows()
        yield row


def _filled(rows: Iterator[Row]) -> Iterator[Row]:
    for number, cells in rows:
        while cells and not cells[-1].strip():
            cells.pop()
        if len(cells) > limits.MOST_COLUMNS:
            raise limits.too_many_columns()
        if any(len(cell) > limits.MOST_LETTERS for cell in cells):
            raise limits.cell_too_long(number)
        if cells:
            yield number, cells
