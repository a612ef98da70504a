"""What a room asks of streets, whoever answers: our own engine, a running Valhalla or OSRM."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from wesprint.engines.streets.isochrones import Isochrone
from wesprint.engines.streets.routes import Route
from wesprint.engines.streets.snapping import Point

Table = NDArray[np.int32]


@dataclass(frozen=True)
class Lost:
    """A point without a street: its number in the list asked for, how far the nearest one is."""

    index: int
    metres: int


class Unreachable(ValueError):
    """Raised where an answer needs every point; names those that are lost."""

    def __init__(self, lost: Sequence[Lost]) -> None:
        self.lost = tuple(lost)
        named = ", ".join(f"point {one.index} ({one.metres} m from a street)" for one in lost)
        super().__init__(f"no way to {named}")


@dataclass(frozen=True, eq=False)
class Matrix:
    """(K, K) int32, from row to column, rounded half up; -1 in rows and columns of lost points."""

    seconds: Table
    metres: Table
    lost: tuple[Lost, ...]


class Router(Protocol):
    """Points are (lat, lon) in degrees. Every point lost is named, none is silently infinite."""

    def matrix(self, points: Sequence[Point]) -> Matrix: ...

    def route(self, start: Point, end: Point) -> Route:
        """Raises Unreachable."""
        ...

    def isochrone(self, start: Point, *, seconds: int) -> Isochrone:
        """Raises Unreachable."""
        ...
