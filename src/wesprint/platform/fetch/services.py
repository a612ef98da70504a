"""Fetching: only public addresses, only so much, only so long.

The caller may be anybody's wish ("read my shop's feed every day"), so every redirect is looked
at like the first address, and what is packed is unpacked only up to the same limit.
"""

from __future__ import annotations

import http.client
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import Refused, Unavailable
from wesprint.platform.fetch.addresses import (
    NOTHING_FETCHED,
    Target,
    addresses_of,
    not_found,
    target_of,
)
from wesprint.platform.fetch.sockets import Deadline, connection

CHUNK = 64 * 1024
REDIRECTS = {301, 302, 303, 307, 308}
NOT_MODIFIED = 304
USER_AGENT = "WeSprint"


@dataclass(frozen=True, slots=True)
class Limits:
    """bytes: of the unpacked answer; seconds: for everything together, redirects included."""

    bytes: int = 5_000_000
    seconds: float = 30
    redirects: int = 4


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer's body; `cut`: it was longer than allowed and ends early. `unchanged`: the
    other side says that it is still what `etag` names, and sends nothing."""

    url: str
    content_type: str
    body: bytes
    etag: str = ""
    cut: bool = False
    unchanged: bool = False


def fetch(url: str, *, accept: str = "*/*", etag: str = "", limits: Limits = Limits()) -> Fetched:
    """Get `url`; never inside a transaction, because it may take its time.

    Raises Invalid for what is no address, Refused for one that is not public, Unavailable for
    no answer, an answer too late, or one that says no.
    """
    deadline, asked = Deadline.after(limits.seconds), url
    headers = {"User-Agent": USER_AGENT, "Accept": accept, "Accept-Encoding": "gzip"}
    if etag:
        headers["If-None-Match"] = etag
    for _step in range(limits.redirects + 1):
        target = target_of(asked)
        answer = _ask(target, headers, limits, deadline)
        if isinstance(answer, Fetched):
            return answer
        asked = urljoin(target.url, answer)
    raise Refused(
        _("This address leads on and on and never arrives."),
        kept=NOTHING_FETCHED,
        next=_("Please give the address where it ends."),
        field="url",
        code="redirects",
    )


def _ask(
    target: Target, headers: dict[str, str], limits: Limits, deadline: Deadline
) -> Fetched | str:
    """The answer, or the address that it points to."""
    try:
        addresses = addresses_of(target, deadline.left)
        with connection(target, addresses, deadline) as line:
            line.request("GET", target.path, headers=headers)
            return _read(target, line.getresponse(), limits)
    except TimeoutError:
        raise _too_slow() from None
    except (OSError, http.client.HTTPException, zlib.error):
        raise not_found() from None


def _read(target: Target, answer: http.client.HTTPResponse, limits: Limits) -> Fetched | str:
    location = answer.headers.get("Location", "")
    if answer.status in REDIRECTS and location:
        return location
    etag = answer.headers.get("ETag", "")[:200]
    kind = answer.headers.get("Content-Type", "")[:200]
    if answer.status == NOT_MODIFIED:
        return Fetched(target.url, kind, b"", etag, unchanged=True)
    if not 200 <= answer.status < 300:
        raise _says_no(answer.status)
    body, cut = _body(answer, limits.bytes)
    return Fetched(target.url, kind, body, etag, cut)


def _body(answer: http.client.HTTPResponse, limit: int) -> tuple[bytes, bool]:
    """At most `limit` bytes, unpacked, and whether more would have come."""
    packed = answer.headers.get("Content-Encoding", "").strip().lower() in ("gzip", "x-gzip")
    parts, length = list[bytes](), 0
    for part in _unpacked(answer, limit) if packed else _plain(answer):
        parts.append(part)
        length += len(part)
        if length > limit:
            break
    whole = b"".join(parts)
    return whole[:limit], length > limit


def _plain(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    while part := answer.read(CHUNK):
        yield part


def _unpacked(answer: http.client.HTTPResponse, limit: int) -> Iterator[bytes]:
    """Never more at once than a chunk, however small it was packed."""
    unpack = zlib.decompressobj(wbits=31)
    for packed in _plain(answer):
        waiting = packed
        while waiting:
            yield unpack.decompress(waiting, CHUNK)
            waiting = unpack.unconsumed_tail
    yield unpack.decompress(unpack.unconsumed_tail, limit + 1)


def _too_slow() -> Unavailable:
    return Unavailable(
        _("The answer took too long."),
        kept=NOTHING_FETCHED,
        next=_("We try again later; please look whether the address opens quickly in a browser."),
        field="url",
        code="too-slow",
    )


def _says_no(status: int) -> Unavailable:
    return Unavailable(
        _("The other side answers with error %(status)s.") % {"status": status},
        kept=NOTHING_FETCHED,
        next=_("Please open the address in a browser and look what it says."),
        field="url",
        code="says-no",
    )
