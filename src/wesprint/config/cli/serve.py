"""`wesprint serve`: pages and the work behind them, under one parent."""

from __future__ import annotations

import argparse
import contextlib
import errno
import http.client
import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wesprint.config.cli import output
from wesprint.config.cli.demo import is_demo
from wesprint.config.cli.processes import Child, GaveUp, Supervisor
from wesprint.kernel.errors import Conflict, Invalid, Unavailable

LOCAL = ("127.0.0.1", "localhost", "0.0.0.0", "::", "::1")  # noqa: S104 - compared, not bound
GIVE_UP_AFTER = 3
PORT_SECONDS = 1.5
PORTS = range(1, 65_536)
SERVED_AT = "served-at"  # as in wesprint.config.settings
SOLVERS = "WESPRINT_COMPUTE"  # as in wesprint.platform.compute.service
ERROR_CODES = range(2, 8)  # of kernel.errors: said by the child already


def add(commands: Any) -> None:
    parser = commands.add_parser(
        "serve",
        help="serve the pages, with a worker beside",
        description="Serves the pages and keeps a worker running beside them. Ctrl+C stops both.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    parser.add_argument(
        "--workers",
        type=int,
        default=min(2, os.cpu_count() or 1),
        help="web processes of 4 threads each (2, or 1 on a machine with one core)",
    )
    parser.add_argument(
        "--no-worker", action="store_true", help="no worker beside: it runs on its own elsewhere"
    )
    parser.add_argument(
        "--migrate", action="store_true", help="bring the database up to date first"
    )
    parser.add_argument("--reload", action="store_true", help="load changed code, for developers")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """This process stays small: the web child loads Django, once, and gets everything ready."""
    if given.port not in PORTS:
        raise Invalid(f"{given.port} is no port: choose one from 1 to 65535.")
    _check_port(given.host, given.port)
    _environment(given)
    supervisor = Supervisor()
    with _place_for_solvers() as place:
        opening = _Opening(given, supervisor, place)
        try:
            supervisor.run(tick=opening.tick)
        except GaveUp as end:
            return end.code
    output.say("WeSprint is closed.")
    return 0


def _check_port(host: str, port: int) -> None:
    """The web server would share a taken port in silence, so we look first; for a moment the
    children of a server that was just killed may still hold it."""
    deadline = time.monotonic() + PORT_SECONDS
    while error := _bind_error(host, port):
        if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
            raise _cannot_listen(host, port, error)
        time.sleep(0.1)


def _bind_error(host: str, port: int) -> OSError | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
    return None


def _cannot_listen(host: str, port: int, error: OSError) -> Conflict | Unavailable:
    if error.errno == errno.EADDRINUSE:
        return Conflict(
            f"Port {port} is taken: another server, perhaps this one, is running there.",
            next=f"Stop it, or choose another: wesprint serve --port {port + 1}",
        )
    return Unavailable(f"Cannot listen on {host}:{port}: {error.strerror}.")


def address(given: argparse.Namespace) -> str:
    """What to open in a browser on this machine: passkeys need a name, not a number."""
    host = "localhost" if given.host in LOCAL else given.host
    return f"http://{host}:{given.port}"


def _environment(given: argparse.Namespace) -> None:
    """Settings that follow from the command line; those that were given stand."""
    os.environ.setdefault("WESPRINT_URL", address(given))
    hosts = [*filter(None, os.environ.get("WESPRINT_HOSTS", "").split(",")), "localhost"]
    if given.host in LOCAL:
        hosts += ["127.0.0.1", "[::1]"]
    else:
        hosts.append(given.host)
    os.environ["WESPRINT_HOSTS"] = ",".join(dict.fromkeys(hosts))
    if is_demo(Path(os.environ.get("WESPRINT_VAR", "var"))):
        os.environ.setdefault("WESPRINT_DEMO", "1")


def _note_address() -> None:
    """So that `wesprint house list` and the like, typed beside it, print the same address."""
    with contextlib.suppress(OSError):
        path = Path(os.environ.get("WESPRINT_VAR", "var")) / SERVED_AT
        path.write_text(os.environ["WESPRINT_URL"])


@contextlib.contextmanager
def _place_for_solvers() -> Iterator[str]:
    """Where the solvers listen, in a folder of this user alone: a path in VAR may be too long for
    a socket. Empty: none are wanted."""
    if os.environ.get("WESPRINT_COMPUTE_PROCESSES") == "0":
        yield ""
        return
    with tempfile.TemporaryDirectory(prefix="wesprint-") as folder:
        os.environ[SOLVERS] = str(Path(folder) / "compute")
        yield os.environ[SOLVERS]


def _compute_command(place: str) -> list[str]:
    return [sys.executable, "-m", "wesprint.config.cli.compute", "--at", place]


def _web_command(given: argparse.Namespace) -> list[str]:
    command = [sys.executable, "-m", "wesprint.config.cli.web", "--host", given.host]
    command += ["--port", str(given.port), "--workers", str(given.workers)]
    command += ["--migrate"] if given.migrate else []
    return [*command, "--reload"] if given.reload else command


def _worker_command(count: int) -> list[str]:
    """Every start has a name of its own and takes over the tasks of the one before."""
    name = f"{socket.gethostname()[:30]}-{os.getpid()}"
    command = [sys.executable, "-m", "wesprint.config.cli.work", "--name", f"{name}-{count}"]
    return [*command, "--replaces", f"{name}-{count - 1}"] if count else command


class _Opening:
    """First the pages, then solvers and worker; says the address once the pages really answer."""

    def __init__(self, given: argparse.Namespace, supervisor: Supervisor, place: str) -> None:
        self._given, self._supervisor, self._open = given, supervisor, False
        self._place = place
        self._web = Child("web", lambda _count: _web_command(given), gives_up_with=ERROR_CODES)

    def tick(self) -> None:
        if not self._supervisor.children:
            self._supervisor.start(self._web)
        if self._open:
            return
        if self._answers():
            self._open = True
            _note_address()
            self._web.gives_up_with = range(0)  # from now on it is started again, always
            output.say(f"WeSprint is open: {os.environ['WESPRINT_URL']}   (Ctrl+C closes it)")
            if self._place:
                command = _compute_command(self._place)
                self._supervisor.start(Child("compute", lambda _count: command))
            if not self._given.no_worker:
                self._supervisor.start(Child("worker", _worker_command))
        elif self._web.quick_deaths >= GIVE_UP_AFTER:
            raise Unavailable("The web server does not start.", next="Its reason stands above.")

    def _answers(self) -> bool:
        host = self._given.host if self._given.host not in ("0.0.0.0", "::") else "127.0.0.1"  # noqa: S104 - asks itself, binds nothing
        link = http.client.HTTPConnection(host, self._given.port, timeout=2)
        try:
            link.request("GET", "/health", headers={"Host": "localhost"})
            return link.getresponse().status in (200, 503)
        except OSError:
            return False
        finally:
            link.close()
