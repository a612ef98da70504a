"""Bread from the baker to the neighbour, and a bowl from the potter to a statement that is paid."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.apps.market import things
from tests.world import Town

from wesprint.apps.goods.public import hand_over
from wesprint.apps.market import services
from wesprint.kernel.clock import FixedClock
from wesprint.platform.base.clock import now, use_clock

pytestmark = pytest.mark.browser

TABLE = (
    "nummer;titel;preis;bestand;kategorie\n"
    "R1;Roggenbrot;5,20;6;food\n"
    "R2;Hefezopf;viel;2;food\n"
    "R3;Dinkelknäcke;4,50;9;food\n"
)


def house(town: Town, path: str) -> str:
    return f"/z/{town.centre.slug}/{path}"


@pytest.mark.parametrize("width", [360, 1280])
def test_bread_from_the_baker_to_the_neighbour(
    visit: Any, towns: tuple[Town, Town], width: int
) -> None:
    town = towns[0]
    baker = visit(width=width)
    page = baker.open(house(town, "schaufenster/mitmachen/"))
    for name, value in {
        "firm": "Backstube Korn",
        "street": "Ruhrstraße 3",
        "postcode": "59821",
        "town": "Arnsberg",
        "firm_email": "korn@example.org",
    }.items():
        page.fill(f"[name={name}]", value)
    page.get_by_role("button", name="Um einen Platz bitten").click()
    expect(page.get_by_text("Das Haus sieht Ihre Anfrage an.")).to_be_visible()
    _by_form(page)
    _by_table(page)

    neighbour = visit(width=width)
    page = neighbour.open(house(town, "schaufenster/"))
    expect(page.get_by_text("Das Schaufenster ist noch leer")).to_be_visible()

    board = visit(width=width)
    board.sign_in(town, "board")
    page = board.open(house(town, "lieferanten/"))
    page.get_by_role("link", name="Backstube Korn").click()
    page.get_by_role("button", name="Zusagen").click()
    expect(page.get_by_text("Vereinbarung beenden")).to_be_visible()

    _reserve(neighbour, town)
    page = baker.page
    page.reload()
    expect(page.get_by_text("2 × Landbrot")).to_be_visible()
    expect(page.get_by_text("Mia Muster")).to_be_visible()
    page.get_by_role("button", name="Abgeholt und bezahlt").click()
    expect(page.get_by_text("2 × Landbrot")).to_have_count(0)
    neighbour.page.reload()
    expect(neighbour.page.get_by_text("Sie haben es. Viel Freude damit!")).to_be_visible()


def _by_form(page: Any) -> None:
    page.get_by_role("link", name="Etwas eintragen").click()
    page.fill("[name=title]", "Landbrot")
    page.fill("[name=price]", "4,80")
    page.fill("[name=stock]", "3")
    page.select_option("[name=kind]", "food")
    page.get_by_role("button", name="Ins Schaufenster").click()
    expect(page.get_by_role("link", name="Landbrot")).to_be_visible()


def _by_table(page: Any) -> None:
    """The faulty row is named, the good ones come only after a yes."""
    page.get_by_role("link", name="Aus einer Tabelle").click()
    file = {"name": "brot.csv", "mimeType": "text/csv", "buffer": TABLE.encode("cp1252")}
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="Erst ansehen").click()
    expect(page.get_by_text("Zeile 3 (Hefezopf)")).to_be_visible()
    page.get_by_role("button", name="2 Waren übernehmen").click()
    expect(page.get_by_role("link", name="Dinkelknäcke")).to_be_visible()


def _reserve(neighbour: Any, town: Town) -> None:
    page = neighbour.open(house(town, "schaufenster/"))
    page.fill("#search-q", "lantbrot")
    page.press("#search-q", "Enter")
    page.get_by_role("link", name="Landbrot").click()
    expect(page.locator("[name=deliver_to]")).to_be_hidden()
    page.fill("[name=count]", "2")
    page.fill("[name=name]", "Mia Muster")
    page.fill("[name=phone]", "02931 1234")
    page.get_by_role("button", name="Für mich reservieren").click()
    expect(page.get_by_text("Für Sie reserviert bis")).to_be_visible()


def test_sold_for_the_potter_settled_and_paid(visit: Any, towns: tuple[Town, Town]) -> None:
    town = towns[0]
    _sell_last_month(town)
    cashier = visit()
    cashier.sign_in(town, "cashier")
    page = cashier.open(house(town, "kommission/"))
    page.get_by_role("link", name="Petra Töpfer").click()
    expect(page.get_by_text("auszuzahlen: 19,49 €")).to_be_visible()

    treasurer = visit()
    treasurer.sign_in(town, "treasurer")
    page = treasurer.open(house(town, "abrechnungen/"))
    page.get_by_role("button", name="Abrechnungen aufstellen").click()
    page.get_by_role("button", name="Auszahlungsliste aufstellen").click()
    with page.expect_download() as sheet:
        page.get_by_role("link", name="CSV").click()
    rows = sheet.value.path().read_text("utf-8-sig").splitlines()
    assert rows[1].split(",")[1:5] == ["Petra Töpfer", things.IBAN, "1949", "19.49"]
    page.get_by_role("button", name="Ist bezahlt").click()
    expect(page.get_by_text("bezahlt am")).to_be_visible()

    page.get_by_role("link", name="KA-").click()
    expect(page.get_by_role("rowheader", name="Schale aus Steinzeug")).to_be_visible()
    with page.expect_download() as paper:
        page.get_by_role("link", name="Als PDF").click()
    assert paper.value.path().read_bytes().startswith(b"%PDF")


def _sell_last_month(town: Town) -> None:
    at = now().replace(day=1) - timedelta(days=3)
    with use_clock(FixedClock(at)):
        since = at.date() - timedelta(days=10)
        sold = things.bowl(town, things.consignment(town, since=since))
        hand_over(town.ctx("cashier"), item=sold.item, price_cents=2999, consideration="cash")
        services.true_up(town.ctx(), item=sold.item.public_id)
