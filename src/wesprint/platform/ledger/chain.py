"""How events and seals are hashed. Pure: whoever has an export can check it with this alone."""

from __future__ import annotations

from collections.abc import Mapping

from wesprint.kernel.canonical import Json, canonical
from wesprint.kernel.merkle import leaf_hash

FORMAT = "wesprint-ledger"
VERSION = 1
SEAL_HEAD = ("centre", "number", "previous", "root", "sealed_at", "size")


def event_hash(body: Mapping[str, Json]) -> str:
    """RFC 6962 leaf hash of an event's canonical JSON, in hexadecimal."""
    return leaf_hash(canonical(body)).hex()


def seal_hash(seal: Mapping[str, Json]) -> str:
    """Hash over a seal's head; it holds the hash of the seal before it, and so on back."""
    return leaf_hash(canonical({name: seal[name] for name in SEAL_HEAD})).hex()


def genesis(centre: str) -> str:
    """What the first seal of a centre is chained to: the seals of two centres never mix."""
    return leaf_hash(canonical({"centre": centre, "format": FORMAT, "version": VERSION})).hex()
