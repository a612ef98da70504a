"""The mass balance: its equation, its table, its picture, and its rows for a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from wesprint.apps.flows.balance import UNKNOWN, Line, used_ways
from wesprint.apps.flows.periods import Choice
from wesprint.apps.flows.presenters.account import rough
from wesprint.apps.flows.words import name_in
from wesprint.web import formats
from wesprint.web.rooms import Fate, StockPlace
from wesprint.web.sheets import Row

WAY: Mapping[Fate, Any] = {
    Fate.USED_AGAIN: pgettext_lazy("balance", "used again"),
    Fate.LENT: pgettext_lazy("balance", "lent"),
    Fate.REWORKED: pgettext_lazy("balance", "upcycled"),
    Fate.RECYCLED: pgettext_lazy("balance", "recycled"),
    Fate.DISPOSED: pgettext_lazy("balance", "disposed of"),
    Fate.LEFT: pgettext_lazy("balance", "left otherwise"),
    Fate.MOVED: pgettext_lazy("balance", "moved to other places"),
    Fate.CORRECTED: pgettext_lazy("balance", "correction"),
}
# How files name them; these words stay, whatever the page says.
COLUMN: Mapping[Fate, str] = {
    Fate.USED_AGAIN: "used_again_g",
    Fate.LENT: "lent_g",
    Fate.REWORKED: "reworked_g",
    Fate.RECYCLED: "recycled_g",
    Fate.DISPOSED: "disposed_g",
    Fate.LEFT: "left_g",
    Fate.MOVED: "moved_g",
    Fate.CORRECTED: "corrected_g",
}
_MATERIAL: Mapping[str, Any] = {
    "Clothing": pgettext_lazy("material", "Textiles"),
    "Electrical items - IT": pgettext_lazy("material", "Computers and screens"),
    "Electrical items - fridges and freezers": pgettext_lazy("material", "Cooling devices"),
    "Electrical items - large": pgettext_lazy("material", "Large devices"),
    "Electrical items - small": pgettext_lazy("material", "Small devices"),
    "Glass": pgettext_lazy("material", "Glass and ceramics"),
    "Metal: aluminium cans and foil (excl. forming)": pgettext_lazy("material", "Aluminium"),
    "Metal: scrap metal": pgettext_lazy("material", "Metal"),
    "Paper and board: board": pgettext_lazy("material", "Cardboard"),
    "Paper and board: paper": pgettext_lazy("material", "Paper"),
    "Plastics: average plastic rigid": pgettext_lazy("material", "Rigid plastics"),
    "Plastics: average plastics": pgettext_lazy("material", "Plastics"),
    "Wood": pgettext_lazy("material", "Wood"),
    UNKNOWN: pgettext_lazy("material", "not known"),
}
_COLOURS = {Fate.USED_AGAIN: 1, Fate.RECYCLED: 4, Fate.DISPOSED: 2, Fate.LEFT: 5}
MOST_BARS = 14


def name_of(line: Line) -> str:
    if line.slug in _MATERIAL:
        return str(_MATERIAL[line.slug])
    return name_in(line.slug, line.name_de, line.name_en)


def place_name(place: StockPlace) -> str:
    """ "EA · Regal am Fenster"; a place without a code is none that has a label."""
    return (
        f"{place.code} · {place.name}"
        if place.code and place.name
        else place.code or str(place.name)
    )


# -- the equation ----------------------------------------------------------------------------
def equation(total: Line) -> list[dict[str, str]]:
    """Terms in order, each with the sign before it; what is zero is left out, but never the
    stock: a balance without it would be none."""
    terms = [("", _("came in"), total.came_in), ("=", _("change in stock"), total.change)]
    terms += [("+", str(WAY[fate]), total.way(fate)) for fate in used_ways([total])]
    return [{"sign": sign, "label": label, "value": _exact(value)} for sign, label, value in terms]


def _exact(grams: int) -> str:
    return formats.kilos_exact(grams)


# -- the table -------------------------------------------------------------------------------
def table(lines: Sequence[Line], total: Line, first: str, links: Mapping[str, str]) -> Any:
    """One line a row; `links` lead from a line to what stands behind it."""
    ways = used_ways([*lines, total])
    head = [_("before"), _("came in"), *(str(WAY[fate]) for fate in ways), _("after")]
    figures = [{"label": label, "kind": "number"} for label in (*head, _("difference"))]
    return {
        "columns": [{"label": first, "kind": "text"}, *figures],
        "rows": [
            {"cells": [name_of(line), *_cells(line, ways)], "url": links.get(line.slug, "")}
            for line in lines
        ],
        "foot": [_("Sum"), *_cells(total, ways)],
    }


def _cells(line: Line, ways: Sequence[Fate]) -> list[str]:
    figures = [line.start, line.came_in, *map(line.way, ways), line.end, line.difference]
    return [formats.number(grams) for grams in figures]


# -- the picture -----------------------------------------------------------------------------
def chart(lines: Sequence[Line]) -> dict[str, Any]:
    """What became of it: bars of the largest lines, one colour a way."""
    shown = sorted(lines, key=_size, reverse=True)[:MOST_BARS]
    ways = [fate for fate in used_ways(shown) if fate in _COLOURS]
    stock = {"name": _("in the house after that"), **_values([line.end for line in shown])}
    return {
        "categories": [name_of(line) for line in shown],
        "unit": "kg",
        "stacked": True,
        "horizontal": True,
        "series": [
            *(
                {"name": str(WAY[fate]), "colour": _COLOURS[fate], **_out(shown, fate)}
                for fate in ways
            ),
            {**stock, "colour": 3},
        ],
    }


def _size(line: Line) -> int:
    return line.start + line.came_in


def _out(lines: Sequence[Line], fate: Fate) -> dict[str, Any]:
    return _values([max(0, line.way(fate)) for line in lines])


def _values(grams: Sequence[int]) -> dict[str, Any]:
    return {
        "values": [round(one / formats.KILO, 1) for one in grams],
        "texts": [rough(one) for one in grams],
    }


# -- files -----------------------------------------------------------------------------------
def file_rows(choice: Choice, place: str, lines: Sequence[Line], total: Line) -> Iterator[Row]:
    yield (
        "period", "place", "key", "name", "before_g", "came_in_g", "change_in_stock_g",
        *COLUMN.values(), "after_g", "difference_g",
    )  # fmt: skip
    for line in (*lines, total):
        yield (
            choice.key or "all",
            place,
            line.slug,
            name_of(line),
            line.start,
            line.came_in,
            line.change,
            *(line.way(fate) for fate in COLUMN),
            line.end,
            line.difference,
        )


def cut_names() -> dict[str, str]:
    """How the balance may be cut: the address's word and the page's."""
    return {
        "gruppe": pgettext("cut", "Groups"),
        "art": pgettext("cut", "Kinds of things"),
        "stoff": pgettext("cut", "Materials"),
        "haus": pgettext("cut", "Houses"),
        "ort": pgettext("cut", "Shelves and boxes"),
    }
