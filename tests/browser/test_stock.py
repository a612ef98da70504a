"""Scanning with a scanner that types, and textiles sold by their tag, in Chromium."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.apps.goods import things
from tests.browser.test_goods import house
from tests.world import Town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import HandOver, Item

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1280])
def test_a_scanner_that_types(visit: Any, towns: tuple[Town, Town], width: int) -> None:
    town = towns[0]
    shelf, chest, trunk = things.shelf(town), things.sideboard(town), things.sideboard(town)
    staff = visit(width=width)
    staff.sign_in(town, "staff")
    page = staff.open(house(town, "lager/scannen/"))

    def scan(code: str) -> None:
        expect(page.locator("#code")).to_be_focused()
        page.keyboard.type(code)
        page.keyboard.press("Enter")

    scan(f"http://localhost/l/{shelf.public_id}")
    expect(page.locator(".ws-scan--place")).to_contain_text("1A · Regal links")
    expect(page.locator("#code")).to_be_focused()
    scan(f"httpÖ--localhost-p-{chest.public_id}")
    expect(page.locator(".ws-scan--done")).to_contain_text("Sideboard aus Eiche → 1A")
    scan(trunk.public_id)
    expect(page.locator(".ws-thing")).to_have_count(2)
    expect(page.locator("#code")).to_have_value("")
    scan("NICHTS1234")
    expect(page.locator(".ws-scan--error")).to_be_visible()
    page.get_by_role("button", name=re.compile("Rückgängig")).first.click()
    expect(page.locator(".ws-scan--undone")).to_be_visible()
    places = Item.objects.order_by("pk").values_list("place__code", flat=True)
    assert list(places) == ["1A", None]


@pytest.mark.parametrize("width", [360, 1280])
def test_textiles_by_their_tag(visit: Any, towns: tuple[Town, Town], width: int) -> None:
    town = towns[0]
    clothes = things.batch(town)
    cashier = visit(width=width)
    cashier.sign_in(town, "staff")
    page = cashier.open(house(town, f"artikel/{clothes.public_id}/posten/"))
    page.fill("#id_name", "Hemd")
    page.fill("#id_price", "2,50")
    page.fill("#id_piece", "0,25")
    page.get_by_role("button", name="Preisschild anlegen").click()
    expect(page.get_by_text("Das Preisschild ist angelegt")).to_be_visible()
    tag = clothes.tags.get()

    page = cashier.open(house(town, "uebergabe/"))
    expect(page.locator("#nr")).to_be_focused()
    page.keyboard.type(tag.public_id)
    page.keyboard.press("Enter")
    expect(page.locator("#sum")).to_contain_text("2,50")
    page.fill("#id_pieces", "3")
    expect(page.locator("#sum")).to_contain_text("7,50")
    page.get_by_role("button", name="Bar bezahlt").click()
    expect(page.get_by_text("3 × Hemd, 750")).to_have_count(2)
    done = HandOver.objects.get()
    assert (done.pieces, done.part_g, done.price_cents) == (3, 750, 750)
    clothes.refresh_from_db()
    assert (clothes.mass_g, clothes.state) == (9250, "for-sale")


def test_counting_with_the_keyboard(visit: Any, towns: tuple[Town, Town]) -> None:
    town = towns[0]
    shelf, here = things.shelf(town), things.sideboard(town)
    gone = things.sideboard(town, title="Truhe")
    services.move_items(town.ctx(), items=[here, gone], place=shelf)
    staff = visit()
    staff.sign_in(town, "staff")
    page = staff.open(house(town, f"lager/ort/{shelf.public_id}/"))
    page.get_by_role("link", name="Hier zählen").click()
    page.get_by_role("button", name="Mit dem Zählen beginnen").click()
    expect(page.locator("#code")).to_be_focused()
    page.keyboard.type(here.public_id)
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 von 2 gesehen")).to_be_visible()
    page.get_by_role("button", name="Abschließen: 1 fehlt").click()
    expect(page.get_by_text("Fehlt: 1")).to_be_visible()
    gone.refresh_from_db()
    assert gone.state == "lost"
