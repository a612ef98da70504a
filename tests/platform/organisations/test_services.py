"""Founding, opening, relating, and what is refused."""

from __future__ import annotations

import re
from datetime import date, time
from pathlib import Path

import pytest
from tests.world import make_town

from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import Conflict, DomainError, Invalid
from wesprint.platform.audit.models import AuditEntry
from wesprint.platform.base.words import Words
from wesprint.platform.organisations import contrast, services
from wesprint.platform.organisations.models import Centre, OpeningHours, Organisation
from wesprint.platform.organisations.selectors import Span, floors_of
from wesprint.platform.organisations.services import Address, WorldOn

pytestmark = pytest.mark.django_db
SOEST = Address(town="Soest", state="NW", street="Markt 2", postcode="59494")


def test_a_house_is_founded_opened_and_related(clock: FixedClock) -> None:
    ctx = make_town().ctx("board")
    organisation = services.found_organisation(
        ctx, name=" Bahnhof e. V. ", slug="bahnhof-ev", legal_form="association"
    )
    centre = services.open_centre(
        make_town("b").ctx("board"), name="Bahnhof", slug="bahnhof", address=SOEST, kind="rural"
    )
    services.relate(
        make_town("c").ctx("board"),
        centre=centre,
        organisation=organisation,
        kind="operator",
        since=date(2026, 1, 1),
    )
    assert (organisation.name, organisation.agent.kind) == ("Bahnhof e. V.", "Organization")
    assert (centre.street, centre.zone, centre.kind) == ("Markt 2", "Europe/Berlin", "rural")
    assert [relation.organisation for relation in centre.relations.all()] == [organisation]


def test_the_same_relation_cannot_hold_twice(clock: FixedClock) -> None:
    town = make_town()
    with pytest.raises(Conflict):
        services.relate(
            town.ctx("board"),
            centre=town.centre,
            organisation=town.organisation,
            kind="owner",
            since=date(2027, 1, 1),
        )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"slug": "Große Stadt"}, "slug"),
        ({"slug": "a" * 41}, "slug"),
        ({"kind": "castle"}, "kind"),
        ({"address": Address(town="", state="NW")}, "town"),
        ({"address": Address(town="Soest", state="XX")}, "state"),
        ({"address": Address(town="Soest", state="NW", zone="Mars/Base")}, "zone"),
        ({"address": Address(town="Soest", state="NW", lat=91.0)}, "lat"),
    ],
)
def test_a_house_that_cannot_be(clock: FixedClock, change: dict[str, object], field: str) -> None:
    values: dict[str, object] = {"name": "Haus", "slug": "haus", "address": SOEST}
    town = make_town()
    with pytest.raises(Invalid) as caught:
        services.open_centre(town.ctx("board"), **{**values, **change})  # type: ignore[arg-type]
    assert caught.value.field == field
    assert list(Centre.objects.all()) == [town.centre]


def test_a_short_name_is_given_once(clock: FixedClock) -> None:
    town = make_town()
    with pytest.raises(Conflict):
        services.open_centre(town.ctx("board"), name="Zwei", slug="kaufhaus", address=SOEST)
    with pytest.raises(Conflict):
        services.found_organisation(town.ctx("board"), name="Zwei", slug="kaufhaus-eg")
    with pytest.raises(Invalid):
        services.found_organisation(
            town.ctx("board"), name="Zwei", slug="zwei", legal_form="kingdom"
        )
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    "spans",
    [
        (Span(0, time(10), time(10)),),
        (Span(7, time(10), time(12)),),
        (Span(0, time(10), time(13)), Span(0, time(12), time(18))),
    ],
)
def test_opening_hours_that_cannot_be(clock: FixedClock, spans: tuple[Span, ...]) -> None:
    town = make_town()
    before = list(OpeningHours.objects.values_list("weekday", "opens", "closes"))
    with pytest.raises(Invalid):
        services.set_opening_hours(town.ctx("board"), centre=town.centre, spans=spans)
    assert list(OpeningHours.objects.values_list("weekday", "opens", "closes")) == before


