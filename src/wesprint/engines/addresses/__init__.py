"""Where an address is: every street and door of an OpenStreetMap extract, found despite typos.

gazetteer = Gazetteer(read_pbf(path))
gazetteer.search("fruchthalstr 3")[0]   # Fruchthallstraße 3, 67655 Kaiserslautern, "exact"
"""

from wesprint.engines.addresses.entries import AddressError, Entry, read_pbf
from wesprint.engines.addresses.gazetteer import Door, Found, Gazetteer, Match, Street
from wesprint.engines.addresses.io import load, save
from wesprint.engines.addresses.typos import Typed, queries

__all__ = [
    "AddressError",
    "Door",
    "Entry",
    "Found",
    "Gazetteer",
    "Match",
    "Street",
    "Typed",
    "load",
    "queries",
    "read_pbf",
    "save",
]
