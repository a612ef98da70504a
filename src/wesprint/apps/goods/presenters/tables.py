"""How an import shows itself: its columns, what would come in, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wesprint.apps.goods.columns import COLUMNS
from wesprint.apps.goods.selectors.house import tree
from wesprint.apps.goods.words import GRADE
from wesprint.platform.base.clock import now
from wesprint.platform.imports.models import Import, ImportState
from wesprint.platform.imports.selectors import FaultRow
from wesprint.platform.jobs.models import Progress
from wesprint.web import formats

AT_WORK = (ImportState.CHECKING, ImportState.IMPORTING, ImportState.INDEXING)
FAULT_HEAD = (
    gettext_lazy("Row"),
    gettext_lazy("Column"),
    gettext_lazy("What is wrong"),
    gettext_lazy("What to do"),
)
_LABELS = {column.name: column.label for column in COLUMNS}


def latest_columns() -> list[dict[str, str]]:
    return [
        {"label": _("File")},
        {"label": _("State")},
        {"label": _("Rows"), "kind": "number"},
        {"label": _("Brought")},
    ]


def latest(row: Import, slug: str) -> dict[str, Any]:
    return {
        "url": reverse("goods_table", args=[slug, row.public_id]),
        "cells": [
            row.file_name,
            ImportState(row.state).label,
            formats.number(row.rows) if row.rows else "",
            formats.relative(row.uploaded_at),
        ],
    }


def sample(row: Import) -> dict[str, Any]:
    """The file's own first rows, each column with what we take it for."""
    meant = {place: _LABELS[name] for name, place in row.mapping.items()}
    columns = [
        {"label": f"{heading or _('without heading')}" + (f" → {meant[at]}" if at in meant else "")}
        for at, heading in enumerate(row.headings)
    ]
    width = len(columns)
    rows = [{"cells": (cells + [""] * width)[:width]} for _place, cells in row.first_rows[:3]]
    return {"columns": columns, "rows": rows}


def preview_columns() -> list[dict[str, str]]:
    return [
        {"label": _("Item")},
        {"label": _("Kind")},
        {"label": _("Condition")},
        {"label": _("Weight"), "kind": "number"},
        {"label": _("Price"), "kind": "number"},
        {"label": _("Came on")},
    ]


def preview(found: Sequence[Any]) -> list[dict[str, Any]]:
    kinds = tree(now().date()).by_slug
    language = get_language() or "de"
    return [{"cells": _cells(values, kinds, language)} for values in found]


def _cells(values: Any, kinds: Any, language: str) -> list[Any]:
    category, grade, grams, _basis, _route, price, title, _note, on = values
    name = kinds[category].name(language) if category in kinds else category
    return [
        title or name,
        name,
        f"{grade}, {dict(GRADE)[grade]}",
        formats.kilos(grams) if grams is not None else "",
        formats.money(price) if price is not None else "",
        formats.short_date(date.fromisoformat(on)) if on else "",
    ]


def fault_columns() -> list[dict[str, str]]:
    kinds = ("number", "", "", "")
    return [
        {"label": str(label), "kind": kind} for label, kind in zip(FAULT_HEAD, kinds, strict=True)
    ]


def fault_cells(found: Iterable[FaultRow]) -> Iterator[tuple[int, str, str, str]]:
    """The labels are looked up at once: what is streamed later no longer knows the language."""
    labels = {name: str(label) for name, label in _LABELS.items()}
    return ((fault.row, labels.get(fault.column, ""), fault.what, fault.next) for fault in found)


def faults(found: Iterable[FaultRow]) -> list[dict[str, Any]]:
    return [{"cells": list(cells)} for cells in fault_cells(found)]


def progress(found: Progress | None, row: Import) -> dict[str, Any]:
    """For the component: value, max and the number in words."""
    done = found.done if found else 0
    total = (found.total if found else None) or row.rows or None
    text = (
        _("%(done)s of %(total)s") % {"done": formats.number(done), "total": formats.number(total)}
        if total
        else _("%(done)s rows") % {"done": formats.number(done)}
    )
    return {"value": done if total else None, "max": total, "text": text}
