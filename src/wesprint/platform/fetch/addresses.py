"""Which addresses may be asked at all: public ones on the web's two ports."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Thread
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import DomainError, Invalid, Refused, Unavailable

PORTS = {"http": 80, "https": 443}
LONGEST = 2000
NOTHING_FETCHED = _("Nothing was fetched.")
_PROTOCOLS = ipaddress.ip_network("192.0.0.0/24")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
IP = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """One address on the web. host: in ASCII, as sent and as the certificate names it."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"


def target_of(url: str) -> Target:
    """Raises Invalid for what is no address on the web, Refused for another port."""
    text = url.strip()
    if not text.isprintable() or " " in text or len(text) > LONGEST:
        raise _no_address()
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _no_address() from None
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
        raise _no_address()
    made = Target(
        parts.scheme, _ascii(parts.hostname), port or PORTS[parts.scheme], _path_of(parts)
    )
    if made.port != PORTS[made.scheme] and made.port not in settings.FETCH_LOOPBACK_PORTS:
        raise _other_port()
    return made


def _ascii(host: str) -> str:
    if ":" in host:  # IPv6; a zone ("%eth0") names an interface of this machine
        return host
    try:
        return host.rstrip(".").encode("idna").decode()
    except UnicodeError:
        raise _no_address() from None


def _path_of(parts: SplitResult) -> str:
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return "".join(sign if sign.isascii() else _quoted(sign) for sign in path)


def _quoted(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode())


def addresses_of(target: Target, seconds: float) -> tuple[str, ...]:
    """The numeric addresses behind the name, all of them public. Asked once: who connects
    takes one of these and never asks again, so the name cannot change in between.

    Raises Refused as soon as one of them is not public, Unavailable without an answer.
    """
    found = tuple(dict.fromkeys(_resolved(target, seconds)))
    if not found:
        raise not_found()
    for address in found:
        if not (is_public(address) or _is_test_server(address, target.port)):
            raise _private()
    return found


def _resolved(target: Target, seconds: float) -> list[str]:
    """In a thread, because the system's resolver keeps its own, longer time."""
    answer: Queue[list[str]] = Queue(1)

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
            answer.put([str(row[4][0]) for row in rows])
        except (OSError, UnicodeError):
            answer.put([])

    Thread(target=ask, daemon=True).start()
    try:
        return answer.get(timeout=max(seconds, 0.01))
    except Empty:
        raise not_found() from None


def is_public(address: str) -> bool:
    """Whether everybody on the internet may reach it: no private, local, shared, reserved or
    group address, however it is wrapped."""
    try:
        ip = _unwrapped(ipaddress.ip_address(address))
    except ValueError:
        return False
    closed = (
        ip.is_private,
        ip.is_loopback,
        ip.is_link_local,
        ip.is_multicast,
        ip.is_reserved,
        ip.is_unspecified,
        ip in _PROTOCOLS,
        getattr(ip, "is_site_local", False),
    )
    return ip.is_global and not any(closed)


def _unwrapped(ip: IP) -> IP:
    """The IPv4 address that an IPv6 address only carries."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    teredo = ip.teredo[1] if ip.teredo else None
    return ip.ipv4_mapped or ip.sixtofour or teredo or ip


def _is_test_server(address: str, port: int) -> bool:
    return port in settings.FETCH_LOOPBACK_PORTS and ipaddress.ip_address(address).is_loopback


def _no_address() -> Invalid:
    return Invalid(
        _("This is not an address on the web."),
        kept=NOTHING_FETCHED,
        next=_("Please copy it from the address line of your browser: https://…"),
        field="url",
        code="no-address",
    )


def _other_port() -> Refused:
    return Refused(
        _("We only ask the usual ports of the web (80 and 443)."),
        kept=NOTHING_FETCHED,
        next=_("Please give an address without a port."),
        field="url",
        code="other-port",
    )


def _private() -> DomainError:
    return Refused(
        _("This address lies inside a network and not on the public web."),
        kept=NOTHING_FETCHED,
        next=_("Please give an address that everybody can open."),
        field="url",
        code="private-address",
    )


def not_found() -> Unavailable:
    return Unavailable(
        _("Nothing answers at this address."),
        kept=NOTHING_FETCHED,
        next=_("Please open it in a browser first, then try again."),
        field="url",
        code="no-answer",
    )
