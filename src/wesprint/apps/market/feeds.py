"""Reading product feeds and tables: RSS 2.0 and Atom with the product namespace `g:`, CSV, TSV.

Whatever comes in was made by a stranger: XML with a document type is refused before anything of
it is looked at (that is where entities are declared), it is read as a stream, and a table's
cells are only text.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from wesprint.apps.market.models import Kind, Place
from wesprint.apps.market.wares import MOST_STOCK, Ware, checked
from wesprint.kernel.errors import DomainError, Invalid
from wesprint.kernel.quantity import parse_money

MOST = 2000  # goods of one supplier
DEEPEST = 40
LONGEST_CELL = 20_000
PRODUCT = "http://base.google.com/ns/1.0"
ATOM = "http://www.w3.org/2005/Atom"
_SPACES = {"", PRODUCT, ATOM}
_ENTRIES = {"item", "entry"}

# Names of columns and elements, in small letters without signs, by what they mean.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "ref": ("id", "ref", "nummer", "artikelnummer", "sku", "number", "guid"),
    "title": ("title", "titel", "name", "bezeichnung", "artikel"),
    "text": ("description", "beschreibung", "text", "summary", "content"),
    "price": ("price", "preis"),
    "stock": ("quantity", "stock", "bestand", "anzahl", "menge", "inventory"),
    "availability": ("availability", "verfugbarkeit", "verfuegbarkeit"),
    "kind": ("kind", "art", "googleproductcategory", "kategorie", "category"),
    "place": ("place", "ort"),
    "made_within_km": ("madewithinkm", "umkreiskm", "umkreis", "km"),
    "maker_name": ("makername", "hersteller", "manufacturer"),
    "maker_address": ("makeraddress", "herstelleradresse", "manufactureraddress"),
    "maker_email": ("makeremail", "herstelleremail", "manufactureremail"),
    "identification": ("identification", "kennzeichnung", "gtin", "ean", "mpn"),
    "warnings": ("warnings", "warnhinweise", "safetywarning"),
    "image_url": ("imagelink", "bild", "image", "bildadresse"),
}
_FIELD = {name: field for field, names in _NAMES.items() for name in names}
_GOOGLE = {
    "412": Kind.FOOD, "food": Kind.FOOD,
    "536": Kind.HOME, "home": Kind.HOME, "436": Kind.HOME, "furniture": Kind.HOME,
    "166": Kind.CLOTHING, "apparel": Kind.CLOTHING,
    "469": Kind.BODY, "health": Kind.BODY,
    "1239": Kind.TOYS, "toys": Kind.TOYS, "783": Kind.TOYS, "media": Kind.TOYS,
    "632": Kind.GARDEN, "hardware": Kind.GARDEN,
}  # fmt: skip
_SOLD_OUT = {"out_of_stock", "out of stock", "nein", "ausverkauft", "preorder", "backorder"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one row is not taken. row: as counted in the table, the heading being the first;
    in a feed the goods are counted from 1."""

    row: int
    title: str
    what: object


@dataclass(frozen=True, slots=True)
class Read:
    """cut: there was more than is taken."""

    wares: tuple[Ware, ...]
    faults: tuple[Fault, ...]
    cut: bool = False


def read(body: bytes, *, cut: bool = False) -> Read:
    """Goods from whatever this is. cut: `body` is only the beginning.

    Raises Invalid for what is neither a feed nor a table, or a hostile one.
    """
    start = body[:400].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").replace(b"\0", b"")
    if start.startswith(b"<"):
        return _collect(_rows_of_feed(body, cut), first=1, cut=cut)
    return read_table(decoded(body), cut=cut)


