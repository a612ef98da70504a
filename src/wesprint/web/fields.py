"""Fields for what people type: weights and amounts in German or English notation, and texts of
the house in a second language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import Invalid
from wesprint.kernel.quantity import parse_mass, parse_money
from wesprint.platform.base.words import Words
from wesprint.web.errors import localise


def typed_mass(text: str) -> int:
    """Grams of what somebody types in the language of the page. Raises Invalid for what is no
    weight, and for "2.000", which could be two kilos or two thousand."""
    return parse_mass(text, get_language() or "de")


class MassField(forms.Field):
    """ "31,5" or "800 g" -> grams."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        try:
            return typed_mass(text) if text else None
        except Invalid as error:
            raise ValidationError(localise(error.what)) from None


class MoneyField(forms.Field):
    """ "12,50" -> cents."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        try:
            return parse_money(text) if text else None
        except Invalid as error:
            raise ValidationError(localise(error.what)) from None


class EnglishField(forms.CharField):
    """The same text for those who read English; stands below the house's own as `<name>_en`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("The same in English"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"lang": "en"}))
        super().__init__(required=False, **kwargs)


def words_from(given: dict[str, Any], name: str) -> Words:
    """The house's own text and the English one beside it."""
    return Words(de=given.get(name) or "", en=given.get(f"{name}_en") or "")
