"""What people type for weights and amounts, as whole grams and cents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wesprint.kernel.errors import Invalid
from wesprint.kernel.quantity import Money, Quantity, Unit, grams, parse_mass, parse_money


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31,5 kg", 31_500),
        ("31,5", 31_500),
        ("31.5", 31_500),
        ("1.234,5 kg", 1_234_500),
        ("1 234,5", 1_234_500),
        ("800 g", 800),
        ("0,8kg", 800),
        ("2 t", 2_000_000),
        ("12,3456 kg", 12_346),
        ("-3 kg", -3_000),
        ("1.500 g", 1_500),
        ("1,500 g", 1_500),
        ("0.500", 500),
        ("1.234.500 kg", 1_234_500_000),
        ("1,234,500", 1_234_500_000),
        ("1.234,500", 1_234_500),
        ("1,234.567 kg", 1_234_567),
        ("2'000", 2_000_000),
        ("2000", 2_000_000),
    ],
)
def test_masses_as_people_write_them(text: str, expected: int) -> None:
    assert parse_mass(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "2,000", 2_000),
        ("de-at", "1,500 kg", 1_500),
        ("en", "2.000", 2_000),
        ("en-gb", "1.234 t", 1_234_000),
    ],
)
def test_a_scale_shows_three_decimals(language: str, text: str, expected: int) -> None:
    assert parse_mass(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "small", "large"),
    [
        ("de", "2.000", "2 kg", "2000 kg"),
        ("de", "-2.000 kg", "-2 kg", "-2000 kg"),
        ("de", "1.250 kilo", "1,25 kg", "1250 kg"),
        ("de", "1.234", "1234 g", "1234 kg"),
        ("de", "1.234 t", "1234 kg", "1234 t"),
        ("de", "100.000", "100 kg", "100000 kg"),
        ("en", "1,250", "1.25 kg", "1250 kg"),
        ("tr", "2.000", "2 kg", "2000 kg"),
        ("ar", "2,000", "2 kg", "2000 kg"),
        ("", "1.500 kg", "1,5 kg", "1500 kg"),
    ],
)
def test_a_weight_that_means_two_things_is_asked_back(
    language: str, text: str, small: str, large: str
) -> None:
    with pytest.raises(Invalid) as caught:
        parse_mass(text, language)
    said = f"“{text}” can be read in two ways. Please write {small} or {large}."
    assert (caught.value.code, str(caught.value)) == ("two-ways", said)
    assert parse_mass(large, language) == 1000 * parse_mass(small, language)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12,50 €", 1_250),
        ("12.50", 1_250),
        ("1.234,50 EUR", 123_450),
        ("1,234.50", 123_450),
        ("12,- €", 1_200),
        ("80 ct", 80),
        ("1.500 €", 150_000),
        ("1.234", 123_400),
        ("1.234.500", 123_450_000),
        ("1,234,500", 123_450_000),
        ("0,500", 50),
        ("1.234,500", 123_450),
        ("0", 0),
    ],
)
def test_amounts_as_people_write_them(text: str, expected: int) -> None:
    assert parse_money(text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12,345", "“12,345” has three decimals. Did you mean 12,35, or 12345?"),
        ("1,500 €", "“1,500 €” has three decimals. Did you mean 1,50, or 1500?"),
        ("0,505", "“0,505” has more than two decimals. Did you mean 0,51?"),
        ("12.3456", "“12.3456” has more than two decimals. Did you mean 12,35?"),
        ("1.234,567", "“1.234,567” has more than two decimals. Did you mean 1234,57?"),
        ("1,234.567", "“1,234.567” has more than two decimals. Did you mean 1234,57?"),
        ("1234,567", "“1234,567” has more than two decimals. Did you mean 1234,57?"),
    ],
)
def test_an_amount_with_three_decimals_is_asked_back(text: str, said: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse_money(text)
    assert (caught.value.code, str(caught.value)) == ("too-fine", said)


@given(st.integers(0, 10**9), st.booleans())
def test_an_amount_written_in_german_reads_back(count: int, grouped: bool) -> None:
    whole, rest = divmod(count, 100)
    written = f"{whole:,}".replace(",", ".") if grouped else str(whole)
    assert parse_money(f"{written},{rest:02d} €") == count


@given(st.integers(0, 10**7), st.integers(0, 999))
def test_a_comma_before_three_digits_is_never_a_thousand(whole: int, rest: int) -> None:
    try:
        assert parse_money(f"{whole},{rest:03d}") * 10 == whole * 1000 + rest
    except Invalid as error:
        assert error.code == "too-fine"


@pytest.mark.parametrize(
    "text", ["", "kg", "schwer", "3 Pfund", "3 €", "1e5 kg", "nan", "--3", "٣ lb"]
)
def test_what_is_no_mass_is_said(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse_mass(text)
    assert caught.value.code == "unreadable-quantity"


@given(st.integers(0, 10**9))
def test_a_mass_written_in_german_reads_back(count: int) -> None:
    whole, rest = divmod(count, 1000)
    assert parse_mass(f"{whole},{rest:03d} kg", "de") == count


@given(st.text(max_size=200))
def test_no_text_breaks_the_parser(text: str) -> None:
    try:
        assert isinstance(parse_mass(text), int)
    except Invalid as error:
        assert error.code in ("unreadable-quantity", "two-ways")


def test_quantities_add_up_within_a_unit_only() -> None:
    assert grams(500) + grams(250) - grams(50) == grams(700)
    with pytest.raises(Invalid) as caught:
        grams(1) + Quantity(1, Unit.CENT)
    assert str(caught.value) == "g and ct do not add up."


def test_money_is_whole_cents() -> None:
    assert Money(150) + -Money(50) == Money(100)
    with pytest.raises(Invalid):
        Money(1) + Money(1, "CHF")
