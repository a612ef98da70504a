"""What people fill in. Forms read and tidy; whether it is right, the services decide."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import ContactFields
from wesprint.apps.market.models import (
    Afterwards,
    BookingWay,
    EntryKind,
    Kind,
    Material,
    Place,
    QuantityUnit,
)
from wesprint.apps.market.services.exchange import Words
from wesprint.apps.market.services.suppliers import Firm
from wesprint.apps.market.wares import Ware
from wesprint.kernel.errors import Invalid
from wesprint.web.errors import localise
from wesprint.web.fields import MassField, MoneyField, typed_mass

_WHOLE = re.compile(r"[0-9]{1,9}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,2}")


def _decimal(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", **attrs})


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _lines(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": str(rows)})


class SupplierForm(forms.Form):
    firm = forms.CharField(
        label=_("Name of the business"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    street = forms.CharField(label=_("Street and number"), max_length=120)
    postcode = forms.CharField(label=_("Postcode"), max_length=10)
    town = forms.CharField(label=_("Town"), max_length=80)
    firm_email = forms.EmailField(
        label=_("E-mail of the business"),
        help_text=_("Stands beside your goods, as the law wants it; our letters go there too."),
    )
    about = forms.CharField(
        label=_("What do you make or sell?"), max_length=500, required=False, widget=_lines()
    )
    name = forms.CharField(label=_("Whom do we speak with?"), max_length=120, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)

    def as_firm(self) -> Firm:
        data = self.cleaned_data
        return Firm(
            data["firm"], data["street"], data["postcode"], data["town"], data["firm_email"],
            data["about"],
        )  # fmt: skip


class WareForm(forms.Form):
    title = forms.CharField(label=_("What is it?"), max_length=120)
    price = MoneyField(label=_("Price"), widget=_decimal())
    stock = forms.IntegerField(
        label=_("How many are there?"), initial=1, min_value=0, max_value=100_000
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    text = forms.CharField(
        label=_("What should people know?"), max_length=2000, required=False, widget=_lines(3)
    )
    place = forms.ChoiceField(
        label=_("Where is it?"),
        choices=Place.choices,
        initial=Place.SUPPLIER,
        widget=forms.RadioSelect,
    )
    made_within_km = forms.IntegerField(
        label=_("Made how far from here?"),
        required=False,
        min_value=0,
        max_value=1000,
    )
    maker_name = forms.CharField(label=_("Maker"), max_length=120, required=False)
    maker_address = forms.CharField(label=_("Maker's address"), max_length=200, required=False)
    maker_email = forms.CharField(
        label=_("Maker's e-mail or web address"), max_length=200, required=False
    )
    identification = forms.CharField(
        label=_("Type, batch or number on the product"), max_length=120, required=False
    )
    warnings = forms.CharField(
        label=_("Warnings and safety information"),
        max_length=500,
        required=False,
        widget=_lines(),
    )

    def as_ware(self) -> Ware:
        data = {name: value for name, value in self.cleaned_data.items() if name != "price"}
        return Ware(price_cents=self.cleaned_data["price"] or 0, **data)


class TableForm(forms.Form):
    """A table from the computer; on the way back it comes as text, so that nothing need be
    chosen twice."""

    file = forms.FileField(label=_("Table (CSV)"), required=False)
    table = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    sure = forms.BooleanField(required=False)


class FeedForm(forms.Form):
    url = forms.CharField(
        label=_("Address of your product feed"),
        required=False,
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://…"}),
    )


class BookingForm(ContactFields):
    count = forms.IntegerField(label=_("How many?"), initial=1, min_value=1, max_value=20)
    way = forms.ChoiceField(
        label=_("How does it come to you?"),
        choices=BookingWay.choices,
        initial=BookingWay.COLLECT,
        widget=forms.RadioSelect,
    )
    deliver_to = forms.CharField(
        label=_("Where shall we bring it?"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )


class DecisionForm(forms.Form):
    agreed_on = forms.DateField(label=_("Agreed on"), required=False, widget=_day())
    text = forms.CharField(label=_("A few words"), max_length=500, required=False, widget=_lines())


class ConsignmentForm(forms.Form):
    supplier = forms.ChoiceField(label=_("For a supplier"), required=False)
    name = forms.CharField(label=_("Or for a person: name"), max_length=120, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    iban = forms.CharField(
        label=_("IBAN"),
        max_length=42,
        required=False,
        help_text=_("Empty: paid out at the counter."),
    )
    percent = forms.DecimalField(
        label=_("The house keeps"),
        min_value=0,
        max_value=100,
        decimal_places=1,
        localize=True,
        initial=35,
        widget=_decimal(),
    )
    since = forms.DateField(label=_("From"), widget=_day())
    until = forms.DateField(label=_("Until and including"), required=False, widget=_day())
    least = MoneyField(label=_("Not below"), required=False, widget=_decimal())
    afterwards = forms.ChoiceField(
        label=_("What nobody buys"), choices=Afterwards.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, suppliers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["supplier"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("nobody of the window")), *suppliers]


class RateForm(forms.Form):
    percent = forms.DecimalField(
        label=_("The house keeps"),
        min_value=0,
        max_value=100,
        decimal_places=1,
        localize=True,
        widget=_decimal(),
    )
    since = forms.DateField(label=_("From"), widget=_day())


class BroughtForm(forms.Form):
    category = forms.ChoiceField(label=_("What is it?"))
    title = forms.CharField(label=_("Name on the shelf"), max_length=120, required=False)
    grade = forms.ChoiceField(label=_("Condition"))
    mass = MassField(label=_("Weight"), required=False, widget=_decimal())
    price = MoneyField(label=_("Price"), widget=_decimal())
    least = MoneyField(label=_("Not below"), required=False, widget=_decimal())

    def __init__(
        self, *args: Any, categories: list[Any], grades: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("category", categories), ("grade", grades)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = choices


class MonthForm(forms.Form):
    month = forms.CharField(max_length=7)

    def clean_month(self) -> date:
        try:
            return date.fromisoformat(f"{self.cleaned_data['month']}-01")
        except ValueError:
            raise forms.ValidationError(_("Please choose a month.")) from None


def _whole(text: str) -> int:
    """ "1.200" boards are twelve hundred; "1.5" are none. Raises Invalid."""
    found = _WHOLE.fullmatch(text.strip())
    if found is None:
        raise Invalid(text, code="unreadable-quantity")
    return int(found[0].replace(".", ""))


class EntryForm(ContactFields):
    kind = forms.ChoiceField(label=_("What is it about?"), choices=EntryKind.choices)
    material = forms.ChoiceField(label=_("Material"), choices=Material.choices)
    title = forms.CharField(
        label=_("In a few words"),
        help_text=_("For example: oak boards, offcuts up to 80 cm"),
        max_length=120,
    )
    amount = forms.CharField(label=_("How much?"), max_length=20, widget=_decimal())
    unit = forms.ChoiceField(label=_("Counted in"), choices=QuantityUnit.choices)
    since = forms.DateField(label=_("From"), widget=_day())
    until = forms.DateField(label=_("Until and including"), widget=_day())
    postcode = forms.CharField(label=_("Postcode"), max_length=10)
    town = forms.CharField(label=_("Town"), max_length=80)
    business = forms.CharField(
        label=_("Name of the business"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    text = forms.CharField(
        label=_("What should others know?"), max_length=1000, required=False, widget=_lines(3)
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "amount" in data and "unit" in data:
            data["quantity"] = self._quantity(data["amount"], data["unit"])
        return data

    def _quantity(self, text: str, unit: str) -> int:
        try:
            return typed_mass(text) if unit == QuantityUnit.GRAM else _whole(text)
        except Invalid as error:
            words = _("“%(text)s” is no amount. Please write a whole number, or kilograms.")
            two_ways = error.code == "two-ways"
            self.add_error(
                "amount", localise(error.what) if two_ways else words % {"text": text[:20]}
            )
            return 0

    def as_words(self) -> Words:
        names = Words.__dataclass_fields__
        return Words(**{name: self.cleaned_data[name] for name in names})


class ApproachForm(ContactFields):
    text = forms.CharField(
        label=_("What do you need, and when?"), max_length=1000, required=False, widget=_lines(3)
    )


class WordsForm(forms.Form):
    text = forms.CharField(label=_("A few words"), max_length=500, required=False, widget=_lines())
