"""The words in which results explain themselves; pages translate them."""

from __future__ import annotations

from enum import StrEnum

METHOD_VERSION = "footprint-3"


class Driver(StrEnum):
    """Which input moves the result most between its low and its high end."""

    PRODUCTION = "production"
    DISPLACEMENT = "displacement"
    LIFETIME = "lifetime"
    REPAIR = "repair"
    TRANSPORT = "transport"
    EXTRA_USE = "extra-use"
    NONE = "none"


class Note(StrEnum):
    """What a reader has to know before quoting the figure."""

    COULD_BE_ZERO = "could-be-zero"
    NO_FACTOR = "no-factor"
    MASS_ESTIMATED = "mass-estimated"
    DISPLACEMENT_ASSUMED = "displacement-assumed"
    SOURCES_DISAGREE = "sources-disagree"
