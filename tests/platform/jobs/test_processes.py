"""Workers as real processes that are killed, stopped and run beside each other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult
from tests.platform.jobs import work
from tests.processes import wesprint_env

from wesprint.platform.jobs.models import Worker

ROOT = Path(__file__).resolve().parents[3]
PYTHON_PATH = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
SECONDS = 40.0


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "did not happen in time"
        signal.sigtimedwait([], 0.05)


@pytest.fixture
def env(fresh_database: str, tmp_path: Path) -> dict[str, str]:
    return wesprint_env(tmp_path, fresh_database, PYTHONPATH=PYTHON_PATH)


@contextmanager
def running(env: dict[str, str], name: str, *more: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "wesprint.config.cli.work", "--name", name, *more]
    process = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def rows() -> list[tuple[str, list[str]]]:
    """Of the tasks of this test, not of the schedule."""
    ours = DBTaskResult.objects.filter(task_path__startswith="tests.")
    return list(ours.order_by("enqueued_at").values_list("status", "worker_ids"))


def lines(path: Path) -> list[str]:
    return [line.split()[0] for line in path.read_text().splitlines()] if path.exists() else []


def cut_connections() -> None:
    """Of everybody but us. SQLite is a file: nobody can take its connections away."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def test_a_killed_workers_task_is_taken_over(env: dict[str, str], tmp_path: Path) -> None:
    work.die_first.enqueue(str(tmp_path / "ran"))
    with running(env, "first") as first:
        assert first.wait(SECONDS) == -signal.SIGKILL
    assert rows() == [("RUNNING", ["first"])]
    with running(env, "second", "--replaces", "first"):
        until(lambda: rows() == [("SUCCESSFUL", ["first", "second"])])
    assert lines(tmp_path / "ran") == ["ran", "ran"]


def test_a_task_that_kills_every_worker_is_given_up(env: dict[str, str], tmp_path: Path) -> None:
    work.always_die.enqueue(str(tmp_path / "ran"))
    for number in range(3):
        with running(env, f"w{number}", "--replaces", f"w{number - 1}") as process:
            assert process.wait(SECONDS) == -signal.SIGKILL
    with running(env, "w3", "--replaces", "w2"):
        until(lambda: rows() == [("FAILED", ["w0", "w1", "w2"])])
    assert lines(tmp_path / "ran") == ["ran"] * 3


def test_a_worker_told_to_stop_finishes_its_task(env: dict[str, str], tmp_path: Path) -> None:
    said, goon = tmp_path / "said", tmp_path / "goon"
    os.mkfifo(goon)
    work.wait_for.enqueue(str(said), str(goon))
    work.note.enqueue(str(said), "next")
    with running(env, "gentle") as process:
        until(lambda: lines(said) == ["started"])
        process.terminate()
        goon.write_text("go on")
        assert process.wait(SECONDS) == 0
    assert lines(said) == ["started", "finished"]
    assert rows() == [("SUCCESSFUL", ["gentle"]), ("READY", [])]
    assert Worker.objects.count() == 0  # signed out


def test_two_workers_share_the_queue_and_no_task_runs_twice(
    env: dict[str, str], tmp_path: Path
) -> None:
    for number in range(60):
        work.note.enqueue(str(tmp_path / "noted"), str(number))
    with running(env, "left"), running(env, "right"):
        until(lambda: {status for status, _workers in rows()} == {"SUCCESSFUL"})
    assert sorted(lines(tmp_path / "noted"), key=int) == [str(number) for number in range(60)]
    assert all(len(workers) == 1 for _status, workers in rows())


def test_a_worker_survives_a_database_that_goes_away(env: dict[str, str], tmp_path: Path) -> None:
    with running(env, "patient"):
        until(lambda: Worker.objects.filter(name="patient").exists())
        cut_connections()
        work.note.enqueue(str(tmp_path / "noted"), "after")
        until(lambda: lines(tmp_path / "noted") == ["after"])
