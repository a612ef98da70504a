"""What people fill in. Forms read and tidy; whether it is right, the services decide."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wesprint.apps.flows.models import Activity, BaselineKind
from wesprint.kernel.errors import Invalid
from wesprint.kernel.quantity import parse_thousandths
from wesprint.web.fields import EnglishField

_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-\d{2})?")


class NumberField(forms.Field):
    """ "1.250" or "12,5" -> thousandths."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        try:
            return parse_thousandths(text) if text else None
        except Invalid:
            words = _("“%(text)s” is not a number. Please write it like 1.250 or 12,5.")
            raise ValidationError(words % {"text": text[:40]}) from None


class MonthField(forms.Field):
    """ "2026-11" -> its first day."""

    widget = forms.DateInput

    def to_python(self, value: Any) -> Any:
        match = _MONTH.fullmatch(str(value or "").strip())
        try:
            return date(int(match[1]), int(match[2]), 1) if match else None
        except ValueError:
            return None

    def validate(self, value: Any) -> None:
        if value is None:
            raise ValidationError(_("Please write the month like 2026-11."))


def _figure() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})


class UseForm(forms.Form):
    month = MonthField(
        label=_("Month"),
        widget=forms.DateInput(attrs={"type": "month", "placeholder": "2026-11"}),
    )
    activity = forms.ChoiceField(label=_("What was used?"), choices=Activity.choices)
    quantity = NumberField(
        label=_("How much?"), help_text=_("kWh, kilometres or kilograms"), widget=_figure()
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("For example: meter reading, bill number"),
        max_length=200,
        required=False,
    )


class BaselineForm(forms.Form):
    kind = forms.ChoiceField(label=_("What was counted?"), choices=BaselineKind.choices)
    value = NumberField(label=_("How much?"), widget=_figure())
    unit = forms.CharField(
        label=_("Counted in"),
        help_text=_("For example: tonnes a year, vans a day"),
        max_length=40,
    )
    unit_en = EnglishField(max_length=40)
    as_of = forms.DateField(
        label=_("As of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    source = forms.CharField(
        label=_("Source"),
        help_text=_("Who counted it, and where it can be looked up"),
        max_length=160,
    )
    source_en = EnglishField(max_length=160)
    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": "2"}),
    )
