from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wesprint.kernel.canonical import MAX_INT, Json, canonical, parse

TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INT, MAX_INT) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def test_the_example_of_rfc_8785_without_its_floats() -> None:
    value: Json = {
        "string": '€$\u000f\nA\'B"\\\\"/',
        "literals": [None, True, False],
        "numbers": [333333333, -1, 0],
    }
    assert canonical(value) == (
        b'{"literals":[null,true,false],"numbers":[333333333,-1,0],'
        b'"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_keys_are_sorted_by_utf_16_units_as_in_rfc_8785() -> None:
    keys = ["€", "\r", "\ufb33", "1", "😀", "\u0080", "ö"]
    order = list(json.loads(canonical(dict.fromkeys(keys))))
    assert order == ["\r", "1", "\u0080", "ö", "€", "😀", "\ufb33"]


@given(VALUES)
def test_reading_back_gives_the_same_value_and_bytes(value: Json) -> None:
    assert parse(canonical(value)) == value


@given(st.dictionaries(TEXT, st.integers(0, 9), min_size=2, max_size=6))
def test_insertion_order_does_not_matter(value: dict[str, Json]) -> None:
    assert canonical(value) == canonical(dict(reversed(value.items())))


@pytest.mark.parametrize("value", [1.0, float("nan"), b"x", {1: 2}, {"a": [{2.5}]}, object()])
def test_what_json_has_no_exact_form_for_is_refused(value: Json) -> None:
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize("value", [MAX_INT + 1, -MAX_INT - 1, "\ud800", {"\udfff": 1}])
def test_what_other_readers_would_change_is_refused(value: Json) -> None:
    with pytest.raises(ValueError, match=r"double|surrogates"):
        canonical(value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b'{"a":1}\n',
        b"1.0",
        b"NaN",
        b'"\\u00e4"',
        b'"\xff"',
        b"-0",
        b"",
        b"[" * 100_000,
    ],
)
def test_another_spelling_is_not_read(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(data)
