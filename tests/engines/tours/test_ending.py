"""Nothing plans on when nobody waits for it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
PLANNER = """
from tests.engines.tours.days import random_day
from wesprint.engines.tours import Settings, plan
if __name__ == "__main__":
    plan(random_day(1, clients=30), Settings(seconds=600, cores=2))
"""


def family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    own = [int(word) for word in children.read_text().split()] if children.exists() else []
    return [*own, *(one for child in own for one in family(child))]


def at_work(pid: int) -> bool:
    """It has computed for a while."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) > 100


def test_workers_end_with_whoever_planned(tmp_path: Path) -> None:
    script = tmp_path / "planner.py"
    script.write_text(PLANNER)
    planner = subprocess.Popen(
        [sys.executable, str(script)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,  # the tracker of semaphores notes what a kill leaves
    )
    try:
        while len(workers := [one for one in family(planner.pid) if at_work(one)]) < 2:
            assert planner.poll() is None
            signal.sigtimedwait([], 0.05)
        handles = [os.pidfd_open(one) for one in workers]
    finally:
        planner.kill()
        planner.wait()
    for handle in handles:
        assert select.select([handle], [], [], 60)[0]
        os.close(handle)
