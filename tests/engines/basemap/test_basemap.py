"""What is drawn, and the file of tiles."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import wesprint.config.demo
from wesprint.engines.basemap import LARGEST, BasemapError, Tiles, build
from wesprint.engines.basemap.layers import Drawn, Shape, drawn

BINDLACH = Path(wesprint.config.demo.__path__[0]) / "towns" / "bindlach_2014.osm.pbf"


@pytest.mark.parametrize(
    ("tags", "shape", "found"),
    [
        ({"building": "yes"}, "area", Drawn("buildings", 13, {"kind": "building"})),
        ({"building": "no", "name": "Lücke"}, "area", None),
        (
            {"natural": "water", "name": "Vogelwoog"},
            "area",
            Drawn("water", 9, {"kind": "water", "name": "Vogelwoog"}),
        ),
        ({"landuse": "forest"}, "area", Drawn("landuse", 10, {"kind": "forest"})),
        ({"landuse": "quarry"}, "area", None),
        (
            {"highway": "pedestrian", "name": "Markt"},
            "area",
            Drawn("landuse", 13, {"kind": "pedestrian", "name": "Markt"}),
        ),
        (
            {"highway": "motorway", "ref": "A 6", "oneway": "yes", "bridge": "viaduct"},
            "line",
            Drawn(
                "roads",
                5,
                {"kind": "highway", "kind_detail": "motorway", "ref": "A 6", "oneway": "yes",
                 "is_bridge": 1},
            ),
        ),
        (
            {"highway": "primary_link", "tunnel": "no"},
            "line",
            Drawn("roads", 11, {"kind": "major_road", "kind_detail": "primary", "is_link": 1}),
        ),
        (
            {"highway": "residential", "name": "Mühlstraße"},
            "line",
            Drawn(
                "roads",
                12,
                {"kind": "minor_road", "kind_detail": "residential", "name": "Mühlstraße"},
            ),
        ),
        ({"highway": "proposed"}, "line", None),
        ({"railway": "rail", "service": "yard"}, "line",
         Drawn("roads", 13, {"kind": "rail", "kind_detail": "rail"})),
        ({"waterway": "stream", "tunnel": "culvert"}, "line", None),
        (
            {"waterway": "canal"},
            "line",
            Drawn("water", 10, {"kind": "river"}),
        ),
        (
            {"place": "town", "name": "Bindlach"},
            "point",
            Drawn("places", 7, {"kind": "locality", "kind_detail": "town", "population_rank": 8,
                                "min_zoom": 7, "name": "Bindlach"}),
        ),
        ({"place": "town"}, "point", None),
        ({"addr:housenumber": "5a"}, "point",
         Drawn("buildings", 15, {"kind": "address", "addr_housenumber": "5a"})),
        ({"shop": "bakery"}, "point", None),
    ],
)  # fmt: skip
def test_what_is_drawn(tags: dict[str, str], shape: Shape, found: Drawn | None) -> None:
    assert drawn(tags, shape) == found


def test_a_town_in_one_file(tmp_path: Path) -> None:
    file = tmp_path / "bindlach.pmtiles"
    said: list[str] = []
    box = build(BINDLACH, file, progress=lambda what, _count: said.append(what))
    assert [round(one, 4) for one in (box.south, box.west, box.north, box.east)] == [
        49.9397, 11.3993, 50.0634, 11.637,
    ]  # fmt: skip
    assert [one.name for one in tmp_path.iterdir()] == ["bindlach.pmtiles"]
    assert (said[0], said[-1]) == ("map", "tiles")
    tiles = Tiles(file)
    assert (tiles.header["min_zoom"], tiles.header["max_zoom"]) == (5, 15)
    middle = tiles.tile(14, 8719, 5556)
    assert middle is not None
    assert gzip.decompress(middle).count(b"roads") == 1
    assert tiles.tile(14, 0, 0) is None


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"", "damaged"), (BINDLACH.read_bytes()[:90_000], "damaged"), (b"<osm></osm>", "damaged")],
)
def test_a_damaged_extract_leaves_nothing(tmp_path: Path, content: bytes, what: str) -> None:
    extract = tmp_path / "town.osm.pbf"
    extract.write_bytes(content)
    with pytest.raises(BasemapError, match=what):
        build(extract, tmp_path / "map.pmtiles")
    assert list(tmp_path.iterdir()) == [extract]


def test_an_extract_of_a_whole_state_is_refused_unread(tmp_path: Path) -> None:
    extract = tmp_path / "state.osm.pbf"
    with extract.open("wb") as file:
        file.truncate(LARGEST + 1)  # sparse: no byte of it is on the disk
    with pytest.raises(BasemapError, match="cut out the town first"):
        build(extract, tmp_path / "map.pmtiles")


def test_what_is_no_file_of_tiles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"is no file of tiles"):
        Tiles(BINDLACH)
    with pytest.raises(FileNotFoundError):
        Tiles(tmp_path / "nowhere.pmtiles")
