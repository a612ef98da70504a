"""The first sheet of an XLSX workbook, read as a stream: no part of it is ever unpacked onto the
disk, no document type is obeyed, and nothing is computed."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from xml.parsers import expat

from wesprint.platform.imports import limits

BLOCK = 1 << 16
MOST_PARTS = 500
_DAYS_FROM = datetime(1899, 12, 30)  # noqa: DTZ001 - what a spreadsheet counts from has no zone
_LAST_DAY = 2_958_465
_DATE_FORMATS = frozenset([*range(14, 23), *range(45, 48)])
_DATE_CODE = re.compile(r"[dmyhs]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


def is_workbook(path: Path) -> bool:
    with path.open("rb") as handle:
        return handle.read(4) == b"PK\x03\x04"


def workbook_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Rows that have cells, with their numbers. Raises Invalid for no workbook and for bombs."""
    try:
        with zipfile.ZipFile(path) as book:
            if len(book.infolist()) > MOST_PARTS:
                raise limits.suspicious()
            yield from _Sheet(book).rows()
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, LookupError, ValueError):
        raise limits.no_table() from None
    except (RuntimeError, EOFError, OSError):  # encrypted, cut off, packed in a strange way
        raise limits.no_table() from None


class _Part:
    """One XML part, fed block by block; handlers fill what the caller drains."""

    def __init__(self, book: zipfile.ZipFile, name: str) -> None:
        self.book, self.name = book, name
        self.elements = 0
        self.parser = expat.ParserCreate(namespace_separator=None)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = _refuse_doctype

    def handle(self, start: Start, end: End, text: Callable[[str], None]) -> None:
        def counted(name: str, attributes: dict[str, str]) -> None:
            self.elements += 1
            if self.elements > limits.MOST_ELEMENTS:
                raise limits.suspicious()
            start(name.rpartition(":")[2], attributes)

        self.parser.StartElementHandler = counted
        self.parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
        self.parser.CharacterDataHandler = text

    def blocks(self) -> Iterator[None]:
        unpacked = 0
        with self.book.open(self.name) as stream:
            while block := stream.read(BLOCK):
                unpacked += len(block)
                if unpacked > limits.MOST_UNPACKED:
                    raise limits.suspicious()
                self.parser.Parse(block, False)
                yield
        self.parser.Parse(b"", True)
        yield


def _refuse_doctype(*_given: object) -> None:
    raise limits.no_table()


class _Sheet:
    def __init__(self, book: zipfile.ZipFile) -> None:
        self.book = book
        self.names = set(book.namelist())
        self.strings = self._shared_strings()
        self.dates = self._date_styles()

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        reading = _Rows(self.strings, self.dates)
        part = _Part(self.book, self._first_sheet())
        part.handle(reading.start, reading.end, reading.text)
        for _block in part.blocks():
            while reading.done:
                yield reading.done.popleft()

    def _first_sheet(self) -> str:
        """As the workbook orders its sheets, which is not the order of their file names."""
        idents: list[str] = []
        self._read(
            "xl/workbook.xml",
            lambda name, given: idents.append(_relation(given)) if name == "sheet" else None,
        )
        targets: dict[str, str] = {}
        self._read(
            "xl/_rels/workbook.xml.rels",
            lambda name, given: (
                targets.update({given["Id"]: given["Target"]}) if name == "Relationship" else None
            ),
        )
        target = targets[idents[0]] if idents else ""
        return target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    def _read(self, name: str, start: Start) -> None:
        part = _Part(self.book, name)
        part.handle(start, lambda _name: None, lambda _text: None)
        deque(part.blocks(), maxlen=0)

    def _shared_strings(self) -> list[str]:
        name = "xl/sharedStrings.xml"
        if name not in self.names:
            return []
        reading = _Strings()
        part = _Part(self.book, name)
        part.handle(reading.start, reading.end, reading.text)
        deque(part.blocks(), maxlen=0)
        return reading.found

    def _date_styles(self) -> frozenset[str]:
        """Numbers of the cell styles that show a number as a date."""
        if "xl/styles.xml" not in self.names:
            return frozenset()
        reading = _Styles()
        self._read_with(reading)
        return frozenset(reading.dates)

    def _read_with(self, reading: _Styles) -> None:
        part = _Part(self.book, "xl/styles.xml")
        part.handle(reading.start, reading.end, lambda _text: None)
        deque(part.blocks(), maxlen=0)


def _relation(attributes: dict[str, str]) -> str:
    found = [value for name, value in attributes.items() if name.endswith(":id")]
    return found[0] if found else ""


class _Strings:
    """The table of texts; what is read aloud beside a word (rPh) is no part of it."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._inside = self._aside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._pieces = []
        self._aside = self._aside or name == "rPh"
        self._inside = name == "t"

    def end(self, name: str) -> None:
        self._inside = False
        if name == "rPh":
            self._aside = False
        if name == "si":
            self.found.append("".join(self._pieces))

    def text(self, text: str) -> None:
        if self._inside and not self._aside:
            self._pieces.append(text)


class _Styles:
    def __init__(self) -> None:
        self.dates: list[str] = []
        self._codes: set[int] = set(_DATE_FORMATS)
        self._in_cells, self._number = False, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt" and _DATE_CODE.search(_QUOTED.sub("", attributes["formatCode"])):
            self._codes.add(int(attributes["numFmtId"]))
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            if int(attributes.get("numFmtId", 0)) in self._codes:
                self.dates.append(str(self._number))
            self._number += 1

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False


class _Rows:
    """Cells of one sheet, row by row; `done` holds the rows that are complete."""

    def __init__(self, strings: list[str], dates: frozenset[str]) -> None:
        self.done: deque[tuple[int, list[str]]] = deque()
        self._strings, self._dates = strings, dates
        self._row, self._cells = 0, list[str]()
        self._column, self._kind, self._style = 0, "", ""
        self._pieces: list[str] = []
        self._takes = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._cells = []
        elif name == "c":
            self._column = _column(attributes.get("r", ""), len(self._cells))
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._pieces = []
        elif name in ("v", "t"):
            self._takes = True

    def text(self, text: str) -> None:
        if self._takes:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._takes = False
        elif name == "c" and self._pieces:
            self._put("".join(self._pieces))
        elif name == "row" and self._cells:
            self.done.append((self._row, self._cells))

    def _put(self, raw: str) -> None:
        if self._column >= limits.MOST_COLUMNS:
            raise limits.too_many_columns()
        self._cells.extend([""] * (self._column + 1 - len(self._cells)))
        self._cells[self._column] = self._value(raw)

    def _value(self, raw: str) -> str:
        match self._kind:
            case "s":
                return self._strings[int(raw)]
            case "b":
                return "1" if raw == "1" else "0"
            case "n" if self._style in self._dates:
                return _day(raw)
        return raw


def _column(reference: str, following: int) -> int:
    match = _CELL.fullmatch(reference)
    if match is None:
        return following
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _day(raw: str) -> str:
    days = float(raw)
    if not 1 <= days <= _LAST_DAY:
        return raw
    return (_DAYS_FROM + timedelta(days=days)).date().isoformat()
