"""Tables as files: CSV line by line, XLSX row by row. Neither needs the whole table in memory,
and no text in them is ever taken for a formula.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, TypeAlias

import xlsxwriter
from django.http import StreamingHttpResponse

from wesprint.platform.base.sheets import harmless

Cell: TypeAlias = str | int | Decimal | date | None
Row: TypeAlias = Sequence[Cell]

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST, _PIECE = 40, 64 * 1024
IN_MEMORY = 2_000_000  # bytes; a larger file lies on disk while it is sent


class _Line:
    """Where `csv.writer` leaves the line that it made."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    """RFC 4180, one string a row."""
    writer = csv.writer(_Line())
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def csv_answer(rows: Iterable[Row], name: str) -> StreamingHttpResponse:
    """A download, sent while it is made. The mark at its beginning tells Excel that it is
    UTF-8."""

    def lines() -> Iterator[str]:
        yield _BOM
        yield from csv_lines(rows)

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def write_xlsx(target: IO[bytes], title: str, rows: Iterable[Row]) -> None:
    """One sheet, its first row the head. Rows go to disk as they come."""
    book = xlsxwriter.Workbook(
        target,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    sheet = book.add_worksheet(title[:31])
    head, figure = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, _WIDEST)
    sheet.set_column(1, 30, 16)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            match cell:
                case None:
                    pass
                case str():
                    sheet.write_string(number, column, cell, head if number == 0 else None)
                case date():
                    sheet.write_datetime(number, column, cell, day)
                case _:
                    sheet.write_number(number, column, cell, figure)
    book.close()


def xlsx_answer(rows: Iterable[Row], title: str, name: str) -> StreamingHttpResponse:
    return file_answer(lambda file: write_xlsx(file, title, rows), name, _XLSX)


def file_answer(
    write: Callable[[IO[bytes]], object], name: str, content_type: str
) -> StreamingHttpResponse:
    """A download that is written when it is asked for, to disk if it is large, and then sent
    piece by piece."""

    def pieces() -> Iterator[bytes]:
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
            write(file)
            file.seek(0)
            while piece := file.read(_PIECE):
                yield piece

    answer = StreamingHttpResponse(pieces(), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
