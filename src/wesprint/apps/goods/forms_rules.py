"""What the office may set for the house: numbers that hold from today."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_DAYS, MOST_RESERVATIONS = 60, 50


class RulesForm(forms.Form):
    """One field for each `RuleName`, with "-" as "_"."""

    reservations_per_person = forms.IntegerField(
        label=_("Reservations per person at a time"), min_value=1, max_value=MOST_RESERVATIONS
    )
    reservations_per_connection = forms.IntegerField(
        label=_("Reservations of strangers per connection at a time"),
        min_value=1,
        max_value=MOST_RESERVATIONS,
        help_text=_(
            "Behind one connection may be a block of flats or a library. "
            "People with an account are not counted."
        ),
    )
    take_back_days = forms.IntegerField(
        label=_("Days in which the till takes a hand-over back"),
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_("0: until the evening of the same day. Later only staff and board may do it."),
    )
    certified_electricals = forms.BooleanField(
        label=_("Certified for waste electricals (§21 ElektroG)"),
        required=False,
        help_text=_("Only with the certificate: then old devices come in as waste and for parts."),
    )
