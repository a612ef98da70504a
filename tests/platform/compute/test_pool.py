"""Real processes: killed, over time, out of memory, without their starter."""

from __future__ import annotations

import os
import queue
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from wesprint.platform.compute.pool import (
    GIBIBYTE,
    JobFailed,
    Pool,
    PoolBusy,
    ProcessDied,
    TookTooLong,
)

WORK = "tests.platform.compute.work"
LONG = 600.0
ROOT = Path(__file__).parents[3]


@pytest.fixture
def pool() -> Iterator[Pool]:
    made = Pool(waiting=2, memory=GIBIBYTE, warm=("decimal",))
    yield made
    made.close()


def gone(pid: int) -> bool:
    """Waits until the process has ended."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 60)[0])
    finally:
        os.close(handle)


def test_a_job_tells_how_far_it_is_and_gives_its_result(pool: Pool) -> None:
    told: list[int] = []
    assert pool.submit(f"{WORK}:double", 4, seconds=LONG, tell=told.append).result() == 8
    assert told == [4, 5]


def test_the_process_is_warm_and_stays(pool: Pool) -> None:
    assert pool.submit(f"{WORK}:warm", "decimal", seconds=LONG).result() is True
    first, second = (pool.submit(f"{WORK}:pid", None, seconds=LONG).result() for _ in range(2))
    assert first == second != os.getpid()


def test_what_the_job_raises_comes_back(pool: Pool) -> None:
    with pytest.raises(JobFailed, match="ValueError: no way"):
        pool.submit(f"{WORK}:refuse", None, seconds=LONG).result()
    with pytest.raises(JobFailed, match="ModuleNotFoundError"):
        pool.submit("tests.no_such:thing", None, seconds=LONG).result()


def test_cancel_kills_the_process_and_the_next_job_has_a_new_one(pool: Pool) -> None:
    pids: queue.Queue[int] = queue.Queue()
    job = pool.submit(f"{WORK}:forever", None, seconds=LONG, tell=pids.put)
    pid = pids.get(timeout=60)
    job.cancel()
    with pytest.raises(CancelledError):
        job.result()
    assert gone(pid)
    assert pool.submit(f"{WORK}:pid", None, seconds=LONG).result() != pid


def test_a_cancelled_job_never_delivers(pool: Pool) -> None:
    done = pool.submit(f"{WORK}:double", 1, seconds=LONG)
    done.result()
    done.cancel()
    with pytest.raises(CancelledError):
        done.result()
    # and one that waits is never begun
    pids: queue.Queue[int] = queue.Queue()
    first = pool.submit(f"{WORK}:forever", None, seconds=LONG, tell=pids.put)
    pids.get(timeout=60)
    told: list[int] = []
    second = pool.submit(f"{WORK}:double", 1, seconds=LONG, tell=told.append)
    second.cancel()
    first.cancel()
    assert pool.submit(f"{WORK}:double", 2, seconds=LONG).result() == 4
    assert told == []
    with pytest.raises(CancelledError):
        second.result()


def test_the_time_limit_kills(pool: Pool) -> None:
    pids: queue.Queue[int] = queue.Queue()
    pool.submit(f"{WORK}:pid", None, seconds=LONG).result()
    job = pool.submit(f"{WORK}:forever", None, seconds=0.5, tell=pids.put)
    with pytest.raises(TookTooLong):
        job.result()
    assert pool.submit(f"{WORK}:double", 3, seconds=LONG).result() == 6


def test_it_survives_a_process_that_is_killed(pool: Pool) -> None:
    with pytest.raises(ProcessDied):
        pool.submit(f"{WORK}:crash", None, seconds=LONG).result()
    pid = pool.submit(f"{WORK}:pid", None, seconds=LONG).result()
    os.kill(pid, signal.SIGKILL)  # while nothing runs
    assert gone(pid)
    assert pool.submit(f"{WORK}:double", 5, seconds=LONG).result() == 10


def test_memory_has_an_end(pool: Pool) -> None:
    with pytest.raises(JobFailed, match="MemoryError"):
        pool.submit(f"{WORK}:eat", 2 * GIBIBYTE, seconds=LONG).result()
    assert pool.submit(f"{WORK}:eat", 1 << 20, seconds=LONG).result() == 1 << 20


def test_the_line_has_an_end(pool: Pool) -> None:
    pids: queue.Queue[int] = queue.Queue()
    running = pool.submit(f"{WORK}:forever", None, seconds=LONG, tell=pids.put)
    pids.get(timeout=60)
    waiting = [pool.submit(f"{WORK}:double", n, seconds=LONG) for n in (1, 2)]
    with pytest.raises(PoolBusy, match="2 jobs wait already"):
        pool.submit(f"{WORK}:double", 3, seconds=LONG)
    running.cancel()
    assert [one.result() for one in waiting] == [2, 4]


def test_what_tell_raises_ends_the_job(pool: Pool) -> None:
    def stop(_value: int) -> None:
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        pool.submit(f"{WORK}:double", 3, seconds=LONG, tell=stop).result()
    assert pool.submit(f"{WORK}:double", 5, seconds=LONG).result() == 10


def test_close_ends_what_runs() -> None:
    pool = Pool()
    pids: queue.Queue[int] = queue.Queue()
    job = pool.submit(f"{WORK}:forever", None, seconds=LONG, tell=pids.put)
    pid = pids.get(timeout=60)
    pool.close()
    assert gone(pid)
    with pytest.raises(CancelledError):
        job.result()


def test_nothing_computes_on_when_its_starter_was_killed() -> None:
    """Even a job that holds Python's lock the whole time."""
    starter = subprocess.Popen(
        [sys.executable, "-m", f"{WORK}"], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert starter.stdout is not None
    pid = int(starter.stdout.readline())
    starter.kill()
    starter.wait()
    starter.stdout.close()
    assert gone(pid)
