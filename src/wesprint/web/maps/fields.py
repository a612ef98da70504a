"""A field for an address: suggestions while somebody types, a question where it is not plain, a pin
that can be put right. Whatever is typed is taken in the end: not every address is of this town."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wesprint.engines.addresses import Found
from wesprint.platform.geo.locating import NOWHERE, Point, Where, choices, locate
from wesprint.platform.geo.models import Town
from wesprint.platform.geo.selectors import town_around
from wesprint.platform.organisations.models import Centre
from wesprint.web.maps.shown import ShownMap

AS_WRITTEN = "-"


class Typed(NamedTuple):
    """`pin`: where it was shown on the map; `chosen`: the answer to "which of these?"."""

    text: str
    pin: str = ""
    chosen: str = ""


class AddressWidget(forms.TextInput):
    template_name = "web/components/address.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "street-address"} | (attrs or {}))
        self.town: Town | None = None
        self.found: list[Found] = []

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        return Typed(*(data.get(f"{name}{end}") or "" for end in ("", "_pin", "_chosen")))

    def format_value(self, value: Any) -> str:
        return value.text if isinstance(value, Typed | Where) else str(value or "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        pin = value.pin if isinstance(value, Typed) else ""
        own: dict[str, Any] = {
            "town": self.town,
            "found": self.found,
            "pin": pin,
            "as_written": AS_WRITTEN,
        }
        if self.town is not None:
            context["widget"]["attrs"]["data-ws-address"] = reverse(
                "address_suggestions", args=[self.town.slug]
            )
            own["map"] = ShownMap(_("Where it is"), (), self.town, own_list=True)
        return context | own


class AddressField(forms.CharField):
    """Gives a `Where`. Call `near` for the form before it is read or shown. asks: which of several
    addresses is meant, once; without that the likeliest place is taken."""

    widget = AddressWidget

    def __init__(self, *, asks: bool = True, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._asks = asks

    def here(self, town: Town | None) -> None:
        """Where it is looked for; nowhere without this."""
        self._asked.town = town

    @property
    def _asked(self) -> AddressWidget:
        return cast("AddressWidget", self.widget)

    def clean(self, value: Any) -> Any:
        typed = value if isinstance(value, Typed) else Typed(str(value or ""))
        text, pin = super().clean(typed.text), _point(typed.pin)
        town = self._asked.town
        if not text:
            return NOWHERE
        if town is None or pin or typed.chosen == AS_WRITTEN:
            return locate(town, text, pin=pin)
        if typed.chosen:
            return locate(town, typed.chosen[: self.max_length])
        if self._asks:
            self._ask(choices(town, text))
        return locate(town, text)

    def _ask(self, found: list[Found]) -> None:
        if found:
            self._asked.found = found
            raise ValidationError(_("Which of these addresses do you mean?"), code="which")


def near(form: forms.BaseForm, centre: Centre) -> None:
    """The form's addresses are looked for in the town of this house, if it was imported."""
    if centre.lat is None or centre.lon is None:
        return
    town = town_around([(centre.lat, centre.lon)])
    for field in form.fields.values():
        if isinstance(field, AddressField):
            field.here(town)


def _point(text: str) -> Point | None:
    try:
        lat, lon = (float(one) for one in text.split(","))
    except ValueError:
        return None
    return (round(lat, 6), round(lon, 6))
