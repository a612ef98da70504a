"""The picture in the words of the reader, in the shapes that the components take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wesprint.apps.flows.footprint import Reused, bounds_of
from wesprint.apps.flows.selectors.picture import FlowSum, Group, Picture, tree
from wesprint.apps.flows.words import INWARD, name_in
from wesprint.engines.footprint import Range
from wesprint.platform.ledger.models import Seal
from wesprint.web import formats
from wesprint.web.rooms import Fate

LinkTo = Callable[[str, str], str]  # (flow, group) -> address
REST = "rest"
MOST_RANGES = 10
SMALL = 0.02  # groups below this share of all grams are drawn as one
AWAY = tuple(fate for fate in Fate if fate not in INWARD)
_COLOUR = {
    Fate.CAME_IN: 3,
    Fate.USED_AGAIN: 1,
    Fate.RECYCLED: 4,
    Fate.DISPOSED: 2,
    Fate.LEFT: 5,
    Fate.LENT: 1,
    Fate.REWORKED: 3,
    Fate.MADE: 3,
    Fate.CORRECTED: 5,
}
_STOCK, _GROUP = 5, 1


def no_link(_flow: str, _group: str) -> str:
    return ""


def rough(grams: int) -> str:
    """For reading at a glance: from 100 kg on without decimals, "4.374 kg", "18,4 t"."""
    return formats.mass(round(grams, -3) if abs(grams) >= 100 * formats.KILO else grams)


def name_of(group: Group) -> str:
    return name_in(group.slug, group.name_de, group.name_en)


def group_name(groups: Iterable[Group], slug: str) -> str:
    """The name of the group or kind of this slug; the slug itself where nothing flowed."""
    return next((name_of(group) for group in groups if group.slug == slug), slug)


def figures(picture: Picture, how: str) -> list[dict[str, Any]]:
    """The four numbers on top; a range wherever something is not known better."""
    likely = picture.footprint.likely
    gone = picture.sum_of(Fate.RECYCLED, Fate.DISPOSED)
    return [
        {
            "value": rough(picture.came_in),
            "label": _("came in"),
            "range": weighed_text(picture.weighed, picture.came_in),
        },
        {
            "value": rough(picture.sum_of(Fate.USED_AGAIN)),
            "label": _("are used again"),
            "range": _("sold or given to neighbours"),
        },
        {
            "value": rough(gone),
            "label": _("were recycled or disposed of"),
            "range": _share_text(gone, picture.went_out),
        },
        {
            "value": formats.co2e(likely.low, likely.high),
            "label": _("avoided"),
            "range": _("central value %(value)s") % {"value": central_text(likely)},
            "how_url": how,
        },
    ]


def central_text(likely: Range) -> str:
    """The middle in the unit of the range around it."""
    tonnes = max(abs(likely.low), abs(likely.high)) >= 10 * formats.TONNE
    unit, step = ("t", formats.TONNE) if tonnes else ("kg", formats.KILO)
    middle = formats.number(Decimal(likely.central) / step, 1 if tonnes else 0)
    return f"{middle}\N{NO-BREAK SPACE}{unit}"


def weighed_text(weighed: int, grams: int) -> str:
    if not grams:
        return ""
    return _("%(share)s of it weighed, the rest estimated") % {
        "share": formats.percent(weighed / grams)
    }


def _share_text(part: int, whole: int) -> str:
    if not whole:
        return ""
    return _("%(share)s of what left the house") % {"share": formats.percent(part / whole)}


# -- the cycle as a picture ------------------------------------------------------------------
def sankey(picture: Picture, link_to: LinkTo = no_link) -> dict[str, Any]:
    """What came in -> what it is -> where it went: nodes in three columns, links in kilos.
    link_to: the address of the entries behind a band, from its flow and its group. rest: what
    is small is called together on a phone."""
    drawing = _Drawing(link_to)
    groups = _drawn(picture.groups)
    for group in groups:
        _draw_group(drawing, group, picture)
    nodes = list(drawing.nodes.values())
    return {"nodes": nodes, "links": drawing.links, "rest": _("All others"), "unit": "kg"}


class _Drawing:
    """Nodes by name, and links between them."""

    def __init__(self, link_to: LinkTo) -> None:
        self.link_to = link_to
        self.nodes: dict[str, dict[str, Any]] = {}
        self.links: list[dict[str, Any]] = []

    def node(self, name: str, depth: int, colour: int, text: str = "") -> str:
        self.nodes.setdefault(name, {"name": name, "depth": depth, "colour": colour, "text": text})
        return name

    def link(self, source: str, target: str, grams: int, url: str = "") -> None:
        value, text = round(grams / formats.KILO, 3), rough(grams)
        band = {"source": source, "target": target, "value": value, "text": text}
        self.links.append(band | ({"url": url} if url else {}))


def _draw_group(drawing: _Drawing, group: Group, picture: Picture) -> None:
    size = group.start + sum(group.came_in.values())
    if size <= 0:
        return
    # A blank apart, so that a group may bear the name of a flow without becoming it.
    here = drawing.node(f"{name_of(group)} ", 1, _GROUP, rough(size))
    if group.slug == REST:
        drawing.nodes[here]["rest"] = True
    if group.start > 0:
        there = drawing.node(_("Was there before"), 0, _STOCK, rough(picture.start))
        drawing.link(there, here, group.start)
    for one in picture.flows:
        _draw_flow(drawing, group, one, here)
    if group.end > 0:
        stays = drawing.node(_("Still in the house"), 2, _STOCK, rough(picture.end))
        drawing.link(here, stays, group.end)


def _draw_flow(drawing: _Drawing, group: Group, one: FlowSum, here: str) -> None:
    """Taken back, or come back out of work: the band is on the other side, under a name of its
    own, because a flow that runs in a circle cannot be drawn."""
    name, colour, text = str(one.flow.label), _COLOUR[one.flow.fate], rough(one.grams)
    url = drawing.link_to(one.flow.name, group.slug)
    came_in, out = group.came_in.get(one.flow.name, 0), group.out.get(one.flow.name, 0)
    if came_in > 0:
        drawing.link(drawing.node(name, 0, colour, text), here, came_in, url)
    elif came_in < 0:
        drawing.link(here, drawing.node(_back(name), 2, colour), -came_in, url)
    if out > 0:
        drawing.link(here, drawing.node(name, 2, colour, text), out, url)
    elif out < 0:
        drawing.link(drawing.node(_back(name), 0, colour), here, -out, url)


def _back(name: str) -> str:
    return _("%(way)s, back") % {"way": name}


def _drawn(groups: Sequence[Group]) -> list[Group]:
    """Small groups together as one: a line of a hair's breadth tells nobody anything."""
    whole = sum(_size(group) for group in groups)
    large = [group for group in groups if _size(group) >= whole * SMALL]
    small = [group for group in groups if _size(group) < whole * SMALL]
    if len(small) < 2:
        return list(groups)
    rest = Group(
        REST,
        "Übriges",
        gettext_noop("The rest"),
        sum(group.start for group in small),
        _added(group.came_in for group in small),
        _added(group.out for group in small),
        sum(group.end for group in small),
    )
    return [*large, rest]


