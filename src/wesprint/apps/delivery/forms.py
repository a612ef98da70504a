"""What people may type in the delivery."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wesprint.apps.delivery.models import Outcome, SenderKind, Size, Wish
from wesprint.apps.delivery.services import ParcelDraft, Recipient
from wesprint.apps.goods.public import MassField, MoneyField
from wesprint.web.maps.fields import AddressField


def _plain(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", **attrs})


def _date() -> forms.DateInput:
    """A browser's own picker takes the day as ISO 8601 writes it, in every language."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ShipmentForm(forms.Form):
    """One shipment, as the hub or a shop types it."""

    name = forms.CharField(label=_("For whom?"), max_length=120, widget=_plain())
    address = AddressField(label=_("Street and number"), max_length=200)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    size = forms.ChoiceField(label=_("How large?"), choices=Size.choices, initial=Size.M)
    mass = MassField(label=_("Weight"), required=False, widget=_plain(inputmode="decimal"))
    barcodes = forms.CharField(
        label=_("Barcode"),
        help_text=_("The carrier's or a sticker's number; several with a blank in between"),
        max_length=600,
        required=False,
        widget=_plain(autocapitalize="characters", spellcheck="false"),
    )
    count = forms.IntegerField(
        label=_("How many parcels?"), min_value=1, max_value=40, initial=1, required=False
    )
    day = forms.DateField(label=_("Day"), widget=_date())
    since = forms.TimeField(
        label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    until = forms.TimeField(
        label=_("Until"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    note = forms.CharField(
        label=_("Note for the rider"), max_length=200, required=False, widget=_plain()
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("since")) != bool(data.get("until")) and not self.errors:
            self.add_error("until", _("A window has two ends: please enter both times, or none."))
        return data

    def recipient(self) -> Recipient:
        data = self.cleaned_data
        return Recipient(data["name"], data["phone"], data["email"])

    def parcels(self) -> list[ParcelDraft]:
        data = self.cleaned_data
        codes = data["barcodes"].split()
        count = max(len(codes), data["count"] or 1)
        codes += [""] * (count - len(codes))
        return [ParcelDraft(code, data["mass"] or 0) for code in codes]

    def window(self, zone: Any) -> tuple[datetime, datetime] | None:
        data = self.cleaned_data
        if not data["since"] or not data["until"]:
            return None
        start, end = (datetime.combine(data["day"], data[one], zone) for one in ("since", "until"))
        return start, end


class AddressForm(forms.Form):
    """Another door for a shipment, or the same one with its pin put right."""

    address = AddressField(label=_("Street and number"), max_length=200)


class ManifestForm(forms.Form):
    sender = forms.CharField(label=_("From whom?"), max_length=10)
    day = forms.DateField(label=_("Day"), widget=_date())
    file = forms.FileField(label=_("List of parcels (CSV or JSON)"))


class HubForm(forms.Form):
    town = forms.CharField(label=_("Town"), max_length=40)
    address = AddressField(label=_("Where do the bikes load?"), max_length=200)


class BikeForm(forms.Form):
    name = forms.CharField(label=_("Name of the bike"), max_length=40, widget=_plain())
    load = MassField(label=_("Carries up to"), widget=_plain(inputmode="decimal"))
    litres = forms.IntegerField(label=_("Box in litres"), min_value=10, max_value=5000)
    range = forms.IntegerField(label=_("Kilometres of one charge"), min_value=1, max_value=300)
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("Until"), widget=forms.TimeInput(attrs={"type": "time"}))
    trailer = forms.BooleanField(label=_("with a trailer"), required=False)


class SenderForm(forms.Form):
    name = forms.CharField(label=_("Name of the sender"), max_length=80, widget=_plain())
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[one for one in SenderKind.choices if one[0] != "house"]
    )
    provider_number = forms.CharField(
        label=_("Number in the register of postal providers"), max_length=40, required=False
    )
    usual = MoneyField(
        label=_("What they pay a carrier for a parcel now"), required=False, widget=_plain()
    )


class PriceForm(forms.Form):
    size = forms.ChoiceField(label=_("Size"), choices=Size.choices)
    price = MoneyField(label=_("Price without tax"), widget=_plain(inputmode="decimal"))
    window = MoneyField(
        label=_("More for a window"), required=False, widget=_plain(inputmode="decimal")
    )
    within = forms.IntegerField(
        label=_("Up to so many kilometres"), min_value=1, max_value=100, required=False
    )
    sender = forms.CharField(max_length=10, required=False)


class EndForm(forms.Form):
    """How a stop ended. happened, sent: by the phone's own clock."""

    outcome = forms.ChoiceField(choices=Outcome.choices)
    taken_by = forms.CharField(label=_("Name"), max_length=80, required=False, widget=_plain())
    note = forms.CharField(label=_("Note"), max_length=200, required=False, widget=_plain())
    collected = MassField(label=_("Weight"), required=False, widget=_plain(inputmode="decimal"))
    happened = forms.DateTimeField(required=False)
    sent = forms.DateTimeField(required=False)


class MoveForm(forms.Form):
    stop = forms.CharField(max_length=10)
    bike = forms.CharField(max_length=10, required=False)
    before = forms.CharField(max_length=10, required=False)
    version = forms.IntegerField(required=False)


class WishForm(forms.Form):
    wish = forms.ChoiceField(choices=[(one.value, one.label) for one in Wish if one.value])
    note = forms.CharField(
        label=_("Which neighbour, or where?"), max_length=120, required=False, widget=_plain()
    )


class DayForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=_date())
