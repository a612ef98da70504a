"""How much there is of a material: what is typed is never guessed at."""

from __future__ import annotations

import pytest
from django.utils import translation

from wesprint.apps.market.forms import EntryForm

SAID = "„%s“ ist keine Menge. Bitte schreiben Sie eine ganze Zahl oder Kilogramm."


def form_of(amount: str, unit: str) -> EntryForm:
    form = EntryForm({"amount": amount, "unit": unit})
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("amount", "unit", "count"),
    [("1.200", "piece", 1_200), ("12", "m", 12), ("1,2", "g", 1_200), ("1200", "g", 1_200_000)],
)
def test_amounts_as_people_write_them(amount: str, unit: str, count: int) -> None:
    form = form_of(amount, unit)
    assert ("amount" in form.errors, form.cleaned_data["quantity"]) == (False, count)


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        ("1.5", "piece", SAID % "1.5"),
        ("-3", "m", SAID % "-3"),
        ("viel", "g", SAID % "viel"),
        ("1.200", "g", "„1.200“ kann zweierlei heißen. Bitte schreiben Sie 1,2 kg oder 1200 kg."),
    ],
)
def test_what_could_be_something_else_is_asked_back(amount: str, unit: str, said: str) -> None:
    with translation.override("de"):
        assert form_of(amount, unit).errors["amount"] == [said]
