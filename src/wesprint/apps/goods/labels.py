"""Labels for things, places and price tags: a QR code, a short text and a price, drawn by typst
as PDF on sheets or for a label printer."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import segno
import typst
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wesprint.apps.goods.links import absolute
from wesprint.apps.goods.models import Item, Place, PlaceKind, PriceTag
from wesprint.apps.goods.presenters.batches import tag_price
from wesprint.apps.goods.presenters.items import facts_line, title
from wesprint.web import formats

FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "typst" / "labels.typ"
PAPERS_TABLE = FOLDER / "data" / "label_papers.csv"
USUAL_SHEET, USUAL_ROLL = "sheet-70x37", "roll-62"
MOST_LABELS = 300  # on one print: more is a slip of the finger


@dataclass(frozen=True, slots=True)
class Paper:
    """One label's size, the grid of a sheet and where it begins, in millimetres. A roll has one
    label a page."""

    slug: str
    kind: str
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    gap_x: float
    gap_y: float

    @property
    def per_page(self) -> int:
        return self.columns * self.rows

    @property
    def is_sheet(self) -> bool:
        return self.kind == "sheet"


_LENGTHS = ("width", "height", "left", "top", "gap_x", "gap_y")


@cache
def papers() -> Mapping[str, Paper]:
    with PAPERS_TABLE.open(encoding="utf-8", newline="") as handle:
        return {row["slug"]: _paper(row) for row in csv.DictReader(handle)}


def _paper(row: dict[str, str]) -> Paper:
    columns, rows = int(row["columns"]), int(row["rows"])
    return Paper(row["slug"], row["kind"], columns, rows, *(float(row[name]) for name in _LENGTHS))


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on one label; `qr` is the address its code leads to."""

    id: str
    title: str
    facts: str
    price: str
    house: str
    qr: str


def address_of(item: Item) -> str:
    return absolute(reverse("goods_pass", args=[item.public_id]))


def qr_svg(item: Item) -> bytes:
    return _qr(address_of(item))


def _qr(address: str) -> bytes:
    """Black on white with its quiet zone, in both themes: a scanner must read it."""
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", scale=4, border=2, light="#fff", dark="#000", xmldecl=True)
    return out.getvalue()


def of_item(item: Item) -> Label:
    return Label(
        item.public_id,
        title(item),
        facts_line(item),
        _price(item),
        item.centre.name,
        address_of(item),
    )


def of_place(place: Place) -> Label:
    """The short code stands where others have their price: it is read from afar."""
    kind = str(PlaceKind(place.kind).label)
    qr = absolute(reverse("goods_code", args=[place.public_id]))
    return Label(place.public_id, place.name, kind, place.code, place.centre.name, qr)


def of_tag(tag: PriceTag) -> Label:
    item = tag.item
    qr = absolute(reverse("goods_code", args=[tag.public_id]))
    name = tag.name or title(item)
    facts = title(item) if tag.name else ""
    return Label(tag.public_id, name, facts, tag_price(tag), item.centre.name, qr)


def _price(item: Item) -> str:
    if item.price_cents is None:
        return ""
    return formats.money(item.price_cents) if item.price_cents else _("free")


def single(item: Item) -> bytes:
    return pdf([of_item(item)], papers()[USUAL_ROLL])


def sheet(items: Iterable[Item]) -> bytes:
    """Labels of a visit on A4; without any an empty sheet."""
    return pdf([of_item(item) for item in items], papers()[USUAL_SHEET])


def pdf(labels: Sequence[Label], paper: Paper, *, start: int = 1) -> bytes:
    """start: the first free label of a sheet that was begun, counted from 1."""
    return typst.compile(str(TEMPLATE), sys_inputs=_inputs(labels, paper, start))


def preview(labels: Sequence[Label], paper: Paper, *, start: int = 1) -> bytes:
    """The first page as a PNG."""
    first = labels[: max(1, paper.per_page - start + 1)]
    pages = typst.compile(
        str(TEMPLATE), sys_inputs=_inputs(first, paper, start), format="png", ppi=110
    )
    return pages[0] if isinstance(pages, list) else pages


def _inputs(labels: Sequence[Label], paper: Paper, start: int) -> dict[str, str]:
    data = {
        **asdict(paper),
        "sheet": paper.is_sheet,
        "skip": max(0, min(start, paper.per_page) - 1) if paper.is_sheet else 0,
        "lang": (get_language() or "de")[:2],
        "title": labels[0].id if len(labels) == 1 else _("Labels"),
        "labels": [{**asdict(one), "qr": _qr(one.qr).decode()} for one in labels],
    }
    return {"data": json.dumps(data)}