def _size(group: Group) -> int:
    return group.start + sum(group.came_in.values())


def _added(values: Iterable[Mapping[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for one in values:
        for key, value in one.items():
            sums[key] = sums.get(key, 0) + value
    return sums


def group_table(picture: Picture, link_to: LinkTo = no_link) -> dict[str, Any]:
    """The same as a table: one row a group, one column a flow, sums below; each figure leads
    to the entries behind it."""
    ways = [*picture.flows_of(*INWARD), *picture.flows_of(*AWAY)]
    start = [_number(_("There before"))] if picture.start else []
    columns = [
        {"label": _("Group"), "kind": "text"},
        *start,
        *(_number(one.flow.label) for one in ways),
        _number(_("Still in the house")),
    ]
    rows = [
        {"cells": _group_cells(group, ways, link_to, with_start=bool(start))}
        for group in picture.groups
    ]
    foot = [
        _("Sum"),
        *([formats.kilos(picture.start)] if start else []),
        *(formats.kilos(one.grams) for one in ways),
        formats.kilos(picture.end),
    ]
    return {"columns": columns, "rows": rows, "foot": foot}


def _group_cells(
    group: Group, ways: Sequence[FlowSum], link_to: LinkTo, *, with_start: bool
) -> list[str]:
    both = {**group.came_in, **group.out}
    figures = [
        _linked(_cell(both.get(one.flow.name, 0)), link_to(one.flow.name, group.slug))
        for one in ways
    ]
    start = [_cell(group.start)] if with_start else []
    return [name_of(group), *start, *figures, _cell(group.end)]


def _linked(text: str, url: str) -> str:
    return format_html('<a href="{}">{}</a>', url, text) if text and url else text


def _cell(grams: int) -> str:
    return formats.kilos(grams) if grams else ""


def _number(label: Any) -> dict[str, str]:
    return {"label": str(label), "kind": "number"}


def summary(picture: Picture) -> str:
    """The picture in one sentence."""
    return _(
        "%(came_in)s came in, %(again)s of it are used again, %(gone)s were recycled or "
        "disposed of, %(end)s are in the house after that."
    ) % {
        "came_in": rough(picture.came_in),
        "again": rough(picture.sum_of(Fate.USED_AGAIN)),
        "gone": rough(picture.sum_of(Fate.RECYCLED, Fate.DISPOSED)),
        "end": rough(picture.end),
    }


# -- month by month --------------------------------------------------------------------------
def month_chart(months: Mapping[date, Mapping[Fate, int]]) -> dict[str, Any]:
    """Bars for `chart.html`: what came in beside what is used again."""
    series = ((_("came in"), (Fate.CAME_IN,)), (_("used again"), (Fate.USED_AGAIN,)))
    return {
        "categories": [f"{MONTHS_3[month.month].capitalize()} {month:%y}" for month in months],
        "unit": "kg",
        "series": [
            {
                "name": name,
                "values": [_kilos(found, fates) for found in months.values()],
                "texts": [rough(_grams(found, fates)) for found in months.values()],
            }
            for name, fates in series
        ],
    }


def month_table(months: Mapping[date, Mapping[Fate, int]]) -> dict[str, Any]:
    columns = (
        (_("came in"), (Fate.CAME_IN,)),
        (_("used again"), (Fate.USED_AGAIN,)),
        (_("recycled or disposed of"), (Fate.RECYCLED, Fate.DISPOSED)),
    )
    rows = [
        {
            "cells": [
                f"{MONTHS[month.month]} {month.year}",
                *(_cell(_grams(found, fates)) for _name, fates in columns),
            ]
        }
        for month, found in months.items()
    ]
    head = [{"label": _("Month"), "kind": "text"}, *(_number(name) for name, _fates in columns)]
    return {"columns": head, "rows": rows}


def _grams(found: Mapping[Fate, int], fates: Iterable[Fate]) -> int:
    return sum(found.get(fate, 0) for fate in fates)


def _kilos(found: Mapping[Fate, int], fates: Iterable[Fate]) -> float:
    return round(_grams(found, fates) / formats.KILO, 1)


# -- the balance -----------------------------------------------------------------------------
def balance_table(picture: Picture) -> dict[str, Any]:
    """Start + what came in - what went out = what is there, to the gram."""

    def row(name: object, grams: int, weighed: str = "") -> dict[str, Any]:
        return {"cells": [str(name), formats.kilos_exact(grams), weighed]}

    rows = [
        row(_("In the house before"), picture.start),
        *(
            row(f"+ {one.flow.label}", one.grams, _weighed(one))
            for one in picture.flows_of(*INWARD)
        ),
        *(row(f"− {one.flow.label}", one.grams, _weighed(one)) for one in picture.flows_of(*AWAY)),
    ]
    return {
        "columns": [
            {"label": _("Entry"), "kind": "text"},
            _number(_("Weight")),
            _number(_("weighed")),
        ],
        "rows": rows,
        "foot": [_("= in the house after that"), formats.kilos_exact(picture.end), ""],
    }


def _weighed(one: FlowSum) -> str:
    return formats.percent(one.weighed / one.grams) if one.grams else ""


def seal_card(seal: Seal) -> dict[str, Any]:
    """What somebody needs who keeps the seal elsewhere, to prove a change later."""
    return {
        "centre": seal.centre,
        "number": seal.number,
        "sealed_at": seal.sealed_at,
        "hash": seal.hash,
        "check": f"wesprint verify ledger.jsonl --seal {seal.centre.slug}={seal.hash}",
    }


def category_name(slug: str) -> str:
    kind = tree()[slug]
    return name_in(slug, kind.name_de, kind.name_en)


# -- the footprint as a picture --------------------------------------------------------------
def footprint_ranges(picture: Picture) -> dict[str, Any]:
    """Ranges for `chart.html`: low, central and high of the categories that weigh most in the
    sum, in kilos of CO2e."""
    shown = _by_weight(picture)[:MOST_RANGES]
    return {
        "unit": "kg CO₂e",
        "tenfold": _("each line is ten times the one before"),
        "rows": [
            {
                "name": category_name(one.category),
                "low": _co2e_kilos(found.low),
                "central": _co2e_kilos(found.central),
                "high": _co2e_kilos(found.high),
                "text": formats.co2e(found.low, found.high),
            }
            for one, found in shown
        ],
    }


def footprint_table(picture: Picture) -> dict[str, Any]:
    rows = [
        [
            category_name(one.category),
            formats.number(one.count),
            *(formats.co2e(end, end) for end in (found.low, found.central, found.high)),
        ]
        for one, found in _by_weight(picture)
    ]
    labels = (_("number"), _("low"), _("central"), _("high"))
    return {
        "columns": [{"label": _("Kind of thing"), "kind": "text"}, *map(_number, labels)],
        "rows": [{"cells": cells} for cells in rows],
    }


def _by_weight(picture: Picture) -> list[tuple[Reused, Range]]:
    found = bounds_of(picture.reused, picture.facts_of, picture.survey)
    return sorted(found, key=lambda pair: -pair[1].central)


def _co2e_kilos(grams: int) -> float:
    return round(grams / formats.KILO, 1)
