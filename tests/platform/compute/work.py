"""What the processes of the tests compute; and a starter that can be killed."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

Tell = Callable[[Any], None]


def double(number: int, tell: Tell) -> int:
    tell(number)
    tell(number + 1)
    return 2 * number


def pid(_argument: object, _tell: Tell) -> int:
    return os.getpid()


def warm(module: str, _tell: Tell) -> bool:
    return module in sys.modules


def forever(_argument: object, tell: Tell) -> None:
    tell(os.getpid())
    while True:
        pass


def crash(_argument: object, _tell: Tell) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def refuse(_argument: object, _tell: Tell) -> None:
    raise ValueError("no way")


def eat(size: int, _tell: Tell) -> int:
    return len(bytearray(size))


if __name__ == "__main__":
    from wesprint.platform.compute.pool import Pool

    running = Pool().submit(
        "tests.platform.compute.work:forever",
        None,
        seconds=600,
        tell=lambda n: os.write(1, b"%d\n" % n),
    )
    running.result()
