"""Search of mistyped addresses in Kaiserslautern and Bindlach, beside the plain way: every name
compared with a likeness of letter pairs from the standard library. One JSON line each.

`.venv/bin/python bench/bench_addresses.py [--queries N]`
"""

from __future__ import annotations

import argparse
import difflib
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "src")]

from bench.load import report  # noqa: E402 - needs the path above

from wesprint.engines.addresses import Gazetteer, queries, read_pbf  # noqa: E402
from wesprint.engines.addresses.__main__ import measure  # noqa: E402
from wesprint.engines.addresses.normal import key, parse  # noqa: E402

TOWNS = Path("src/wesprint/config/demo/towns")


def plain(gazetteer: Gazetteer, count: int, seed: int) -> dict[str, float]:
    """Street names alone by `difflib`: what one writes in an hour."""
    names = sorted({key(street.name) for street in gazetteer.streets})
    right, spent = 0, []
    for typed in queries(gazetteer, count, seed):
        begin = time.perf_counter()
        readings = parse(typed.text).readings
        near = difflib.get_close_matches(readings[0].before, names, n=1, cutoff=0.6)
        spent.append(1000 * (time.perf_counter() - begin))
        right += near == [key(typed.street.name)]
    return {
        "plain_right": right / count,
        "plain_p95_ms": round(sorted(spent)[int(count * 0.95)], 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--queries", type=int, default=200)
    given = parser.parse_args()
    for file in sorted(TOWNS.glob("*.osm.pbf")):
        begin = time.perf_counter()
        gazetteer = Gazetteer(read_pbf(file))
        built = round(time.perf_counter() - begin, 2)
        sizes = {"streets": len(gazetteer.streets), "doors": gazetteer.doors}
        report("addresses from the extract", built, "s", file=file.name, **sizes)
        for seed in (1, 2, 3):
            found = measure(gazetteer, given.queries, seed)
            del found["missed"]
            beside = plain(gazetteer, given.queries, seed) if seed == 1 else {}
            value = found.pop("p95_ms")
            report("address search, p95", value, "ms", file=file.name, seed=seed, **found, **beside)


if __name__ == "__main__":
    main()
