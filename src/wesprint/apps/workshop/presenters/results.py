"""The page on which results are weighed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wesprint.apps.goods.public import Material, title
from wesprint.apps.workshop.balance import Balance
from wesprint.apps.workshop.models import Order
from wesprint.apps.workshop.presenters.orders import bar
from wesprint.apps.workshop.selectors.orders import Inputs
from wesprint.web import formats


def _field(form: BaseForm, name: str) -> dict[str, Any]:
    """What a hand-written input needs: its value as typed, and its first mistake."""
    bound = form[name]
    value = bound.value()
    return {
        "name": name,
        "id": bound.auto_id,
        "value": "" if value is None else value,
        "errors": [str(error) for error in bound.errors],
    }


def things(order: Order, inputs: Inputs, form: BaseForm) -> list[dict[str, Any]]:
    return [
        {
            "title": title(row.item),
            "icon": row.item.category.icon,
            "mass_in": formats.kilos_exact(row.item.mass_g),
            "estimated": row.item.basis != "measured",
            "back": _field(form, f"back_{row.item.public_id}"),
            "mass": _field(form, f"mass_{row.item.public_id}"),
        }
        for row in inputs.things
    ]


def made_rows(form: BaseForm, rows: int) -> list[dict[str, Any]]:
    return [
        {
            "number": row + 1,
            "open": row == 0 or bool(form[f"made_kind_{row}"].value()),
            "kind": _field(form, f"made_kind_{row}"),
            "title": _field(form, f"made_title_{row}"),
            "mass": _field(form, f"made_mass_{row}"),
            "price": _field(form, f"made_price_{row}"),
            "photo": f"made_photo_{row}",
        }
        for row in range(rows)
    ]


def kinds(tree: Any) -> list[dict[str, Any]]:
    language = get_language() or "de"
    return [
        {
            "name": group.name(language),
            "kinds": [{"slug": one.slug, "name": one.name(language)} for one in group.leaves],
        }
        for group in tree.groups
    ]


def cuts(form: BaseForm) -> list[dict[str, Any]]:
    return [
        {"label": material.label, **_field(form, f"cut_{material.value}")} for material in Material
    ]


def balance(inputs: Inputs, data: Mapping[str, Any], percent: int) -> dict[str, Any]:
    """The bars for what is typed so far, and in words what is missing or too much."""
    found = Balance(
        things=inputs.things_g,
        materials=inputs.parts_g,
        results=_typed(inputs, data),
        offcuts=sum(data.get(f"cut_{material}") or 0 for material in Material.values),
    )
    return {"bar": _bar(found), **_words(found, percent)}


def _typed(inputs: Inputs, data: Mapping[str, Any]) -> int:
    numbers = [row.item.public_id for row in inputs.things]
    back = sum(data.get(f"mass_{one}") or 0 for one in numbers if data.get(f"back_{one}"))
    made = sum(value or 0 for name, value in data.items() if name.startswith("made_mass_"))
    return back + made


def _bar(found: Balance) -> dict[str, Any] | None:
    return bar(Order(), found)


def _words(found: Balance, percent: int) -> dict[str, Any]:
    if not found.came_out:
        return {"kind": "info", "text": _("Everything that went in must be found again.")}
    if found.missing < 0:
        much = formats.kilos_exact(-found.missing)
        text = _("%(mass)s too much: more comes out than went in.") % {"mass": much}
        return {"kind": "attention", "text": text}
    mass = formats.kilos_exact(found.missing)
    if found.missing > found.may_be_missing(percent):
        text = _("%(mass)s are still missing: weigh the offcuts as well.") % {"mass": mass}
        return {"kind": "attention", "text": text}
    if not found.missing:
        return {"kind": "success", "text": _("It closes to the gram.")}
    text = _("It closes; %(mass)s count as dust.") % {"mass": mass}
    return {"kind": "success", "text": text}
