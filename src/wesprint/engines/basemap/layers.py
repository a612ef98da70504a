"""What of a town is drawn, and from which zoom on.

Layers and kinds are a subset of the Protomaps basemap schema, version 4, so that its styles draw
the tiles. A rule is a table row; the first that fits decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Tags = Mapping[str, str]
Shape = Literal["area", "line", "point"]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One thing of the map: its layer, its properties, the first zoom that shows it."""

    layer: str
    minzoom: int
    properties: dict[str, str | int] = field(default_factory=dict)


KEYS: Final = (
    "building", "highway", "railway", "waterway", "natural", "water", "landuse", "leisure",
    "amenity", "place", "addr:housenumber",
)  # fmt: skip

# highway -> kind, first zoom
_ROADS: Final = {
    "motorway": ("highway", 5),
    "trunk": ("major_road", 6),
    "primary": ("major_road", 8),
    "secondary": ("major_road", 10),
    "tertiary": ("major_road", 11),
    "unclassified": ("minor_road", 12),
    "residential": ("minor_road", 12),
    "living_street": ("minor_road", 13),
    "road": ("minor_road", 13),
    "service": ("minor_road", 14),
    "pedestrian": ("path", 13),
    "track": ("other", 14),
    "cycleway": ("path", 14),
    "footway": ("path", 14),
    "path": ("path", 14),
    "steps": ("path", 15),
    "bridleway": ("path", 15),
}

# (key, value) -> kind; "" stands for the value itself
_LAND: Final = {
    "landuse": {
        "forest": "forest", "cemetery": "cemetery", "grass": "grass", "meadow": "grassland",
        "recreation_ground": "park", "village_green": "village_green", "allotments": "allotments",
        "industrial": "industrial", "railway": "industrial", "military": "military",
    },
    "leisure": {
        "park": "park", "golf_course": "golf_course", "nature_reserve": "nature_reserve",
        "playground": "playground", "garden": "park", "pitch": "grass",
    },
    "natural": {
        "wood": "wood", "scrub": "scrub", "grassland": "grassland", "heath": "scrub",
        "sand": "sand", "beach": "beach",
    },
    "amenity": {
        "hospital": "hospital", "school": "school", "kindergarten": "school",
        "university": "university", "college": "college", "grave_yard": "cemetery",
    },
}  # fmt: skip

# place -> kind, first zoom of its name, rank among the names
_PLACES: Final = {
    "city": ("locality", 5, 10),
    "town": ("locality", 7, 8),
    "village": ("locality", 10, 5),
    "hamlet": ("locality", 12, 3),
    "suburb": ("neighbourhood", 11, 4),
    "quarter": ("neighbourhood", 13, 2),
    "neighbourhood": ("neighbourhood", 14, 1),
}


def drawn(tags: Tags, shape: Shape) -> Drawn | None:
    """What of the map a thing is; None for what is not drawn."""
    if shape == "area":
        return _building(tags) or _water_area(tags) or _land(tags) or _square(tags)
    if shape == "line":
        return _road(tags) or _rail(tags) or _water_line(tags)
    return _place(tags) or _address(tags)


def _named(tags: Tags, **properties: str | int) -> dict[str, str | int]:
    name = tags.get("name")
    return {**properties, "name": name} if name else dict(properties)


def _building(tags: Tags) -> Drawn | None:
    kind = tags.get("building", "no")
    return None if kind == "no" else Drawn("buildings", 13, {"kind": "building"})


def _water_area(tags: Tags) -> Drawn | None:
    water = tags.get("natural") == "water" or tags.get("waterway") == "riverbank"
    water = water or tags.get("landuse") in ("reservoir", "basin")
    return Drawn("water", 9, _named(tags, kind="water")) if water else None


def _land(tags: Tags) -> Drawn | None:
    for key, kinds in _LAND.items():
        if kind := kinds.get(tags.get(key, "")):
            return Drawn("landuse", 10, _named(tags, kind=kind))
    return None


def _square(tags: Tags) -> Drawn | None:
    square = tags.get("highway") == "pedestrian"
    return Drawn("landuse", 13, _named(tags, kind="pedestrian")) if square else None


def _road(tags: Tags) -> Drawn | None:
    name = tags.get("highway", "")
    link = name.endswith("_link")
    row = _ROADS.get(name.removesuffix("_link"))
    if row is None or tags.get("area") == "yes":
        return None
    kind, zoom = row
    properties = _named(tags, kind=kind, kind_detail=name.removesuffix("_link"))
    if tags.get("ref") and kind in ("highway", "major_road"):
        properties["ref"] = tags["ref"]
    if tags.get("oneway") in ("yes", "1", "true"):
        properties["oneway"] = "yes"
    marks = {"is_link": link, "is_bridge": _is(tags, "bridge"), "is_tunnel": _is(tags, "tunnel")}
    properties |= {mark: 1 for mark, holds in marks.items() if holds}
    return Drawn("roads", max(zoom, 11) if link else zoom, properties)


def _is(tags: Tags, key: str) -> bool:
    return tags.get(key, "no") != "no"


def _rail(tags: Tags) -> Drawn | None:
    kind = tags.get("railway")
    if kind not in ("rail", "light_rail", "tram", "narrow_gauge"):
        return None
    zoom = 13 if "service" in tags else 10
    return Drawn("roads", zoom, {"kind": "rail", "kind_detail": kind})


def _water_line(tags: Tags) -> Drawn | None:
    kind = tags.get("waterway", "")
    zoom = {"river": 9, "canal": 10, "stream": 13}.get(kind)
    if zoom is None or _is(tags, "tunnel"):
        return None
    return Drawn("water", zoom, _named(tags, kind="river" if kind == "canal" else kind))


def _place(tags: Tags) -> Drawn | None:
    row = _PLACES.get(tags.get("place", ""))
    if row is None or "name" not in tags:
        return None
    kind, zoom, rank = row
    properties = _named(tags, kind=kind, kind_detail=tags["place"])
    properties |= {"population_rank": rank, "min_zoom": zoom}
    return Drawn("places", zoom, properties)


def _address(tags: Tags) -> Drawn | None:
    number = tags.get("addr:housenumber", "")[:12]
    return (
        Drawn("buildings", 15, {"kind": "address", "addr_housenumber": number}) if number else None
    )
