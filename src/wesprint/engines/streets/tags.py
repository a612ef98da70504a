"""What OpenStreetMap's tags allow, and how fast. Source of the rules: the wiki's access keys and
their defaults for Germany (StVO: a bicycle that is pushed counts as somebody on foot, § 25)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from wesprint.engines.streets.profiles import Profile

Tags = Mapping[str, str]

ROAD: Final = 0.8  # of the signed maximum, what a working day makes of it
RISE: Final = 5.0  # per cent, where a tag says only "up"

# What decides about a way; ways alike in all of these are one class.
WAY_KEYS: Final = frozenset({
    "highway", "access", "vehicle", "bicycle", "foot", "motor_vehicle", "goods", "motorroad",
    "oneway", "junction", "oneway:bicycle", "cycleway", "cycleway:left", "cycleway:right",
    "cycleway:both", "cycleway:left:oneway", "cycleway:right:oneway", "bicycle:oneway",
    "surface", "tracktype", "smoothness", "incline", "maxspeed", "maxwidth", "maxwidth:physical",
})  # fmt: skip
NODE_KEYS: Final = frozenset({
    "barrier", "highway", "crossing", "access", "vehicle", "bicycle", "foot", "motor_vehicle",
    "goods", "locked", "maxwidth", "maxwidth:physical", "width",
})  # fmt: skip

_OPEN = frozenset({"yes", "designated", "permissive", "destination", "delivery", "customers",
                   "official", "optional_sidepath"})  # fmt: skip
_SHUT = frozenset({"no", "private", "agricultural", "forestry", "military", "emergency",
                   "agricultural;forestry", "permit", "use_sidepath"})  # fmt: skip

# The usual opening in metres, and whether a motor vehicle may come through unasked.
_OPENINGS: Final[Mapping[str, tuple[float, bool]]] = {
    "bollard": (1.4, False), "block": (1.2, False), "cycle_barrier": (0.85, False),
    "chicane": (0.85, False), "motorcycle_barrier": (0.85, False), "kissing_gate": (0.6, False),
    "turnstile": (0.55, False), "full-height_turnstile": (0.55, False), "stile": (0.5, False),
    "chain": (1.2, False), "jersey_barrier": (1.2, False), "log": (0.6, False),
    "planter": (1.4, False), "gate": (3.0, True), "swing_gate": (3.0, True),
    "sliding_gate": (3.0, True), "lift_gate": (3.0, False), "bump_gate": (3.0, True),
    "fence": (0.0, False), "wall": (0.0, False), "hedge": (0.0, False), "debris": (0.6, False),
    "fallen_tree": (0.6, False), "stone": (1.4, False),
}  # fmt: skip


def speeds(tags: Tags, profile: Profile) -> tuple[float, float]:
    """km/h along the way and against it, 0.0 where it is closed."""
    kind = tags.get("highway", "")
    if tags.get("motorroad") == "yes" and not profile.obeys_maxspeed:
        return 0.0, 0.0
    if _too_narrow(tags, profile):
        return 0.0, 0.0
    word = _access(tags, profile)
    along, against = _directions(tags, profile)
    ride = _riding(kind, word, profile)
    walk = _pushing(tags, kind, word, profile)
    ride = _limited(tags, ride, profile) * _surface(tags, profile)
    rise = _rise(tags)
    return (
        max(ride * _slope(rise, profile) if along else 0.0, walk),
        max(ride * _slope(-rise, profile) if against else 0.0, walk),
    )


def lets_through(tags: Tags, profile: Profile) -> bool:
    """Whether a node with these tags can be passed."""
    barrier = tags.get("barrier")
    if barrier is None or barrier in ("entrance", "kerb", "toll_booth", "border_control"):
        return True
    word = _access(tags, profile)
    if word in _SHUT or tags.get("locked") == "yes":
        return False
    opening, motor = _OPENINGS.get(barrier, (1.4, False))
    signed = _metres(tags, ("maxwidth:physical", "maxwidth", "width"))
    if (signed if signed is not None else opening) < profile.width:
        return False
    return motor or not profile.obeys_maxspeed or word in _OPEN


def waits(tags: Tags) -> bool:
    """Whether there is a traffic light."""
    return tags.get("highway") == "traffic_signals" or tags.get("crossing") == "traffic_signals"


def _access(tags: Tags, profile: Profile) -> str | None:
    return next((tags[key] for key in profile.keys if key in tags), None)


def _riding(kind: str, word: str | None, profile: Profile) -> float:
    if word in _SHUT or word == "dismount":
        return 0.0
    speed = profile.speeds.get(kind, 0.0)
    if speed == 0.0 and word in _OPEN and kind in profile.pushed:
        return _SHARED
    return speed


_SHARED: Final = 10.0  # a footway or a pedestrian zone that is open to bicycles


def _pushing(tags: Tags, kind: str, word: str | None, profile: Profile) -> float:
    """Walking the vehicle: along footways, over what is closed to wheels, against a one-way."""
    if not profile.push or (kind not in profile.pushed and kind not in profile.speeds):
        return 0.0
    foot = tags.get("foot", tags.get("access"))
    if foot in _SHUT or kind in ("trunk", "trunk_link", "busway") or word == "use_sidepath":
        return 0.0
    return profile.push


def _directions(tags: Tags, profile: Profile) -> tuple[bool, bool]:
    if not profile.oneway:
        return True, True
    word = tags.get("oneway") or ("yes" if _goes_round(tags) else "no")
    if "bicycle" in profile.keys and _contraflow(tags):
        return True, True
    return word not in ("-1", "reverse"), word not in ("yes", "true", "1")


def _goes_round(tags: Tags) -> bool:
    return tags.get("junction") in ("roundabout", "circular") or tags.get("highway") == "motorway"


def _contraflow(tags: Tags) -> bool:
    """A one-way that bicycles may ride against (VZ 1022-10)."""
    if "no" in (tags.get("oneway:bicycle"), tags.get("bicycle:oneway")):
        return True
    if any(tags.get(f"cycleway:{side}:oneway") in ("-1", "no") for side in ("left", "right")):
        return True
    lanes = (tags.get(key, "") for key in ("cycleway", "cycleway:left", "cycleway:right"))
    return any(lane.startswith("opposite") for lane in lanes)


def _limited(tags: Tags, speed: float, profile: Profile) -> float:
    signed = re.match(r"\d+", tags.get("maxspeed", "")) if profile.obeys_maxspeed else None
    return min(speed, int(signed[0]) * ROAD) if signed else speed


def _surface(tags: Tags, profile: Profile) -> float:
    words = (tags.get(key, "") for key in ("surface", "smoothness"))
    known = [profile.surfaces[word] for word in words if word in profile.surfaces]
    if "surface" not in tags and tags.get("tracktype") in profile.surfaces:
        known.append(profile.surfaces[tags["tracktype"]])
    return min(known, default=1.0)


def _rise(tags: Tags) -> float:
    """Per cent along the way; steps excepted, 30 at most."""
    word = tags.get("incline", "")
    if word in ("up", "down"):
        return RISE if word == "up" else -RISE
    number = re.fullmatch(r"\s*(-?\d+(?:\.\d+)?)\s*%?\s*", word)
    return max(-30.0, min(30.0, float(number[1]))) if number else 0.0


def _slope(rise: float, profile: Profile) -> float:
    if rise > 0:
        return max(profile.slowest, 1 - profile.uphill * rise)
    return min(1.1, 1 - 0.01 * rise) if rise > -8 else 1.0


def _too_narrow(tags: Tags, profile: Profile) -> bool:
    signed = _metres(tags, ("maxwidth:physical", "maxwidth"))
    return signed is not None and signed < profile.width


def _metres(tags: Tags, keys: tuple[str, ...]) -> float | None:
    for key in keys:
        number = re.match(r"\d+(?:[.,]\d+)?", tags.get(key, ""))
        if number:
            return float(number[0].replace(",", "."))
    return None
