"""Visitors may choose more languages than those who work here; no page of theirs is half in
another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve
from django.utils import translation
from django.utils.translation import trans_real
from tests.world import furnish, make_town

from wesprint.platform.notices.services import language_of
from wesprint.platform.organisations import services
from wesprint.web import formats
from wesprint.web.languages import OWN_NAMES
from wesprint.web.rooms import Page, rooms

SENT = frozenset({"goods_feed"})  # not a page: a file for a program
LATIN = re.compile(r"<html lang=\"(\w+)\" dir=\"(\w+)\"")


class Recorder:
    """Stands where the language falls back to another one, and notes what was asked there."""

    def __init__(self, behind: Any) -> None:
        self.behind, self.asked = behind, set[str]()

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return str(self.behind.gettext(message))

    def ngettext(self, one: str, many: str, count: int) -> str:
        self.asked.add(one)
        return str(self.behind.ngettext(one, many, count))


@pytest.fixture(params=settings.VISITOR_LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def fallen_back(language: str) -> Iterator[set[str]]:
    catalogue = trans_real.translation(language)
    recorder = Recorder(catalogue._fallback)
    catalogue._fallback = recorder
    yield recorder.asked
    catalogue._fallback = recorder.behind


def visitors_pages() -> list[tuple[str, Page]]:
    return [
        (f"{room.name}/{page.name}", page)
        for room in rooms()
        for page in room.pages
        if not page.permission and page.shows
    ]


def reader(language: str) -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


@pytest.mark.django_db
def test_a_visitors_page_is_wholly_in_the_language_chosen(
    language: str, fallen_back: set[str]
) -> None:
    town = furnish(make_town())
    names = {name for room in rooms() for name in room.for_visitors} - SENT
    walked, lacking = set(), set()
    for name, page in visitors_pages():
        path = page.path(town)
        url_name = resolve(path.partition("?")[0]).url_name
        if url_name not in names:
            continue
        fallen_back.clear()
        html = reader(language).get(path).content.decode()
        found = LATIN.search(html)
        assert found is not None, name
        assert found[1] == language, name
        walked.add(url_name)
        lacking |= {(name, text) for text in fallen_back}
    assert lacking == set()
    assert len(walked) > 12


@pytest.mark.django_db
def test_a_page_of_work_speaks_as_the_house_does_and_says_so(language: str) -> None:
    town = furnish(make_town())
    user = town.people["staff"].user
    assert user is not None
    client = reader(language)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/z/kaufhaus/annahme/")
    html = page.content.decode()
    assert '<html lang="de" dir="ltr"' in html
    assert page.headers["Content-Language"] == "de"
    with translation.override(language):
        note = translation.gettext("This page is not in your language yet. You see it in German.")
    assert f'lang="{language}"' in html
    assert note in html


@pytest.mark.django_db
def test_errors_speak_it_and_the_page_asks_for_corrections(language: str) -> None:
    town = make_town()
    services.change_organisation(
        town.ctx("board"),
        organisation=town.organisation,
        name=town.organisation.name,
        legal_form=town.organisation.legal_form,
        charitable_since=None,
        email="hallo@haus.example",
    )
    lost = reader(language).get("/z/kaufhaus/gibt-es-nicht/")
    with translation.override(language):
        assert translation.gettext("This page does not exist.") in lost.content.decode()
        words = translation.gettext(
            "This translation has not yet been read by a native speaker. If something is wrong "
            "or hard to understand, please tell us:"
        )
    house = reader(language).get("/z/kaufhaus/").content.decode()
    assert words in house
    assert 'href="mailto:hallo@haus.example"' in house
    assert words not in reader("en").get("/z/kaufhaus/").content.decode()


@pytest.mark.django_db
def test_every_language_is_offered_in_its_own_words() -> None:
    make_town()
    html = Client().get("/z/kaufhaus/").content.decode()
    for code, _name in settings.LANGUAGES:
        assert f'value="{code}"' in html
        assert OWN_NAMES[code] in html


def test_figures_keep_their_order_in_a_line_from_the_right() -> None:
    with translation.override("ar"):
        assert formats.co2e(20_000, 70_000) == "\u200f\u206620–70 kg CO₂e\u2069"
        assert formats.money(1250) == "\u200f\u206612.50 €\u2069"
        assert formats.kilos(31_500) == "\u200f\u206631.5 kg\u2069"
    with translation.override("en"):
        assert formats.money(1250) == "€12.50"


def test_a_letter_is_whole_in_one_language(language: str) -> None:
    assert language_of("goods/offer_made", language) == language
    assert language_of("market/booked", language) == settings.LANGUAGE_CODE
    assert language_of("market/booked", "en") == "en"
