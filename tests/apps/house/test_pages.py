"""The public page of a house shows what the rooms declare, whichever rooms there are."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from tests.world import Town, make_town

from wesprint.apps.house import views
from wesprint.apps.house.presenter import programme
from wesprint.apps.house.section import Card, CardKind, FloorToday
from wesprint.apps.house.selectors import WeekDay, house_today, region_today
from wesprint.apps.house.services import Notice, set_legal_notice
from wesprint.kernel.clock import FixedClock
from wesprint.platform.base.words import Words
from wesprint.platform.organisations.models import (
    Centre,
    CentreKind,
    ClosedDay,
    Floor,
    FloorWorld,
    Space,
    World,
)
from wesprint.web.demo import mark
from wesprint.web.rooms import Figure, NavItem, Room, TodayLine

pytestmark = pytest.mark.django_db


def chairs(centre: Centre, at: datetime) -> list[TodayLine]:
    title = f"Stühle flechten in {centre.town}"
    return [TodayLine(title, f"seit {at:%H:%M}", open=True, world="learning")]


def hours(centre: Centre, day: date) -> list[Figure]:
    return [Figure("1.236 h", f"Reparatur bis {day}", url="/so-gerechnet/")]


LATER_ROOM = Room(name="events", title="Kurse", today=chairs, figures=hours)


@pytest.fixture
def town(clock: FixedClock) -> Town:
    town = make_town("kaufhaus")
    upstairs = Floor.objects.create(centre=town.centre, level=1)
    FloorWorld.objects.create(floor=upstairs, world=World.LEARNING)
    Space.objects.create(floor=upstairs)
    return town


def text_of(html: str) -> str:
    body = re.sub(r"<script.*?</script>|<style.*?</style>|<svg.*?</svg>", "", html, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_a_later_room_appears_without_touching_the_page(town: Town, clock: FixedClock) -> None:
    house = house_today(town.centre, clock.now(), of=[LATER_ROOM])
    assert house.floors == (
        FloorToday(
            1,
            Words(),
            ("learning",),
            (
                Card(CardKind.EMPTY, Words()),
                Card(CardKind.LINE, "Stühle flechten in Arnsberg", "seit 09:00", "", open=True),
            ),
        ),
        FloorToday(0, Words(), ("living",), (Card(CardKind.NOTE, Words("Warenhaus"), Words()),)),
    )
    assert house.figures == (Figure("1.236 h", "Reparatur bis 2026-11-24", url="/so-gerechnet/"),)


def test_the_page_greets_and_says_what_is_on(
    town: Town, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wesprint.apps.house.selectors.rooms", lambda: (LATER_ROOM,))
    response = client.get("/z/kaufhaus/", headers={"accept-language": "de"})
    text = text_of(response.content.decode())
    for words in (
        "Heute im Kaufhaus",
        "Dienstag, 24. November , offen bis 18 Uhr.",
        "Stühle flechten in Arnsberg seit 09:00",
        "Noch leer Ihre Idee?",
        "1.236 h Reparatur bis 2026-11-24",
        "Montag bis Samstag 10 bis 18 Uhr heute",
        "Wem das Haus gehört",
    ):
        assert words in text
    assert response.status_code == 200


def test_du_and_english(town: Town, client: Client) -> None:
    client.cookies["ws_language"] = "de-informal"
    assert "Deine Idee?" in client.get("/z/kaufhaus/").content.decode()
    client.cookies["ws_language"] = "en"
    english = text_of(client.get("/z/kaufhaus/").content.decode())
    assert "Today at Kaufhaus" in english
    assert "Tuesday, 24 November , open until 18:00." in english


def test_actions_are_what_the_rooms_declare(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    rooms = (
        Room("goods", "", nav=[NavItem("Laden", "house", position=40, action="Stöbern")]),
        Room("flows", "", nav=[NavItem("Wirkung", "house", position=10)]),
        Room("forum", "", nav=[NavItem("Ideen", "house", position=20, action="Mitreden")]),
    )
    monkeypatch.setattr(views, "rooms", lambda: rooms)
    assert views.actions(town.centre) == [
        {"label": "Mitreden", "url": "/z/kaufhaus/"},
        {"label": "Stöbern", "url": "/z/kaufhaus/"},
    ]


def test_the_number_of_queries_does_not_grow_with_the_house(town: Town, client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get("/z/kaufhaus/").status_code == 200
        return len(found)

    queries()  # reference facts and figures are read once a process
    before = queries()
    for level in (2, 3):
        floor = Floor.objects.create(centre=town.centre, level=level)
        for world in World:
            FloorWorld.objects.create(floor=floor, world=world)
            Space.objects.create(floor=floor, name=f"Raum {world}")
    assert (queries(), before) == (before, 10)


def test_a_station_changes_its_world_with_the_weekday(clock: FixedClock) -> None:
    town = make_town("bahnhof", kind=CentreKind.RURAL)
    centre = town.centre
    centre.opening_hours.filter(weekday=3).delete()
    floor = centre.floors.get()
    floor.worlds.all().delete()
    worlds = [World.LIVING, World.ADMINISTRATION, World.LEARNING, World.WORK, World.LIVING]
    for weekday, world in enumerate(worlds):
        FloorWorld.objects.create(floor=floor, world=world, weekday=weekday)
    Space.objects.create(floor=floor, name="Sprechstunde", note="Rat und Tat", weekday=1)
    Space.objects.create(floor=floor, name="Schreibtische", weekday=3)
    house = house_today(centre, clock.now(), of=[])
    assert house.week == (
        WeekDay(date(2026, 11, 23), "living", closed=False, today=False),
        WeekDay(date(2026, 11, 24), "administration", False, True, (Words("Sprechstunde"),)),
        WeekDay(date(2026, 11, 25), "learning", closed=False, today=False),
        WeekDay(date(2026, 11, 26), "work", True, False, (Words("Schreibtische"),)),
        WeekDay(date(2026, 11, 27), "living", closed=False, today=False),
        WeekDay(date(2026, 11, 28), "", closed=False, today=False),
        WeekDay(date(2026, 11, 29), "", closed=True, today=False),
    )
    assert house.floors[0].worlds == ("administration",)
    assert [card for card in house.floors[0].cards if card.open] == [
        Card(CardKind.NOTE, Words("Sprechstunde"), Words("Rat und Tat"), open=True)
    ]
    evening = house_today(centre, clock.now() + timedelta(hours=9), of=[])
    assert [card for card in evening.floors[0].cards if card.open] == []
    with translation.override("de"):
        assert programme(house) == [
            {"day": "Dienstag", "rooms": "Sprechstunde", "world": "Verwaltung", "today": True}
        ]


def test_the_region_lists_every_house_with_as_many_queries(clock: FixedClock) -> None:
    make_town("kaufhaus")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            region_today(clock.now())
        return len(found)

    one = queries()
    make_town("bahnhof")
    other = make_town("schule").centre
    ClosedDay.objects.create(centre=other, day=date(2026, 11, 24), reason="Inventur")
    houses = region_today(clock.now())
    assert [(h.centre.slug, h.opening.open) for h in houses] == [
        ("bahnhof", True),
        ("kaufhaus", True),
        ("schule", False),
    ]
    assert queries() == one == 4


def test_an_empty_region_says_what_comes(client: Client, clock: FixedClock) -> None:
    assert "Noch kein Haus" in client.get("/", headers={"accept-language": "de"}).content.decode()


def test_the_imprint_comes_from_the_organisation(town: Town, client: Client) -> None:
    notice = Notice(
        street=" Alter Markt 3 ", postcode="59821", town="Arnsberg", represented_by="Ada"
    )
    set_legal_notice(town.ctx(), organisation=town.organisation, notice=notice)
    text = text_of(client.get("/impressum/", headers={"accept-language": "de"}).content.decode())
    assert "Kaufhaus eG betreibt: Kaufhaus" in text
    assert "Anschrift Alter Markt 3, 59821 Arnsberg Vertreten durch Ada" in text


@pytest.mark.parametrize("path", ["/datenschutz/", "/barrierefreiheit/"])
def test_legal_pages_name_who_is_responsible(town: Town, client: Client, path: str) -> None:
    assert "Kaufhaus eG" in client.get(path).content.decode()


def test_machines_find_the_public_pages_only(town: Town, client: Client) -> None:
    index = client.get("/sitemap.xml").content.decode()
    assert re.findall(r"<loc>http://testserver(.*?)</loc>", index) == ["/sitemap-seiten.xml"]
    sitemap = client.get("/sitemap-seiten.xml").content.decode()
    paths = re.findall(r"<loc>http://testserver(.*?)</loc>", sitemap)
    legal = ["/impressum/", "/datenschutz/", "/barrierefreiheit/"]
    assert paths[:7] == ["/", *legal, "/karten/", "/wirkung/", "/z/kaufhaus/"]
    assert not [path for path in paths if client.get(path).status_code != 200]
    robots = client.get("/robots.txt").content.decode()
    secret = "".join(f"Disallow: /{way}/\n" for way in ("o", "r", "k", "s", "w", "rest"))
    assert f"{secret}Sitemap: http://testserver/sitemap.xml\n" in robots


def test_the_house_is_an_app_on_the_home_screen(town: Town, client: Client) -> None:
    manifest: dict[str, Any] = client.get("/z/kaufhaus/app.webmanifest").json()
    assert (manifest["name"], manifest["start_url"]) == ("Kaufhaus", "/z/kaufhaus/")
    assert [icon["sizes"] for icon in manifest["icons"]] == ["192x192", "512x512", "512x512"]
    address = '<link rel="manifest" href="/z/kaufhaus/app.webmanifest">'
    assert address in client.get("/z/kaufhaus/").content.decode()


def test_a_house_that_does_not_exist(client: Client, clock: FixedClock) -> None:
    assert client.get("/z/nirgends/").status_code == 404


def test_a_demo_says_that_it_is_one_and_where_to_begin(
    client: Client, clock: FixedClock, settings: Any, tmp_path: Path
) -> None:
    make_town()
    settings.DEMO, settings.VAR = True, tmp_path
    assert "Das ist eine Vorführung" not in client.get("/").content.decode()
    mark(seed=1)
    page = client.get("/").content.decode()
    assert ("Das ist eine Vorführung" in page, 'href="/konto/demo/"' in page) == (True, True)
