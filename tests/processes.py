"""Real processes for tests: the server, its database and a browser, without sleeping."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DEADLINE = 40.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wesprint_env(var: Path, database_url: str = "", **extra: str) -> dict[str, str]:
    """The environment of an installation of its own, free of the test's settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("WESPRINT_", "DJANGO_"))}
    kept.pop("DATABASE_URL", None)
    kept["WESPRINT_COMPUTE_PROCESSES"] = "0"  # loading solvers takes seconds; one test does
    kept |= {"WESPRINT_VAR": str(var), "WESPRINT_SECRET_KEY": "only-for-tests"}
    if database_url:
        kept["DATABASE_URL"] = database_url
    return kept | extra


def wesprint(*words: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the command line to its end."""
    command = [str(Path(sys.executable).with_name("wesprint")), *words]
    return subprocess.run(
        command, env=env, capture_output=True, text=True, timeout=300, check=False
    )


@dataclass
class Server:
    """A running `wesprint serve`."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """As a power cut would: no chance to finish anything."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def serving(env: dict[str, str], *, worker: bool = False) -> Iterator[Server]:
    """`wesprint serve` in a process group of its own, until the block ends."""
    port = free_port()
    url = f"http://localhost:{port}"
    var = Path(env["WESPRINT_VAR"])
    var.mkdir(parents=True, exist_ok=True)
    log = var / f"serve-{port}.log"
    command = [str(Path(sys.executable).with_name("wesprint")), "serve", "--port", str(port)]
    command += [] if worker else ["--no-worker"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            env=env | {"WESPRINT_URL": url},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_served(url, process, log)
        yield Server(url, process, log)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _wait_until_served(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:  # noqa: S310 - ours
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            _breathe()
    raise RuntimeError(f"not served within {DEADLINE} s:\n{log.read_text()[-3000:]}")


def _breathe() -> None:
    """Give the other process the core; the deadline above bounds the waiting."""
    os.sched_yield()
    signal.sigtimedwait([], 0.05)
