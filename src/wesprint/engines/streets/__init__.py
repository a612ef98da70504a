"""Ways through a town: times, lengths, geometry and what is reached in time.

    streets = Streets(load(path), "cargo-bike")
    matrix = streets.matrix([(49.4447, 7.7690), (49.4400, 7.7500)])
    matrix.seconds[0, 1], matrix.metres[0, 1], matrix.lost

Whoever needs another engine (a running Valhalla or OSRM) writes a `Router`.
"""

from wesprint.engines.streets.io import load, read_pbf, save
from wesprint.engines.streets.isochrones import Isochrone
from wesprint.engines.streets.network import Network, StreetsError, build
from wesprint.engines.streets.profiles import PROFILES, SPEED_MODEL, Profile
from wesprint.engines.streets.router import Lost, Matrix, Router, Unreachable
from wesprint.engines.streets.routes import Route
from wesprint.engines.streets.streets import Streets

__all__ = [
    "PROFILES",
    "SPEED_MODEL",
    "Isochrone",
    "Lost",
    "Matrix",
    "Network",
    "Profile",
    "Route",
    "Router",
    "Streets",
    "StreetsError",
    "Unreachable",
    "build",
    "load",
    "read_pbf",
    "save",
]
