"""What the fields say about amounts, in the reader's language."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from wesprint.apps.goods.forms import MoneyField


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
