"""The demo region: a town store and a one-room station, played through the services.

The same seed, number of months and end give the same region, down to the roots of its seals.
"""

from wesprint.config.demo.build import Region, build
from wesprint.config.demo.large import build_large

__all__ = ["Region", "build", "build_large"]
