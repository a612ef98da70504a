"""`python -m wesprint.engines.footprint FILE [--draws N] [--seed N] [--json]`: the file's shape
stands in io.py."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from wesprint.engines.footprint.io import as_json, read_items
from wesprint.engines.footprint.totals import DRAWS, SEED, Total, total


def main(argv: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(argv)
    try:
        items, common = read_items(given.file)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{given.file}: {error}\n")
        return 2
    found = total(items, common=common, draws=given.draws, seed=given.seed)
    sys.stdout.write((as_json(found) if given.json else _lines(found)) + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="footprint", description="Avoided emissions of things.")
    parser.add_argument("file", type=Path, help="JSON, see io.py")
    parser.add_argument("--draws", type=int, default=DRAWS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--json", action="store_true")
    return parser


def _lines(found: Total) -> str:
    likely, bounds = found.likely, found.bounds
    return (
        f"{found.count} things, {found.mass} g, {found.weighed_permille} per mille weighed\n"
        f"avoided g CO2e: likely {likely.low} .. {likely.central} .. {likely.high}, "
        f"bounds {bounds.low} .. {bounds.high}\n"
        f"sign {found.sign}, main driver {found.driver}, "
        f"{found.draws} draws, seed {found.seed}, method {found.method}"
    )


if __name__ == "__main__":
    sys.exit(main())
