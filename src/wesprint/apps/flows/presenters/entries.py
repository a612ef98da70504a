"""The list of entries behind a figure, as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wesprint.apps.flows import words
from wesprint.apps.flows.selectors.entries import Entry
from wesprint.apps.flows.selectors.picture import GOODS, tree
from wesprint.web import formats
from wesprint.web.rooms import Flow


def table(entries: Sequence[Entry], *, with_house: bool) -> dict[str, Any]:
    known = words.declared()
    labels = [_("Kind of thing"), _("Thing"), _("Way")]
    if with_house:
        labels.append(_("House"))
    return {
        "columns": [
            {"label": _("Day"), "kind": "text"},
            *({"label": label, "kind": "text"} for label in labels),
            {"label": _("Weight"), "kind": "number"},
            {"label": pgettext("weight", "known from"), "kind": "text"},
        ],
        "rows": [{"cells": _cells(one, known, with_house=with_house)} for one in entries],
    }


def _cells(one: Entry, known: Mapping[str, Flow], *, with_house: bool) -> list[str]:
    return [
        formats.short_date(one.day),
        kind_name(one.code, one.name),
        _thing(one),
        _way(one, known),
        *([one.house] if with_house else []),
        formats.kilos_exact(_in_direction(one, known)),
        pgettext("weight", "scale") if one.weighed else pgettext("weight", "estimate"),
    ]


def kind_name(code: str, otherwise: str) -> str:
    kind = tree().get(code.removeprefix(GOODS)) if code.startswith(GOODS) else None
    if kind is None:
        return otherwise
    return words.name_in(kind.category or kind.group, kind.name_de, kind.name_en)


def _thing(one: Entry) -> str:
    if one.thing is None:
        return ""
    return format_html('<a href="{}">{}</a>', one.thing.url, one.thing.title or _("Item pass"))


def _way(one: Entry, known: Mapping[str, Flow]) -> str:
    label = str(words.flow_of(one.flow, one.grams, known).label)
    return _("%(way)s, taken back") % {"way": label} if one.takes_back else label


def _in_direction(one: Entry, known: Mapping[str, Flow]) -> int:
    """As the balance counts it: what came in, and what went out, above zero."""
    return words.direction(words.flow_of(one.flow, one.grams, known).fate) * one.grams


def flow_chips(known: Mapping[str, Flow], names: Sequence[str]) -> list[tuple[str, str]]:
    """(flow, label) for those that occurred."""
    return [
        (name, str(known[name].label) if name in known else name)
        for name in [*(n for n in known if n in names), *sorted(set(names) - set(known))]
    ]
