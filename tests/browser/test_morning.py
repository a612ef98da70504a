"""A morning in the store, in one piece: a household is cleared, and each of its things goes its
way until the mass balance closes. A neighbour at 360 px, staff at 1280 px."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.apps.workshop import things as workshop
from tests.world import Town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import Item, Offer
from wesprint.platform.ledger.selectors import stock_gap

pytestmark = pytest.mark.browser

TAKEN = ("Sideboard", "Wasserkocher", "Kleidung")


def house(town: Town, path: str) -> str:
    return f"/z/{town.centre.slug}/{path}"


def test_a_morning_in_the_store(visit: Any, towns: tuple[Town, Town]) -> None:
    town = towns[0]
    _before_opening(town)
    giver, staff, lead = visit(width=360), visit(width=1280), visit(width=1280)
    staff.sign_in(town, "staff")
    lead.sign_in(town, "workshop-lead")

    _book_a_clearance(giver, staff, town)
    sideboard, kettle, clothes = _clear_it(staff, town)
    giver.page.reload()
    expect(giver.page.get_by_text("Es ist angekommen. Danke!")).to_be_visible()

    _fail(staff, town, kettle)
    _cage(staff, town, kettle)
    bench = _upcycle(lead, town, sideboard)
    _sell_by_tag(staff, town, clothes)
    neighbour = visit(width=360)
    _find_by_a_typo_and_reserve(neighbour, town, bench)
    _balance_closes(staff, town)


def _before_opening(town: Town) -> None:
    """What the house has ready: times for fetching, somebody who takes scrap, hinges and oil."""
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
    services.add_recipient(town.ctx(), centre=town.centre, name="Verwertung Ruhr", party="recycler")
    workshop.hinges(town)
    workshop.oil(town)


# -- the household ---------------------------------------------------------------------------
def _book_a_clearance(giver: Any, staff: Any, town: Town) -> None:
    page = giver.open(house(town, "abgeben/haushalt/"))
    for place, what in enumerate([*TAKEN, "Matratze"]):
        page.fill(f"#what-{place}", what)
    page.fill("#id_fetch_address", "Probeweg 1, Arnsberg")
    page.fill('input[name="name"]', "Mia Muster")
    page.fill('input[name="phone"]', "02931 1234")
    page.get_by_role("button", name="Dem Haus anbieten").click()
    expect(page.get_by_text("Ihr Angebot ist da.")).to_be_visible()

    offer = Offer.objects.get()
    page = staff.open(house(town, f"angebote/{offer.public_id}/auswahl/"))
    for what in TAKEN:
        page.locator("label.ws-choice", has_text=what).click()
    page.get_by_role("button", name="Angekreuztes nehmen").click()
    expect(page.get_by_role("link", name="Es ist da: annehmen")).to_be_visible()

    giver.page.reload()
    giver.page.get_by_role("button", name="Diese Zeit nehmen").click()
    expect(giver.page.get_by_role("heading", name="Ihr Termin")).to_be_visible()


def _clear_it(staff: Any, town: Town) -> list[str]:
    """Fetched and on the bench: three things of one visit, each with its number."""
    page = staff.page
    page.get_by_role("link", name="Es ist da: annehmen").click()
    return [
        _take_in(page, "Sideboard", "chest-of-drawers", "C", "31,5", "workshop"),
        _take_in(page, "Wasserkocher", "kettle", "B", "1,1", "workshop"),
        _take_in(page, "Kleidung", "clothing", "B", "10", "sell"),
    ]


def _take_in(page: Page, line: str, kind: str, grade: str, mass: str, route: str) -> str:
    page.get_by_role("link", name=line, exact=True).click()
    expect(page.locator(f'input[name="category"][value="{kind}"]')).to_be_checked()
    page.locator(f'#grade label:has(input[value="{grade}"])').click()
    page.fill("#id_mass", mass)
    page.locator(f'#advice button[value="{route}"]').click()
    expect(page.locator(".ws-notice")).to_contain_text(f"{line} ist angenommen")
    return str(page.locator(".ws-notice .ws-qr__id").inner_text())


# -- the kettle ------------------------------------------------------------------------------
def _fail(staff: Any, town: Town, kettle: str) -> None:
    page = staff.open(house(town, f"artikel/{kettle}/"))
    page.get_by_role("link", name="Prüfung eintragen").click()
    page.locator('label:has(input[name="protection_class"][value="I"])').click()
    page.check("#id_visual_ok")
    page.fill("#id_conductor", "4,2")
    page.fill("#id_insulation", "> 20")
    page.fill("#id_device", "Gerätetester 1")
    page.fill("#id_initials", "EB")
    page.get_by_role("button", name="Nicht bestanden").click()
    page.get_by_role("button", name="Nicht mehr brauchbar: in den Käfig").click()
    expect(page.locator('section[aria-labelledby="cage"]')).to_contain_text("20 01 36")


def _cage(staff: Any, town: Town, kettle: str) -> None:
    page = staff.page
    page.get_by_role("link", name="Zu diesem Käfig").click()
    expect(page.locator(f'input[name="items"][value="{kettle}"]')).to_be_checked()
    page.fill("#id_mass", "1,15")
    page.select_option("#id_recipient", label="Verwertung Ruhr")
    page.fill("#id_slip_number", "W-17")
    page.locator('button[name="route"][value="recycle"]').click()
    row = page.locator("tbody tr").first
    for words in ("Wasserkocher", "20 01 36", "Verwertung Ruhr", "W-17"):
        expect(row).to_contain_text(words)


# -- the sideboard ---------------------------------------------------------------------------
def _upcycle(lead: Any, town: Town, sideboard: str) -> str:
    """Two hours, a hinge, some oil; back comes the number of the bench it became."""
    page = lead.open(house(town, "werkstatt/"))
    page.get_by_role("link", name="Sideboard", exact=True).click()
    page.locator('label:has(input[name="kind"][value="upcycle"])').click()
    page.get_by_role("button", name="Auf die Werkbank").click()
    page.wait_for_url("**/werkstatt/*/")
    page = lead.open(house(town, "werkstatt/"))
    page.get_by_role("button", name="In Arbeit nehmen").click()
    expect(page.get_by_role("button", name="In Arbeit nehmen")).to_have_count(0)
    page = lead.open(house(town, "werkstatt/?spalte=in-work"))
    page.get_by_role("link", name="Sideboard", exact=True).click()
    for lot, quantity in (("Scharnier", "1"), ("Leinöl", "200 g")):
        option = page.locator("#id_lot option", has_text=lot).get_attribute("value")
        page.select_option("#id_lot", option)
        page.fill("#id_quantity", quantity)
        page.get_by_role("button", name="Nehmen", exact=True).click()
        expect(page.locator("section:has(#uses) li", has_text=lot)).to_be_visible()
    page.fill("#id_hours", "2")
    page.get_by_role("button", name="Zeit notieren").click()
    expect(page.get_by_text("2 Stunden Arbeit")).to_be_visible()

    page.get_by_role("link", name="Fertig: Ergebnis wiegen").click()
    page.select_option("#id_made_kind_0", "stool")
    page.fill("#id_made_mass_0", "12")
    page.fill("#id_made_title_0", "Bank aus dem Sideboard")
    page.fill("#id_made_price_0", "60")
    page.fill("#id_cut_wood", "19,7")
    expect(page.locator("#balance")).to_contain_text("Es geht auf")
    page.get_by_role("button", name="Stimmt so: abschließen").click()
    expect(page.get_by_text("Gewogen und fertig")).to_be_visible()

    page.get_by_role("link", name="Artikelpass").first.click()
    origin = page.locator("section:has(#origin)")
    for words in ("Entstanden aus", "Sideboard", "2 Stunden Arbeit", "Mit Scharnier, Leinöl"):
        expect(origin).to_contain_text(words)
    number = str(page.url).rsplit("/", 1)[1]
    assert number != sideboard
    return number


# -- textiles, and the neighbour -------------------------------------------------------------
def _sell_by_tag(staff: Any, town: Town, clothes: str) -> None:
    page = staff.open(house(town, f"artikel/{clothes}/posten/"))
    page.fill("#id_name", "Hemd")
    page.fill("#id_price", "2,50")
    page.fill("#id_piece", "0,25")
    page.get_by_role("button", name="Preisschild anlegen").click()
    expect(page.get_by_text("Das Preisschild ist angelegt")).to_be_visible()
    tag = Item.objects.get(public_id=clothes).tags.get()
    page = staff.open(house(town, "uebergabe/"))
    page.fill("#nr", tag.public_id)
    page.press("#nr", "Enter")
    page.fill("#id_pieces", "3")
    expect(page.locator("#sum")).to_contain_text("7,50")
    page.get_by_role("button", name="Bar bezahlt").click()
    expect(page.get_by_text("3 × Hemd, 750")).to_have_count(2)


def _find_by_a_typo_and_reserve(neighbour: Any, town: Town, bench: str) -> None:
    page = neighbour.open(house(town, "warenhaus/"))
    page.fill("#search-q", "Sidebord")
    expect(page.locator(".ws-good__title")).to_have_text(["Bank aus dem Sideboard"])
    page.locator(".ws-good__title").click()
    page.wait_for_url(f"**/warenhaus/{bench}/")
    page.fill('input[name="name"]', "Paul Platz")
    page.fill('input[name="phone"]', "0170 123456")
    page.get_by_role("button", name="Für mich reservieren").click()
    expect(page.get_by_text(re.compile("Für Sie reserviert bis"))).to_be_visible()
    sizes = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert sizes[0] <= sizes[1]


# -- to the gram -----------------------------------------------------------------------------
def _balance_closes(staff: Any, town: Town) -> None:
    page = staff.open(house(town, "wirkung/stoffbilanz/"))
    expect(page.get_by_text("Die Bilanz schließt")).to_be_visible()
    table = page.locator('section[aria-labelledby="rows"] table')
    expect(table.locator("th", has_text="Differenz")).to_be_visible()
    differences = table.locator("tbody tr td:last-child").all_inner_texts()
    assert len(differences) > 1
    assert set(differences) == {"0"}
    assert stock_gap(town.centre) == 0
