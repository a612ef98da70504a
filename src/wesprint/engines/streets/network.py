"""The streets of one town as arrays, for every profile at once.

Raw ways come from `io.read_pbf`; `build` cuts them at their junctions. An *edge* runs from junction
to junction and has *segments*, the straight pieces of its geometry. What is between two junctions
allows the same everywhere, so that a direction of an edge is open or closed as a whole.

Units: degrees (WGS 84), metres, km/h. Deterministic: the same ways give the same arrays.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wesprint.engines.streets import tags as rules
from wesprint.engines.streets.profiles import PROFILES, SPEED_MODEL

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

EARTH: Final = 6_371_008.8  # metres, mean radius (IUGG)
NAMES: Final = tuple(PROFILES)


class StreetsError(ValueError):
    """The file holds no streets, is damaged, or was made by another version."""


@dataclass
class RawNetwork:
    """What the extract says: ways as lists of node ids, places of nodes, tags that matter."""

    ways: list[tuple[Sequence[int], int, int]] = field(default_factory=list)
    """(node ids, class, name): class and name are indices of the two lists below."""
    classes: list[Mapping[str, str]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    places: dict[int, tuple[float, float]] = field(default_factory=dict)
    """node id -> (lat, lon)"""
    nodes: dict[int, Mapping[str, str]] = field(default_factory=dict)
    """Tags of barriers and traffic lights."""


@dataclass(frozen=True, eq=False)
class Network:
    """N junctions, E edges, S segments, P points of geometry (P = S + E)."""

    lat: Floats  # (N,)
    lon: Floats  # (N,)
    blocked: Bools  # (N, profiles): nobody of this profile gets past
    start: Ints  # (E,) junction
    end: Ints  # (E,)
    first: Ints  # (E + 1,) first segment of each edge; its first point is first[e] + e
    name: Ints  # (E,) index of names
    point_lat: Floats  # (P,)
    point_lon: Floats  # (P,)
    length: Floats  # (S,) metres
    kind: Ints  # (S,) class of the way
    flip: Bools  # (S,) the way runs against the edge here
    lights: Ints  # (S, 2): a traffic light at the far end, along and against
    along: Floats  # (classes, profiles) km/h along the way
    against: Floats  # (classes, profiles)
    names: tuple[str, ...]
    model: str = SPEED_MODEL

    @property
    def counts(self) -> tuple[int, int, int]:
        return len(self.lat), len(self.start), len(self.length)


def metres_between(lat1: Floats, lon1: Floats, lat2: Floats, lon2: Floats) -> Floats:
    """On the sphere; for pieces of a street exact to a millimetre (haversine)."""
    phi1, phi2 = np.radians(lat1), np.radians(lat2)
    half = np.sin((phi2 - phi1) / 2) ** 2
    half += np.cos(phi1) * np.cos(phi2) * np.sin(np.radians(lon2 - lon1) / 2) ** 2
    return np.asarray(2 * EARTH * np.arcsin(np.sqrt(half)), dtype=np.float64)


def build(raw: RawNetwork) -> Network:
    """Raises StreetsError when there is nothing to ride on."""
    table = _speed_table(raw.classes)
    pieces = _pieces(raw, table)
    if not len(pieces.a):
        raise StreetsError("the extract holds no streets")
    marks = _Marks.of(raw, pieces.ids)
    junction = _junctions(pieces, marks)
    return _assemble(raw, table, pieces, marks, _chains(pieces, junction))


def _speed_table(classes: Sequence[Mapping[str, str]]) -> Floats:
    """(classes, profiles, 2)"""
    rows = [[rules.speeds(tags, PROFILES[name]) for name in NAMES] for tags in classes]
    return np.array(rows, dtype=np.float64).reshape(len(classes), len(NAMES), 2)


@dataclass(frozen=True, eq=False)
class _Pieces:
    """Straight pieces between neighbouring nodes of a way; nodes numbered 0 .. n-1."""

    ids: Ints  # (n,) OSM ids, ascending
    a: Ints
    b: Ints
    kind: Ints
    name: Ints
    open: Ints  # bits: one for each profile and direction


def _pieces(raw: RawNetwork, table: Floats) -> _Pieces:
    rows = []
    for refs, which, called in raw.ways:
        known = [ref for ref in refs if ref in raw.places]
        for left, right in itertools.pairwise(known):
            if left != right:
                rows.append((left, right, which, called))
    a, b, kind, name = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    ends = np.stack([a, b])
    ids, numbered = np.unique(ends, return_inverse=True)
    numbered = numbered.reshape(ends.shape)
    bits = (1 << np.arange(table.shape[1] * 2, dtype=np.int64)).reshape(-1, 2)
    opened = ((table > 0) * bits).sum(axis=(1, 2))[kind]
    keep = opened > 0
    return _Pieces(ids, numbered[0][keep], numbered[1][keep], kind[keep], name[keep], opened[keep])


@dataclass(frozen=True, eq=False)
class _Marks:
    blocked: Bools  # (n, profiles)
    light: Bools  # (n,)

    @classmethod
    def of(cls, raw: RawNetwork, ids: Ints) -> _Marks:
        blocked = np.zeros((len(ids), len(NAMES)), dtype=bool)
        light = np.zeros(len(ids), dtype=bool)
        for number, node in enumerate(ids.tolist()):
            tags = raw.nodes.get(node)
            if tags:
                blocked[number] = [not rules.lets_through(tags, PROFILES[one]) for one in NAMES]
                light[number] = rules.waits(tags)
        return cls(blocked, light)


def _swapped(bits: Ints) -> Ints:
    """The same permission seen from the other end."""
    odd = sum(1 << (2 * number + 1) for number in range(len(NAMES)))
    return ((bits & odd) >> 1) | ((bits & (odd >> 1)) << 1)


def _junctions(pieces: _Pieces, marks: _Marks) -> Bools:
    """Every node but those where just two pieces of one street meet that allow the same."""
    count = len(pieces.ids)
    degree = np.bincount(pieces.a, minlength=count) + np.bincount(pieces.b, minlength=count)
    # permissions as they look when one comes towards the node, and when one leaves it
    towards = np.concatenate([_swapped(pieces.open), pieces.open])
    at = np.concatenate([pieces.a, pieces.b])
    low, high = np.full(count, np.iinfo(np.int64).max), np.zeros(count, dtype=np.int64)
    np.minimum.at(low, at, towards)
    np.maximum.at(high, at, towards)
    called = np.concatenate([pieces.name, pieces.name])
    least, most = np.full(count, np.iinfo(np.int64).max), np.full(count, -1)
    np.minimum.at(least, at, called)
    np.maximum.at(most, at, called)
    # two pieces fit when the one is the other's mirror image
    fits = (degree == 2) & (low == _swapped(high)) & (least == most)
    return np.asarray(~fits | marks.blocked.any(axis=1), dtype=np.bool_)


def _chains(pieces: _Pieces, junction: Bools) -> list[list[tuple[int, bool]]]:
    """Edges as lists of (piece, walked backwards); circles without a junction get one."""
    around: dict[int, list[int]] = {}
    for piece, (a, b) in enumerate(zip(pieces.a.tolist(), pieces.b.tolist(), strict=True)):
        around.setdefault(a, []).append(piece)
        around.setdefault(b, []).append(piece)
    is_junction, a, b = junction.tolist(), pieces.a.tolist(), pieces.b.tolist()
    seen = bytearray(len(a))
    found = []

    def walk(node: int, piece: int) -> None:
        chain = []
        while not seen[piece]:
            seen[piece] = 1
            backwards = a[piece] != node
            chain.append((piece, backwards))
            node = a[piece] if backwards else b[piece]
            if is_junction[node]:
                break
            piece = next((one for one in around[node] if not seen[one]), piece)
        if chain:
            found.append(chain)

    for node in np.flatnonzero(junction).tolist():
        for piece in around.get(node, ()):
            walk(node, piece)
    for piece in range(len(a)):
        walk(a[piece], piece)
    return found


def _assemble(
    raw: RawNetwork,
    table: Floats,
    pieces: _Pieces,
    marks: _Marks,
    chains: list[list[tuple[int, bool]]],
) -> Network:
    flat = [one for chain in chains for one in chain]
    order = np.array([piece for piece, _back in flat], dtype=np.int64)
    flip = np.array([back for _piece, back in flat], dtype=bool)
    first = np.cumsum([0, *(len(chain) for chain in chains)], dtype=np.int64)
    tail = np.where(flip, pieces.b[order], pieces.a[order])
    head = np.where(flip, pieces.a[order], pieces.b[order])
    places = np.array([raw.places[one] for one in pieces.ids.tolist()], dtype=np.float64)
    ends = np.stack([tail[first[:-1]], head[first[1:] - 1]])
    used, numbered = np.unique(ends, return_inverse=True)
    numbered = numbered.reshape(ends.shape)
    points = np.insert(head, first[:-1], tail[first[:-1]])
    return Network(
        lat=places[used, 0],
        lon=places[used, 1],
        blocked=marks.blocked[used],
        start=numbered[0],
        end=numbered[1],
        first=first,
        name=pieces.name[order][first[:-1]],
        point_lat=places[points, 0],
        point_lon=places[points, 1],
        length=metres_between(*places[tail].T, *places[head].T),
        kind=pieces.kind[order],
        flip=flip,
        lights=np.stack([marks.light[head], marks.light[tail]], axis=1).astype(np.int64),
        along=table[:, :, 0],
        against=table[:, :, 1],
        names=tuple(raw.names),
    )
