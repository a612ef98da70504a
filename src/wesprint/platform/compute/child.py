"""The process that computes: imports first, then one job after the other until it is killed."""

from __future__ import annotations

import ctypes
import importlib
import os
import resource
import signal
from multiprocessing.connection import Connection

_PR_SET_PDEATHSIG = 1
_NICE = 5


def serve(pipe: Connection, starter: int, warm: tuple[str, ...], memory: int) -> None:
    """memory: bytes of address space. Answers are ("told" | "done" | "failed", value)."""
    _die_with(starter)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICE)
    for module in warm:
        importlib.import_module(module)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    pipe.send(("ready", None))
    while True:
        try:
            function, argument = pipe.recv()
        except EOFError:
            return
        pipe.send(_answer(pipe, function, argument))


def _answer(pipe: Connection, function: str, argument: object) -> tuple[str, object]:
    module, _colon, name = function.partition(":")
    try:
        call = getattr(importlib.import_module(module), name)
        return "done", call(argument, lambda value: pipe.send(("told", value)))
    except Exception as error:
        return "failed", f"{type(error).__name__}: {error}"


def _die_with(starter: int) -> None:
    """Linux tells a child of its starter's death; elsewhere it ends with its pipe."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    except (AttributeError, OSError):
        return
    if os.getppid() != starter:
        os._exit(1)
