"""Suppliers' feeds as they are on the web: huge, slow, hostile, on a private address, or fine."""

from __future__ import annotations

from typing import Any

import pytest
from tests.apps.goods.things import photo
from tests.apps.market.test_feeds import LAUGHS, RSS
from tests.platform.fetch.test_fetch import allow, send, shop
from tests.world import Town

from wesprint.apps.market import feeds, reading, services, tasks
from wesprint.apps.market.models import Listing, Supplier
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.errors import DomainError
from wesprint.platform.base.clock import use_clock
from wesprint.platform.fetch.services import Limits


def visit(town: Town, supplier: Supplier, url: str) -> str:
    services.set_feed(town.ctx(), supplier=supplier, url=url)
    supplier.refresh_from_db()
    return reading.read_feed(town.ctx(), supplier).feed_note


def answer_with(settings: Any, town: Town, supplier: Supplier, answer: Any) -> str:
    with shop(answer) as url:
        allow(settings, url)
        return visit(town, supplier, f"{url}/feed")


def test_a_feed_fills_the_window(town: Town, baker: Supplier, settings: Any) -> None:
    note = answer_with(settings, town, baker, lambda one: send(one, RSS.encode()))
    rows = Listing.objects.order_by("ref").values_list("ref", "title", "stock", "source")
    assert list(rows) == [("R1", "Roggenbrot", 6, "feed"), ("R3", "Hefezopf", 0, "feed")]
    assert note == (
        "2 neu, 0 durchgesehen, 0 weg. 1 wurde ausgelassen: Zopf – „USD 3“ ist kein Preis in Euro."
    )


def test_its_pictures_come_too(town: Town, baker: Supplier, settings: Any) -> None:
    def answer(one: Any) -> None:
        if one.path == "/bread.jpg":
            send(one, photo(80), Content_Type="image/jpeg")
        else:
            place = f"http://{one.headers['Host']}/bread.jpg"
            send(one, RSS.replace("https://korn.example/r1.jpg", place).encode())

    answer_with(settings, town, baker, answer)
    assert Listing.objects.get(ref="R1").pictures.count() == 1


@pytest.mark.parametrize("place", ["http://127.0.0.1/x.jpg", "http://169.254.169.254/", "x"])
def test_a_picture_from_inside_the_network_is_not_fetched(
    town: Town, baker: Supplier, settings: Any, place: str
) -> None:
    body = RSS.replace("https://korn.example/r1.jpg", place).encode()
    answer_with(settings, town, baker, lambda one: send(one, body))
    listing = Listing.objects.get(ref="R1")
    assert (listing.pictures.count(), listing.image_url) == (0, "")


def test_a_feed_that_has_not_changed_is_left_alone(
    town: Town, baker: Supplier, settings: Any
) -> None:
    def answer(one: Any) -> None:
        same = one.headers.get("If-None-Match") == '"1"'
        send(one, b"" if same else RSS.encode(), 304 if same else 200, ETag='"1"')

    with shop(answer) as url:
        allow(settings, url)
        visit(town, baker, url)
        baker.refresh_from_db()
        note = reading.read_feed(town.ctx(), baker).feed_note
    assert (note, Listing.objects.count()) == ("Nichts Neues.", 2)


def test_a_huge_feed_is_cut_and_says_so(
    town: Town, baker: Supplier, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"{number};Korb {number};9,00\n" for number in range(feeds.MOST + 50))
    note = answer_with(
        settings, town, baker, lambda one: send(one, f"id;titel;preis\n{rows}".encode())
    )
    assert Listing.objects.count() == feeds.MOST
    assert "Der Feed ist zu groß" in note


def test_what_a_cut_feed_no_longer_names_is_not_gone(
    town: Town, baker: Supplier, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = "".join(
        f"<item><id>{number:05}</id><title>Korb</title><price>9</price></item>"
        for number in range(100)
    )
    body = f"<rss><channel>{items}</channel></rss>".encode()
    answer_with(settings, town, baker, lambda one: send(one, body))
    monkeypatch.setattr(reading, "FEED", Limits(bytes=2000))
    answer_with(settings, town, baker, lambda one: send(one, body))
    assert Listing.objects.filter(state="shown").count() == 100


def test_a_slow_one_is_left_and_nothing_is_lost(
    town: Town, baker: Supplier, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.platform.fetch.test_fetch import _drip

    answer_with(settings, town, baker, lambda one: send(one, RSS.encode()))
    monkeypatch.setattr(reading, "FEED", Limits(seconds=0.3))
    note = answer_with(settings, town, baker, _drip(b"\r\n"))
    assert note.startswith("Die Antwort hat zu lange gedauert.")
    assert Listing.objects.filter(state="shown").count() == 2


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (LAUGHS.encode(), "Dieser Feed erklärt einen Dokumenttyp"),
        (b"<html><body>404</body></html>", "Das ist kein Produktfeed"),
        (b"", "Das ist kein Produktfeed"),
        (bytes(range(256)), "Das ist kein Produktfeed"),
    ],
)
def test_hostile_or_no_feed_at_all(
    town: Town, baker: Supplier, settings: Any, body: bytes, words: str
) -> None:
    note = answer_with(settings, town, baker, lambda one: send(one, body))
    assert (note.startswith(words), Listing.objects.count()) == (True, 0)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://10.0.0.1/feed", "http://[::1]/", "http://169.254.169.254/"]
)
def test_a_private_address_brings_nothing(town: Town, baker: Supplier, url: str) -> None:
    note = visit(town, baker, url)
    assert note.startswith("Diese Adresse liegt in einem inneren Netz")


@pytest.mark.parametrize("url", ["ftp://shop.example/", "http://shop.example:22/", "shop"])
def test_what_is_no_address_is_not_kept(town: Town, baker: Supplier, url: str) -> None:
    with pytest.raises(DomainError):
        services.set_feed(town.ctx(), supplier=baker, url=url)
    baker.refresh_from_db()
    assert baker.feed_url == ""


def test_each_due_feed_becomes_a_job_of_its_own(
    town: Town, baker: Supplier, clock: FixedClock
) -> None:
    services.set_feed(town.ctx(), supplier=baker, url="http://127.0.0.1/")
    assert tasks.read_feeds.call() == 1
    assert tasks.read_feed.call(baker.public_id).startswith("Diese Adresse liegt")
    assert tasks.read_feeds.call() == 0
    with use_clock(FixedClock(clock.at + tasks.READ_AGAIN * 2)):
        assert tasks.read_feeds.call() == 1
    services.end_supplier(town.ctx(), supplier=baker)
    assert tasks.read_feed.call(baker.public_id) == ""
