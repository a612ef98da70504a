"""A town drawn by hand, where every answer is known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.engines.streets.town import GRID, Way, drawn

from wesprint.engines.streets import Lost, Streets, StreetsError, Unreachable, build
from wesprint.engines.streets.network import RawNetwork

BLOCK = 1111.95  # metres of GRID degrees of latitude
RIDE = BLOCK / (18 / 3.6)  # seconds of a block by cargo bike: 222.39


def _line(tags: dict[str, str] | None = None, **more: Any) -> Streets:
    """One street of three blocks from south to north."""
    places = {1: (0.0, 0.0), 2: (1.0, 0.0), 3: (2.0, 0.0), 4: (3.0, 0.0)}
    raw = drawn([([1, 2, 3, 4], tags or {}, "Lange Straße")], places, **more)
    return Streets(build(raw), "cargo-bike")


def _at(*blocks: float) -> list[tuple[float, float]]:
    return [(one * GRID, 0.0) for one in blocks]


def test_a_street_without_a_crossing_is_one_edge() -> None:
    network = _line().graph.network
    assert network.counts == (2, 1, 3)
    assert network.length.round(2).tolist() == [BLOCK, BLOCK, BLOCK]
    assert network.names == ("Lange Straße",)


def test_neighbours_on_one_street_need_not_go_round_by_its_end() -> None:
    matrix = _line().matrix(_at(0.5, 1.5, 2.5))
    assert matrix.seconds.tolist() == [[0, 222, 445], [222, 0, 222], [445, 222, 0]]
    assert matrix.metres.tolist() == [[0, 1112, 2224], [1112, 0, 1112], [2224, 1112, 0]]
    assert matrix.lost == ()


def test_against_a_one_way_a_bike_is_pushed() -> None:
    matrix = _line({"oneway": "yes"}).matrix(_at(0.5, 1.5))
    assert matrix.seconds.tolist() == [[0, 222], [1001, 0]]
    assert matrix.metres.tolist() == [[0, 1112], [1112, 0]]


def test_a_door_off_the_street_is_walked_to() -> None:
    aside = [(0.5 * GRID, 0.001), (1.5 * GRID, 0.0)]  # 111.2 m beside the street
    matrix = _line().matrix(aside)
    assert matrix.metres.tolist() == [[0, 1223], [1223, 0]]
    assert matrix.seconds.tolist() == [[0, 311], [311, 0]]  # 222.39 + 111.19 / 1.25


def test_a_point_without_a_street_is_named() -> None:
    far = [*_at(0.5), (0.5 * GRID, 0.01)]
    matrix = _line().matrix(far)
    assert matrix.lost == (Lost(1, 1112),)
    assert matrix.seconds.tolist() == [[0, -1], [-1, -1]]
    assert matrix.metres.tolist() == [[0, -1], [-1, -1]]
    with pytest.raises(Unreachable, match=r"no way to point 1 \(1112 m from a street\)"):
        _line().route(*far)


def test_an_island_is_no_street() -> None:
    """Whoever lives at a street that leads nowhere gets the next one that does."""
    places = {1: (0.0, 0.0), 2: (1.0, 0.0), 3: (3.0, 0.0), 7: (0.4, 0.1), 8: (0.6, 0.1)}
    raw = drawn([([1, 2, 3], {}, ""), ([7, 8], {}, "Hof")], places)
    snapped = Streets(build(raw), "cargo-bike").snap([(0.5 * GRID, 0.1 * GRID)])
    assert snapped.lon.round(6).tolist() == [0.0]
    assert snapped.off.round(1).tolist() == [111.2]


def test_a_cycle_barrier_closes_a_street_for_the_bike_but_not_its_houses() -> None:
    barrier = {2: {"barrier": "cycle_barrier"}}
    places = {
        1: (0.0, 0.0), 2: (1.0, 0.0), 3: (2.0, 0.0), 11: (0.0, 1.0), 13: (2.0, 1.0)
    }  # fmt: skip
    ways: list[Way] = [([1, 2, 3], {}, "Gasse"), ([1, 11, 13, 3], {}, "Ring")]
    network = build(drawn(ways, places, barrier))
    bike, walker = Streets(network, "cargo-bike"), Streets(network, "foot")
    both_sides = _at(0.9, 1.1)
    # on foot two tenths of a block; the bike rides 0.9 back, 4 round, 0.9 in: 5.8 blocks
    assert walker.matrix(both_sides).metres.tolist() == [[0, 222], [222, 0]]
    assert bike.matrix(both_sides).metres.tolist() == [[0, 6450], [6450, 0]]


def test_a_traffic_light_costs_its_wait() -> None:
    light = {2: {"highway": "traffic_signals"}}
    matrix = _line(nodes=light).matrix(_at(0.0, 3.0))
    assert matrix.seconds.tolist() == [[0, 673], [673, 0]]  # 3 x 222.39 + 6


def test_of_two_ways_the_quicker_one_and_of_two_quick_ones_the_shorter() -> None:
    places = {1: (0.0, 0.0), 2: (0.0, 1.0), 3: (0.5, 0.5)}
    ways = [([1, 2], {"surface": "cobblestone"}, "Altes Pflaster"), ([1, 3, 2], {}, "Bogen")]
    route = Streets(build(drawn(ways, places)), "cargo-bike").route((0.0, 0.0), (0.0, GRID))
    # straight 1112 m at 11.7 km/h take 342 s, round 1573 m at 18 km/h 315 s
    assert (route.seconds, route.metres, route.streets) == (315, 1573, (("Bogen", 1573),))


def test_a_route_runs_from_door_to_door_and_names_its_streets() -> None:
    places = {1: (0.0, 0.0), 2: (1.0, 0.0), 3: (1.0, 1.0), 4: (2.0, 0.0)}
    raw = drawn([([1, 2], {}, "Süd"), ([2, 3], {}, "Ost"), ([2, 4], {}, "Nord")], places)
    start, end = (0.5 * GRID, 0.0), (GRID + 0.0001, 0.5 * GRID)
    route = Streets(build(raw), "cargo-bike").route(start, end)
    assert route.line == (start, (GRID, 0.0), (GRID, 0.5 * GRID), end)
    assert route.streets == (("Süd", 556), ("Ost", 556))
    assert (route.seconds, route.metres) == (231, 1123)


def test_the_way_to_oneself() -> None:
    route = _line().route(*_at(0.5, 0.5))
    assert (route.seconds, route.metres, route.line) == (0, 0, tuple(_at(0.5)))


def test_what_is_reached_in_time_ends_between_the_corners() -> None:
    streets = _line()
    assert streets.isochrone(_at(1.0)[0], seconds=0).metres == 0
    # 100 s are 500 m to either side
    assert streets.isochrone(_at(1.0)[0], seconds=100).metres == 1000
    assert streets.isochrone(_at(0.0)[0], seconds=300).metres == 1500
    assert streets.isochrone(_at(1.0)[0], seconds=9999).metres == 3336


def test_a_ring_road_alone_is_a_street_too() -> None:
    places = {1: (0.0, 0.0), 2: (0.0, 1.0), 3: (1.0, 1.0), 4: (1.0, 0.0)}
    ring = Streets(build(drawn([([1, 2, 3, 4, 1], {}, "Ring")], places)), "cargo-bike")
    matrix = ring.matrix([(0.0, 0.5 * GRID), (GRID, 0.5 * GRID)])
    assert matrix.metres.tolist() == [[0, 2224], [2224, 0]]


def test_nothing_to_ride_on() -> None:
    with pytest.raises(StreetsError, match="the extract holds no streets"):
        build(RawNetwork())
    with pytest.raises(StreetsError, match="the extract holds no streets"):
        build(drawn([([1, 2], {"access": "private"}, "")], {1: (0, 0), 2: (1, 0)}))


@pytest.mark.parametrize("point", [(91.0, 0.0), (0.0, 181.0), (float("nan"), 0.0), (0.0, np.inf)])
def test_what_is_no_place(point: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="pairs of latitude and longitude"):
        _line().matrix([point])


def test_no_points_at_all() -> None:
    matrix = _line().matrix([])
    assert (matrix.seconds.shape, matrix.metres.shape, matrix.lost) == ((0, 0), (0, 0), ())
