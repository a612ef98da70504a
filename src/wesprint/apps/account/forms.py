"""Forms of this room. They read what was typed; what is allowed, the services decide."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any, cast

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import DomainError
from wesprint.platform.base.clock import now
from wesprint.platform.geo.locating import locate
from wesprint.platform.geo.models import Town
from wesprint.platform.geo.selectors import town_called
from wesprint.platform.organisations.models import Centre, World
from wesprint.platform.organisations.selectors import STATES, Span
from wesprint.platform.organisations.services import Address, WorldOn
from wesprint.platform.people.models import RoleName
from wesprint.platform.tokens.scopes import declared
from wesprint.web.errors import localise
from wesprint.web.fields import EnglishField


def put_error(form: forms.Form, error: DomainError) -> None:
    """What a service refused, shown at the field it is about, else above the form."""
    field = error.field if error.field in form.fields else None
    text = " ".join(localise(part) for part in (error.what, error.next) if part)
    form.add_error(field, text)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class LanguageForm(forms.Form):
    locale = forms.ChoiceField(label=_("Language of our letters"), choices=settings.LANGUAGES)


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address for this house"),
        help_text=_("It counts once you have opened the link that we send there."),
    )


class ConsentForm(forms.Form):
    purpose = forms.CharField(max_length=60)


class EraseForm(forms.Form):
    sure = forms.BooleanField(label=_("Yes, erase my account and my data."))


class CauseForm(forms.Form):
    cause = forms.CharField(
        label=_("Why do you look?"),
        max_length=300,
        help_text=_("The reason is recorded. Please write no names into it."),
    )


class FindForm(CauseForm):
    text = forms.CharField(
        label=_("Name, telephone number or e-mail address"),
        max_length=80,
        help_text=_("The first letters, or three digits of the number, are enough."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ContactForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    letter = forms.CharField(label=_("Letter address"), max_length=300, required=False)


class EraseKnownForm(forms.Form):
    sure = forms.BooleanField(label=_("Yes, erase this person’s data."))


class BadgeForm(forms.Form):
    code = forms.CharField(
        label=_("Badge"),
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "autofocus": True,
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "data-ws-scan": "",
                "data-ws-facing": "user",
            }
        ),
    )


class PinForm(forms.Form):
    pin = forms.CharField(
        label=_("PIN"),
        max_length=8,
        widget=forms.PasswordInput(
            attrs={"autofocus": True, "inputmode": "numeric", "autocomplete": "off"}
        ),
    )


class DeviceForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the tablet"), max_length=60, help_text=_("So that everybody knows which.")
    )
    lock_after_seconds = forms.TypedChoiceField(
        label=_("Locks itself after"),
        coerce=int,
        initial=300,
        choices=[
            (60, _("1 minute")),
            (180, _("3 minutes")),
            (300, _("5 minutes")),
            (900, _("15 minutes")),
        ],
    )


class KeyForm(forms.Form):
    name = forms.CharField(
        label=_("Which program is it for?"),
        max_length=60,
        help_text=_("So that everybody knows what stops when it is taken back."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("No more than it needs, and never more than you may yourself."),
    )
    days = forms.TypedChoiceField(
        label=_("It runs out after"),
        coerce=int,
        initial=90,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("one year"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.MultipleChoiceField", self.fields["scopes"])
        field.choices = [(scope.name, scope.label) for scope in declared()]


class NewMemberForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("If there is an account with it, the two are joined."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=RoleName.choices, initial=RoleName.VOLUNTEER)


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=RoleName.choices)
    until = forms.DateField(
        label=_("Until"), required=False, widget=DayInput(), help_text=_("Empty: until withdrawn.")
    )


class NewPinForm(forms.Form):
    pin = forms.CharField(
        label=_("New PIN"),
        max_length=8,
        help_text=_("Four to eight digits, typed by the person themselves."),
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "new-password"}),
    )


STATE_NAMES = {
    "BB": "Brandenburg",
    "BE": "Berlin",
    "BW": "Baden-Württemberg",
    "BY": "Bayern",
    "HB": "Bremen",
    "HE": "Hessen",
    "HH": "Hamburg",
    "MV": "Mecklenburg-Vorpommern",
    "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz",
    "SH": "Schleswig-Holstein",
    "SL": "Saarland",
    "SN": "Sachsen",
    "ST": "Sachsen-Anhalt",
    "TH": "Thüringen",
}


class CentreForm(forms.Form):
    name = forms.CharField(label=_("Name of the house"), max_length=120)
    claim = forms.CharField(label=_("One sentence about it"), max_length=200, required=False)
    claim_en = EnglishField(max_length=200)
    street = forms.CharField(label=_("Street and number"), max_length=120, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=10, required=False)
    town = forms.CharField(label=_("Town"), max_length=80)
    state = forms.ChoiceField(
        label=_("Federal state"), choices=[(state, STATE_NAMES[state]) for state in STATES]
    )

    def address(self, centre: Centre) -> Address:
        given = self.cleaned_data
        lat, lon = self._place(centre)
        return Address(
            town=given["town"],
            state=given["state"],
            street=given["street"],
            postcode=given["postcode"],
            lat=lat,
            lon=lon,
            zone=centre.zone,
        )

    def _place(self, centre: Centre) -> tuple[float | None, float | None]:
        """Where the map has the address; where it was before, as long as the address is the same
        or there is no map that could know better."""
        given = self.cleaned_data
        same = (given["street"], given["town"]) == (centre.street, centre.town)
        town = town_called(given["town"])
        if town is None or (same and centre.lat is not None):
            return (centre.lat, centre.lon) if given["town"] == centre.town else (None, None)
        where = locate(town, f"{given['street']}, {given['postcode']} {given['town']}")
        return where.lat, where.lon

    def suggest(self, town: Town | None) -> None:
        """Addresses of this town while somebody types the street."""
        if town is not None:
            self.fields["street"].widget.attrs |= {
                "data-ws-address": reverse("address_suggestions", args=[town.slug]),
                "data-ws-parts": "postcode=id_postcode,town=id_town",
                "data-ws-label": gettext("Suggestions"),
            }


DAYS = tuple(WEEKDAYS.items())


class HoursForm(forms.Form):
    """Two spans for each weekday: most houses have one, some close at noon."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed through
        for weekday in range(7):
            for part in (1, 2):
                for end, label in (("from", _("from")), ("to", _("to"))):
                    field = forms.TimeField(label=label, required=False, widget=TimeInput())
                    self.fields[f"{weekday}_{part}_{end}"] = field

    def days(self) -> list[tuple[object, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """For the template: each weekday with its two spans, each from and to."""
        return [(name, [self._ends(day, part) for part in (1, 2)]) for day, name in DAYS]

    def _ends(self, weekday: int, part: int) -> tuple[forms.BoundField, forms.BoundField]:
        return self[f"{weekday}_{part}_from"], self[f"{weekday}_{part}_to"]

    def clean(self) -> dict[str, time | None]:
        given = super().clean() or {}
        for weekday in range(7):
            for part in (1, 2):
                ends = [given.get(f"{weekday}_{part}_{end}") for end in ("from", "to")]
                if (ends[0] is None) != (ends[1] is None):
                    self.add_error(f"{weekday}_{part}_from", _("Please give both times."))
        return given

    def spans(self) -> tuple[Span, ...]:
        given = self.cleaned_data
        return tuple(
            Span(weekday, given[f"{weekday}_{part}_from"], given[f"{weekday}_{part}_to"])
            for weekday in range(7)
            for part in (1, 2)
            if given.get(f"{weekday}_{part}_from") is not None
        )

    @staticmethod
    def initial_of(spans: tuple[Span, ...]) -> dict[str, time]:
        found: dict[str, time] = {}
        for span in spans:
            part = 2 if f"{span.weekday}_1_from" in found else 1
            found[f"{span.weekday}_{part}_from"] = span.opens
            found[f"{span.weekday}_{part}_to"] = span.closes
        return found


class ClosedDayForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=DayInput())
    reason = forms.CharField(label=_("Why"), max_length=120, required=False)
    reason_en = EnglishField(max_length=120)


class ColoursForm(forms.Form):
    light = forms.CharField(
        label=_("On the light pages"), max_length=7, required=False, help_text=_("Like #1f5a48.")
    )
    dark = forms.CharField(
        label=_("On the dark pages"), max_length=7, required=False, help_text=_("Like #8fd0b5.")
    )


EVERY_DAY = ("", _("always"))


class FloorForm(forms.Form):
    level = forms.IntegerField(
        label=_("Floor"), min_value=-5, max_value=40, help_text=_("0 is the ground floor.")
    )
    name = forms.CharField(label=_("Name"), max_length=60, required=False)
    name_en = EnglishField(max_length=60)
    world = forms.ChoiceField(label=_("World"), choices=World.choices)

    def worlds(self) -> tuple[WorldOn, ...]:
        return (WorldOn(self.cleaned_data["world"]),)


class SpaceForm(forms.Form):
    name = forms.CharField(label=_("Name of the room"), max_length=60)
    name_en = EnglishField(max_length=60)
    note = forms.CharField(label=_("What is there"), max_length=120, required=False)
    note_en = EnglishField(max_length=120)
    weekday = forms.TypedChoiceField(
        label=_("On which day"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[EVERY_DAY, *((day, WEEKDAYS[day]) for day in range(7))],
    )


LONGEST_LOOK = timedelta(days=366)


class TrailForm(forms.Form):
    cause = forms.CharField(
        label=_("Why do you look?"),
        max_length=300,
        help_text=_("The reason is recorded with your look; the people concerned can see it."),
    )
    since = forms.DateField(label=_("From"), widget=DayInput())
    until = forms.DateField(label=_("To"), widget=DayInput())
    text = forms.CharField(label=_("What happened"), max_length=80, required=False)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if not isinstance(since, date) or not isinstance(until, date):
            return given
        if until < since:
            self.add_error("until", _("The end lies before the beginning."))
        elif until - since > LONGEST_LOOK:
            self.add_error("until", _("One look covers a year at most."))
        elif until > now().date() + timedelta(days=1):
            self.add_error("until", _("This day has not come yet."))
        return given
