"""What people fill in for places, batches, ageing rules and labels."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.forms import PriceField, decimal_input
from wesprint.apps.goods.models import Consideration, Displaced, PriceUnit
from wesprint.web.fields import MassField

CODE = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class PlaceForm(forms.Form):
    kind = forms.CharField(label=_("What is it?"), max_length=5)
    parent = forms.CharField(label=_("Where does it stand?"), max_length=10, required=False)
    code = forms.CharField(
        label=_("Short code"),
        max_length=12,
        help_text=_("Up to eight letters and digits, for example 1A3"),
        widget=forms.TextInput(attrs={**CODE, "class": "ws-input--code"}),
    )
    name = forms.CharField(label=_("Name"), max_length=60, required=False)


class PartSaleForm(forms.Form):
    """Some of a batch: pieces of a tag, a weight, or all the rest."""

    tag = forms.CharField(max_length=10, required=False)
    pieces = forms.IntegerField(
        label=_("How many pieces?"), min_value=1, max_value=500, required=False
    )
    mass = MassField(label=_("Weight"), required=False, widget=decimal_input())
    price = PriceField(label=_("Price"), required=False, widget=decimal_input())
    rest = forms.BooleanField(required=False)
    consideration = forms.ChoiceField(
        label=_("How is it paid?"),
        choices=Consideration.choices,
        error_messages={"required": _("Please choose how it is paid.")},
    )
    displaced = forms.ChoiceField(
        label=_("Would they have bought it new otherwise?"),
        choices=Displaced.choices,
        required=False,
    )
    social_pass = forms.BooleanField(required=False)


class TagForm(forms.Form):
    name = forms.CharField(
        label=_("What hangs on it?"),
        max_length=40,
        required=False,
        help_text=_("For example: shirt, red dot"),
    )
    price = PriceField(label=_("Price"), widget=decimal_input())
    unit = forms.ChoiceField(
        label=_("For what?"), choices=PriceUnit.choices, initial=PriceUnit.PIECE
    )
    piece = MassField(label=_("One piece weighs"), required=False, widget=decimal_input())


class AgeingForm(forms.Form):
    category = forms.CharField(label=_("For what?"), max_length=40, required=False)
    after_days = forms.IntegerField(label=_("Every how many days?"), initial=30)
    percent = forms.IntegerField(label=_("Minus how many per cent?"), initial=20)
    at_most = forms.IntegerField(label=_("At most how often?"), initial=3)
    route_after_days = forms.IntegerField(label=_("After how many days?"), required=False)
    route = forms.CharField(label=_("Where to then?"), max_length=12, required=False)
