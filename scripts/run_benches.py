"""Run every bench/bench_*.py, or those whose names are given; each prints JSON lines.

A line is {"job": str, "value": number, "unit": str, "conditions": {...}}; any other output, or
an exit code that is not zero, is an error of the benchmark. Each runs on SQLite and, where one is
reachable, again on PostgreSQL (DATABASE_URL). One that reads WESPRINT_TEST_POSTGRES chooses its
databases itself and runs once.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from repository import ROOT
from run_tests import POSTGRES, postgres_answers

FIELDS = {"job", "value", "unit", "conditions"}


def chosen(names: list[str]) -> list[Path]:
    """The benchmark files, all of them if no name is given."""
    found = sorted((ROOT / "bench").glob("bench_*.py"))
    return [path for path in found if not names or path.stem.removeprefix("bench_") in names]


def databases(path: Path, postgres: str) -> list[str]:
    """The DATABASE_URLs to run it with; empty: SQLite."""
    chooses_itself = "WESPRINT_TEST_POSTGRES" in path.read_text()
    return ["", postgres] if postgres and not chooses_itself else [""]


def is_result(line: str) -> bool:
    try:
        result = json.loads(line)
    except ValueError:
        return False
    return isinstance(result, dict) and set(result) >= FIELDS


def run(path: Path, database: str, postgres: str) -> bool:
    """Pass on the lines of one benchmark; whether it went well."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    environment |= {"DATABASE_URL": database, "WESPRINT_TEST_POSTGRES": postgres}
    process = subprocess.Popen(
        [sys.executable, str(path)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    good = True
    for line in process.stdout or ():
        sys.stdout.write(line)
        sys.stdout.flush()
        good = is_result(line) and good
    return process.wait() == 0 and good


def main() -> int:
    paths = chosen(sys.argv[1:])
    postgres = os.environ.get("WESPRINT_TEST_POSTGRES", POSTGRES)
    if not postgres_answers(postgres):
        sys.stderr.write("bench: PostgreSQL is not reachable; SQLite alone\n")
        postgres = ""
    failed = [
        f"{path.name} on {database or 'SQLite'}"
        for path in paths
        for database in databases(path, postgres)
        if not run(path, database, postgres)
    ]
    if failed or not paths:
        sys.stderr.write(f"bench: failed: {', '.join(failed) or 'none found'}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
