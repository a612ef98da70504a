"""How somebody or something moves through a town: speeds, widths, rules. Pure data.

The speed model is ours and stated here, because no two engines agree: OSRM's and Valhalla's bicycle
times differ by 18 % in the median. Speeds are km/h of a working day, between stops, without the
stops themselves; about 16 km/h on a town's tour of a cargo bike (Urbike, Brussels). Turns cost
nothing, traffic lights a fixed wait; turn restrictions are not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SPEED_MODEL = "2026-11"

_ROADS = ("primary", "secondary", "tertiary", "unclassified", "residential", "road")
_LINKS = ("primary_link", "secondary_link", "tertiary_link")


@dataclass(frozen=True)
class Profile:
    """`keys` are OSM's access keys, the most special first; `push` is the speed at which the
    vehicle is walked where riding is forbidden (0: it never is); `width` in metres."""

    name: str
    keys: tuple[str, ...]
    speeds: Mapping[str, float]
    push: float = 0.0
    pushed: frozenset[str] = frozenset()
    width: float = 0.0
    oneway: bool = True
    obeys_maxspeed: bool = False
    surfaces: Mapping[str, float] = field(default_factory=dict)
    uphill: float = 0.0
    slowest: float = 1.0
    signal: float = 0.0


_TWO_WHEELS = {
    "asphalt": 1.0, "paved": 1.0, "concrete": 1.0, "paving_stones": 0.95, "sett": 0.75,
    "cobblestone": 0.65, "unhewn_cobblestone": 0.55, "compacted": 0.9, "fine_gravel": 0.8,
    "gravel": 0.65, "pebblestone": 0.6, "unpaved": 0.7, "ground": 0.6, "dirt": 0.6, "earth": 0.6,
    "grass": 0.45, "mud": 0.3, "sand": 0.3, "grass_paver": 0.7, "wood": 0.8, "metal": 0.8,
    "grade1": 1.0, "grade2": 0.85, "grade3": 0.7, "grade4": 0.5, "grade5": 0.4,
    "bad": 0.7, "very_bad": 0.5, "horrible": 0.35, "very_horrible": 0.25, "impassable": 0.0,
}  # fmt: skip
_FOUR_WHEELS = {
    "sett": 0.9, "cobblestone": 0.8, "unhewn_cobblestone": 0.7, "gravel": 0.8, "unpaved": 0.8,
    "ground": 0.6, "dirt": 0.6, "earth": 0.6, "grass": 0.4, "mud": 0.2, "sand": 0.3,
    "very_bad": 0.6, "horrible": 0.3, "very_horrible": 0.1, "impassable": 0.0,
}  # fmt: skip

_BIKE = {
    **dict.fromkeys((*_ROADS, *_LINKS), 18.0),
    "trunk": 18.0, "trunk_link": 18.0, "cycleway": 18.0, "busway": 18.0, "service": 13.0,
    "living_street": 11.0, "track": 15.0, "path": 13.0, "bridleway": 8.0,
}  # fmt: skip
_WALKED = frozenset({"footway", "pedestrian", "bridleway", "path"})

CARGO_BIKE = Profile(
    name="cargo-bike",
    keys=("bicycle", "vehicle", "access"),
    speeds=_BIKE,
    push=4.0,
    pushed=_WALKED,
    width=0.9,
    surfaces=_TWO_WHEELS,
    uphill=0.055,
    slowest=0.4,
    signal=6.0,
)
CARGO_BIKE_TRAILER = Profile(
    name="cargo-bike-trailer",
    keys=("bicycle", "vehicle", "access"),
    speeds={way: speed * 0.85 for way, speed in _BIKE.items()},
    push=3.2,
    pushed=_WALKED,
    width=1.1,
    surfaces={surface: factor**1.2 for surface, factor in _TWO_WHEELS.items()},
    uphill=0.075,
    slowest=0.3,
    signal=7.0,
)
FOOT = Profile(
    name="foot",
    keys=("foot", "access"),
    speeds={
        **dict.fromkeys((*_ROADS, *_LINKS, *_WALKED), 4.8),
        **dict.fromkeys(("trunk", "trunk_link", "cycleway", "service", "living_street"), 4.8),
        **dict.fromkeys(("track", "platform", "corridor", "elevator"), 4.5),
        "steps": 2.0,
    },
    width=0.5,
    oneway=False,
    surfaces={"mud": 0.6, "sand": 0.7, "impassable": 0.3},
    uphill=0.04,
    slowest=0.5,
    signal=12.0,
)
VAN = Profile(
    name="van",
    keys=("goods", "motor_vehicle", "vehicle", "access"),
    speeds={
        "motorway": 90.0, "motorway_link": 50.0, "trunk": 65.0, "trunk_link": 45.0,
        "primary": 36.0, "primary_link": 30.0, "secondary": 33.0, "secondary_link": 28.0,
        "tertiary": 30.0, "tertiary_link": 26.0, "unclassified": 28.0, "residential": 22.0,
        "road": 22.0, "living_street": 8.0, "service": 11.0,
    },
    width=2.1,
    obeys_maxspeed=True,
    surfaces=_FOUR_WHEELS,
    uphill=0.01,
    slowest=0.7,
    signal=14.0,
)  # fmt: skip

PROFILES: Mapping[str, Profile] = {
    one.name: one for one in (CARGO_BIKE, CARGO_BIKE_TRAILER, FOOT, VAN)
}
