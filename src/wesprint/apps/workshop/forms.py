"""What people may type in the workshop."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import ContactFields, MassField, Material, MoneyField
from wesprint.apps.workshop.models import Kind, LotUnit, WorkRole

MADE_ROWS = 3


def _decimal(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", **attrs})


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": str(rows)})


class NewOrderForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What shall become of it?"),
        choices=[(Kind.REPAIR, Kind.REPAIR.label), (Kind.UPCYCLE, Kind.UPCYCLE.label)],
        initial=Kind.REPAIR,
    )
    title = forms.CharField(label=_("Name of the job"), max_length=120, required=False)
    note = forms.CharField(
        label=_("What is to be done?"), max_length=1000, required=False, widget=_lines(2)
    )


class RepairForm(ContactFields):
    thing = forms.CharField(
        label=_("What is it?"),
        max_length=120,
        help_text=_("For example: floor lamp, brass"),
    )
    fault = forms.CharField(
        label=_("What is wrong with it?"), max_length=500, required=False, widget=_lines(2)
    )
    electrical = forms.BooleanField(
        label=_("It has a plug or a battery: it is tested before it goes back"), required=False
    )
    estimate = MoneyField(
        label=_("What will it cost at most?"),
        help_text=_("May follow later, when somebody has looked at it."),
        required=False,
        widget=_decimal(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")


class ItemForm(forms.Form):
    item = forms.CharField(label=_("Number on the label"), max_length=200)  # or its address


class WeighForm(ItemForm):
    mass = MassField(label=_("Weight"), widget=_decimal())


class UseForm(forms.Form):
    lot = forms.CharField(
        label=_("Part or material"), max_length=10, error_messages={"required": _("Please choose.")}
    )
    quantity = forms.CharField(
        label=_("How much?"), max_length=20, error_messages={"required": _("Please say how much.")}
    )


class TimeForm(forms.Form):
    """Hours and minutes, so that nobody has to compute."""

    role = forms.ChoiceField(
        label=_("Whose time?"), choices=WorkRole.choices, initial=WorkRole.VOLUNTEER
    )
    hours = forms.IntegerField(label=_("Hours"), min_value=0, max_value=24, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=59, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        hours, minutes = data.get("hours") or 0, data.get("minutes") or 0
        data["seconds"] = hours * 3600 + minutes * 60
        if not self.errors and not data["seconds"]:
            self.add_error("hours", _("Please enter how long it took."))
        return data


class IdForm(forms.Form):
    id = forms.CharField(max_length=10)


class StateForm(forms.Form):
    state = forms.CharField(max_length=10)


class PriceForm(forms.Form):
    price = MoneyField(label=_("Price"), widget=_decimal())


class EstimateForm(PriceForm):
    note = forms.CharField(
        label=_("What is done for that?"), max_length=500, required=False, widget=_lines(2)
    )


class ApprovalForm(forms.Form):
    cents = forms.IntegerField(min_value=0)
    by = forms.CharField(max_length=10, required=False)


class NoteForm(forms.Form):
    note = forms.CharField(label=_("Note"), max_length=1000, required=False, widget=_lines(3))
    title = forms.CharField(label=_("Name of the job"), max_length=120, required=False)


class GiveUpForm(forms.Form):
    note = forms.CharField(label=_("Why?"), max_length=300, required=False)
    route = forms.CharField(max_length=12, required=False)


class LotForm(forms.Form):
    name = forms.CharField(label=_("What is it?"), max_length=80)
    lot = forms.CharField(
        label=_("Lot"),
        max_length=60,
        required=False,
        help_text=_("The number on the package, or the invoice"),
    )
    unit = forms.ChoiceField(
        label=_("How is it counted?"), choices=LotUnit.choices, initial=LotUnit.PIECE
    )
    count = forms.IntegerField(
        label=_("How many pieces?"), min_value=1, max_value=100_000, required=False
    )
    mass = MassField(
        label=_("Weight"),
        help_text=_("Of one piece, or of all of it where it is counted by weight"),
        widget=_decimal(),
    )
    price = MoneyField(
        label=_("Price"),
        help_text=_("Of one piece, or of a kilo where it is counted by weight"),
        widget=_decimal(),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("unit") == LotUnit.PIECE and not data.get("count") and "count" in data:
            self.add_error("count", _("Please enter how many pieces."))
        return data


class EmptyBoxForm(forms.Form):
    material = forms.CharField(max_length=12)
    mass = MassField(label=_("Weight"), widget=_decimal())
    waste_code = forms.CharField(
        label=_("Waste code (AVV)"),
        max_length=12,
        error_messages={"required": _("Please choose the waste code.")},
    )
    route = forms.CharField(max_length=12)
    recipient = forms.CharField(max_length=10, required=False)
    slip_number = forms.CharField(max_length=40, required=False)


class RuleForm(forms.Form):
    name = forms.CharField(max_length=24)
    value = MoneyField(label=_("Value"), widget=_decimal())


class ResultForm(forms.Form):
    """What came out: things that come back, new ones, offcuts. Its fields depend on the order;
    names end in the item's number, the row, or the material."""

    def __init__(self, *args: Any, items: list[str], made_rows: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items, self.made_rows = items, made_rows
        for number in items:
            self.fields[f"back_{number}"] = forms.BooleanField(required=False)
            self.fields[f"mass_{number}"] = MassField(required=False)
            self.fields[f"grade_{number}"] = forms.CharField(max_length=1, required=False)
        for row in range(made_rows):
            self._add_made(row)
        for material in Material.values:
            self.fields[f"cut_{material}"] = MassField(required=False)
        self.fields["failed"] = forms.BooleanField(required=False)
        self.fields["results"] = forms.CharField(required=False)

    def _add_made(self, row: int) -> None:
        self.fields[f"made_kind_{row}"] = forms.CharField(max_length=40, required=False)
        self.fields[f"made_title_{row}"] = forms.CharField(max_length=120, required=False)
        self.fields[f"made_mass_{row}"] = MassField(required=False)
        self.fields[f"made_price_{row}"] = MoneyField(required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in self.items:
            if data.get(f"back_{number}") and data.get(f"mass_{number}") is None:
                self._want(f"mass_{number}", _("Please weigh what comes back."))
        for row in range(self.made_rows):
            self._check_made(data, row)
        return data

    def _check_made(self, data: dict[str, Any], row: int) -> None:
        kind, title = data.get(f"made_kind_{row}"), data.get(f"made_title_{row}")
        mass = data.get(f"made_mass_{row}")
        if not (kind or title or mass):
            return
        if not kind:
            self._want(f"made_kind_{row}", _("Please choose what it is."))
        if mass is None:
            self._want(f"made_mass_{row}", _("Please weigh the new thing."))

    def _want(self, field: str, words: Any) -> None:
        if field not in self.errors:
            self.add_error(field, words)
