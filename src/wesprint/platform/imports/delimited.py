"""CSV as it is found in the wild: four encodings, four delimiters."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TextIO

from wesprint.kernel.errors import Invalid
from wesprint.platform.imports import limits

BLOCK = 1 << 20
DELIMITERS = ";,\t|"
SAMPLE = 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(path: Path) -> str:
    """By its mark, else UTF-8 if all of it is, else Windows-1252, what German spreadsheets
    write. Raises Invalid for what is no text."""
    with path.open("rb") as handle:
        start = handle.read(4)
    marked = next((name for bom, name in _BOMS if start.startswith(bom)), "")
    for name in [marked] if marked else ["utf-8", "cp1252"]:
        if _reads(path, name):
            return name
    raise limits.no_table()


def _reads(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as handle:
            while block := handle.read(BLOCK):
                if "\0" in decoder.decode(block):
                    return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


@contextmanager
def decoded(path: Path, encoding: str) -> Iterator[TextIO]:
    with path.open(encoding=encoding, newline="") as text:
        yield text


def delimiter_of(text: TextIO) -> str:
    """The one that parts the first lines into most columns, as alike as possible."""
    lines = [line for line in islice(_lines(text), SAMPLE) if line.strip()]
    if not lines:
        raise limits.empty()
    return max(DELIMITERS, key=lambda sign: _widths(lines, sign))


def _lines(text: TextIO) -> Iterator[str]:
    """Cut off where a line is longer than any row may be: a file without line ends."""
    most = limits.MOST_COLUMNS * limits.MOST_LETTERS
    while line := text.readline(most):
        yield line


def _widths(lines: list[str], sign: str) -> tuple[int, int]:
    try:
        widths = [len(row) for row in _parsed(iter(lines), sign)]
    except Invalid:  # parted like this, one cell is too long
        return 0, 0
    usual = max(set(widths), key=widths.count) if widths else 0
    return usual if usual > 1 else 0, widths.count(usual)


def csv_rows(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their numbers, as a spreadsheet shows them."""
    with decoded(path, encoding) as text:
        yield from enumerate(_parsed(_bounded(text), delimiter), start=1)


def _bounded(text: TextIO) -> Iterator[str]:
    most = limits.MOST_COLUMNS * limits.MOST_LETTERS
    for line in _lines(text):
        if len(line) >= most:
            raise limits.too_many_columns()
        yield line


def _parsed(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise limits.cell_too_long(reader.line_num) from None
        if len(row) > limits.MOST_COLUMNS * 2:
            row = row[: limits.MOST_COLUMNS * 2]
        yield row
