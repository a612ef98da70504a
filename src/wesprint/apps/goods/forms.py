"""What people fill in. Forms read and tidy; whether it is right, the services decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.columns import COLUMNS
from wesprint.apps.goods.models import Basis, Consideration, Displaced, Size, Source, Way
from wesprint.apps.goods.services.checks import check_price
from wesprint.kernel.errors import Invalid
from wesprint.platform.geo.locating import NOWHERE
from wesprint.platform.imports.models import Import
from wesprint.web.fields import EnglishField, MassField, MoneyField
from wesprint.web.maps.fields import AddressField


def decimal_input(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", **attrs})


class PriceField(MoneyField):
    """Cents within what the services take, so that a wrong price is said beside all else."""

    def to_python(self, value: Any) -> Any:
        cents = super().to_python(value)
        try:
            check_price(cents or 0)
        except Invalid as error:
            raise forms.ValidationError(f"{error.what} {error.next}".strip()) from None
        return cents


class ContactFields(forms.Form):
    """Who somebody is and how to reach them; whether telephone or e-mail is enough for what they
    want, the service says."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        required=False,
        # the blank lets the style sheet see whether something stands there
        widget=forms.TextInput(attrs={"autocomplete": "name", "placeholder": " "}),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ReserveForm(ContactFields):
    """For whom something is put aside: a name, and telephone or e-mail."""

    one_of = ("name", "phone", "email")


class DeliveryForm(forms.Form):
    address = AddressField(label=_("Where to?"), max_length=200, asks=False)
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )


class SearchForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,  # who is signed in has one
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


TIME_GONE = {"invalid_choice": _("This time is not free any more. Please choose another one.")}


