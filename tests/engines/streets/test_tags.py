from __future__ import annotations

import pytest

from wesprint.engines.streets import PROFILES
from wesprint.engines.streets.tags import lets_through, speeds, waits

SPEEDS = [
    # tags, then km/h along and against for cargo bike, with trailer, on foot, van
    ({"highway": "residential"}, (18, 18), (15.3, 15.3), (4.8, 4.8), (22, 22)),
    ({"highway": "residential", "oneway": "yes"}, (18, 4), (15.3, 3.2), (4.8, 4.8), (22, 0)),
    ({"highway": "residential", "oneway": "-1"}, (4, 18), (3.2, 15.3), (4.8, 4.8), (0, 22)),
    (
        {"highway": "residential", "oneway": "yes", "oneway:bicycle": "no"},
        (18, 18), (15.3, 15.3), (4.8, 4.8), (22, 0),
    ),
    (
        {"highway": "residential", "oneway": "yes", "cycleway": "opposite_lane"},
        (18, 18), (15.3, 15.3), (4.8, 4.8), (22, 0),
    ),
    (
        {"highway": "tertiary", "junction": "roundabout"},
        (18, 4), (15.3, 3.2), (4.8, 4.8), (30, 0),
    ),
    ({"highway": "motorway"}, (0, 0), (0, 0), (0, 0), (90, 0)),
    ({"highway": "trunk", "motorroad": "yes"}, (0, 0), (0, 0), (0, 0), (65, 65)),
    ({"highway": "trunk", "bicycle": "no"}, (0, 0), (0, 0), (4.8, 4.8), (65, 65)),
    ({"highway": "steps"}, (0, 0), (0, 0), (2, 2), (0, 0)),
    ({"highway": "footway"}, (4, 4), (3.2, 3.2), (4.8, 4.8), (0, 0)),
    ({"highway": "footway", "bicycle": "yes"}, (10, 10), (10, 10), (4.8, 4.8), (0, 0)),
    ({"highway": "pedestrian"}, (4, 4), (3.2, 3.2), (4.8, 4.8), (0, 0)),
    ({"highway": "cycleway", "foot": "no"}, (18, 18), (15.3, 15.3), (0, 0), (0, 0)),
    ({"highway": "primary", "bicycle": "use_sidepath"}, (0, 0), (0, 0), (4.8, 4.8), (36, 36)),
    ({"highway": "residential", "bicycle": "dismount"}, (4, 4), (3.2, 3.2), (4.8, 4.8), (22, 22)),
    ({"highway": "residential", "access": "private"}, (0, 0), (0, 0), (0, 0), (0, 0)),
    (
        {"highway": "residential", "vehicle": "no"},
        (4, 4), (3.2, 3.2), (4.8, 4.8), (0, 0),
    ),
    ({"highway": "service", "access": "customers"}, (13, 13), (11.05, 11.05), (4.8, 4.8), (11, 11)),
    ({"highway": "residential", "maxspeed": "10"}, (18, 18), (15.3, 15.3), (4.8, 4.8), (8, 8)),
    ({"highway": "path", "maxwidth": "1"}, (13, 13), (0, 0), (4.8, 4.8), (0, 0)),
    ({"highway": "construction"}, (0, 0), (0, 0), (0, 0), (0, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("tags", "bike", "trailer", "foot", "van"), SPEEDS)
def test_speeds(
    tags: dict[str, str], bike: object, trailer: object, foot: object, van: object
) -> None:
    names = ("cargo-bike", "cargo-bike-trailer", "foot", "van")
    found = [tuple(round(one, 2) for one in speeds(tags, PROFILES[name])) for name in names]
    assert found == [bike, trailer, foot, van]


@pytest.mark.parametrize(
    ("tags", "along", "against"),
    [
        ({"surface": "cobblestone"}, 11.7, 11.7),
        ({"surface": "asphalt", "smoothness": "bad"}, 12.6, 12.6),
        ({"tracktype": "grade3"}, 12.6, 12.6),
        ({"incline": "4%"}, 14.04, 18.72),
        ({"incline": "-4 %"}, 18.72, 14.04),
        ({"incline": "up"}, 13.05, 18.9),
        ({"incline": "20%"}, 7.2, 18.0),
        ({"incline": "steil"}, 18.0, 18.0),
        ({"surface": "impassable", "smoothness": "impassable"}, 4.0, 4.0),
    ],
)
def test_ground_and_gradient(tags: dict[str, str], along: float, against: float) -> None:
    found = speeds({"highway": "residential"} | tags, PROFILES["cargo-bike"])
    assert tuple(round(one, 2) for one in found) == (along, against)


@pytest.mark.parametrize(
    ("tags", "passes"),
    [
        ({}, (True, True, True, True)),
        ({"barrier": "bollard"}, (True, True, True, False)),
        ({"barrier": "bollard", "maxwidth:physical": "1,0"}, (True, False, True, False)),
        ({"barrier": "cycle_barrier"}, (False, False, True, False)),
        ({"barrier": "cycle_barrier", "maxwidth": "1.2 m"}, (True, True, True, False)),
        ({"barrier": "turnstile"}, (False, False, True, False)),
        ({"barrier": "gate"}, (True, True, True, True)),
        ({"barrier": "gate", "access": "private"}, (False, False, False, False)),
        ({"barrier": "gate", "access": "private", "foot": "yes"}, (False, False, True, False)),
        ({"barrier": "gate", "locked": "yes"}, (False, False, False, False)),
        ({"barrier": "lift_gate"}, (True, True, True, False)),
        ({"barrier": "lift_gate", "motor_vehicle": "destination"}, (True, True, True, True)),
        ({"barrier": "kerb"}, (True, True, True, True)),
        ({"barrier": "wall"}, (False, False, False, False)),
    ],
)
def test_barriers(tags: dict[str, str], passes: tuple[bool, ...]) -> None:
    names = ("cargo-bike", "cargo-bike-trailer", "foot", "van")
    assert tuple(lets_through(tags, PROFILES[name]) for name in names) == passes


def test_traffic_lights() -> None:
    assert waits({"highway": "traffic_signals"})
    assert waits({"highway": "crossing", "crossing": "traffic_signals"})
    assert not waits({"highway": "crossing", "crossing": "zebra"})
