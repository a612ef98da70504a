"""The pages: one tap moves an order, mistakes come back with their words, and the number of
queries does not grow with the orders."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.apps.workshop import things
from tests.world import Town

from wesprint.apps.goods.models import FractionStock, Item
from wesprint.apps.workshop import services
from wesprint.apps.workshop.models import Lot, Order, WorkshopRule

HOUSE = "/z/kaufhaus/werkstatt/"


@pytest.fixture
def lead(town: Town) -> Client:
    return signed_in(town, "workshop-lead")


def signed_in(town: Town, role: str) -> Client:
    town.ctx(role)  # makes the person
    user = town.people[role].user
    assert user is not None
    client = Client(HTTP_ACCEPT_LANGUAGE="de")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_tap_on_the_board_moves_an_order(town: Town, lead: Client, sideboard: Item) -> None:
    order = services.open_order(town.ctx(), centre=town.centre, items=[sideboard])
    page = text(lead.get(HOUSE))
    assert "In Arbeit nehmen" in page
    answer = lead.post(f"{HOUSE}{order.public_id}/stand/", {"state": "in-work", "from": "board"})
    assert answer.headers["Location"] == HOUSE
    order.refresh_from_db()
    assert order.state == "in-work"


def test_an_order_from_what_waits_to_what_came_of_it(
    town: Town, lead: Client, sideboard: Item
) -> None:
    assert sideboard.title in text(lead.get(HOUSE))
    made = lead.post(f"{HOUSE}neu/", {"items": sideboard.public_id, "kind": "upcycle"})
    here = made.headers["Location"]
    lot = things.hinges(town)
    lead.post(f"{here}stand/", {"state": "in-work"})
    lead.post(f"{here}material/", {"lot": lot.public_id, "quantity": "2 Stk"})
    lead.post(f"{here}zeit/", {"role": "staff", "hours": "2", "minutes": ""})
    lead.post(f"{here}preis/", {"price": "89"})
    page = text(lead.get(here))
    assert "2 Stunden Arbeit" in page
    assert "54,40" in page
    wrong = lead.post(
        f"{here}ergebnis/", {"made_kind_0": "stool", "made_mass_0": "12", "cut_wood": "29"}
    )
    assert (wrong.status_code, Item.objects.count()) == (422, 1)
    assert "kommen heraus, aber nur" in text(wrong)
    right = lead.post(
        f"{here}ergebnis/",
        {"made_kind_0": "stool", "made_mass_0": "12", "made_title_0": "Bank", "cut_wood": "19,6"},
    )
    assert right.headers["Location"] == here
    piece = Item.objects.get(title="Bank")
    assert FractionStock.objects.get().resource.onhand_quantity == 19_600
    public = text(Client(HTTP_ACCEPT_LANGUAGE="de").get(f"/p/{piece.public_id}"))
    for words in ("Entstanden aus", sideboard.title, "2 Stunden Arbeit", "Mit Scharnier"):
        assert words in public
    assert "Muster" not in public
    assert "Daraus wurde" in text(Client().get(f"/p/{sideboard.public_id}"))


def test_what_was_scanned_comes_onto_the_bench(town: Town, lead: Client, order: Order) -> None:
    """A camera reads the whole address on the label."""
    page = text(lead.get(f"{HOUSE}{order.public_id}/"))
    assert page.count("data-ws-camera") == page.count("data-ws-scan>") == 1
    chest = things.sideboard(town)
    address = f"https://kaufhaus.example/p/{chest.public_id}"
    assert chest.public_id in text(lead.get(f"{HOUSE}neu/", {"q": address}))
    lead.post(f"{HOUSE}{order.public_id}/stueck/", {"item": address})
    chest.refresh_from_db()
    assert (chest.state, order.bench.count()) == ("in-workshop", 2)


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("material", {"lot": "NONSENSE00", "quantity": "1"}),
        ("material-raus", {"id": "NONSENSE00"}),
        ("zeit-raus", {"id": "NONSENSE00"}),
        ("stueck", {"item": "NONSENSE00"}),
        ("unsinn", {}),
    ],
)
def test_what_does_not_exist_is_not_found(
    lead: Client, order: Order, verb: str, data: dict[str, str]
) -> None:
    assert lead.post(f"{HOUSE}{order.public_id}/{verb}/", data).status_code == 404


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("zeit", {"role": "staff", "hours": "0"}),
        ("zeit", {"role": "boss", "hours": "1"}),
        ("stand", {"state": "done"}),
        ("preis", {"price": "viel"}),
        ("preis", {"price": "-3"}),
        ("fertig", {}),
        ("wiegen", {"item": "", "mass": "3"}),
    ],
)
def test_mistakes_come_back_with_their_words(
    lead: Client, order: Order, verb: str, data: dict[str, str]
) -> None:
    answer = lead.post(f"{HOUSE}{order.public_id}/{verb}/", data)
    assert answer.status_code == 422
    assert order.work.count() == 0


@pytest.mark.parametrize("quantity", ["0", "-1", "zwei", "999999999", ""])
def test_quantities_that_cannot_be_meant(
    town: Town, lead: Client, order: Order, quantity: str
) -> None:
    lot = things.hinges(town)
    data = {"lot": lot.public_id, "quantity": quantity}
    assert lead.post(f"{HOUSE}{order.public_id}/material/", data).status_code == 422
    assert Lot.objects.get().left == 10


def test_parts_are_bought_and_rates_hold_from_today(town: Town, lead: Client) -> None:
    bought = lead.post(
        f"{HOUSE}material/",
        {"name": "Leinöl", "unit": "g", "mass": "0,93", "price": "18", "lot": "LF 1"},
    )
    lot = Lot.objects.get()
    assert (bought.status_code, lot.left, lot.price_cents, lot.grams_each) == (302, 930, 1800, 1)
    assert lead.post(f"{HOUSE}material/", {"name": "x", "unit": "piece"}).status_code == 422
    lead.post(f"{HOUSE}saetze/", {"name": "rate.staff", "value": "26,50"})
    lead.post(f"{HOUSE}saetze/", {"name": "loss-percent", "value": "8"})
    assert list(WorkshopRule.objects.order_by("name").values_list("name", "value")) == [
        ("loss-percent", 8),
        ("rate.staff", 2650),
    ]
    assert lead.post(f"{HOUSE}saetze/", {"name": "loss-percent", "value": "31"}).status_code == 422


def test_figures_of_a_small_team_are_not_shown(town: Town, lead: Client, order: Order) -> None:
    services.note_work(town.ctx(), order=order, role="staff", seconds=7200)
    assert "Stunden Arbeit des ganzen Teams" not in text(lead.get(HOUSE))


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_queries_do_not_grow_with_orders(town: Town, lead: Client) -> None:
    def one_more() -> Order:
        things.lamp(town)
        things.sideboard(town)
        order = things.order(town, things.sideboard(town))
        services.note_work(town.ctx(), order=order, role="staff", seconds=600)
        done = things.order(town, things.sideboard(town), kind="repair")
        services.give_up(town.ctx(), order=done)
        return order

    order = one_more()
    paths = [HOUSE, f"{HOUSE}neu/", f"{HOUSE}abgeschlossen/", f"{HOUSE}{order.public_id}/"]
    before = [queries(lead, path) for path in paths]
    one_more()
    one_more()
    services.add_item(town.ctx(), order=order, item=things.sideboard(town))
    things.hinges(town)
    assert [queries(lead, path) for path in paths] == before


def test_the_page_of_the_day_says_what_waits(town: Town, lead: Client, order: Order) -> None:
    things.sideboard(town, title="Stuhl mit wackelndem Bein")
    things.lamp(town)
    page = text(lead.get("/z/kaufhaus/heute/"))
    for words in ("Für die Werkstatt", "Stuhl mit wackelndem Bein", "wartet auf das Ja"):
        assert words in page
