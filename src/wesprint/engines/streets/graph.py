"""The streets as one profile sees them: times and lengths in whole steps, and what hangs together.

Time is counted in hundredths of a second, length in tenths of a metre, both rounded piece by piece;
whatever is added up later stays a whole number, whichever way it is added. One number holds both:
`time * 2**24 + length`, exact in a float64 up to 62 days and 1,600 km. The smallest such number is
the quickest way and, among the quick ones, the shortest; so one search gives times and lengths.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from wesprint.engines.streets.network import NAMES, Bools, Floats, Ints, Network
from wesprint.engines.streets.profiles import PROFILES, Profile

TICKS: Final = 100  # in a second
STEPS: Final = 10  # in a metre
PACK: Final = 1 << 24
SHUT: Final = -1


@dataclass(frozen=True, eq=False)
class Graph:
    """Sums along an edge stand at its points: `time_along[first[e] + e]` is 0, the last is all."""

    network: Network
    profile: Profile
    open_along: Bools  # (E,)
    open_against: Bools  # (E,)
    time_along: Ints  # (P,) from the edge's start, riding along
    time_against: Ints  # (P,) from the edge's start, riding against: what is left to the start
    reach: Ints  # (P,) length from the start
    blocked: Bools  # (N,)
    main: Bools  # (N,) the largest part in which everybody gets everywhere
    usable: Bools  # (E,) from here one gets to the main part and back

    @cached_property
    def head(self) -> Ints:
        """(E,) the first point of each edge."""
        return self.network.first[:-1] + np.arange(len(self.network.start))

    @cached_property
    def last(self) -> Ints:
        """(E,) the last point of each edge."""
        return self.network.first[1:] + np.arange(len(self.network.start))


def graph_of(network: Network, profile_name: str) -> Graph:
    """Raises KeyError for a profile that is not known."""
    profile = PROFILES[profile_name]
    column = NAMES.index(profile_name)
    fast = _speeds(network, column)
    shut = _by_edge(network, fast)
    seconds = _seconds(network, fast, profile)
    blocked = network.blocked[:, column]
    main = _main(network, shut, blocked)
    return Graph(
        network=network,
        profile=profile,
        open_along=~shut[0],
        open_against=~shut[1],
        time_along=_sums(network, seconds[0]),
        time_against=_sums(network, seconds[1]),
        reach=_sums(network, np.rint(network.length * STEPS).astype(np.int64)),
        blocked=blocked,
        main=main,
        usable=_usable(network, shut, main),
    )


def _speeds(network: Network, column: int) -> tuple[Floats, Floats]:
    """km/h along and against the edge, segment by segment."""
    along, against = network.along[network.kind, column], network.against[network.kind, column]
    return np.where(network.flip, against, along), np.where(network.flip, along, against)


def _by_edge(network: Network, fast: tuple[Floats, Floats]) -> tuple[Bools, Bools]:
    along, against = (
        np.asarray(np.minimum.reduceat(speed, network.first[:-1]) <= 0) for speed in fast
    )
    return along, against


def _seconds(network: Network, fast: tuple[Floats, Floats], profile: Profile) -> tuple[Ints, Ints]:
    def ticks(speed: Floats, lights: Ints) -> Ints:
        moving = network.length * 3.6 / np.where(speed > 0, speed, 1.0)
        waiting = lights * profile.signal
        return np.asarray(np.maximum(np.rint((moving + waiting) * TICKS), 1), dtype=np.int64)

    return ticks(fast[0], network.lights[:, 0]), ticks(fast[1], network.lights[:, 1])


def _sums(network: Network, steps: Ints) -> Ints:
    """(S,) amounts as running sums at the (P,) points, each edge from 0."""
    running = np.concatenate([[0], np.cumsum(steps)])
    edge = np.repeat(np.arange(len(network.start)), np.diff(network.first) + 1)
    segment = np.arange(len(edge)) - edge
    return np.asarray(running[segment] - running[network.first[edge]], dtype=np.int64)


def _main(network: Network, shut: tuple[Bools, Bools], blocked: Bools) -> Bools:
    tail = np.concatenate([network.start[~shut[0]], network.end[~shut[1]]])
    head = np.concatenate([network.end[~shut[0]], network.start[~shut[1]]])
    leaves = ~blocked[tail]
    size = len(network.lat)
    ones = np.ones(int(leaves.sum()), dtype=np.int8)
    arcs = csr_array((ones, (tail[leaves], head[leaves])), shape=(size, size))
    _count, label = connected_components(arcs, connection="strong")
    return np.asarray(label == np.bincount(label).argmax(), dtype=np.bool_)


def _usable(network: Network, shut: tuple[Bools, Bools], main: Bools) -> Bools:
    """Open both ways and joined to the main part at one end, or a one-way within it."""
    at_start, at_end = main[network.start], main[network.end]
    both_ways = ~shut[0] & ~shut[1]
    return np.asarray(
        (both_ways & (at_start | at_end)) | (~(shut[0] & shut[1]) & at_start & at_end)
    )
