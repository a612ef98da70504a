"""A map on a page, and an address typed with its help: by keyboard, and without any script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Playwright, expect
from tests.browser.conftest import Visitor, launch, new_context
from tests.browser.test_walk import AXE, TARGETS, _violations
from tests.conftest import MadeTown
from tests.processes import Server
from tests.world import Town

from wesprint.platform.geo.services import take_town

pytestmark = pytest.mark.browser
HOSTS = """[...new Set(performance.getEntriesByType('resource')
  .map((one) => new URL(one.name).host))]"""
DOOR = (50.007254, 11.591349)


@pytest.fixture
def painter(playwright_: Playwright) -> Iterator[Browser]:
    """A Chromium that draws with WebGL, by the processor."""
    browser = launch(playwright_, "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
    yield browser
    browser.close()


def test_a_town_on_the_pages(
    painter: Browser, server: Server, towns: tuple[Town, Town], bindlach_made: MadeTown
) -> None:
    town = towns[0]
    lying = Path(settings.TOWNS_ROOT, bindlach_made.made.folder)
    shutil.copytree(bindlach_made.root / bindlach_made.made.folder, lying)
    take_town(town.ctx(), slug="bindlach", name="Bindlach", made=bindlach_made.made)
    town.centre.lat, town.centre.lon = DOOR
    town.centre.save()
    context = new_context(painter)
    context.add_init_script(path=AXE)
    visitor = Visitor(context, server.url)
    _the_house_stands_on_its_map(visitor, town)
    _an_address_is_chosen_by_keyboard_and_its_pin_moved(visitor, town)
    assert visitor.complaints == []
    _without_webgl_the_words_stay(painter, server, town)


def _the_house_stands_on_its_map(visitor: Visitor, town: Town) -> None:
    page = visitor.open(f"/z/{town.centre.slug}/")
    page.locator("[data-ws-map]").scroll_into_view_if_needed()
    page.wait_for_selector("[data-ws-map][data-ws-state=drawn]")
    assert page.evaluate(HOSTS) == [visitor.url.removeprefix("http://")]
    page.locator(".ws-map__pin").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".maplibregl-popup-content")).to_contain_text(town.centre.name)
    assert _violations(page) == []
    assert page.evaluate(TARGETS) == []


def _an_address_is_chosen_by_keyboard_and_its_pin_moved(visitor: Visitor, town: Town) -> None:
    page = visitor.open(f"/z/{town.centre.slug}/abgeben/angebot/")
    page.evaluate("document.querySelector('input[name=way][value=fetch]').click()")
    field = page.get_by_role("combobox", name="Wo dürfen wir es abholen?")
    field.press_sequentially("Haupstr 15")
    expect(page.get_by_role("option").first).to_contain_text("Hauptstraße 15")
    field.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    assert _violations(page) == []
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Hauptstraße 15, 95463 Bindlach")
    page.get_by_text("Auf der Karte zeigen").click()
    page.wait_for_selector(".ws-address__map [data-ws-state=drawn]")
    page.locator(".ws-map__pin").press("ArrowUp")
    expect(page.locator("#id_fetch_address_pin")).to_have_value("50.007304,11.591349")
    assert _violations(page) == []


def _without_webgl_the_words_stay(painter: Browser, server: Server, town: Town) -> None:
    context = new_context(painter, width=360, theme="dark")
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    visitor = Visitor(context, server.url)
    page = visitor.open("/karten/")
    expect(page.get_by_text("Dieser Browser zeichnet keine Karten.")).to_be_visible()
    expect(page.get_by_text("Hausnummern")).to_be_visible()
