"""What a map shows, as the same features for the picture and for the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from wesprint.platform.geo.models import Town
from wesprint.platform.geo.selectors import town_around
from wesprint.platform.geo.tasks import is_in_making

Point = tuple[float, float]
"""(lat, lon) in degrees, WGS 84; GeoJSON turns them round."""

MOST_IN_VIEW = 6
"""A list that is longer is folded."""


@dataclass(frozen=True, slots=True)
class Place:
    """A pin. mark: a number or letter on it; tone: "now" for what asks for attention, "1" to "5"
    for the colours of tours."""

    title: Any
    lat: float
    lon: float
    text: Any = ""
    url: str = ""
    mark: str = ""
    tone: str = ""

    @property
    def points(self) -> tuple[Point, ...]:
        return ((self.lat, self.lon),)

    @property
    def geometry(self) -> dict[str, Any]:
        return {"type": "Point", "coordinates": _turned((self.lat, self.lon))}


@dataclass(frozen=True, slots=True)
class _OfPoints:
    title: Any
    points: tuple[Point, ...]
    text: Any = ""
    url: str = ""
    mark: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Line(_OfPoints):
    """A way through its points."""

    @property
    def geometry(self) -> dict[str, Any]:
        return {"type": "LineString", "coordinates": [_turned(one) for one in self.points]}


@dataclass(frozen=True, slots=True)
class Area(_OfPoints):
    """What lies inside of `points` (closed by itself), as what is reached in 15 minutes."""

    @property
    def geometry(self) -> dict[str, Any]:
        ring = [_turned(one) for one in (*self.points, self.points[0])]
        return {"type": "Polygon", "coordinates": [ring]}


Feature = Place | Line | Area


@dataclass(frozen=True, slots=True)
class ShownMap:
    """For the component. `town` None: nothing was imported for there, only the list is shown."""

    title: Any
    features: Sequence[Feature]
    town: Town | None
    own_list: bool = False
    """The page itself says what the map says: no second list below it."""

    @property
    def in_making(self) -> bool:
        """Asked only where there is no town."""
        return self.town is None and is_in_making()

    @property
    def data(self) -> dict[str, Any]:
        return {"type": "FeatureCollection", "features": list(self._geojson())}

    def _geojson(self) -> Iterator[dict[str, Any]]:
        for one in self.features:
            said = {
                name: str(getattr(one, name)) for name in ("title", "text", "url", "mark", "tone")
            }
            yield {"type": "Feature", "properties": said, "geometry": one.geometry}

    @property
    def tiles(self) -> str:
        """The address of the town's tiles with {z}, {x} and {y}; it changes with its content."""
        assert self.town is not None  # noqa: S101 - the template asks before
        address = reverse("map_tile", args=[self.town.folder, 0, 0, 0])
        return address.removesuffix("0/0/0.mvt") + "{z}/{x}/{y}.mvt"

    @property
    def bounds(self) -> str:
        """west,south,east,north of the town."""
        assert self.town is not None  # noqa: S101 - the template asks before
        return f"{self.town.west},{self.town.south},{self.town.east},{self.town.north}"

    @property
    def folded(self) -> bool:
        return len(self.features) > MOST_IN_VIEW


def shown(
    title: Any, features: Sequence[Feature], *, town: Town | None = None, own_list: bool = False
) -> ShownMap:
    """A map of these features in `town`, else in the town that most of their points lie in. One
    query without a town."""
    points = [point for one in features for point in one.points]
    return ShownMap(title, features, town or town_around(points), own_list)


def _turned(point: Point) -> list[float]:
    lat, lon = point
    return [round(lon, 6), round(lat, 6)]
