"""Tables that go out: as CSV and as workbook, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, TypeVar

import xlsxwriter

Cell = str | int | float | None
T = TypeVar("T")
# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
MOST_LETTERS = 32_000  # what a cell of a workbook holds


def harmless(cell: T) -> T | str:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers
    stay numbers."""
    if isinstance(cell, str) and cell.startswith(_DANGEROUS):
        return f"'{cell}"
    return cell


def csv_lines(head: Sequence[object], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Line by line, with the mark by which spreadsheets recognise UTF-8."""
    buffer = io.StringIO()
    out = csv.writer(buffer, delimiter=";")
    out.writerow(["\ufeff" + str(head[0]), *map(str, head[1:])])
    yield _taken(buffer)
    for row in rows:
        out.writerow(["" if cell is None else harmless(cell) for cell in row])
        yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def workbook(head: Sequence[object], rows: Iterable[Sequence[Cell]], *, sheet: str) -> IO[bytes]:
    """A file that is gone when it is closed; the rows pass through one by one."""
    out = tempfile.TemporaryFile(prefix="wesprint-")  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(
        out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    page = book.add_worksheet(sheet)
    bold = book.add_format({"bold": True})
    page.freeze_panes(1, 0)
    for place, title in enumerate(head):
        page.write_string(0, place, str(title), bold)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(number, place, str(harmless(cell))[:MOST_LETTERS])
            elif cell is not None:
                page.write_number(number, place, cell)
    book.close()
    out.seek(0)
    return out
