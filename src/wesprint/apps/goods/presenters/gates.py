"""Gates, limits and tests in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wesprint.apps.goods.models import Gate, Item, ProductData
from wesprint.apps.goods.presenters.giving import group_ids
from wesprint.apps.goods.selectors.house import Tree
from wesprint.platform.reference.facts import GateFacts, Limit
from wesprint.platform.reference.models import GateKind, Measure, ProtectionClass
from wesprint.platform.reference.sheets import TestSheet
from wesprint.web import formats

KIND_TAGS = {GateKind.NEVER_SELL: "danger", GateKind.NEEDS_TEST: "now", GateKind.NEEDS_DATA: "info"}
_UNITS = {Measure.CONDUCTOR: "Ω", Measure.INSULATION: "MΩ", Measure.LEAKAGE: "mA"}


def _language() -> str:
    return get_language() or "de"


def own(found: Iterable[Gate]) -> list[dict[str, Any]]:
    return [
        {
            "id": gate.public_id,
            "kind": GateKind(gate.kind).label,
            "tag": KIND_TAGS[GateKind(gate.kind)],
            "about": _about(gate.category.name(_language()) if gate.category else "", gate.words),
            "reason": (_language().startswith("en") and gate.reason_en) or gate.reason_de,
            "source": gate.source,
            "since": gate.since,
            "until": gate.until,
        }
        for gate in found
    ]


def everywhere(found: Iterable[GateFacts], tree: Tree) -> list[dict[str, Any]]:
    names = {facts.slug: facts.name(_language()) for facts in tree.by_id.values()}
    names |= {group.slug: group.name(_language()) for group in tree.groups}
    return [
        {
            "kind": GateKind(gate.kind).label,
            "tag": KIND_TAGS[GateKind(gate.kind)],
            "about": _about(_kind(gate, names), "; ".join(gate.words)),
            "reason": gate.reason(_language()),
            "source": gate.source,
        }
        for gate in found
    ]


def closed(gate: GateFacts | None) -> dict[str, str] | None:
    """The card that says why there is no price field."""
    if gate is None:
        return None
    return {
        "kind": gate.kind,
        "title": _TITLES[GateKind(gate.kind)](),
        "reason": gate.reason(_language()),
    }


_TITLES: dict[GateKind, Callable[[], str]] = {
    GateKind.NEVER_SELL: lambda: _("This is never sold here"),
    GateKind.NEEDS_TEST: lambda: _("Electrical test"),
    GateKind.NEEDS_DATA: lambda: _("Product data are missing"),
}


def _kind(gate: GateFacts, names: Mapping[str, str]) -> str:
    if gate.electrical:
        return _("all that has a plug or a battery")
    return names.get(gate.category or gate.group, "")


def _about(kind: str, words: str) -> str:
    return ": ".join(filter(None, (kind, words.replace("; ", " · "))))


def capacities(tree: Tree, found: Mapping[int, int]) -> list[dict[str, Any]]:
    ids = group_ids(tree) if found else {}
    names = {ids[group.slug]: (group.slug, group.name(_language())) for group in tree.groups if ids}
    names |= {facts.id: (facts.slug, facts.name(_language())) for facts in tree.by_id.values()}
    return [
        {"slug": names[pk][0], "name": names[pk][1], "pieces": pieces}
        for pk, pieces in found.items()
        if pk in names
    ]


def limits(found: Mapping[tuple[str, str], Limit]) -> list[dict[str, str]]:
    """For the small table beside the sheet: class, measure, limit."""
    return [
        {
            "name": str(kind),
            "measure": str(measure.label),
            "limit": _limit(found[kind, measure], _UNITS[measure]),
        }
        for kind in ProtectionClass
        for measure in Measure
        if (kind, measure) in found
    ]


def _limit(limit: Limit, unit: str) -> str:
    if limit.least is not None:
        return _("at least %(value)s") % {"value": f"{_thousandths(limit.least)} {unit}"}
    return _("at most %(value)s") % {"value": f"{_thousandths(limit.most or 0)} {unit}"}


def _thousandths(value: int) -> str:
    """`120` -> "0,12"."""
    text = f"{Decimal(value) / 1000:f}"
    return text.replace(".", ",") if formats.is_german() else text


def tests(found: Iterable[TestSheet]) -> list[dict[str, Any]]:
    return [
        {
            "day": test.tested_at,
            "passed": test.passed,
            "words": _sheet(test),
            "device": test.device,
            "initials": test.initials,
            "note": test.note,
        }
        for test in found
    ]


def _sheet(test: TestSheet) -> str:
    values = (
        (Measure.CONDUCTOR, test.conductor_mohm),
        (Measure.INSULATION, test.insulation_kohm),
        (Measure.LEAKAGE, test.leakage_ua),
    )
    parts = [_("Class %(name)s") % {"name": test.protection_class}]
    parts += [
        f"{measure.label} {_thousandths(value)} {_UNITS[measure]}"
        for measure, value in values
        if value is not None
    ]
    return " · ".join(parts)


def last_sheet(found: Sequence[TestSheet]) -> dict[str, Any]:
    """Device and class of the test before, when a thing is tested again."""
    if not found:
        return {}
    return {"device": found[0].device, "protection_class": found[0].protection_class}


def data_values(known: ProductData | None, item: Item) -> dict[str, str]:
    if known is None:
        return {}
    names = ("identification", "maker", "maker_address", "maker_contact", "warnings")
    return {name: getattr(known, name) for name in names}


def data_facts(known: ProductData | None) -> list[dict[str, str]]:
    """For components/facts.html on the shelf and the pass."""
    if known is None:
        return []
    maker = ", ".join(filter(None, (known.maker, known.maker_address, known.maker_contact)))
    return [
        {"label": _("Maker"), "value": maker or _("unknown, used goods")},
        {"label": _("Model"), "value": known.identification},
        *([{"label": _("Warnings"), "value": known.warnings}] if known.warnings else []),
    ]
