"""Lots, boxes and rates in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from wesprint.apps.goods.public import FractionStock, Material
from wesprint.apps.workshop.models import Lot, LotUnit, RuleName, WorkRole
from wesprint.apps.workshop.presenters.orders import quantity
from wesprint.web import formats

# What a box of this material usually goes out as.
USUAL_CODES: Mapping[str, str] = {
    Material.WOOD: "20 01 38",
    Material.METAL: "20 01 40",
    Material.TEXTILE: "20 01 11",
    Material.PLASTIC: "20 01 39",
    Material.GLASS: "20 01 02",
    Material.PAPER: "20 01 01",
    Material.ELECTRONICS: "16 02 16",
    Material.MIXED: "20 03 01",
}


def lot_columns() -> list[dict[str, str]]:
    return [
        {"label": _("Part or material")},
        {"label": _("Lot")},
        {"label": _("Left"), "kind": "number"},
        {"label": _("Bought"), "kind": "number"},
        {"label": _("Price"), "kind": "number"},
        {"label": _("Bought on")},
    ]


def lot_row(lot: Lot) -> dict[str, Any]:
    each = _("%(money)s each") if lot.unit == LotUnit.PIECE else _("%(money)s per kg")
    return {
        "cells": [
            lot.name,
            lot.lot,
            quantity(lot, lot.left),
            quantity(lot, lot.bought),
            each % {"money": formats.money(lot.price_cents)},
            formats.short_date(lot.bought_at),
        ]
    }


def units(chosen: str) -> list[dict[str, Any]]:
    return [
        {"value": unit.value, "label": unit.label, "checked": unit.value == chosen}
        for unit in LotUnit
    ]


def box(one: FractionStock) -> dict[str, Any]:
    grams = one.resource.onhand_quantity
    return {
        "material": one.material,
        "label": Material(one.material).label,
        "mass": formats.kilos_exact(grams),
        "value": _plain_kilos(grams),
        "code": USUAL_CODES[one.material],
        "empty": grams == 0,
    }


def _plain_kilos(grams: int) -> str:
    text = f"{grams / 1000:.3f}"
    return text.replace(".", ",") if formats.is_german() else text


def rules(values: Mapping[str, int]) -> list[dict[str, Any]]:
    rows = [
        {
            "name": f"rate.{role.value}",
            "label": _("An hour: %(role)s") % {"role": role.label},
            "value": _plain_money(values[f"rate.{role.value}"]),
            "unit": "€",
        }
        for role in WorkRole
    ]
    loss = {
        "name": RuleName.LOSS_PERCENT.value,
        "label": _("Dust, at most"),
        "value": str(values[RuleName.LOSS_PERCENT]),
        "unit": "%",
    }
    return [*rows, loss]


def _plain_money(cents: int) -> str:
    text = f"{cents / 100:.2f}"
    return text.replace(".", ",") if formats.is_german() else text
