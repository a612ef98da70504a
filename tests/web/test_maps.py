"""Tiles, suggestions, the component and the field."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client
from tests.conftest import MadeTown
from tests.world import Town, make_town

from wesprint.platform.geo.locating import Where
from wesprint.platform.geo.services import take_town
from wesprint.web.maps import Area, Line, Place, shown
from wesprint.web.maps.fields import AddressField, near
from wesprint.web.maps.views import MOST_A_MINUTE

DOOR = (50.007254, 11.591349)
HIT = (14, 8719, 5556)


@pytest.fixture
def town(bindlach_made: MadeTown, settings: Any, db: None) -> Town:
    settings.TOWNS_ROOT = bindlach_made.root
    town = make_town()
    take_town(town.ctx(), slug="bindlach", name="Bindlach", made=bindlach_made.made)
    town.centre.lat, town.centre.lon = DOOR
    town.centre.save()
    return town


def tile(client: Client, folder: str, at: tuple[int, int, int] = HIT, **headers: str) -> Any:
    zoom, x, y = at
    return client.get(f"/kacheln/{folder}/{zoom}/{x}/{y}.mvt", headers=headers)


def test_a_tile_goes_out_as_it_lies_in_the_file_and_may_be_kept_for_ever(
    town: Town, client: Client, bindlach_made: MadeTown
) -> None:
    folder = bindlach_made.made.folder
    answer = tile(client, folder, accept_encoding="gzip, br")
    assert answer.status_code == 200
    told = ("Content-Type", "Content-Encoding", "Vary", "ETag")
    assert {name: answer[name] for name in told} == {
        "Content-Type": "application/vnd.mapbox-vector-tile",
        "Content-Encoding": "gzip",
        "Vary": "Accept-Encoding",
        "ETag": f'"{folder}-14-8719-5556"',
    }  # fmt: skip
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert b"roads" in gzip.decompress(answer.content)
    plain = tile(client, folder)
    assert "Content-Encoding" not in plain
    assert plain.content == gzip.decompress(answer.content)
    assert tile(client, folder, if_none_match=answer["ETag"]).status_code == 304


def test_where_nothing_is_and_where_no_town_is(
    town: Town, client: Client, bindlach_made: MadeTown
) -> None:
    assert tile(client, bindlach_made.made.folder, (14, 0, 0)).status_code == 204
    assert tile(client, "0" * 24 + "-1").status_code == 404
    assert tile(client, "secret-key").status_code == 404


def test_suggestions_name_the_nearest_number_as_such(town: Town, client: Client) -> None:
    def options(text: str) -> list[tuple[str, ...]]:
        page = client.get("/adressen/bindlach/", {"q": text}).content.decode()
        return re.findall(r'data-ws-value="([^"]*)" data-ws-place="([^"]*)"', page)

    assert options("Haupstr 15, Bindl")[0] == (
        "Hauptstraße 15, 95463 Bindlach", "50.007254,11.591349",
    )  # fmt: skip
    page = client.get("/adressen/bindlach/", {"q": "Hauptstraße 9999"}).content.decode()
    assert "nächste Hausnummer" in page
    assert (options("Ha"), options("zzzzzzzzz")) == ([], [])
    assert client.get("/adressen/atlantis/", {"q": "Haupt"}).status_code == 404


def test_strangers_are_paused(town: Town, client: Client) -> None:
    asked = [client.get("/adressen/bindlach/").status_code for _each in range(MOST_A_MINUTE + 1)]
    assert (set(asked[:-1]), asked[-1]) == ({200}, 429)


def test_the_component_says_the_same_twice(town: Town) -> None:
    made = shown(
        "Läden",
        [
            Place("Bäcker </script>", *DOOR, "Hauptstraße 15", "/b/", mark="1"),
            Line("Weg", (DOOR, (50.0, 11.6))),
            Area("Umkreis", (DOOR, (50.0, 11.6), (50.01, 11.6))),
        ],
    )
    page = render_to_string("web/components/map.html", {"map": made})
    data = json.loads(re.search(r'<script type="application/json">(.*?)</script>', page)[1])  # type: ignore[index]  # it is there
    assert [one["geometry"]["type"] for one in data["features"]] == [
        "Point", "LineString", "Polygon",
    ]  # fmt: skip
    assert data["features"][0]["geometry"]["coordinates"] == [11.591349, 50.007254]
    ring = data["features"][2]["geometry"]["coordinates"][0]
    assert ring[0] == ring[-1]
    assert [one["properties"]["title"] for one in data["features"]] == [
        "Bäcker </script>", "Weg", "Umkreis",
    ]  # fmt: skip
    assert '<a href="/b/">Bäcker &lt;/script&gt;</a>' in page
    assert "OpenStreetMap-Mitwirkende" in page


def test_without_a_town_the_list_stays_and_says_why(db: None) -> None:
    made = shown("Läden", [Place("Bäcker", 1.0, 1.0)])
    page = render_to_string("web/components/map.html", {"map": made})
    assert "Von diesem Ort gibt es noch keine Karte." in page
    assert "Bäcker" in page
    assert "data-ws-tiles" not in page
    quiet = render_to_string("web/components/map.html", {"map": made, "quiet": True})
    assert "noch keine Karte" not in quiet


class WhereForm(forms.Form):
    address = AddressField(label="Wo?", max_length=200)


def sent(town: Town, **data: str) -> WhereForm:
    given = QueryDict(mutable=True)
    given.update(data)
    form = WhereForm(given)
    near(form, town.centre)
    return form


def test_a_plain_address_is_found_and_one_of_another_town_taken(town: Town) -> None:
    form = sent(town, address="Hauptstraße 15, 95463 Bindlach")
    assert form.is_valid()
    assert form.cleaned_data["address"] == Where("Hauptstraße 15, 95463 Bindlach", *DOOR, "exact")
    far = sent(town, address="Unter den Linden 77, 10117 Berlin")
    assert far.is_valid()
    assert far.cleaned_data["address"].confidence == ""


def test_an_error_is_asked_about_once_without_any_script(town: Town) -> None:
    form = sent(town, address="Haubtstase 15")
    assert form.errors == {"address": ["Welche dieser Adressen meinen Sie?"]}
    page = str(form["address"])
    best = "Hauptstraße 15, 95463 Bindlach"
    assert f'<input type="radio" name="address_chosen" value="{best}" checked>' in page
    chosen = sent(town, address="Haubtstase 15", address_chosen=best)
    assert chosen.is_valid()
    assert chosen.cleaned_data["address"] == Where(best, *DOOR, "exact")
    kept = sent(town, address="Haubtstase 15", address_chosen="-")
    assert kept.is_valid()
    assert kept.cleaned_data["address"].text == "Haubtstase 15"


def test_a_pin_that_was_moved_counts(town: Town) -> None:
    form = sent(town, address="Hinterhaus", address_pin="50.0073,11.5914")
    assert form.is_valid()
    assert form.cleaned_data["address"] == Where("Hinterhaus", 50.0073, 11.5914, "pinned")
    for broken in ("nan,nan", "1", "x,y", "inf,0"):
        form = sent(town, address="Hauptstraße 15, 95463 Bindlach", address_pin=broken)
        assert form.is_valid()
        assert form.cleaned_data["address"].confidence == "exact"


def test_without_a_map_it_is_a_field_like_any_other(db: None) -> None:
    town = make_town()
    form = sent(town, address="Irgendwo 3")
    assert form.is_valid()
    assert form.cleaned_data["address"] == Where("Irgendwo 3")
    assert "data-ws-address" not in str(form["address"])
