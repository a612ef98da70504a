"""What the fields say about amounts, in the reader's language."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from wesprint.apps.goods.forms import MassField, MoneyField
from wesprint.apps.goods.models import Item
from wesprint.apps.goods.presenters.stock import mass_value


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("de", "12,345", "„12,345“ hat drei Nachkommastellen. Meinten Sie 12,35 oder 12345?"),
        ("en", "12,345", "“12,345” has three decimals. Did you mean 12,35, or 12345?"),
        ("de", "viel", "„viel“ ist kein Betrag. Bitte schreiben Sie ihn so: 12,50."),
    ],
)
def test_an_amount_is_asked_back_in_the_readers_words(language: str, typed: str, said: str) -> None:
    with translation.override(language), pytest.raises(ValidationError) as refused:
        MoneyField().clean(typed)
    assert refused.value.messages == [said]


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("de", "2.000", "„2.000“ kann zweierlei heißen. Bitte schreiben Sie 2 kg oder 2000 kg."),
        ("en", "2,000", "“2,000” can be read in two ways. Please write 2 kg or 2000 kg."),
        ("de", "x", "„x“ ist kein Gewicht. Bitte schreiben Sie es so: 31,5 kg oder 800 g."),
    ],
)
def test_a_weight_is_asked_back_in_the_readers_words(language: str, typed: str, said: str) -> None:
    with translation.override(language), pytest.raises(ValidationError) as refused:
        MassField().clean(typed)
    assert refused.value.messages == [said]


@pytest.mark.parametrize(("language", "typed"), [("de", "2,000"), ("en", "2.000")])
def test_what_a_scale_shows_is_read_as_it_stands(language: str, typed: str) -> None:
    with translation.override(language):
        assert MassField().clean(typed) == 2_000


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("grams", [850, 2_000, 31_500, 1_234, 2_000_000, 1_234_567])
def test_a_weight_that_we_put_into_a_field_reads_back(language: str, grams: int) -> None:
    with translation.override(language):
        assert MassField().clean(mass_value(Item(mass_g=grams))) == grams
