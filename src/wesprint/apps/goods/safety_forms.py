"""What people fill in about gates, tests, product data and loads."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import Basis, Party
from wesprint.apps.goods.testing import ElectricalReport
from wesprint.platform.reference.models import GateKind, ProtectionClass
from wesprint.web.fields import MassField

MOST_DIGITS = 9


class ThousandthsField(forms.Field):
    """ "0,12" ohms -> 120 milliohms; "> 20" megohms, as a tester shows what is over its range,
    -> 20 000 kiloohms."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip().lstrip(">≥ ").replace(",", ".")
        if not text:
            return None
        try:
            number = Decimal(text) * 1000
        except InvalidOperation:
            number = Decimal(-1)
        if not number.is_finite() or not 0 <= number < 10**MOST_DIGITS:
            words = _("“%(text)s” is not a value. Please write it like 0,12.")
            raise ValidationError(words % {"text": str(value).strip()[:20]})
        return int(number.to_integral_value())


def _decimal() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})


_WHO_AND_WHAT = {"required": _("The test's sheet says who tested, and with which device.")}


class TestForm(forms.Form):
    """The sheet of an electrical test. Which button was pressed says how it ended."""

    protection_class = forms.ChoiceField(
        label=_("Protection class"), choices=ProtectionClass.choices, initial=ProtectionClass.TWO
    )
    visual_ok = forms.BooleanField(
        label=_("Looked at: cable, plug and housing are whole"), required=False
    )
    function_ok = forms.BooleanField(label=_("It does what it should"), required=False)
    conductor = ThousandthsField(
        label=_("Protective conductor resistance"), required=False, widget=_decimal()
    )
    insulation = ThousandthsField(
        label=_("Insulation resistance"), required=False, widget=_decimal()
    )
    leakage = ThousandthsField(label=_("Leakage current"), required=False, widget=_decimal())
    device = forms.CharField(label=_("Test device"), max_length=80, error_messages=_WHO_AND_WHAT)
    initials = forms.CharField(
        label=_("Initials of who tested"), max_length=8, error_messages=_WHO_AND_WHAT
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def report(self) -> ElectricalReport:
        data = self.cleaned_data
        return ElectricalReport(
            data["protection_class"],
            data["device"],
            data["initials"],
            visual_ok=data["visual_ok"],
            function_ok=data["function_ok"],
            conductor_mohm=data["conductor"],
            insulation_kohm=data["insulation"],
            leakage_ua=data["leakage"],
            note=data["note"],
        )


class ProductDataForm(forms.Form):
    identification = forms.CharField(
        label=_("What is it exactly?"),
        help_text=_("Model, type, size or the number on its plate"),
        max_length=120,
    )
    maker = forms.CharField(
        label=_("Maker"),
        help_text=_("Empty: the page says “maker unknown, used goods”."),
        max_length=120,
        required=False,
    )
    maker_address = forms.CharField(
        label=_("Postal address of the maker"), max_length=200, required=False
    )
    maker_contact = forms.CharField(
        label=_("E-mail or web page of the maker"), max_length=120, required=False
    )
    warnings = forms.CharField(
        label=_("Warnings and safety notes"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )


class GateForm(forms.Form):
    kind = forms.ChoiceField(label=_("What holds?"), choices=GateKind.choices)
    category = forms.CharField(max_length=40, required=False)
    words = forms.CharField(
        label=_("Words or models"),
        help_text=_("One of them in the name is enough; between semicolons, e.g.: GX 200; GX 210"),
        max_length=300,
        required=False,
    )
    reason = forms.CharField(
        label=_("Why?"), help_text=_("One sentence; staff and givers read it."), max_length=200
    )
    source = forms.CharField(
        label=_("Where does this come from?"),
        help_text=_("For example: Safety Gate alert no., the maker's letter"),
        max_length=200,
        required=False,
    )
    until = forms.DateField(
        label=_("Until and including"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class CapacityForm(forms.Form):
    category = forms.CharField(max_length=40)
    pieces = forms.IntegerField(
        label=_("Pieces a day"),
        help_text=_("Empty: as many as come."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Please write a whole number, for example 4.")},
    )


class CageForm(forms.Form):
    waste_code = forms.CharField(max_length=12, required=False)


class LoadForm(forms.Form):
    items = forms.CharField(required=False)  # read as a list by the view
    route = forms.CharField(max_length=12)
    waste_code = forms.CharField(
        label=_("Waste code (AVV)"),
        max_length=12,
        error_messages={"required": _("Please choose the waste code.")},
    )
    recipient = forms.CharField(max_length=10, required=False)
    slip_number = forms.CharField(label=_("Number of the slip"), max_length=40, required=False)
    mass = MassField(label=_("Weight of the whole load"), required=False, widget=_decimal())
    basis = forms.ChoiceField(
        label=_("How do you know?"),
        choices=Basis.choices,
        initial=Basis.MEASURED,
        required=False,
    )
    sure = forms.BooleanField(
        label=_("The weight is right although it differs much"), required=False
    )


class RecipientForm(forms.Form):
    name = forms.CharField(label=_("Name of the company"), max_length=120)
    party = forms.ChoiceField(
        label=_("What does it do?"),
        choices=[choice for choice in Party.choices if choice[0] != Party.PUBLIC],
    )
    certificate = forms.CharField(
        label=_("Certificate"),
        help_text=_("For example: certified waste management company, number"),
        max_length=80,
        required=False,
    )
