"""What people may type about people at work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wesprint.apps.team.models import Absence, Level
from wesprint.apps.team.services import Present, WeekDay

Choices = Sequence[tuple[str, Any]]
PRESENT = "present"


def _day(**kwargs: Any) -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs
    )


def _time(**kwargs: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), **kwargs)


class HoursField(forms.DecimalField):
    """Hours a week with a comma or a point: "19,5" -> minutes."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=Decimal("0.25"), max_value=48, decimal_places=2, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = str(value).replace(",", ".") if value else value
        return super().to_python(text)


class WeekFields(forms.Form):
    """Seven days, each with times or without."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(7):
            for name in ("starts", "ends"):
                field = self.fields[f"{name}_{number}"] = _time(required=False)
                field.widget.attrs["class"] = "ws-input"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in range(7):
            starts, ends = data.get(f"starts_{number}"), data.get(f"ends_{number}")
            if bool(starts) != bool(ends) or (starts and ends and ends <= starts):
                self.add_error(
                    f"ends_{number}", _("Please give both times, the end after the beginning.")
                )
        return data

    def days(self) -> list[dict[str, Any]]:
        return [
            {"name": name, "starts": self[f"starts_{number}"], "ends": self[f"ends_{number}"]}
            for number, name in WEEKDAYS.items()
        ]

    def week(self) -> tuple[WeekDay, ...]:
        data = self.cleaned_data
        return tuple(
            WeekDay(number, data[f"starts_{number}"], data[f"ends_{number}"])
            for number in range(7)
            if data.get(f"starts_{number}")
        )


class EngagementForm(WeekFields):
    person = forms.ChoiceField(label=_("Who?"), required=False)
    name = forms.CharField(
        label=_("Or a new name"),
        max_length=120,
        required=False,
        help_text=_("Name as on the sheet. Nothing else about the person is needed."),
    )
    kind = forms.ChoiceField(label=_("Kind"))
    hours = HoursField(label=_("Hours a week"))
    since = _day(label=_("From"))
    until = _day(label=_("Until and including"), required=False)
    sponsor = forms.CharField(
        label=_("Assigned by"),
        max_length=120,
        required=False,
        help_text=_("Jobcenter, sponsor or court office: where the sheet goes."),
    )
    reference = forms.CharField(label=_("Reference number"), max_length=60, required=False)
    supervisor = forms.ChoiceField(label=_("Supervisor"), required=False)

    def __init__(
        self, *args: Any, people: Choices, kinds: Choices, leads: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("person", people), ("kind", kinds), ("supervisor", leads)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = [("", "–"), *choices]


class WeekForm(WeekFields):
    since = _day(label=_("From"))


class PaperForm(forms.Form):
    """A sheet of paper: a row for each day, filled in or left empty."""

    reason = forms.CharField(label=_("Where is it from?"), max_length=200)

    def __init__(self, *args: Any, days: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dates = days
        for day in days:
            for name in ("came", "left"):
                field = self.fields[f"{name}_{day}"] = _time(required=False)
                field.widget.attrs["class"] = "ws-input"
            pause = forms.IntegerField(min_value=0, max_value=600, required=False)
            pause.widget.attrs["class"] = "ws-input"
            self.fields[f"break_{day}"] = pause

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for day in self.dates:
            if bool(data.get(f"came_{day}")) != bool(data.get(f"left_{day}")):
                self.add_error(f"left_{day}", _("Please give both times, or none."))
        if not self.errors and not self.present():
            self.add_error(None, _("No day is filled in yet."))
        return data

    def rows(self) -> list[dict[str, Any]]:
        return [
            {"day": day, **{name: self[f"{name}_{day}"] for name in ("came", "left", "break")}}
            for day in self.dates
        ]

    def present(self) -> dict[date, Present]:
        data = self.cleaned_data
        return {
            day: Present(data[f"came_{day}"], data[f"left_{day}"], data.get(f"break_{day}") or 0)
            for day in self.dates
            if data.get(f"came_{day}")
        }


class SupervisorForm(forms.Form):
    supervisor = forms.CharField(max_length=10)


class EndForm(forms.Form):
    until = _day(label=_("Last day"))


class AbsenceForm(forms.Form):
    absence = forms.ChoiceField(label=_("Why?"), choices=Absence.choices)
    first = _day(label=_("First day"))
    last = _day(label=_("Last day"))
    reason = forms.CharField(
        label=_("How do you know?"),
        max_length=200,
        help_text=_("For example: rang up, certificate seen. Please no illness."),
    )


class DayForm(forms.Form):
    """Times, or an absence."""

    absence = forms.ChoiceField(
        label=_("What was it?"),
        choices=[(PRESENT, _("was here")), *Absence.choices],
        widget=forms.RadioSelect,
    )
    came = _time(label=pgettext_lazy("attendance", "Came"))
    left = _time(label=pgettext_lazy("attendance", "Left"))
    break_minutes = forms.IntegerField(
        label=_("Break, all together"), min_value=0, max_value=600, required=False
    )
    reason = forms.CharField(
        label=_("Why is it entered?"),
        max_length=200,
        help_text=_("For example: forgot the card. Please no illness."),
    )

    use_required_attribute = False  # for an absence no time is asked

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.data.get("absence") in Absence.values:
            self.fields["came"].required = self.fields["left"].required = False

    def absence_given(self) -> str:
        given: str = self.cleaned_data["absence"]
        return "" if given == PRESENT else given

    def present(self) -> Present | None:
        data = self.cleaned_data
        if self.absence_given():
            return None
        came, left = data["came"], data["left"]
        assert isinstance(came, time) and isinstance(left, time)  # noqa: S101 - checked by clean
        return Present(came, left, data["break_minutes"] or 0)


class StepForm(forms.Form):
    area = forms.CharField(
        label=_("Work area"), max_length=60, help_text=_("For example: intake, workshop, till")
    )
    level = forms.TypedChoiceField(label=_("Where on the way?"), choices=Level.choices, coerce=int)
    title = forms.CharField(
        label=_("What does somebody do who can do it?"),
        max_length=120,
        help_text=_("For example: tests electrical appliances under supervision"),
    )


class ReachedForm(forms.Form):
    step = forms.CharField(max_length=10)
    on = _day(required=False)


class RuleForm(forms.Form):
    people = forms.IntegerField(label=_("At least so many people"), min_value=1, max_value=99)


class BadgeForm(forms.Form):
    code = forms.CharField(
        label=_("Badge"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autofocus": True, "data-ws-scan": True}
        ),
    )


def month_of_text(text: str, today: date) -> date:
    """ "2026-11" -> its first day; anything else is this month."""
    try:
        return date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return today.replace(day=1)
