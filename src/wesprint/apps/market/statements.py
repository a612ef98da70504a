"""The statement as a page of paper and as a table; the payout list as a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wesprint.apps.market.models import Consignor, Payout, Settlement
from wesprint.apps.market.presenters import consignments as show
from wesprint.apps.market.selectors.consignments import address_of, name_of
from wesprint.platform.organisations.models import Centre
from wesprint.web import formats

TEMPLATE = Path(__file__).parent / "typst" / "statement.typ"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def pdf(one: Settlement) -> bytes:
    """One statement on A4."""
    return typst.compile(str(TEMPLATE), sys_inputs={"data": json.dumps(_data(one))})


def _data(one: Settlement) -> dict[str, Any]:
    columns = show.line_columns()
    return {
        "lang": (get_language() or "de")[:2],
        "title": _("Statement %(number)s") % {"number": one.number},
        "house": _house(one.centre),
        "address": list(address_of(one.consignor)),
        "facts": [
            [_("Statement"), one.number],
            [_("Month"), show.month_name(one)],
            [_("Drawn up on"), formats.short_date(one.drawn_up_at)],
        ],
        "columns": [column["label"] for column in columns],
        "numbers": [index for index, column in enumerate(columns) if column.get("kind")],
        "rows": [show.line_cells(line) for line in one.shares.all()],
        "foot": show.foot(one),
        "words": _words(one),
    }


def _house(centre: Centre) -> list[str]:
    return [centre.name, centre.street, f"{centre.postcode} {centre.town}"]


def _words(one: Settlement) -> list[str]:
    iban = one.consignor.iban
    where = (
        _("We transfer it to the account %(iban)s.") % {"iban": _spaced(iban)}
        if iban
        else _("You get it at the counter.")
    )
    return [
        _("Due to you: %(amount)s") % {"amount": formats.money(one.due_cents)},
        where if one.due_cents else _("Nothing is due this month."),
        _("Price = house + due, to the cent. Prices are as paid at the till."),
    ]


def _spaced(iban: str) -> str:
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def statement_csv(one: Settlement) -> str:
    """Amounts in cents and as decimals with a point, so that any program reads them."""
    head = ["statement", "month", "item", "title", "sold_on", "per_mille"]
    head += ["price_cents", "house_cents", "due_cents", "taken_back"]
    rows = [
        [
            one.number,
            f"{one.month:%Y-%m}",
            line.consigned.item.public_id,
            line.consigned.item.title,
            line.sold_on.isoformat(),
            line.per_mille,
            line.price_cents,
            line.house_cents,
            line.due_cents,
            int(line.reverses_id is not None),
        ]
        for line in one.shares.all()
    ]
    return _csv(head, rows)


def payout_csv(payout: Payout, sums: Mapping[Consignor, int]) -> str:
    head = ["payout", "name", "iban", "amount_cents", "amount_eur", "purpose"]
    rows = [
        [
            payout.number,
            name_of(consignor),
            consignor.iban,
            cents,
            f"{cents // 100}.{cents % 100:02}",
            payout.number,
        ]
        for consignor, cents in sums.items()
    ]
    return _csv(head, rows)


def _csv(head: list[str], rows: Iterable[list[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _harmless(cell: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