def decoded(body: bytes) -> str:
    """UTF-8, UTF-16 with its mark, else what spreadsheets here write: Windows-1252."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start >= len(body) - 4:  # a cut may fall into the middle of a letter
            return body.decode("utf-8-sig", "ignore")
        return body.decode("cp1252", "replace")


# -- tables --------------------------------------------------------------------------------
def read_table(text: str, *, cut: bool = False) -> Read:
    """CSV with comma or semicolon, or TSV; the first row names the columns."""
    if "\0" in text:
        raise _no_feed()
    rows = _table_rows(text)
    try:
        columns = [_FIELD.get(_plain(name)) for name in next(rows, [])]
        if "title" not in columns or "price" not in columns:
            raise _no_feed()
        return _collect((_named(columns, row) for row in rows if any(row)), first=2, cut=cut)
    except csv.Error:
        raise _no_feed() from None


def _table_rows(text: str) -> Iterator[list[str]]:
    first = text.split("\n", 1)[0]
    sign = max("\t;,", key=first.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=sign)


def _named(columns: list[str | None], row: list[str]) -> dict[str, str]:
    return {name: cell for name, cell in zip(columns, row, strict=False) if name and cell.strip()}


def _plain(name: str) -> str:
    """ "g:image_link", "Image Link" -> "imagelink"."""
    name = name.strip().strip("\ufeff").lower().removeprefix("g:")
    return re.sub(r"[^a-z0-9]", "", name.translate(str.maketrans("äöü", "aou")))


# -- XML -----------------------------------------------------------------------------------
class _Enough(Exception):
    """So many goods are there already."""


class _Feed:
    """The entries of a feed, while the parser runs over it."""

    def __init__(self) -> None:
        self.rows: list[dict[str, str]] = []
        self._row: dict[str, str] | None = None
        self._field = ""
        self._text: list[str] = []
        self._depth = self._inside = 0

    def parser(self) -> expat.XMLParserType:
        made = expat.ParserCreate(namespace_separator=" ")
        made.StartDoctypeDeclHandler = self._refuse
        made.EntityDeclHandler = self._refuse
        made.StartElementHandler = self._start
        made.EndElementHandler = self._end
        made.CharacterDataHandler = self._hear
        made.buffer_text = True
        return made

    def _refuse(self, *_declared: object) -> None:
        raise _hostile()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise _hostile()
        space, name = _split(tag)
        if self._row is None:
            if name in _ENTRIES and space in _SPACES:
                self._row, self._inside = {}, self._depth
        elif self._depth == self._inside + 1 and space in _SPACES:
            self._field, self._text = _FIELD.get(_plain(name), ""), []

    def _hear(self, text: str) -> None:
        if self._field and sum(map(len, self._text)) < LONGEST_CELL:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        if self._row is not None and self._depth == self._inside:
            self._close_row()
        elif self._row is not None and self._depth == self._inside + 1:
            self._close_field(_split(tag)[0])
        self._depth -= 1

    def _close_field(self, space: str) -> None:
        """What stands in the product namespace counts before what is meant for readers."""
        text = "".join(self._text).strip()
        row = {} if self._row is None else self._row
        if self._field and text and (space == PRODUCT or self._field not in row):
            row[self._field] = text
        self._field = ""

    def _close_row(self) -> None:
        self.rows.append(self._row or {})
        self._row = None
        if len(self.rows) > MOST:
            raise _Enough


def _split(tag: str) -> tuple[str, str]:
    space, _blank, name = tag.rpartition(" ")
    return space, name.lower()


def _rows_of_feed(body: bytes, cut: bool) -> Iterator[dict[str, str]]:
    feed = _Feed()
    try:
        feed.parser().Parse(body, not cut)
    except _Enough:
        pass
    except (expat.ExpatError, LookupError, ValueError):
        if not feed.rows or not cut:
            raise _no_feed() from None
    if not feed.rows:
        raise _no_feed()
    return iter(feed.rows)


# -- goods ---------------------------------------------------------------------------------
def _collect(rows: Iterator[dict[str, str]], *, first: int, cut: bool) -> Read:
    wares: dict[str, Ware] = {}
    faults: list[Fault] = []
    for number, row in enumerate(rows, start=first):
        if number - first >= MOST:
            return Read(tuple(wares.values()), tuple(faults), cut=True)
        try:
            ware = _ware(row)
            key = ware.ref or f"#{number}"
            if key in wares:
                raise Invalid(_("This number stands in an earlier row already."))
            wares[key] = ware
        except DomainError as error:
            faults.append(Fault(number, row.get("title", "")[:80], error.what))
    return Read(tuple(wares.values()), tuple(faults), cut)


def _ware(row: Mapping[str, str]) -> Ware:
    texts = ("ref", "title", "maker_name", "maker_address", "maker_email", "warnings")
    values = {name: _words(row.get(name, "")) for name in (*texts, "identification")}
    return checked(
        Ware(
            **values,
            text=_words(row.get("text", ""))[:2000],
            price_cents=_cents(row.get("price", "")),
            stock=_stock(row),
            kind=_kind(row.get("kind", "")),
            place=_place(row.get("place", "")),
            made_within_km=_number(row.get("made_within_km", ""), "made_within_km"),
            image_url=row.get("image_url", "").strip(),
        )
    )


def _words(text: str) -> str:
    """Without mark-up; a feed's texts often carry some."""
    return " ".join(html.unescape(strip_tags(html.unescape(text))).split())


_CURRENCY = re.compile(r"^\s*([A-Za-z]{3})?\s*([\d.,'\s]+?)\s*(€|[A-Za-z]{3,4})?\s*$")


def _cents(text: str) -> int:
    found = _CURRENCY.match(text)
    currency = (found[1] or found[3] or "EUR").upper() if found else ""
    if found is None or currency not in ("EUR", "EURO", "€"):
        raise Invalid(_("“%(text)s” is no price in euros.") % {"text": text[:40]}, field="price")
    return parse_money(found[2])


def _stock(row: Mapping[str, str]) -> int:
    """As counted; "in stock" without a number is one that can be put aside."""
    counted = _number(row.get("stock", ""), "stock")
    available = row.get("availability", "").strip().lower() not in _SOLD_OUT
    if not available:
        return 0
    return 1 if counted is None else min(counted, MOST_STOCK)


def _number(text: str, field: str) -> int | None:
    if not text.strip():
        return None
    digits = re.sub(r"(?:[.,]0+)?\s*(?:km)?\s*$", "", text.strip())
    if not re.fullmatch(r"\d{1,7}", digits):
        raise Invalid(_("“%(text)s” is no whole number.") % {"text": text[:40]}, field=field)
    return int(digits)


def _kind(text: str) -> str:
    """Our own word for it, else the first word of the usual taxonomy of product feeds."""
    wanted = text.strip().lower()
    for kind in Kind:
        if wanted in (kind.value, str(kind.label).lower()):
            return kind.value
    first = re.split(r"[^a-z0-9]+", wanted, maxsplit=1)[0]
    return _GOOGLE.get(first, Kind.OTHER).value


def _place(text: str) -> str:
    wanted = text.strip().lower()
    found = (one for one in Place if wanted in (one.value, str(one.label).lower()))
    return next(found, Place.SUPPLIER).value


def _no_feed() -> Invalid:
    return Invalid(
        _("This is no product feed and no table that we can read."),
        kept=_("Nothing was changed."),
        next=_(
            "We read RSS 2.0, Atom and CSV with a heading; title and price must be there. "
            "Our sample shows the columns."
        ),
        field="file",
        code="no-feed",
    )


def _hostile() -> Invalid:
    return Invalid(
        _("This feed declares a document type or is nested far too deep, so we do not read it."),
        kept=_("Nothing was changed."),
        next=_("Please leave out the lines that begin with <!DOCTYPE."),
        field="file",
        code="hostile-feed",
    )
