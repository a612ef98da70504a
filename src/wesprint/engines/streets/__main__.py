"""`python -m wesprint.engines.streets FILE.osm.pbf --profile cargo-bike --points POINTS.json`

POINTS.json is a list of [lat, lon]. Prints how long the streets and the matrix took and which
points have no street; `--out FILE.npz` holds `seconds` and `metres` (int32, -1 for lost points).
A file that `--save` wrote may stand in place of the extract.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from wesprint.engines.streets import PROFILES, Matrix, Streets, build, load, read_pbf, save


def main(argv: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(argv)
    try:
        found, matrix = _measure(given)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if given.out and matrix:
        np.savez(given.out, seconds=matrix.seconds, metres=matrix.metres)
    sys.stdout.write((json.dumps(found) if given.json else _lines(found)) + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="streets", description="Ways through a town.")
    parser.add_argument("file", type=Path, help="an extract, or what --save wrote")
    parser.add_argument("--profile", choices=sorted(PROFILES), default="cargo-bike")
    parser.add_argument("--points", type=Path, help="JSON: a list of [lat, lon]")
    parser.add_argument("--out", type=Path, help="where the tables go (.npz)")
    parser.add_argument("--save", type=Path, help="the town's file, to be loaded again")
    parser.add_argument("--json", action="store_true")
    return parser


def _measure(given: argparse.Namespace) -> tuple[dict[str, Any], Matrix | None]:
    begin = time.perf_counter()
    network = load(given.file) if given.file.suffix == ".npz" else build(read_pbf(given.file))
    streets = Streets(network, given.profile)
    built = time.perf_counter()
    if given.save:
        save(network, given.save)
    junctions, edges, segments = network.counts
    found: dict[str, Any] = {
        "profile": given.profile,
        "speed_model": network.model,
        "junctions": junctions,
        "edges": edges,
        "segments": segments,
        "build_seconds": round(built - begin, 3),
    }
    matrix = _matrix(streets, given.points, found) if given.points else None
    return found, matrix


def _matrix(streets: Streets, file: Path, found: dict[str, Any]) -> Matrix:
    points = _points(file)
    begin = time.perf_counter()
    matrix = streets.matrix(points)
    found["points"] = len(points)
    found["matrix_seconds"] = round(time.perf_counter() - begin, 3)
    found["unreachable"] = [
        {"index": one.index, "point": list(points[one.index]), "metres_to_street": one.metres}
        for one in matrix.lost
    ]
    return matrix


def _points(file: Path) -> list[tuple[float, float]]:
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        return [(float(lat), float(lon)) for lat, lon in rows]
    except (UnicodeDecodeError, TypeError, ValueError) as error:
        raise ValueError(f"{file}: no list of [lat, lon]: {error}") from None


def _lines(found: dict[str, Any]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in found.items())


if __name__ == "__main__":
    sys.exit(main())
