"""A neighbour finds by a typo and reserves, a second one waits and gets it, a household is
cleared: in Chromium."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.apps.goods import things
from tests.world import Town

from wesprint.apps.goods import links, services
from wesprint.apps.goods.models import Clearance, Offer, Reservation, Waiting

pytestmark = pytest.mark.browser


def house(town: Town, path: str) -> str:
    return f"/z/{town.centre.slug}/{path}"


def fill_contact(page: Page, name: str, phone: str) -> None:
    page.fill('input[name="name"]', name)
    page.fill('input[name="phone"]', phone)


@pytest.mark.parametrize("width", [360, 1280])
def test_found_by_a_typo_reserved_waited_for_and_passed_on(
    visit: Any, towns: tuple[Town, Town], width: int
) -> None:
    town = towns[0]
    things.sideboard(town, title="Kommode aus Eiche")
    things.sideboard(town, category="chair", title="Stuhl", weight=things.Weight())
    mia = visit(width=width)
    page = mia.open(house(town, "warenhaus/?preis=50-150"))
    page.fill("#search-q", "Komode")
    expect(page.locator(".ws-good__title")).to_have_text(["Kommode aus Eiche"])
    expect(page.get_by_text("1 Stück", exact=True)).to_be_visible()
    assert "preis=50-150" in page.url
    page.locator(".ws-good__title").click()
    fill_contact(page, "Mia Muster", "02931 1234")
    page.get_by_role("button", name="Für mich reservieren").click()
    expect(page.get_by_text(re.compile("Für Sie reserviert bis"))).to_be_visible()
    mine = page.url

    item = Reservation.objects.get().item
    paul = visit(width=width)
    page = paul.open(house(town, f"warenhaus/{item.public_id}/"))
    fill_contact(page, "Paul Platz", "0170 123456")
    page.get_by_role("button", name="Auf die Warteliste").click()
    expect(page.get_by_text("Sie sind als Nächstes an der Reihe.")).to_be_visible()

    page = mia.open(mine.replace(mia.url, ""))
    page.get_by_text("Ich möchte es nicht mehr").click()
    page.get_by_role("button", name="Reservierung zurückgeben").click()
    expect(page.get_by_text("Zurückgegeben. Jetzt kann es")).to_be_visible()

    paul.page.reload()
    expect(paul.page.get_by_text(re.compile("Für Sie reserviert bis"))).to_be_visible()
    staff = visit(width=width)
    staff.sign_in(town, "cashier")
    page = staff.open(house(town, "abholen/"))
    expect(page.get_by_role("heading", name="Bitte anrufen")).to_be_visible()
    assert Waiting.objects.get().told_at is None


@pytest.mark.parametrize("width", [360, 1280])
def test_a_household_is_cleared(visit: Any, towns: tuple[Town, Town], width: int) -> None:
    town = towns[0]
    for weekday in range(7):
        services.open_slot(
            town.ctx("board"),
            centre=town.centre,
            way="fetch",
            weekday=weekday,
            starts=time(9),
            ends=time(12),
            capacity=1,
        )
    giver = visit(width=width)
    page = giver.open(house(town, "abgeben/haushalt/"))
    for place, what in enumerate(["Kommode", "Stuhl", "Matratze", "Lampe", "Teppich"]):
        page.fill(f"#what-{place}", what)
    page.get_by_role("button", name="Fünf weitere Zeilen").click()
    expect(page.locator("#what-9")).to_be_visible()
    expect(page.locator("#what-0")).to_have_value("Kommode")
    page.fill("#what-5", "Bücher")
    page.fill("#count-5", "40")
    page.fill("#id_fetch_address", "Probeweg 1, Arnsberg")
    page.locator('label:has(input[name="rest_to_authority"])').click()
    fill_contact(page, "Mia Muster", "02931 1234")
    page.get_by_role("button", name="Dem Haus anbieten").click()
    expect(page.get_by_text("Ihr Angebot ist da.")).to_be_visible()

    staff = visit(width=width)
    staff.sign_in(town, "staff")
    made = Offer.objects.get()
    page = staff.open(house(town, f"angebote/{made.public_id}/auswahl/"))
    for what in ("Kommode", "40 × Bücher"):
        page.locator("label.ws-choice", has_text=what).click()
    page.get_by_role("button", name="Angekreuztes nehmen").click()
    page.get_by_role("button", name="Liste für den Abfallbetrieb anlegen").click()
    expect(page.get_by_text("4 Zeilen für den Abfallbetrieb:")).to_be_visible()

    giver.page.reload()
    giver.page.get_by_role("button", name="Diese Zeit nehmen").click()
    expect(giver.page.get_by_role("heading", name="Ihr Termin")).to_be_visible()

    authority = visit(width=width)
    page = authority.open(links.clearance_path(Clearance.objects.get()))
    expect(page.locator(".ws-rest li")).to_have_count(4)
    expect(page.get_by_text("Probeweg 1, Arnsberg")).to_be_visible()
