from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wesprint.kernel.ids import ALPHABET
from wesprint.platform.numbers.codes import check_character, code_of, number_of

numbers = st.integers(0, 30**8)


@pytest.mark.parametrize(
    ("number", "code"),
    [(0, "0000G"), (1, "0001E"), (42, "001CH"), (30**4, "100000")],
)
def test_codes(number: int, code: str) -> None:
    assert code_of(number) == code


@given(numbers)
def test_a_code_is_read_back_however_it_is_typed(number: int) -> None:
    code = code_of(number)
    spaced = " ".join(code.lower().replace("0", "o").replace("1", "l"))
    assert number_of(code) == number_of(spaced) == number_of(f"{code[:2]}-{code[2:]}") == number


@given(numbers, st.data())
def test_every_wrong_character_is_noticed(number: int, data: st.DataObject) -> None:
    code = code_of(number)
    at = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(st.sampled_from([char for char in ALPHABET if char != code[at]]))
    assert number_of(code[:at] + wrong + code[at + 1 :]) is None


def test_of_435_swaps_of_neighbours_one_goes_unnoticed() -> None:
    missed = [
        (a, b)
        for a in ALPHABET
        for b in ALPHABET
        if a < b and check_character(f"7{a}{b}") == check_character(f"7{b}{a}")
    ]
    assert missed == [("1", "2")]


@pytest.mark.parametrize("text", ["", "7", "Ü0001", "0001Y", "------"])
def test_what_is_no_code(text: str) -> None:
    assert number_of(text) is None
