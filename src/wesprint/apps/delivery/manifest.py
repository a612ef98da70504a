"""A carrier's list of parcels, as CSV or JSON: read safely, every row checked before the first is
announced. Foreign barcodes are taken as they are."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import typed_mass
from wesprint.kernel.errors import DomainError, Invalid

LARGEST: Final = 1_000_000
"""Bytes: a town's day of 2,000 parcels is a tenth of it."""
MOST_ROWS: Final = 2_000
_LONGEST: Final = 300
NOTHING: Final = _("Nothing was announced.")
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "barcode": ("barcode", "strichcode", "sendungsnummer", "paketnummer", "tracking", "parcel"),
    "name": ("name", "empfänger", "empfaenger", "recipient"),
    "address": ("address", "anschrift", "adresse", "straße", "strasse", "street"),
    "postcode": ("postcode", "plz", "zip"),
    "city": ("city", "ort", "stadt", "town"),
    "phone": ("phone", "telefon"),
    "email": ("email", "e-mail", "mail"),
    "mass": ("weight_kg", "gewicht", "gewicht_kg", "gewicht (kg)", "weight", "kg"),
    "size": ("size", "größe", "groesse"),
    "reference": ("reference", "referenz", "auftrag", "order"),
    "note": ("note", "hinweis", "bemerkung"),
}
_NEEDED: Final = ("barcode", "name", "address")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list; `fault` says why it cannot be announced, "" if it can."""

    number: int
    barcode: str = ""
    name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    mass_g: int = 0
    size: str = "M"
    reference: str = ""
    note: str = ""
    fault: str = ""


def read(data: bytes) -> list[Line]:
    """Raises Invalid for what is no list, one that is too long, or one without the columns."""
    if len(data) > LARGEST:
        raise _bad(_("This file is too large: at most 1 MB."))
    rows = list(_json(data) if data.lstrip()[:1] in (b"[", b"{") else _csv(data))
    if not rows:
        raise _bad(_("There is no row in this file."))
    if len(rows) > MOST_ROWS:
        raise _bad(_("This list is too long: at most 2,000 rows."))
    seen: set[str] = set()
    return [_line(number, row, seen) for number, row in enumerate(rows, start=1)]


def _bad(what: Any) -> Invalid:
    return Invalid(
        what,
        kept=NOTHING,
        next=_("Please bring a CSV or JSON file with barcode, name and address."),
        field="file",
        code="manifest",
    )


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _bad(_("This file is no text."))


def _csv(data: bytes) -> Iterator[dict[str, str]]:
    text = _text(data)
    if "\0" in text:
        raise _bad(_("This file is no text."))
    head = text.splitlines()[0] if text.strip() else ""
    sign = max(";,\t|", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=sign))
    except csv.Error:
        raise _bad(_("This file is no table.")) from None
    names = _columns(rows[0] if rows else [])
    for row in rows[1:]:
        if any(cell.strip() for cell in row):
            yield {name: row[at].strip() for name, at in names.items() if at < len(row)}


def _columns(heads: list[str]) -> dict[str, int]:
    folded = [head.strip().lower() for head in heads]
    found = {
        name: next(at for at, head in enumerate(folded) if head in words)
        for name, words in NAMES.items()
        if any(head in words for head in folded)
    }
    if any(name not in found for name in _NEEDED):
        raise _bad(_("The columns for barcode, name and address were not found."))
    return found


def _json(data: bytes) -> Iterator[dict[str, str]]:
    try:
        found = json.loads(_text(data))
    except (ValueError, RecursionError):
        raise _bad(_("This file is no JSON.")) from None
    rows = found.get("parcels") if isinstance(found, dict) else found
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        raise _bad(_("This JSON is no list of parcels."))
    for row in rows:
        plain = {str(key).lower(): str(value) for key, value in row.items() if _plain(value)}
        yield {
            name: next(plain[word] for word in words if word in plain)
            for name, words in NAMES.items()
            if any(word in plain for word in words)
        }


def _plain(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _line(number: int, row: Mapping[str, str], seen: set[str]) -> Line:
    cells = {name: " ".join(value.split())[:_LONGEST] for name, value in row.items()}
    where = " ".join(filter(None, (cells.get("postcode"), cells.get("city"))))
    address = ", ".join(filter(None, (cells.get("address", ""), where)))[:200]
    barcode, fault, mass = cells.get("barcode", "")[:64], "", 0
    if not (barcode and cells.get("name") and cells.get("address")):
        fault = str(_("barcode, name or address is missing"))
    elif barcode in seen:
        fault = str(_("this barcode stands in the list twice"))
    seen.add(barcode)
    try:
        mass = typed_mass(cells["mass"]) if cells.get("mass") else 0
    except DomainError as error:
        fault = fault or str(error.what)
    size = cells.get("size", "M").upper()
    return Line(
        number,
        barcode,
        cells.get("name", "")[:120],
        address,
        cells.get("phone", "")[:40],
        cells.get("email", "") if "@" in cells.get("email", "") else "",
        mass,
        size if size in ("S", "M", "L", "XL") else "M",
        cells.get("reference", "")[:60],
        cells.get("note", "")[:200],
        fault,
    )
