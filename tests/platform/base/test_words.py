"""What a house says about itself, in more than one language."""

from __future__ import annotations

import pytest
from django.utils import translation
from tests.world import make_town

from wesprint.kernel.errors import Invalid
from wesprint.platform.base.words import Said, Words
from wesprint.platform.organisations import services
from wesprint.platform.organisations.models import Floor
from wesprint.platform.organisations.selectors import floors_of
from wesprint.web.words import Translated, said, written

BOTH = Words("Lesesaal", "Reading room")


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        (BOTH, "de", Said("Lesesaal")),
        (BOTH, "de-informal", Said("Lesesaal")),
        (BOTH, "en", Said("Reading room")),
        (BOTH, "ar", Said("Lesesaal", "de")),
        (Words("Lesesaal"), "en", Said("Lesesaal", "de")),
        (Words(en="Reading room"), "de", Said("Reading room", "en")),
        (Words(), "en", Said("")),
    ],
)
def test_who_reads_what(words: Words, language: str, expected: Said) -> None:
    assert words.to(language) == expected


def test_a_page_marks_what_is_not_in_its_language() -> None:
    with translation.override("en"):
        assert (said(BOTH), said(Words("<b>Saal"))) == (
            "Reading room",
            '<bdi lang="de">&lt;b&gt;Saal</bdi>',
        )
        assert written("Kommode") == '<bdi lang="de">Kommode</bdi>'
        assert (written(Translated("chest of drawers")), written("")) == ("chest of drawers", "")
    with translation.override("de"):
        assert (said(BOTH), written("Kommode"), str(BOTH)) == ("Lesesaal", "Kommode", "Lesesaal")


@pytest.mark.django_db
def test_words_are_kept_as_they_were_given() -> None:
    town = make_town()
    floor = services.set_floor(town.ctx("board"), centre=town.centre, level=2, name=BOTH)
    assert floors_of(town.centre)[0].name == BOTH
    assert list(Floor.objects.filter(pk=floor.pk).values_list("name", flat=True)) == [BOTH]
    services.set_floor(town.ctx("board"), centre=town.centre, level=2)
    assert floors_of(town.centre)[0].name == Words()


@pytest.mark.django_db
def test_a_text_that_is_too_long_is_refused_in_either_language() -> None:
    town = make_town()
    with pytest.raises(Invalid) as caught:
        services.set_floor(
            town.ctx("board"), centre=town.centre, level=2, name=Words("Oben", "u" * 61)
        )
    assert caught.value.field == "name"
