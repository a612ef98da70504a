"""A connection to one numeric address that ends at a given moment, whatever the other side does.

The usual time limit of a socket begins anew with every byte, so somebody who sends one byte a
second keeps it open for ever; here each wait gets only what is left of the whole.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from wesprint.platform.fetch.addresses import Target


@dataclass(frozen=True, slots=True)
class Deadline:
    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        return cls(time.monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds; raises TimeoutError when there are none."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time for this answer is over")
        return left


class _Received(io.RawIOBase):
    """What arrives, as a file."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock, self._deadline = sock, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._deadline.left)
        return self._sock.recv_into(buffer)


class _Line:
    """As much of a socket as http.client asks for."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock, self._deadline = sock, deadline

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._deadline.left)
        self._sock.sendall(data)

    def makefile(self, *_args: object, **_kwargs: object) -> io.BufferedReader:
        return io.BufferedReader(_Received(self._sock, self._deadline))

    def close(self) -> None:
        """Http.client lets go as soon as it has read the head; the body is still to come."""


@contextmanager
def connection(
    target: Target, addresses: tuple[str, ...], deadline: Deadline
) -> Iterator[http.client.HTTPConnection]:
    """Connected to the first of the addresses that answers. Raises OSError (TimeoutError and
    ssl.SSLError are) when none does."""
    sock = _connected(target, addresses, deadline)
    try:
        if target.scheme == "https":
            sock.settimeout(deadline.left)
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=target.host)
        made = http.client.HTTPConnection(target.host, target.port)
        made.sock = _Line(sock, deadline)
        made.auto_open = 0  # never ask the name again
        yield made
    finally:
        sock.close()


def _connected(target: Target, addresses: tuple[str, ...], deadline: Deadline) -> socket.socket:
    trouble: OSError = ConnectionError("no address")
    for address in addresses:
        try:
            return socket.create_connection((address, target.port), timeout=deadline.left)
        except OSError as error:
            trouble = error
    raise trouble
