"""`python -m wesprint.engines.addresses FILE.osm.pbf "fruchthalstr 3" --json`

Finds addresses in an extract (or in what `--save` wrote). With `--measure 200 --seed 1` it asks
for so many doors with typing errors (the rule stands in `typos.py`) and prints how many were found
at rank 1 and how long the search took.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from wesprint.engines.addresses import Gazetteer, load, queries, read_pbf, save
from wesprint.engines.addresses.typos import Typed


def main(argv: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(argv)
    try:
        found = _answer(given)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(
        (json.dumps(found, ensure_ascii=False) if given.json else _lines(found)) + "\n"
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="addresses", description="Where an address is.")
    parser.add_argument("file", type=Path, help="an extract, or what --save wrote")
    parser.add_argument("query", nargs="*", help="what somebody types")
    parser.add_argument("--measure", type=int, default=0, help="how many mistyped doors to ask for")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", type=Path, help="the town's addresses, to be loaded again")
    parser.add_argument("--json", action="store_true")
    return parser


def _answer(given: argparse.Namespace) -> dict[str, Any]:
    begin = time.perf_counter()
    entries = read_pbf(given.file) if ".osm" in given.file.name else load(given.file)
    gazetteer = Gazetteer(entries)
    spent = time.perf_counter() - begin
    if given.save:
        save(entries, given.save)
    found: dict[str, Any] = {
        "streets": len(gazetteer.streets),
        "doors": gazetteer.doors,
        "build_seconds": round(spent, 3),
    }
    if given.query:
        found["found"] = [asdict(one) for one in gazetteer.search(" ".join(given.query))]
    return found | (measure(gazetteer, given.measure, given.seed) if given.measure else {})


def measure(gazetteer: Gazetteer, count: int, seed: int) -> dict[str, Any]:
    """Share of mistyped doors that come first, and milliseconds of a search (median, p95)."""
    spent, missed = [], []
    for typed in queries(gazetteer, count, seed):
        begin = time.perf_counter()
        first = gazetteer.search(typed.text)[:1]
        spent.append(1000 * (time.perf_counter() - begin))
        if not (first and _is(first[0], typed)):
            missed.append(typed.text)
    spent.sort()
    return {
        "queries": len(spent),
        "right_at_rank_1": round(1 - len(missed) / max(1, len(spent)), 4),
        "median_ms": round(spent[len(spent) // 2], 2) if spent else None,
        "p95_ms": round(spent[int(len(spent) * 0.95)], 2) if spent else None,
        "missed": missed,
    }


def _is(found: Any, typed: Typed) -> bool:
    meant = (typed.street.name, typed.street.city, str(typed.door.number), "exact")
    return (found.street, found.city, found.number, found.match) == meant


def _lines(found: dict[str, Any]) -> str:
    lines = [f"{name}: {value}" for name, value in found.items() if name != "found"]
    for one in found.get("found", []):
        lines.append(
            f"{one['street']} {one['number']}, {one['postcode']} {one['city']}"
            f"  {one['lat']:.6f} {one['lon']:.6f}  {one['match']}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