def test_the_houses_own_green_is_readable_and_pale_yellow_is_not(clock: FixedClock) -> None:
    town = make_town()
    services.set_colours(town.ctx("board"), centre=town.centre, light="#1F5A48", dark="#8fd0b5")
    assert (town.centre.colour_light, town.centre.colour_dark) == ("#1f5a48", "#8fd0b5")
    with pytest.raises(Invalid) as caught:
        services.set_colours(town.ctx("board"), centre=town.centre, light="#e0d060", dark="#8fd0b5")
    assert "1.27 : 1" in str(caught.value)
    assert caught.value.field == "colour_light"
    town.centre.refresh_from_db()
    assert town.centre.colour_light == "#1f5a48"


@pytest.mark.parametrize(
    ("light", "dark", "field"),
    [
        ("green", "#8fd0b5", "colour_light"),
        ("#1f5a48", "", "colour_dark"),
        ("#1f5a48", "#1f5a48", "colour_dark"),
    ],
)
def test_colours_that_are_refused(clock: FixedClock, light: str, dark: str, field: str) -> None:
    town = make_town()
    with pytest.raises(Invalid) as caught:
        services.set_colours(town.ctx("board"), centre=town.centre, light=light, dark=dark)
    assert caught.value.field == field


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    tokens = Path("src/wesprint/web/assets/css/tokens.css").read_text()
    light, dark = tokens.split("\n@dark", 1)
    names = ("ground", "surface", "sand", "mist", "on-action")

    def values(part: str) -> tuple[str | None, ...]:
        found = [re.search(rf"--ws-{name}:\s*(#[0-9a-f]{{6}})", part) for name in names]
        return tuple(match and match[1] for match in found)

    assert values(light) == contrast.LIGHT_PARTNERS
    assert values(dark) == contrast.DARK_PARTNERS
    assert contrast.contrast("#000000", "#ffffff") == 21.0


def test_floors_worlds_and_spaces(clock: FixedClock) -> None:
    town = make_town()
    floor = services.set_floor(
        town.ctx("board"), centre=town.centre, level=1, worlds=(WorldOn("learning"),)
    )
    services.set_floor(
        town.ctx("board"),
        centre=town.centre,
        level=1,
        name="Oben",
        worlds=(WorldOn("work", 0), WorldOn("living", 1)),
    )
    space = services.set_space(town.ctx("board"), floor=floor, name="Nähzimmer", position=2)
    services.set_space(town.ctx("board"), floor=floor, name=" Nähstube ", space=space)
    top = floors_of(town.centre)[0]
    assert (top.level, top.name) == (1, Words("Oben"))
    assert {(on.world, on.weekday) for on in top.worlds.all()} == {("work", 0), ("living", 1)}
    assert [room.name for room in top.spaces.all()] == [Words("Nähstube")]
    services.remove_space(town.ctx("board"), space=space)
    services.remove_floor(town.ctx("board"), floor=top)
    assert [floor.level for floor in floors_of(town.centre)] == [0]


def test_a_room_moves_to_no_foreign_house_and_worlds_are_four(clock: FixedClock) -> None:
    town, other = make_town(), make_town("anderswo")
    theirs = floors_of(other.centre)[0].spaces.get()
    with pytest.raises(DomainError) as caught:
        services.set_space(town.ctx("board"), floor=floors_of(town.centre)[0], space=theirs)
    assert caught.value.status == 404
    with pytest.raises(Invalid):
        services.set_floor(
            town.ctx("board"), centre=town.centre, level=2, worlds=(WorldOn("moon"),)
        )
    with pytest.raises(Invalid):
        services.set_floor(town.ctx("board"), centre=town.centre, level=99)


def test_the_trail_names_only_what_really_changed(clock: FixedClock) -> None:
    town = make_town()
    address = Address(town="Arnsberg", state="NW", street="Markt 1", postcode="59821")
    services.change_centre(
        town.ctx("board"), centre=town.centre, name="Kaufhaus", address=address, claim="Komm rein"
    )
    assert AuditEntry.objects.get().changes == [
        {"target": f"organisations.centre:{town.centre.public_id}", "fields": ["claim"]}
    ]
