"""One pool for several processes, reached through a socket."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.engines.tours.days import random_day
from tests.platform.compute.test_pool import LONG, WORK, gone

from wesprint.engines.tours import Settings, Solution
from wesprint.platform.compute import service, tours
from wesprint.platform.compute.pool import GIBIBYTE, JobFailed, Status, TookTooLong

SMALL = {"processes": 1, "waiting": 2, "memory": 4 * GIBIBYTE, "warm": ("decimal",)}


@pytest.fixture
def running(tmp_path: Path, settings: Any, monkeypatch: Any) -> Iterator[service.Service]:
    """As `wesprint serve` starts it, in a thread."""
    settings.COMPUTE = SMALL
    place = Path("/tmp") / f"wesprint-test-{os.getpid()}"  # noqa: S108 - short enough for a socket
    monkeypatch.setenv(service.SOCKET, str(place))
    made = service.Service(place)
    thread = threading.Thread(target=made.run, daemon=True)
    thread.start()
    yield made
    made.close()
    assert not place.exists()


@pytest.mark.usefixtures("running")
def test_a_caller_hears_how_far_it_is_and_gets_the_answer() -> None:
    told: list[int] = []
    assert service.call(f"{WORK}:double", 4, seconds=LONG, tell=told.append) == 8
    assert told == [4, 5]
    with pytest.raises(JobFailed, match="ValueError: no way"):
        service.call(f"{WORK}:refuse", None, seconds=LONG)
    with pytest.raises(TookTooLong):
        service.call(f"{WORK}:forever", None, seconds=0.2)
    assert service.call(f"{WORK}:double", 1, seconds=LONG) == 2
    assert service.status() == Status(processes=1, ready=1, running=0, waiting=0)


@pytest.mark.usefixtures("running")
def test_who_hangs_up_ends_the_job() -> None:
    pids: queue.Queue[int] = queue.Queue()

    def stop(pid: int) -> None:
        pids.put(pid)
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        service.call(f"{WORK}:forever", None, seconds=LONG, tell=stop)
    assert gone(pids.get())
    assert service.call(f"{WORK}:double", 3, seconds=LONG) == 6


def test_a_service_that_is_not_there_is_said(monkeypatch: Any) -> None:
    monkeypatch.setenv(service.SOCKET, "/nowhere/compute")
    monkeypatch.setattr(service, "_PATIENCE", 0.0)
    assert service.status() is None
    with pytest.raises(service.Unreachable):
        service._connected("/nowhere/compute", patience=0.0)


@pytest.mark.usefixtures("running")
def test_tours_are_planned_on_both_cores_and_mended_there() -> None:
    problem = random_day(3, clients=8)
    told: list[float] = []
    found = tours.plan(
        problem, Settings(None, 20, rounds=2), tell=lambda one: told.append(one.cost)
    )
    assert (found.report.sound, found.left_out, len(told)) == (True, {}, 2)
    assert tours.tidy_tour(problem, found.solution, 0).more <= 0
    answer = tours.insert(problem, Solution(()))
    assert (answer.report.sound, answer.left_out) == (True, {})
