"""An address that somebody typed: what is asked, what is not, and for how long."""

from __future__ import annotations

import gzip
import http.server
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from wesprint.kernel.errors import DomainError, Invalid, Refused, Unavailable
from wesprint.platform.fetch.addresses import is_public, target_of
from wesprint.platform.fetch.services import Limits, fetch

PAUSE = threading.Event()
Answer = Callable[[Any], None]


@contextmanager
def shop(answer: Answer) -> Iterator[str]:
    """A real server on a port of this machine; `answer` writes to the handler."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                answer(self)
            except OSError:
                self.close_connection = True

        def log_message(self, *_args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def send(handler: Any, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content_Type": "text/xml", **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def allow(settings: Any, *urls: str) -> None:
    settings.FETCH_LOOPBACK_PORTS = frozenset(int(url.rsplit(":", 1)[1]) for url in urls)


def code_of(work: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as caught:
        work()
    return caught.value.code


def test_what_a_shop_answers(settings: Any) -> None:
    with shop(lambda one: send(one, b"<rss/>", ETag='"7"')) as url:
        allow(settings, url)
        found = fetch(f"{url}/feed.xml?a=1")
    assert (found.body, found.content_type, found.etag) == (b"<rss/>", "text/xml", '"7"')
    assert (found.cut, found.unchanged, found.url) == (False, False, f"{url}/feed.xml?a=1")


def test_what_has_not_changed_is_not_sent_again(settings: Any) -> None:
    def answer(one: Any) -> None:
        same = one.headers.get("If-None-Match") == '"7"'
        send(one, b"" if same else b"<rss/>", 304 if same else 200, ETag='"7"')

    with shop(answer) as url:
        allow(settings, url)
        found = fetch(url, etag='"7"')
    assert (found.unchanged, found.body) == (True, b"")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://shop.example/feed",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "//shop.example",
        "shop.example",
        "http://user:secret@shop.example/",
        "http://shop.example:99999/",
        "http://shop.example/a b",
        "http://shop.example/\r\nHost: other",
        "http://[::1",
        f"http://shop.example/{'a' * 2000}",
        "",
    ],
)
def test_what_is_no_address_on_the_web(url: str) -> None:
    with pytest.raises(Invalid) as caught:
        target_of(url)
    assert caught.value.code == "no-address"


def test_other_ports_are_not_asked() -> None:
    for url in ("http://shop.example:8080/", "https://shop.example:25/", "http://x.example:443/"):
        with pytest.raises(Refused) as caught:
            target_of(url)
        assert caught.value.code == "other-port"


def test_umlauts_in_names_and_paths() -> None:
    assert target_of("https://müller.example/körbe?q=ä").url == (
        "https://xn--mller-kva.example/k%C3%B6rbe?q=%C3%A4"
    )


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1",  # noqa: S104
        "169.254.169.254", "100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:c0a8:101::1", "2001:db8::1", "::7f00:1",
        "fe80::1%eth0", "not-an-address",
    ],
)  # fmt: skip
def test_addresses_inside_networks_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["9.9.9.9", "185.199.108.153", "2606:4700::6810:84e5"])
def test_addresses_of_everybody_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/",
    ],
)
def test_however_it_is_written_this_machine_is_not_asked(url: str) -> None:
    with pytest.raises(Refused) as caught:
        fetch(url)
    assert caught.value.code == "private-address"


def test_a_redirect_into_the_network_is_looked_at_like_the_first(
    settings: Any,
) -> None:
    with shop(lambda one: send(one, b"", 302, Location="http://169.254.169.254/")) as url:
        allow(settings, url)
        assert code_of(lambda: fetch(url)) == "private-address"


def test_a_redirect_to_another_port_or_scheme_is_refused(settings: Any) -> None:
    for place, code in (("http://127.0.0.1:1/", "other-port"), ("file:///etc", "no-address")):
        with shop(lambda one, place=place: send(one, b"", 301, Location=place)) as url:
            allow(settings, url)
            assert code_of(lambda url=url: fetch(url)) == code


def test_redirects_are_followed_a_few_times(settings: Any) -> None:
    def answer(one: Any) -> None:
        steps = int(one.path.strip("/"))
        send(one, b"here", 200) if not steps else send(one, b"", 302, Location=f"/{steps - 1}")

    with shop(answer) as url:
        allow(settings, url)
        assert fetch(f"{url}/3").body == b"here"
        assert code_of(lambda: fetch(f"{url}/9")) == "redirects"


def test_what_is_too_long_is_cut(settings: Any) -> None:
    with shop(lambda one: send(one, b"x" * 400_000)) as url:
        allow(settings, url)
        found = fetch(url, limits=Limits(bytes=100_000))
    assert (len(found.body), found.cut) == (100_000, True)


def test_packed_answers_are_unpacked(settings: Any) -> None:
    words = b"Korb " * 50_000
    with shop(lambda one: send(one, gzip.compress(words), Content_Encoding="gzip")) as url:
        allow(settings, url)
        assert fetch(url).body == words


def test_a_bomb_is_unpacked_only_up_to_the_limit(settings: Any) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    with shop(lambda one: send(one, bomb, Content_Encoding="gzip")) as url:
        allow(settings, url)
        found = fetch(url, limits=Limits(bytes=200_000))
    assert (len(found.body), found.cut, len(bomb) < 60_000) == (200_000, True, True)


def test_what_only_claims_to_be_packed_is_no_answer(settings: Any) -> None:
    with shop(lambda one: send(one, b"not packed", Content_Encoding="gzip")) as url:
        allow(settings, url)
        assert code_of(lambda: fetch(url)) == "no-answer"


def _drip(part: bytes) -> Answer:
    def answer(one: Any) -> None:
        one.wfile.write(b"HTTP/1.0 200 OK\r\n" + part)
        for _step in range(200):
            one.wfile.write(b"a")
            one.wfile.flush()
            PAUSE.wait(0.02)

    return answer


@pytest.mark.parametrize("part", [b"X-Slow: ", b"\r\n"], ids=["in the head", "in the body"])
def test_a_byte_now_and_then_does_not_keep_us(settings: Any, part: bytes) -> None:
    with shop(_drip(part)) as url:
        allow(settings, url)
        began = time.monotonic()
        assert code_of(lambda: fetch(url, limits=Limits(seconds=0.4))) == "too-slow"
        assert time.monotonic() - began < 2


@pytest.mark.parametrize("status", [401, 404, 500])
def test_a_no_is_told_with_its_number(settings: Any, status: int) -> None:
    with shop(lambda one: send(one, b"", status)) as url:
        allow(settings, url)
        with pytest.raises(Unavailable) as caught:
            fetch(url)
    assert (caught.value.code, str(status) in str(caught.value.what)) == ("says-no", True)


def test_nobody_there(settings: Any) -> None:
    with shop(lambda one: send(one, b"")) as url:
        allow(settings, url)
    assert code_of(lambda: fetch(url)) == "no-answer"
    assert code_of(lambda: fetch("http://no-such-host.invalid/")) == "no-answer"


def test_what_speaks_another_language_is_no_answer(settings: Any) -> None:
    with shop(lambda one: one.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")) as url:
        allow(settings, url)
        assert code_of(lambda: fetch(url)) == "no-answer"
