"""Cages, loads, what left, and the yearly statement: as tables, as CSV and as PDF."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import typst
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wesprint.apps.goods.models import Item, Load, Material, Party, Recipient
from wesprint.apps.goods.presenters.items import title
from wesprint.apps.goods.selectors.outflows import Cage, Outflow, Statement, StatementRow
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.models import WasteCode
from wesprint.web import formats

TEMPLATE = Path(__file__).parent.parent / "typst" / "statement.typ"
_DANGEROUS = "=+-@\t\r"  # a spreadsheet takes these at the start of a cell for a formula

_WAYS: dict[str, tuple[Callable[[], str], str]] = {
    "sold": (lambda: _("Sold"), ""),
    "given": (lambda: _("Given away"), ""),
    "recycled": (lambda: _("Recycled"), "plain"),
    "disposed": (lambda: _("Disposed of"), "line"),
}


def cage_cards(
    found: Iterable[Cage], codes: Iterable[WasteCode], slug: str
) -> list[dict[str, Any]]:
    texts = {row.code: row for row in codes}
    return [
        {
            "code": cage.code,
            "text": texts[cage.code].text_de if cage.code in texts else "",
            "hazardous": cage.code in texts and texts[cage.code].hazardous,
            "pieces": cage.pieces,
            "mass": formats.kilos(cage.grams),
            "since": cage.since,
            "url": f"{reverse('goods_load', args=[slug])}?code={quote(cage.code)}",
        }
        for cage in found
    ]


def columns() -> list[dict[str, str]]:
    return [
        {"label": _("Item")},
        {"label": _("Left on")},
        {"label": _("How")},
        {"label": _("Weight"), "kind": "number"},
        {"label": _("Price"), "kind": "number"},
        {"label": _("Waste code")},
        {"label": _("Recipient")},
        {"label": _("Slip")},
    ]


def row(one: Outflow, slug: str) -> dict[str, Any]:
    item, load = one.item, one.load
    if item is None:
        return _offcuts(one)
    label, kind = _WAYS[one.way]
    tag = format_html(
        '<span class="ws-tag{}">{}</span>', f" ws-tag--{kind}" if kind else "", label()
    )
    return {
        "url": reverse("goods_stock_item", args=[slug, item.public_id]),
        "cells": [
            title(item),
            formats.short_date(item.left_at) if item.left_at else "",
            tag,
            formats.kilos(item.mass_g),
            formats.money(one.cents) if one.cents else "",
            item.waste_code if one.way in ("recycled", "disposed") else "",
            load.recipient.name if load and load.recipient else "",
            load.slip_number if load else "",
        ],
    }


def _offcuts(one: Outflow) -> dict[str, Any]:
    load = one.load
    assert load is not None  # noqa: S101 - what is no thing is a load
    label, kind = _WAYS[one.way]
    tag = format_html(
        '<span class="ws-tag{}">{}</span>', f" ws-tag--{kind}" if kind else "", label()
    )
    return {
        "cells": [
            _("Offcuts: %(material)s") % {"material": Material(load.material).label},
            formats.short_date(load.left_at),
            tag,
            formats.kilos(load.mass_g),
            "",
            load.waste_code,
            load.recipient.name if load.recipient else "",
            load.slip_number,
        ],
    }


def chips(centre: Centre, chosen: str) -> list[dict[str, Any]]:
    here = reverse("goods_outflows", args=[centre.slug])
    words = {
        "": _("All"),
        "handed-over": _("Sold or given away"),
        "disposed": _("Recycled or disposed of"),
    }
    return [
        {
            "label": label,
            "url": f"{here}?weg={value}" if value else here,
            "current": value == chosen,
        }
        for value, label in words.items()
    ]


def more(request: HttpRequest, after: str) -> str:
    if not after:
        return ""
    query = request.GET.copy()
    query["nach"] = after
    return f"{request.path}?{query.urlencode()}"


def things(found: Iterable[Item], chosen: set[str] | None) -> list[dict[str, Any]]:
    """The contents of a cage, all of them ticked at first."""
    return [
        {
            "id": item.public_id,
            "title": title(item),
            "mass": formats.kilos(item.mass_g),
            "icon": item.category.icon,
            "day": item.taken_in_at,
            "checked": chosen is None or item.public_id in chosen,
        }
        for item in found
    ]


def recipients(found: Iterable[Recipient]) -> list[dict[str, str]]:
    return [
        {
            "id": one.public_id,
            "name": one.name,
            "party": str(Party(one.party).label),
            "certificate": one.certificate,
        }
        for one in found
    ]


# -- the statement -----------------------------------------------------------------------------
def statement_columns() -> list[dict[str, str]]:
    return [
        {"label": _("Waste code (AVV)")},
        {"label": _("Waste")},
        {"label": _("Way")},
        {"label": _("Recipient")},
        {"label": _("Loads"), "kind": "number"},
        {"label": _("Pieces"), "kind": "number"},
        {"label": _("Weight"), "kind": "number"},
        {"label": _("of it weighed"), "kind": "number"},
    ]


def statement_rows(found: Statement) -> list[dict[str, Any]]:
    return [{"cells": _cells(row)} for row in found.rows]


def _cells(row: StatementRow) -> list[str]:
    return [
        f"{row.code}{'*' if row.hazardous else ''}",
        row.text,
        str(Party(row.party).label),
        row.recipient or _("not named"),
        formats.number(row.loads),
        formats.number(row.pieces),
        formats.kilos_exact(row.grams),
        formats.kilos_exact(row.weighed_g),
    ]


def statement_foot(found: Statement) -> list[str]:
    return [
        _("Total"),
        "",
        "",
        "",
        formats.number(sum(row.loads for row in found.rows)),
        formats.number(sum(row.pieces for row in found.rows)),
        formats.kilos_exact(found.grams),
        formats.kilos_exact(found.weighed_g),
    ]


CSV_COLUMNS = (
    "year", "waste_code", "hazardous", "waste", "way", "recipient", "loads", "pieces",
    "mass_g", "weighed_g",
)  # fmt: skip


def statement_csv(found: Statement) -> str:
    """Grams and plain numbers, so that no language of a spreadsheet changes them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for row in found.rows:
        hazardous = "yes" if row.hazardous else "no"
        words = (row.code, hazardous, row.text, row.party, row.recipient)
        numbers = (row.loads, row.pieces, row.grams, row.weighed_g)
        writer.writerow([found.year, *map(_harmless, words), *numbers])
    return text.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(tuple(_DANGEROUS)) else text


def statement_pdf(found: Statement, centre: Centre, operator: str) -> bytes:
    data = {
        "lang": (get_language() or "de")[:2],
        "title": _("Waste statement %(year)s") % {"year": found.year},
        "house": f"{centre.name}, {centre.street}, {centre.postcode} {centre.town}",
        "operator": operator,
        "columns": [column["label"] for column in statement_columns()],
        "rows": [_cells(row) for row in found.rows],
        "foot": statement_foot(found),
        "empty": _("Nothing left as waste in this year."),
        "note": _(
            "* hazardous waste. Weights of whole loads as on the slip, else the sum of the things."
        ),
    }
    return typst.compile(str(TEMPLATE), sys_inputs={"data": json.dumps(data)})


def load_row(load: Load) -> dict[str, Any]:
    return {
        "id": load.public_id,
        "code": load.waste_code,
        "mass": formats.kilos(load.mass_g),
        "pieces": load.pieces,
        "at": load.left_at,
        "recipient": load.recipient.name if load.recipient else "",
    }
