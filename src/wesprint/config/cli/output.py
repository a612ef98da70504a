"""What the command line says: one line for people, JSON for programs, bars on a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Step = Callable[[int, int, str], None]


def say(text: object) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: object) -> None:
    sys.stderr.write(f"wesprint: {text}\n")
    sys.stderr.flush()


def report(answer: dict[str, Any], text: str, *, as_json: bool) -> None:
    """The same answer for a person or for a program."""
    say(json.dumps(answer, ensure_ascii=False, default=str) if as_json else text)


def _silence(_done: int, _total: int, _message: str) -> None:
    """Nobody is watching."""


@contextmanager
def progress(title: str, *, quiet: bool = False) -> Iterator[Step]:
    """Yields `step(done, total, message)`: a bar on a terminal, silence elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield _silence
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[message]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None, message="")

        def step(done: int, total: int, message: str = "") -> None:
            bar.update(task, completed=done, total=total, message=message)

        yield step
