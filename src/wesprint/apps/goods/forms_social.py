"""What people may type about prices with a social pass."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from wesprint.web.fields import MoneyField


def _day(**kwargs: object) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(widget=widget, **kwargs)  # type: ignore[arg-type]  # the field's options, passed on


class SocialForm(forms.Form):
    category = forms.CharField(label=_("For what?"), max_length=40, required=False)
    passes = forms.CharField(
        label=_("Which passes count?"),
        max_length=200,
        help_text=_("For example: pass of the town, notice of the Jobcenter, volunteer card"),
    )
    percent = forms.IntegerField(label=_("Minus how many per cent?"), initial=40)
    least = MoneyField(
        label=_("Lowest price"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    since = _day(label=_("From"))
    until = _day(label=_("Until and including"), required=False)
