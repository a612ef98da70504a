"""The shelf's page: filters, pages by key, what other rooms add, machines."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from tests.apps.goods.things import photo, sideboard
from tests.world import Town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import Item
from wesprint.apps.goods.presenters.shelf import before_buying, in_words, sections
from wesprint.apps.goods.selectors import catalogue
from wesprint.apps.goods.selectors.counter import today_tree
from wesprint.apps.goods.services.weight import Weight
from wesprint.apps.goods.wanted import Wanted, from_text
from wesprint.kernel.clock import FixedClock
from wesprint.platform.base.clock import now, use_clock
from wesprint.platform.files.services import prepare
from wesprint.platform.organisations.models import Centre
from wesprint.web.rooms import BeforeBuying, Instead, Room, ShelfCard, ShelfQuery, ShelfSection

SHELF = "/z/kaufhaus/warenhaus/"


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def three(town: Town, clock: FixedClock) -> dict[str, Item]:
    """A cheap light book, a sideboard with photo, and a heavy wardrobe of last week."""
    made = {}
    with use_clock(FixedClock(clock.at - timedelta(days=3))):
        made["wardrobe"] = sideboard(
            town,
            category="wardrobe",
            title="Bauernschrank",
            grade="C",
            weight=Weight(80_000, "measured"),
            price_cents=18_000,
        )
    made["sideboard"] = sideboard(town, photos=(prepare(photo()),))
    made["book"] = sideboard(
        town,
        category="books",
        title="Krimis",
        grade="A",
        weight=Weight(2_000, "measured"),
        price_cents=0,
    )
    return made


def found(town: Town, three: dict[str, Item], query: str) -> set[str]:
    tree = today_tree(town.centre, now())
    page = catalogue.shelf(town.centre, tree, from_text(query), now())
    names = {item.public_id: name for name, item in three.items()}
    assert page.hits == len(page.cards)
    return {names[card.item.public_id] for card in page.cards}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"wardrobe", "sideboard", "book"}),
        ("art=furniture", {"wardrobe", "sideboard"}),
        ("sorte=wardrobe", {"wardrobe"}),
        ("zustand=B", {"sideboard", "book"}),
        ("preis=frei", {"book"}),
        ("preis=50-150", {"sideboard"}),
        ("preis=ab-150", {"wardrobe"}),
        ("groesse=S", {"book"}),
        ("groesse=L", {"sideboard"}),
        ("groesse=XL", {"wardrobe"}),
        ("neu=heute", {"sideboard", "book"}),
        ("neu=woche", {"wardrobe", "sideboard", "book"}),
        ("foto=1", {"sideboard"}),
        ("q=krimi&preis=frei", {"book"}),
        ("q=krimi&preis=ab-150", set()),
        ("art=furniture&zustand=C&groesse=XL&preis=ab-150", {"wardrobe"}),
    ],
)
def test_filters(town: Town, three: dict[str, Item], query: str, names: set[str]) -> None:
    assert found(town, three, query) == names


def test_the_page_keeps_its_filters_and_takes_each_away(
    town: Town, three: dict[str, Item], client: Client
) -> None:
    page = text(client.get(f"{SHELF}?preis=50-150&zustand=B&q=sideboard"))
    assert "1 Stück" in page
    assert f'href="{SHELF}?q=sideboard&amp;zustand=B"' in page
    assert f'href="{SHELF}?zustand=B&amp;preis=50-150"' in page
    assert f'href="{SHELF}merken/?q=sideboard&amp;zustand=B&amp;preis=50-150"' in page
    assert '<input type="hidden" name="preis" value="50-150">' in page


def test_the_next_page_keeps_the_filters_and_misses_nothing(town: Town, client: Client) -> None:
    made = {sideboard(town, price_cents=2500).public_id for _number in range(catalogue.PAGE + 3)}
    seen: list[str] = []
    address = f"{SHELF}?preis=20-50"
    while address:
        page = text(client.get(address))
        seen += re.findall(r'ws-good__title" href="[^"]*/(\w{10})/"', page)
        more = re.search(r'id="ws-more"><a class="ws-btn" href="([^"]+)"', page)
        address = more[1].replace("&amp;", "&") if more else ""
    assert (len(seen), set(seen)) == (catalogue.PAGE + 3, made)


def test_more_than_can_be_counted_is_said_so(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "COUNTED_AT_MOST", 25)
    for _number in range(27):
        sideboard(town)
    tree = today_tree(town.centre, now())
    assert catalogue.shelf(town.centre, tree, Wanted(), now()).hits == 26


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("query", ["", "?art=furniture&zustand=B&preis=50-150&foto=1"])
def test_a_page_takes_six_questions(
    town: Town,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    count: int,
    query: str,
) -> None:
    for _number in range(count):
        sideboard(town, photos=(prepare(photo()),))
    client.get(SHELF)  # the day's tree is read once
    with django_assert_max_num_queries(6):
        client.get(SHELF + query)


def test_nothing_found_offers_to_watch(town: Town, client: Client) -> None:
    page = text(client.get(f"{SHELF}?q=zeppelin"))
    assert "Nichts davon im Regal" in page or "Bescheid geben, wenn so etwas kommt" in page
    assert f'{SHELF}merken/?q=zeppelin"' in page


def test_other_rooms_add_repair_before_borrow_and_their_goods() -> None:
    centre = Centre(slug="kaufhaus", name="Kaufhaus")
    asked: list[ShelfQuery] = []

    def offers(_centre: Centre, query: ShelfQuery) -> list[BeforeBuying]:
        asked.append(query)
        return [
            BeforeBuying(Instead.BORROW, "Leihen", "im Leihladen", "/leihen/"),
            BeforeBuying(Instead.REPAIR, "Reparieren", "in der Werkstatt", "/werkstatt/"),
        ]

    def goods(_centre: Centre, _query: ShelfQuery) -> list[ShelfSection]:
        card = ShelfCard("Brett", "/m/1/", cents=900)
        return [ShelfSection("Aus der Stadt", [card], url="/m/"), ShelfSection("Leer", [])]

    rooms = [Room("silent", "Silent"), Room("loud", "Loud", shelf=goods, before_buying=offers)]
    query = ShelfQuery("bohrer", ("power-tool",))
    assert [one["title"] for one in before_buying(centre, query, rooms)] == [
        "Reparieren",
        "Leihen",
    ]
    assert asked == [query]
    (part,) = sections(centre, query, rooms)
    assert (part["title"], part["cards"][0]["title"], part["cards"][0]["cents"]) == (
        "Aus der Stadt",
        "Brett",
        900,
    )


def test_a_search_in_words(town: Town) -> None:
    tree = today_tree(town.centre, now())
    wanted = Wanted(words="Kommode", group="furniture", price="20-50", photo=True)
    assert in_words(tree, wanted) == "„Kommode“, Möbel, 20,00 € – 50,00 €, mit Foto"
    assert in_words(tree, Wanted()) == "alles Neue"


def test_the_feed_says_what_is_new(town: Town, three: dict[str, Item], client: Client) -> None:
    answer = client.get(f"{SHELF}neu.atom?zustand=B")
    assert answer.headers["Content-Type"] == "application/atom+xml"
    feed = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    atom = {"a": "http://www.w3.org/2005/Atom"}
    titles = [one.text for one in feed.findall("a:entry/a:title", atom)]
    assert titles == ["Krimis", "Sideboard aus Eiche"]
    links = [one.attrib["href"] for one in feed.findall("a:entry/a:link", atom)]
    assert links[0].endswith(f"{SHELF}{three['book'].public_id}/")


def test_machines_find_every_thing_by_its_month(
    town: Town, three: dict[str, Item], client: Client
) -> None:
    index = text(client.get("/sitemap.xml"))
    assert re.findall(r"<loc>http://testserver(.*?)</loc>", index) == [
        "/sitemap-seiten.xml",
        f"{SHELF}sitemap-2026-11.xml",
    ]
    things = text(client.get(f"{SHELF}sitemap-2026-11.xml"))
    assert set(re.findall(r"/warenhaus/(\w{10})/</loc>", things)) == {
        item.public_id for item in three.values()
    }
    assert client.get(f"{SHELF}sitemap-2026-10.xml").status_code == 404
    assert client.get(f"{SHELF}sitemap-unsinn.xml").status_code == 404


def test_one_thing_speaks_to_machines(town: Town, three: dict[str, Item], client: Client) -> None:
    item = three["sideboard"]
    page = text(client.get(f"{SHELF}{item.public_id}/"))
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert block is not None
    data = json.loads(block[1])
    assert (data["@type"], data["itemCondition"]) == (
        "Product",
        "https://schema.org/UsedCondition",
    )
    assert {key: data["offers"][key] for key in ("price", "priceCurrency", "availability")} == {
        "price": "55.00",
        "priceCurrency": "EUR",
        "availability": "https://schema.org/InStoreOnly",
    }
    assert '<meta property="og:title" content="Sideboard aus Eiche">' in page
    assert re.search(r'<meta property="og:image" content="http[^"]+/foto/', page)


def test_a_thing_that_was_sold_meanwhile_says_so_and_shows_others(
    town: Town, three: dict[str, Item], client: Client
) -> None:
    item = three["sideboard"]
    services.hand_over(town.ctx("cashier"), item=item, price_cents=5500, consideration="cash")
    answer = client.post(
        f"{SHELF}{item.public_id}/", {"command_key": "1", "name": "Mia", "phone": "02931 1234"}
    )
    page = text(answer)
    assert answer.status_code == 422
    assert "Dieser Artikel wurde schon übergeben." in page
    assert "Ähnliches zeigen" in page
