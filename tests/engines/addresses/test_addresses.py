"""Streets and doors found by what people type."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wesprint.config.demo
from wesprint.engines.addresses import AddressError, Entry, Gazetteer, load, read_pbf, save
from wesprint.engines.addresses.__main__ import measure
from wesprint.engines.addresses.normal import Number, key, numbers_of, parse

TOWNS = Path(wesprint.config.demo.__path__[0]) / "towns"
BINDLACH, KAISERSLAUTERN = TOWNS / "bindlach_2014.osm.pbf", TOWNS / "kaiserslautern_2013.osm.pbf"

TOWN = [
    Entry("Mühlenstraße", "3", "59494", "Soest", 51.571, 8.101),
    Entry("Mühlenstraße", "5-9", "59494", "Soest", 51.572, 8.102),
    Entry("Mühlenstr.", "12 A", "59494", "Soest", 51.573, 8.103),
    Entry("Mühlenstraße", "3", "59759", "Arnsberg", 51.4, 8.0),
    Entry("Straße des 13. Januar", "5", "59494", "Soest", 51.58, 8.11),
    Entry("Am Loerbach", "", "", "Soest", 51.59, 8.12),
    Entry("Theta", "4;6", "", "Soest", 51.6, 8.13),
]


@pytest.fixture(scope="module")
def soest() -> Gazetteer:
    return Gazetteer(TOWN)


@pytest.mark.parametrize(
    ("typed", "first", "match"),
    [
        ("Mühlenstraße 3, 59494 Soest", "Mühlenstraße 3, 59494 Soest", "exact"),
        ("mühlenstr. 3 soest", "Mühlenstraße 3, 59494 Soest", "exact"),
        ("Muehlenstr.3 Arnsberg", "Mühlenstraße 3, 59759 Arnsberg", "exact"),
        ("59759 muhlenstrasse 3", "Mühlenstraße 3, 59759 Arnsberg", "exact"),
        ("Arnsberg, Mühlenstr. 3", "Mühlenstraße 3, 59759 Arnsberg", "exact"),
        ("3 Mühlenstraße Soest", "Mühlenstraße 3, 59494 Soest", "exact"),
        ("Mühelnstraße 7 Soest", "Mühlenstraße 7, 59494 Soest", "exact"),
        ("Mühlenstraße 12a Soest", "Mühlenstraße 12a, 59494 Soest", "exact"),
        ("Mühlenstraße 12 Soest", "Mühlenstraße 12a, 59494 Soest", "nearest"),
        ("Mühlenstraße 99 Soest", "Mühlenstraße 12a, 59494 Soest", "nearest"),
        ("Straße des 13. Januar 5", "Straße des 13. Januar 5, 59494 Soest", "exact"),
        ("Strasse des 13 januar", "Straße des 13. Januar, 59494 Soest", "street"),
        ("am lörbach 2", "Am Loerbach, Soest", "street"),
        ("am loer", "Am Loerbach, Soest", "street"),
        ("Theta 6", "Theta 6, Soest", "exact"),
    ],
)
def test_what_people_type(soest: Gazetteer, typed: str, first: str, match: str) -> None:
    found = soest.search(typed)[0]
    assert (str(found), found.match) == (first, match)


def test_the_place_is_that_of_the_door(soest: Gazetteer) -> None:
    found = soest.search("Mühlenstr 7 Soest")[0]
    assert (found.lat, found.lon) == (51.572, 8.102)


@pytest.mark.parametrize("typed", ["", "   ", "Ω∑😀", "59494", "qqqqqqqq 4", "\x00", ",,,"])
def test_what_is_no_address_has_no_answer(soest: Gazetteer, typed: str) -> None:
    assert soest.search(typed) == []


@given(st.text(max_size=300))
def test_whatever_is_typed_answers_at_most_so_many(text: str) -> None:
    found = Gazetteer(TOWN).search(text, limit=2)
    assert len(found) <= 2
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


@pytest.mark.parametrize(
    ("plate", "numbers"),
    [
        ("5", [(5, "")]),
        ("12 A", [(12, "a")]),
        ("5;7", [(5, ""), (7, "")]),
        ("5, 7a", [(5, ""), (7, "a")]),
        ("5-9", [(5, ""), (7, ""), (9, "")]),
        ("5 – 8", [(5, ""), (6, ""), (7, ""), (8, "")]),
        ("12a-c", [(12, "a"), (12, "b"), (12, "c")]),
        ("1-4000", [(1, ""), (4000, "")]),
        ("9-5", [(9, ""), (5, "")]),
        ("Haus Rose", []),
        ("", []),
    ],
)
def test_numbers_of_a_plate(plate: str, numbers: list[tuple[int, str]]) -> None:
    assert list(numbers_of(plate)) == [Number(*one) for one in numbers]


def test_spellings_of_one_street_have_one_key() -> None:
    spellings = ["Bremer Straße", "Bremerstraße", "BREMER STR.", "bremer-strasse", "Bremer Str"]
    assert {key(one) for one in spellings} == {"bremerstrasse"}


def test_each_number_may_be_the_house() -> None:
    readings = [(r.before, r.number, r.after) for r in parse("Platz 9 7b Soest").readings]
    assert readings == [
        ("platz", Number(9), "7bsoest"),
        ("platz9", Number(7, "b"), "soest"),
        ("platz97bsoest", None, ""),
    ]


def test_a_file_gives_back_what_was_saved(tmp_path: Path) -> None:
    save(TOWN, tmp_path / "soest.json.gz")
    assert load(tmp_path / "soest.json.gz") == TOWN
    assert [one.name for one in tmp_path.iterdir()] == ["soest.json.gz"]


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b\x08\x00", b"{}", b"PK\x03\x04"])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "soest.json.gz"
    file.write_bytes(content)
    with pytest.raises(AddressError, match="is no file of addresses"):
        load(file)


def test_a_damaged_extract_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "cut.osm.pbf"
    file.write_bytes(BINDLACH.read_bytes()[:50_000])
    with pytest.raises(AddressError, match=r"^cut\.osm\.pbf is damaged"):
        read_pbf(file)


@pytest.mark.parametrize(
    ("file", "streets", "doors"), [(BINDLACH, 335, 800), (KAISERSLAUTERN, 648, 11_296)]
)
def test_mistyped_doors_of_real_towns_come_first(file: Path, streets: int, doors: int) -> None:
    gazetteer = Gazetteer(read_pbf(file))
    assert (len(gazetteer.streets), gazetteer.doors) == (streets, doors)
    for seed in (1, 2, 3):
        found = measure(gazetteer, 200, seed)
        assert found["right_at_rank_1"] >= 0.98, found["missed"]


def test_every_door_is_found_by_its_own_address() -> None:
    """Without an error each door comes first; of two with one plate either may."""
    gazetteer = Gazetteer(read_pbf(BINDLACH))
    for street in gazetteer.streets:
        for door in street.doors:
            first = gazetteer.search(f"{street.name} {door.number}, {door.postcode} {street.city}")[
                0
            ]
            assert (first.street, first.city, first.number, first.match) == (
                street.name, street.city, str(door.number), "exact",
            )  # fmt: skip


def test_the_command_line(tmp_path: Path) -> None:
    call = [sys.executable, "-m", "wesprint.engines.addresses"]
    saved = tmp_path / "bindlach.json.gz"
    first = [*call, str(BINDLACH), "Hauptstr.", "15", "--save", str(saved), "--json"]
    found = json.loads(subprocess.run(first, capture_output=True, check=True, text=True).stdout)
    again = [*call, str(saved), "Hauptstr. 15", "--json"]
    second = json.loads(subprocess.run(again, capture_output=True, check=True, text=True).stdout)
    assert (found["streets"], found["doors"]) == (335, 800)
    best = found["found"][0]
    assert [best[name] for name in ("street", "number", "postcode", "city", "match")] == [
        "Hauptstraße", "15", "95463", "Bindlach", "exact",
    ]  # fmt: skip
    assert second["found"][0]["street"] == "Hauptstraße"
    missing = subprocess.run(
        [*call, "nowhere.osm.pbf"], capture_output=True, check=False, text=True
    )
    assert (missing.returncode, missing.stderr) == (2, "nowhere.osm.pbf: no such file\n")
