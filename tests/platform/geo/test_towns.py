"""A town from a real extract: taken in, asked, replaced, let go."""

from __future__ import annotations

import gzip
import json
import math
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import MadeTown
from tests.world import make_town

import wesprint.config.demo
from wesprint.config.cli import main
from wesprint.kernel.errors import Invalid, NotFound, Unavailable
from wesprint.platform.audit.models import AuditEntry
from wesprint.platform.geo import making, selectors, services
from wesprint.platform.geo.models import Town

pytestmark = pytest.mark.django_db

BINDLACH = Path(wesprint.config.demo.__path__[0]) / "towns" / "bindlach_2014.osm.pbf"
DOOR = (50.007254, 11.591349)


@pytest.fixture
def towns_root(bindlach_made: MadeTown, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy: what is forgotten here must not be taken from other tests."""
    copy = tmp_path_factory.mktemp("copy") / "towns"
    shutil.copytree(bindlach_made.root, copy)
    return copy


@pytest.fixture(autouse=True)
def _towns_lie_there(settings: Any, towns_root: Path) -> None:
    settings.TOWNS_ROOT = towns_root


@pytest.fixture
def made(bindlach_made: MadeTown) -> making.Made:
    made: making.Made = bindlach_made.made
    return made


@pytest.fixture
def bindlach(made: making.Made) -> Town:
    return services.take_town(make_town().ctx(), slug="bindlach", name=" Bindlach ", made=made)


def test_a_town_is_what_its_extract_holds(bindlach: Town, towns_root: Path) -> None:
    assert (bindlach.name, bindlach.streets, bindlach.doors) == ("Bindlach", 335, 800)
    assert sorted(one.name for one in (towns_root / bindlach.folder).iterdir()) == [
        "addresses.json.gz", "map.pmtiles", "streets.npz",
    ]  # fmt: skip
    assert [one.name for one in towns_root.iterdir()] == [bindlach.folder]
    assert AuditEntry.objects.get().command == "geo.take_town"
    assert selectors.town_called("BINDLACH ") == bindlach


def test_it_is_asked_for_addresses_ways_and_tiles(bindlach: Town) -> None:
    first = selectors.find(bindlach, "Haupstr 15, Bindlach")[0]
    assert (str(first), first.match) == ("Hauptstraße 15, 95463 Bindlach", "exact")
    assert (first.lat, first.lon) == DOOR
    streets = selectors.streets_of(bindlach, "cargo-bike")
    assert streets.matrix([DOOR, (50.0, 11.6)]).lost == ()
    x, y = _tile_of(*DOOR, zoom=14)
    tile = selectors.tile(bindlach, 14, x, y)
    assert tile is not None
    assert {b"roads", b"buildings", b"earth"} == {
        layer for layer in (b"roads", b"buildings", b"earth") if layer in gzip.decompress(tile)
    }
    nowhere = [(14, 0, 0), (-1, 0, 0), (14, 2**14, 0), (99, 0, 0)]
    assert [selectors.tile(bindlach, *one) for one in nowhere] == [None] * 4


def _tile_of(lat: float, lon: float, zoom: int) -> tuple[int, int]:
    """As on every slippy map."""
    across = (lon + 180) / 360
    down = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return int(across * 2**zoom), int(down * 2**zoom)


def test_the_same_town_again_replaces_it(bindlach: Town, made: making.Made) -> None:
    again = services.take_town(make_town("zweite").ctx(), slug="bindlach", name="B.", made=made)
    assert list(Town.objects.values_list("pk", "name")) == [(bindlach.pk, "B.")]
    assert again.folder == bindlach.folder
    assert services.forget_unused() == 0


def test_a_town_that_left_takes_its_files_along(
    bindlach: Town, made: making.Made, settings: Any, tmp_path: Path
) -> None:
    settings.TOWNS_ROOT = tmp_path
    (tmp_path / bindlach.folder).mkdir()
    (tmp_path / "older-1").mkdir()
    assert services.forget_unused() == 1
    services.let_go_of_town(make_town("zweite").ctx(), town=bindlach)
    assert services.forget_unused() == 1
    assert (list(Town.objects.all()), list(tmp_path.iterdir())) == ([], [])


def test_missing_files_are_told_with_what_to_do(
    bindlach: Town, settings: Any, tmp_path: Path
) -> None:
    settings.TOWNS_ROOT = tmp_path
    with pytest.raises(Unavailable, match="Karte von Bindlach ist nicht da"):
        selectors.find(bindlach, "Hauptstr. 15")
    with pytest.raises(NotFound):
        selectors.town_named("atlantis")


def test_a_box_cuts_the_town_out_of_more() -> None:
    from wesprint.engines.extracts import Box

    made = making.make(BINDLACH, box=Box(50.0, 11.57, 50.02, 11.62), step=lambda *_: None)
    assert (made.streets, made.doors) == (40, 248)
    whole = making.make(BINDLACH, box=Box(49.0, 11.0, 51.0, 12.0), step=lambda *_: None)
    assert (whole.streets, whole.doors) == (335, 800)
    assert made.folder != whole.folder
    with pytest.raises(Invalid, match="holds nothing inside this box"):
        making.make(BINDLACH, box=Box(10.0, 11.0, 11.0, 12.0), step=lambda *_: None)


def test_a_damaged_extract_leaves_nothing(settings: Any, tmp_path: Path) -> None:
    settings.TOWNS_ROOT = tmp_path / "towns"
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(BINDLACH.read_bytes()[:50_000])
    for file in (cut, Path(__file__)):
        with pytest.raises(Invalid, match="is damaged or no OpenStreetMap extract"):
            making.make(file, box=None, step=lambda *_: None)
    assert list((tmp_path / "towns").iterdir()) == []


def test_who_stops_it_leaves_nothing(settings: Any, tmp_path: Path) -> None:
    settings.TOWNS_ROOT = tmp_path

    def stop(done: int, _total: int, _what: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        making.make(BINDLACH, box=None, step=stop)
    assert list(tmp_path.iterdir()) == []


def test_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["town", "import", str(BINDLACH), "--name", "Bindlach", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [told[name] for name in ("slug", "streets", "doors")] == ["bindlach", 335, 800]
    assert main(["town", "find", "bindlach", "hauptstrase", "15"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        "Hauptstraße 15, 95463 Bindlach  50.007254 11.591349  exact"
    )
    assert main(["town", "find", "bindlach", "xyzzy"]) == 1
    assert main(["town", "import", "nowhere.osm.pbf"]) == 4
    assert main(["town", "import", str(BINDLACH), "--box", "1,2,3"]) == 2
    assert main(["town", "remove", "bindlach"]) == 0
    capsys.readouterr()
    assert main(["town", "list"]) == 0
    assert capsys.readouterr().out == "no town yet: wesprint town import FILE\n"
