"""Tasks for the tests of the queue. Run in other processes too, so they live in a module."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from django_tasks import task


@task()
def note(path: str, text: str) -> str:
    """Append a line."""
    with Path(path).open("a") as handle:
        handle.write(f"{text} {os.getpid()}\n")
    return text


@task()
def fail(secret: str) -> None:
    raise ValueError(f"about {secret}")


@task()
def wait_for(started: str, goon: str) -> None:
    """Say that it began, then wait until somebody opens the fifo `goon` for writing."""
    note.func(started, "started")
    Path(goon).read_text()
    note.func(started, "finished")


@task()
def die_first(path: str) -> None:
    """Kill our own worker at the first attempt."""
    first = not Path(path).exists()
    note.func(path, "ran")
    if first:
        os.kill(os.getpid(), signal.SIGKILL)


@task()
def always_die(path: str) -> None:
    note.func(path, "ran")
    os.kill(os.getpid(), signal.SIGKILL)


@task()
def regular() -> None:
    """Something that comes again."""
