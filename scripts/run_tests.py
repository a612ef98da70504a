"""Run the tests: all on SQLite, then on PostgreSQL, if it is reachable, all that ask a database:
neither the browser's nor those of pure code (marked "once").

What this machine cannot run is said first, with the way to enable it, so that the last lines are
pytest's own. ``WESPRINT_REQUIRE_ALL=1`` makes everything missing a failure.
"""

import argparse
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"
OK, NOTHING_RUN = int(pytest.ExitCode.OK), int(pytest.ExitCode.NO_TESTS_COLLECTED)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the caller wants to run."""

    paths: tuple[str, ...]
    heavy: bool
    everything: bool
    postgres: str


def wish() -> Wish:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", help="files or folders; without them everything")
    parser.add_argument("--heavy", action="store_true", help="the long tests instead")
    given = parser.parse_args()
    return Wish(
        tuple(given.paths),
        given.heavy,
        os.environ.get("WESPRINT_REQUIRE_ALL") == "1",
        os.environ.get("WESPRINT_TEST_POSTGRES", POSTGRES),
    )


def postgres_answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def missing(postgres: bool) -> list[str]:
    """What will be skipped here, each with the way to enable it."""
    lines = []
    if not (os.environ.get("WESPRINT_CHROMIUM") or shutil.which("chromium")):
        lines.append(
            "no browser tests: install Chromium (Debian: apt-get install chromium), or set "
            "WESPRINT_CHROMIUM to its program"
        )
    if not postgres:
        lines.append(
            "nothing on PostgreSQL: install it (Debian: apt-get install postgresql) and set "
            "WESPRINT_TEST_POSTGRES to the address of a role that may create databases"
        )
    return lines


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def pytest_run(wanted: Wish, marks: str, database: str) -> int:
    """One run of pytest on one database; answers its exit code."""
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environment["WESPRINT_TEST_POSTGRES"] = wanted.postgres
    if database:
        environment["DATABASE_URL"] = database
    command = [sys.executable, "-m", "pytest", "-m", marks, "--durations=5", "--durations-min=1"]
    if not wanted.heavy and not wanted.paths:
        command += ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    return subprocess.run(
        [*command, *wanted.paths], cwd=ROOT, env=environment, check=False
    ).returncode


def main() -> int:
    wanted = wish()
    size = "heavy" if wanted.heavy else "not heavy"
    postgres = postgres_answers(wanted.postgres)
    for line in missing(postgres):
        say(f"skipped on this machine: {line}")
    say("tests on SQLite")
    first = pytest_run(wanted, size, "")
    if first not in (OK, NOTHING_RUN) or not (postgres or wanted.everything):
        return first
    say("tests on PostgreSQL")
    second = pytest_run(
        wanted, f"{size} and not browser and not postgres and not once", wanted.postgres
    )
    # None of those asked for may need a database: then the first run was the whole.
    return first if second == NOTHING_RUN else second


if __name__ == "__main__":
    sys.exit(main())
