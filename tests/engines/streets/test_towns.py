"""Two real towns: the fast engine beside the plain one, files, the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

import wesprint.config.demo
from wesprint.engines.streets import PROFILES, Network, Streets, StreetsError, build, load, save
from wesprint.engines.streets.arcs import arcs_of, cut_in
from wesprint.engines.streets.io import read_pbf
from wesprint.engines.streets.network import metres_between
from wesprint.engines.streets.reference import quickest
from wesprint.engines.streets.search import all_pairs

TOWNS = Path(wesprint.config.demo.__path__[0]) / "towns"
BINDLACH, KAISERSLAUTERN = TOWNS / "bindlach_2014.osm.pbf", TOWNS / "kaiserslautern_2013.osm.pbf"


@pytest.fixture(scope="module")
def bindlach() -> Network:
    return build(read_pbf(BINDLACH))


@pytest.fixture(scope="module")
def kaiserslautern() -> Network:
    return build(read_pbf(KAISERSLAUTERN))


def _doors(network: Network, count: int, seed: int) -> list[tuple[float, float]]:
    """Places near streets, several in one place."""
    rng = np.random.default_rng(seed)
    at = rng.integers(0, len(network.point_lat), count)
    aside = rng.normal(0, 0.0004, (count, 2))
    aside[count // 2 :] = 0
    places = np.stack([network.point_lat[at], network.point_lon[at]], axis=1) + aside
    return [(float(lat), float(lon)) for lat, lon in [*places, places[0], places[-1]]]


@pytest.mark.parametrize("profile", list(PROFILES))
@pytest.mark.parametrize("town", ["bindlach", "kaiserslautern"])
def test_the_fast_engine_says_what_the_plain_one_says(
    request: pytest.FixtureRequest, town: str, profile: str
) -> None:
    network: Network = request.getfixturevalue(town)
    streets = Streets(network, profile)
    snapped = streets.snap(_doors(network, 60, seed=7))
    ticks, steps = all_pairs(cut_in(streets.graph, arcs_of(streets.graph), snapped), snapped)
    walked, off = snapped.door
    for source in np.flatnonzero(snapped.found)[:6].tolist():
        plain = quickest(streets.graph, snapped, source)
        found = {other: int(ticks[source, other]) for other in plain if other != source}
        for other in found:
            doors = walked[source] + walked[other], off[source] + off[other]
            assert found[other] - doors[0] == plain[other][0]
            assert steps[source, other] - doors[1] == plain[other][1]
        assert sorted(plain) == np.flatnonzero(snapped.found).tolist()


def test_routes_take_as_long_as_the_matrix_says(kaiserslautern: Network) -> None:
    streets = Streets(kaiserslautern, "cargo-bike")
    doors = _doors(kaiserslautern, 40, seed=3)
    matrix = streets.matrix(doors)
    for a, b in zip(range(20), range(20, 40), strict=True):
        route = streets.route(doors[a], doors[b])
        assert (route.seconds, route.metres) == (matrix.seconds[a, b], matrix.metres[a, b])
        line = np.array(route.line)
        drawn = float(metres_between(*line[:-1].T, *line[1:].T).sum())
        assert drawn == pytest.approx(route.metres, abs=1 + 0.05 * len(line))


def test_no_detour_is_quicker_than_the_quickest_way(bindlach: Network) -> None:
    streets = Streets(bindlach, "cargo-bike")
    snapped = streets.snap(_doors(bindlach, 50, seed=11))
    ticks, _steps = all_pairs(cut_in(streets.graph, arcs_of(streets.graph), snapped), snapped)
    via = (ticks[:, :, None] + ticks[None, :, :]).min(axis=1)
    assert (ticks <= via).all()


def test_what_is_reached_grows_with_time(kaiserslautern: Network) -> None:
    streets = Streets(kaiserslautern, "cargo-bike")
    reached = [
        streets.isochrone((49.4447, 7.7690), seconds=60 * one).metres for one in (2, 5, 10, 60)
    ]
    assert reached == sorted(reached)
    assert reached[-1] > 400_000


def test_a_town_is_the_same_after_its_file(bindlach: Network, tmp_path: Path) -> None:
    save(bindlach, tmp_path / "town.npz")
    again = load(tmp_path / "town.npz")
    for field in fields(Network):
        np.testing.assert_array_equal(getattr(again, field.name), getattr(bindlach, field.name))


def test_the_same_extract_gives_the_same_town(bindlach: Network) -> None:
    again = build(read_pbf(BINDLACH))
    for field in fields(Network):
        np.testing.assert_array_equal(getattr(again, field.name), getattr(bindlach, field.name))


def test_a_damaged_extract(tmp_path: Path) -> None:
    damaged = tmp_path / "halb.osm.pbf"
    damaged.write_bytes(BINDLACH.read_bytes()[:300_000])
    with pytest.raises(
        StreetsError, match=r"halb\.osm\.pbf is damaged or no OpenStreetMap extract"
    ):
        read_pbf(damaged)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x93NUMPY", b"not a town"])
def test_a_file_that_is_no_town(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "town.npz").write_bytes(content)
    with pytest.raises(StreetsError, match=r"town\.npz is no file of streets"):
        load(tmp_path / "town.npz")


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(what: str, count: int) -> None:
        raise Stopped((what, count))

    with pytest.raises(Stopped) as told:
        read_pbf(BINDLACH, progress=stop)
    assert told.value.args == (("ways", 0),)


def _command(*words: object) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "wesprint.engines.streets", *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, check=False)


def test_the_command_line(tmp_path: Path, bindlach: Network) -> None:
    points = [*_doors(bindlach, 5, seed=1), (48.0, 11.0)]
    (tmp_path / "points.json").write_text(json.dumps(points))
    out = tmp_path / "tables.npz"
    done = _command(BINDLACH, "--points", tmp_path / "points.json", "--json", "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    counts = ("profile", "junctions", "edges", "segments", "points")
    assert {name: told[name] for name in counts} == {
        "profile": "cargo-bike", "junctions": 2484, "edges": 3237, "segments": 14600, "points": 8,
    }  # fmt: skip
    assert [one["index"] for one in told["unreachable"]] == [7]
    wanted = Streets(bindlach, "cargo-bike").matrix(points)
    with np.load(out) as tables:
        np.testing.assert_array_equal(tables["seconds"], wanted.seconds)
        np.testing.assert_array_equal(tables["metres"], wanted.metres)


def test_the_command_line_says_what_is_wrong(tmp_path: Path) -> None:
    done = _command(tmp_path / "fehlt.osm.pbf")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{tmp_path}/fehlt.osm.pbf: no such file\n"
    (tmp_path / "points.json").write_text("[[1, 2, 3]]")
    done = _command(BINDLACH, "--points", tmp_path / "points.json")
    assert done.returncode == 2
    assert done.stderr.startswith(f"{tmp_path}/points.json: no list of [lat, lon]: ")