class TimeFields(ContactFields):
    """A time for each way, of those that may be taken together with the offer."""

    time_bring = forms.ChoiceField(
        label=_("When do you come?"), required=False, error_messages=TIME_GONE
    )
    time_fetch = forms.ChoiceField(
        label=_("When shall we fetch it?"), required=False, error_messages=TIME_GONE
    )

    def __init__(
        self, *args: Any, times: Mapping[str, list[dict[str, Any]]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.times = times or {}
        for way in Way.values:
            found = [(one["value"], one["label"]) for one in self.times.get(way, ())]
            choices = [("", _("later, when you have answered")), *found]
            field = self.fields[f"time_{way}"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = choices


# When somebody comes to fetch, address and telephone are needed; who gives a name, must be
# reached somehow. The classes show what holds now (bench.css).
_OPTIONAL, _ONE_OF_TWO = _("optional"), _("one of the two")


class OfferForm(TimeFields):
    marks = {
        "fetch_address": (("ws-unless-fetched", _OPTIONAL),),
        "phone": (
            ("ws-unless-fetched ws-unless-named", _OPTIONAL),
            ("ws-unless-fetched ws-if-named", _ONE_OF_TWO),
        ),
        "email": (
            ("ws-if-fetched", _OPTIONAL),
            ("ws-unless-fetched ws-unless-named", _OPTIONAL),
            ("ws-unless-fetched ws-if-named", _ONE_OF_TWO),
        ),
    }
    what = forms.CharField(
        label=_("What is it?"),
        help_text=_("One thing per line, for example: sideboard"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": "2", "class": "ws-input--lines"}),
    )
    size = forms.ChoiceField(
        label=_("How big is the biggest?"), choices=Size.choices, initial=Size.M
    )
    way = forms.ChoiceField(label=_("How does it come to us?"), choices=Way.choices)
    fetch_address = AddressField(
        label=_("Where shall we fetch it?"), max_length=200, required=False
    )
    note = forms.CharField(
        label=_("What should we know?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": "2"}),
    )

    anyway = forms.BooleanField(label=_("It is something else, offer it anyway"), required=False)

    def clean_what(self) -> tuple[str, ...]:
        return tuple(filter(None, map(str.strip, self.cleaned_data["what"].splitlines())))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        return _asked_where_fetched(self, data, data.get("way") == Way.FETCH)


class HouseholdForm(TimeFields):
    """Everything of a clearance but its lines, which `views.clearances` reads."""

    marks = {
        "fetch_address": (("ws-unless-fetched", _OPTIONAL),),
        "phone": (("ws-unless-fetched", _ONE_OF_TWO),),
        "email": (("ws-if-fetched", _OPTIONAL), ("ws-unless-fetched", _ONE_OF_TWO)),
    }
    way = forms.ChoiceField(label=_("How does it come to us?"), choices=Way.choices)
    fetch_address = AddressField(
        label=_("Where do the things stand?"), max_length=200, required=False
    )
    rest_to_authority = forms.BooleanField(
        label=_("What you do not take, the town's bulky waste collection may fetch"),
        help_text=_("Then it gets a list of the rest with address and telephone."),
        required=False,
    )
    note = forms.CharField(
        label=_("What should we know?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": "2"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        needed = data.get("way") == Way.FETCH or bool(data.get("rest_to_authority"))
        return _asked_where_fetched(self, data, needed)


def _asked_where_fetched(form: forms.Form, data: dict[str, Any], needed: bool) -> dict[str, Any]:
    """Nobody is asked about an address in a field that is folded away."""
    if not needed:
        form.errors.pop("fetch_address", None)
        data["fetch_address"] = NOWHERE
    return data


class SlotForm(forms.Form):
    way = forms.ChoiceField(label=_("Bring or fetch?"), choices=Way.choices)
    weekday = forms.TypedChoiceField(
        label=_("Weekday"), coerce=int, choices=[(day, name) for day, name in WEEKDAYS.items()]
    )
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("Until"), widget=forms.TimeInput(attrs={"type": "time"}))
    capacity = forms.IntegerField(label=_("How many at a time"), initial=2)
    at_once = forms.BooleanField(
        label=_("Givers may choose it before we have answered"), required=False
    )


class RateForm(forms.Form):
    rate = MoneyField(label=_("Amount per tonne"), widget=decimal_input())
    since = forms.DateField(label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}))
    source = forms.CharField(
        label=_("Agreement"),
        help_text=_("For example: agreement with the waste authority of 12 March"),
        max_length=160,
    )


class TelephoneOfferForm(OfferForm):
    source = forms.ChoiceField(
        label=_("Where does it come from?"),
        choices=[choice for choice in Source.choices if choice[0] != Source.WEB],
        initial=Source.TELEPHONE,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        for name in ("name", "phone", "email", "fetch_address"):  # somebody else's, not one's own
            self.fields[name].widget.attrs["autocomplete"] = "off"
        if not self.is_bound:
            self.fields["name"].widget.attrs["autofocus"] = True
        self.fields["what"].label = _("What is offered?")
        self.fields["way"].label = _("Bring or fetch?")
        self.fields["note"].label = _("Note")


class WordsForm(forms.Form):
    """An answer, a question, a reason."""

    text = forms.CharField(
        label=_("Your answer"), max_length=1000, widget=forms.Textarea(attrs={"rows": "3"})
    )


class IntakeForm(forms.Form):
    """One thing at the counter. A typed weight was on the scale, unless "estimated" is tapped;
    without one the usual weight is meant."""

    status = forms.CharField(label=_("Usable or waste?"), required=False)
    category = forms.CharField(label=_("What is it?"), max_length=40, required=False)
    kind = forms.CharField(max_length=40, required=False)  # the list of a page without script
    grade = forms.CharField(
        label=_("Condition"),
        max_length=1,
        error_messages={"required": _("Please choose the condition.")},
    )
    mass = MassField(label=_("Weight"), required=False)
    estimated = forms.BooleanField(required=False)
    price = PriceField(label=_("Price"), required=False)
    suggested_price = forms.CharField(max_length=12, required=False)
    per_kg = forms.BooleanField(required=False)  # the price is that of a kilogram
    over_capacity = forms.CharField(label=_("Why all the same?"), max_length=120, required=False)
    title = forms.CharField(label=_("Name on the shelf"), max_length=120, required=False)
    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": "2"}),
    )
    route = forms.CharField(label=_("Where to?"), max_length=12, required=False)
    giver = forms.CharField(max_length=10, required=False)
    offer = forms.CharField(max_length=10, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["category"] = data.get("category") or data.get("kind", "")
        if not data["category"]:
            self.add_error("category", _("Please choose what it is."))
        if "mass" in data and data["mass"] is None and not data.get("estimated"):
            self.add_error("mass", _("Please weigh it, or tap “estimated”."))
        return data


class WeightForm(forms.Form):
    mass = MassField(label=_("Weight"), widget=decimal_input())
    basis = forms.ChoiceField(
        label=_("How do you know?"), choices=Basis.choices, initial=Basis.MEASURED
    )


class PriceForm(forms.Form):
    price = PriceField(label=_("Price"), widget=decimal_input())


class HandOverForm(forms.Form):
    price = PriceField(label=_("Price"), widget=decimal_input(), required=False)
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
    collected = forms.BooleanField(required=False)
    social_pass = forms.BooleanField(required=False)


class TakeBackForm(forms.Form):
    cause = forms.CharField(
        label=_("Why is it taken back?"),
        help_text=_("For example: wrong number, came back broken"),
        max_length=300,
        required=False,  # what was handed over just now goes back with one tap
    )


class WasteForm(forms.Form):
    route = forms.CharField(max_length=12)
    waste_code = forms.CharField(
        label=_("Waste code (AVV)"),
        max_length=12,
        error_messages={"required": _("Please choose the waste code.")},
    )


class FullForm(forms.Form):
    category = forms.CharField(label=_("What is full?"), max_length=40)
    until = forms.DateField(
        label=_("Until and including"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    note = forms.CharField(label=_("What shall the page say?"), max_length=120, required=False)
    note_en = EnglishField(max_length=120)


class TableForm(forms.Form):
    file = forms.FileField(
        label=_("Table"),
        help_text=_("XLSX or CSV, up to 50 MB and 200,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )


NOT_IN_FILE = ""


class MappingForm(forms.Form):
    """For each column of ours one of the file, or a value that holds for all rows."""

    def __init__(self, row: Import, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        headings = [
            (f"at:{place}", heading or _("Column %(number)s") % {"number": place + 1})
            for place, heading in enumerate(row.headings)
        ]
        for column in COLUMNS:
            fixed = [(f"is:{value}", label) for value, label in column.choices]
            none = (NOT_IN_FILE, _("not in the file"))
            self.fields[column.name] = forms.ChoiceField(
                label=column.label,
                help_text=column.hint,
                required=column.required,
                choices=[none, *headings, *((_("for all rows"), fixed) for _one in fixed[:1])],
                initial=_chosen(row, column.name),
            )

    def mapping(self) -> dict[str, int]:
        return {name: int(text[3:]) for name, text in self._given("at:")}

    def defaults(self) -> dict[str, str]:
        return {name: text[3:] for name, text in self._given("is:")}

    def _given(self, kind: str) -> list[tuple[str, str]]:
        return [(name, text) for name, text in self.cleaned_data.items() if text.startswith(kind)]


def _chosen(row: Import, name: str) -> str:
    if name in row.mapping:
        return f"at:{row.mapping[name]}"
    return f"is:{row.defaults[name]}" if name in row.defaults else NOT_IN_FILE
