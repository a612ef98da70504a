"""From what somebody typed to a place, and what is asked when that is not plain."""

from __future__ import annotations

from typing import Any

import pytest
from tests.conftest import MadeTown
from tests.world import make_town

from wesprint.platform.geo.locating import NOWHERE, Where, choices, locate
from wesprint.platform.geo.models import Town
from wesprint.platform.geo.selectors import tile_of, town_around
from wesprint.platform.geo.services import take_town
from wesprint.platform.geo.tasks import import_town, is_in_making

DOOR = (50.007254, 11.591349)


@pytest.fixture
def bindlach(bindlach_made: MadeTown, settings: Any, db: None) -> Town:
    settings.TOWNS_ROOT = bindlach_made.root
    ctx = make_town().ctx()
    return take_town(ctx, slug="bindlach", name="Bindlach", made=bindlach_made.made)


def test_an_address_is_kept_as_written_with_its_place(bindlach: Town) -> None:
    assert locate(bindlach, " Hauptstr.  15 ") == Where("Hauptstr. 15", *DOOR, "exact")
    near = locate(bindlach, "Hauptstraße 9999")
    assert (near.text, near.confidence) == ("Hauptstraße 9999", "nearest")
    assert locate(bindlach, "Hauptstraße").confidence == "street"


def test_what_the_map_does_not_know_is_taken_without_a_place(bindlach: Town) -> None:
    far = "Unter den Linden 77, 10117 Berlin"
    assert locate(bindlach, far) == Where(far)
    assert choices(bindlach, far) == []
    assert locate(None, "Hauptstraße 15") == Where("Hauptstraße 15")
    assert locate(bindlach, "  ") == NOWHERE
    assert not NOWHERE


def test_a_pin_is_believed_inside_of_the_town_only(bindlach: Town) -> None:
    moved = (50.0073, 11.5914)
    assert locate(bindlach, "Hinterhaus", pin=moved) == Where("Hinterhaus", *moved, "pinned")
    assert locate(bindlach, "Hauptstraße 15", pin=(0.0, 0.0)).confidence == "exact"


def test_who_makes_an_error_is_asked_which(bindlach: Town) -> None:
    assert choices(bindlach, "Hauptstraße 15, 95463 Bindlach") == []
    found = choices(bindlach, "Haubtstase 15")
    assert str(found[0]) == "Hauptstraße 15, 95463 Bindlach"


def test_the_town_is_the_one_that_holds_most_of_the_points(bindlach: Town) -> None:
    wide = Town.objects.create(
        slug="franken", name="Franken", folder="-", extract="-", extract_sha256="-",
        speed_model="-", south=49.0, west=10.0, north=51.0, east=12.0, junctions=1, streets=1,
        doors=1, imported_at=bindlach.imported_at,
    )  # fmt: skip
    assert town_around([DOOR]) == bindlach
    assert town_around([DOOR, (49.1, 10.1)]) == wide
    assert town_around([(0.0, 0.0)]) is None
    assert town_around([]) is None


@pytest.mark.parametrize("folder", ["..", "towns", "0" * 24 + "-1", "../" + "0" * 24 + "-1"])
def test_no_other_folder_is_read(bindlach: Town, folder: str) -> None:
    with pytest.raises(LookupError):
        tile_of(folder, 0, 0, 0)


@pytest.mark.usefixtures("bindlach")
def test_a_town_that_waits_to_be_made_is_known_to_pages() -> None:
    assert is_in_making() is False
    import_town.enqueue("/nowhere.osm.pbf", "nowhere", "Nowhere")
    assert is_in_making() is True
