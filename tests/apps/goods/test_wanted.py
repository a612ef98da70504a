"""What somebody looks for, in the address and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wesprint.apps.goods.wanted import FRESH, GRADES, PRICES, SIZES, Wanted, from_query, from_text

SOME = st.builds(
    Wanted,
    words=st.text(max_size=80).map(lambda text: " ".join(text.split())[:80].strip()),
    group=st.sampled_from(["", "furniture"]),
    kind=st.sampled_from(["", "chest-of-drawers"]),
    grade=st.sampled_from(["", *GRADES]),
    price=st.sampled_from(["", *PRICES]),
    size=st.sampled_from(["", *SIZES]),
    fresh=st.sampled_from(["", *FRESH]),
    photo=st.booleans(),
)


@given(SOME)
def test_the_address_says_all_of_it(wanted: Wanted) -> None:
    assert from_text(wanted.query) == wanted


def test_what_makes_no_sense_is_as_if_it_were_not_there() -> None:
    asked = {
        "q": "  rote   Lampe ",
        "art": "'; drop table",
        "preis": "billig",
        "zustand": "E",
        "groesse": "riesig",
        "neu": "gestern",
        "foto": "ja",
        "fremd": "1",
    }
    assert from_query(asked) == Wanted(words="rote Lampe")


def test_sizes_and_prices_leave_no_gap() -> None:
    assert [low for low, _high in list(SIZES.values())[1:]] == [
        high for _low, high in list(SIZES.values())[:-1]
    ]
    assert bool(Wanted()) is False
    assert Wanted(photo=True).query == "foto=1"
