"""Children that are watched, started again, and never left behind."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from wesprint.config.cli.output import complain

PARENT = "WESPRINT_PARENT"
_PR_SET_PDEATHSIG = 1
QUICK_DEATH_SECONDS = 10.0
LONGEST_PAUSE_SECONDS = 30.0
GRACE_SECONDS = 20.0


def die_with_parent(parent: int) -> None:
    """Ask the kernel to kill this process when `parent` is gone, however it went.

    Killed, not asked: whoever starts the house again at once needs the port, and every step
    of ours survives a power cut anyway.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it went while we were starting
        os.kill(os.getpid(), signal.SIGKILL)


def die_with_starter() -> None:
    """For a child of `serve`, which leaves its number in the environment."""
    if parent := os.environ.get(PARENT):
        die_with_parent(int(parent))


@dataclass
class Child:
    """One program. `command` gets the count of starts, so that each may have its own name."""

    name: str
    command: Callable[[int], Sequence[str]]
    environment: dict[str, str] = field(default_factory=dict)
    starts: int = 0
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    not_before: float = 0.0
    quick_deaths: int = 0
    gives_up_with: range = range(0)  # exit codes after which starting again would not help

    def start(self) -> None:
        environment = {**os.environ, **self.environment, PARENT: str(os.getpid())}
        # A group of its own: Ctrl+C reaches us alone, and we stop the children in order.
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and modules
            self.command(self.starts), env=environment, process_group=0
        )
        self.starts += 1
        self.started_at = time.monotonic()

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def note_death(self) -> None:
        """Longer pauses for a program that dies right after its start."""
        assert self.process is not None  # noqa: S101 - only called for one that had started
        lived = time.monotonic() - self.started_at
        self.quick_deaths = self.quick_deaths + 1 if lived < QUICK_DEATH_SECONDS else 0
        pause = min(0.5 * 2**self.quick_deaths, LONGEST_PAUSE_SECONDS) if self.quick_deaths else 0
        self.not_before = time.monotonic() + pause
        complain(f"{self.name} died (code {self.process.returncode}), again in {pause:g} s")
        self.process = None


class GaveUp(Exception):
    """A child said why it cannot run; `code` is its exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Supervisor:
    """Keeps children running until it is told to stop."""

    def __init__(self) -> None:
        self.children: list[Child] = []
        self._stopping = False

    def ask_to_stop(self, _signal: int = 0, _frame: object = None) -> None:
        self._stopping = True

    def start(self, child: Child) -> None:
        child.start()
        self.children.append(child)

    def run(self, *, tick: Callable[[], None]) -> None:
        """`tick` is called several times a second while everything runs; it may start more.
        Raises GaveUp."""
        signal.signal(signal.SIGTERM, self.ask_to_stop)
        signal.signal(signal.SIGINT, self.ask_to_stop)
        try:
            while not self._stopping:
                self._look_after()
                tick()
                time.sleep(0.1)
        finally:
            self._stop_all()

    def _look_after(self) -> None:
        for child in self.children:
            if child.process is not None and not child.is_running:
                if child.process.returncode in child.gives_up_with:
                    raise GaveUp(child.process.returncode)
                child.note_death()
            if child.process is None and time.monotonic() >= child.not_before:
                child.start()

    def _stop_all(self) -> None:
        running = [child.process for child in self.children if child.process and child.is_running]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in running:
            try:
                process.wait(max(deadline - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
