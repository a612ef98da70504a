"""The streets of Kaiserslautern: from the extract, all pairs of 1,000 doors, one way, a quarter
of an hour around. One JSON line for each, beside the plain engine in the same run.

`.venv/bin/python bench/bench_streets.py [--points N] [--file FILE.osm.pbf]`
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "src")]

from bench.load import report  # noqa: E402 - needs the path above

from wesprint.engines.streets import Network, Streets, build, load, read_pbf, save  # noqa: E402
from wesprint.engines.streets.reference import quickest  # noqa: E402

TOWN = Path("src/wesprint/config/demo/towns/kaiserslautern_2013.osm.pbf")
Doors = list[tuple[float, float]]


def timed(work: Callable[[], object], times: int = 1) -> list[float]:
    spent = []
    for _turn in range(times):
        begin = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begin)
    return sorted(spent)


def doors(network: Network, count: int) -> Doors:
    rng = np.random.default_rng(1)
    at = rng.integers(0, len(network.point_lat), count)
    places = np.stack([network.point_lat[at], network.point_lon[at]], axis=1)
    return [(float(lat), float(lon)) for lat, lon in places + rng.normal(0, 0.0002, (count, 2))]


def from_the_extract(file: Path) -> Network:
    network = build(read_pbf(file))
    spent = timed(lambda: Streets(build(read_pbf(file)), "cargo-bike"), 3)
    junctions, edges, segments = network.counts
    sizes = {"junctions": junctions, "edges": edges, "segments": segments}
    report("streets from the extract", round(median(spent), 2), "s", file=file.name, **sizes)
    with tempfile.TemporaryDirectory() as folder:
        town = Path(folder) / "town.npz"
        save(network, town)
        spent = timed(lambda: Streets(load(town), "cargo-bike").snap([(49.4447, 7.769)]), 5)
        megabytes = round(town.stat().st_size / 1e6, 1)
    report("a town's file to the first question", round(median(spent), 3), "s", megabytes=megabytes)
    return network


def all_pairs(network: Network, profile: str, some: Doors) -> None:
    streets = Streets(network, profile)
    spent = timed(lambda: streets.matrix(some), 3)
    snapped = streets.snap(some)
    plain = timed(lambda: quickest(streets.graph, snapped, 0))[0]
    report(
        f"matrix, {profile}",
        round(median(spent), 2),
        "s",
        points=len(some),
        plain_engine_s=round(plain * len(some), 1),
    )


def single(network: Network, some: Doors) -> None:
    streets = Streets(network, "cargo-bike")
    pairs = list(zip(some[:200], some[200:400], strict=True))
    ways = sorted(timed(partial(streets.route, *pair))[0] * 1000 for pair in pairs)
    report("route with geometry, median", round(median(ways), 2), "ms", p95=round(ways[-10], 2))
    for minutes in (5, 15):
        around = sorted(
            timed(partial(streets.isochrone, place, seconds=60 * minutes))[0] * 1000
            for place in some[:40]
        )
        rest = {"minutes": minutes, "p95": round(around[-2], 1)}
        report("isochrone, median", round(median(around), 1), "ms", **rest)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--points", type=int, default=1000)
    parser.add_argument("--file", type=Path, default=TOWN)
    given = parser.parse_args()
    network = from_the_extract(given.file)
    some = doors(network, given.points)
    for profile in ("cargo-bike", "foot", "van"):
        all_pairs(network, profile, some)
    single(network, some)


if __name__ == "__main__":
    main()
