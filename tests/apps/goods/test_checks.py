"""What is taken from a text that somebody wrote."""

from __future__ import annotations

import pytest

from wesprint.apps.goods.services.checks import text_of, words_of
from wesprint.kernel.errors import Invalid
from wesprint.platform.base.words import Words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Krug  ", "Krug"),
        ("Krug, 1\N{NO-BREAK SPACE}Liter", "Krug, 1\N{NO-BREAK SPACE}Liter"),
        (
            "2\N{NARROW NO-BREAK SPACE}×\N{THIN SPACE}3",
            "2\N{NARROW NO-BREAK SPACE}×\N{THIN SPACE}3",
        ),
        ("eins\nzwei\tdrei", "eins\nzwei\tdrei"),
        ("a\x00b\x1bc\u2028d", "abcd"),
    ],
)
def test_words_stay_apart_and_control_characters_go(typed: str, kept: str) -> None:
    assert text_of(typed, 40, "title") == kept


def test_each_language_has_the_limit() -> None:
    assert words_of(Words(" Voll ", "full"), 5, "note") == Words("Voll", "full")
    with pytest.raises(Invalid):
        words_of(Words("Voll", "entirely full"), 5, "note")
