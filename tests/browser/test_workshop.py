"""A sideboard comes onto the bench: two hours, a hinge, oil, and it is an upcycled piece whose
pass names its origin. Walked in Chromium by whoever leads the workshop."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect
from tests.apps.workshop import things
from tests.world import Town

from wesprint.apps.workshop import links
from wesprint.apps.workshop.models import CustomerRepair

pytestmark = pytest.mark.browser

WORDS = {
    "de": {
        "new": "Auf die Werkbank",
        "begin": "In Arbeit nehmen",
        "time": "Zeit notieren",
        "take": "Nehmen",
        "staff": "Personal",
        "hours": "2 Stunden Arbeit",
        "weigh": "Fertig: Ergebnis wiegen",
        "missing": "fehlen noch",
        "closes": "Es geht auf",
        "close": "Stimmt so: abschließen",
        "done": "Gewogen und fertig",
        "pass": "Artikelpass",
        "origin": "Entstanden aus",
        "with": "Mit Scharnier, Leinöl",
        "yes": "Ja, bitte reparieren",
        "thanks": "Danke für Ihr Ja.",
    },
    "en": {
        "new": "Onto the bench",
        "begin": "Into work",
        "time": "Note the time",
        "take": "Take it",
        "staff": "Staff",
        "hours": "2 hours of work",
        "weigh": "It is finished: weigh the results",
        "missing": "are still missing",
        "closes": "It closes",
        "close": "So it is: close the work",
        "done": "Weighed and done",
        "pass": "Item pass",
        "origin": "Made from",
        "with": "With Scharnier, Leinöl",
        "yes": "Yes, please repair it",
        "thanks": "Thank you for your yes.",
    },
}


@pytest.mark.parametrize(("width", "language"), [(1280, "de"), (360, "de"), (1280, "en")])
def test_a_sideboard_becomes_something_new(
    visit: Any, towns: tuple[Town, Town], width: int, language: str
) -> None:
    town, words = towns[0], WORDS[language]
    sideboard = things.sideboard(town)
    hinges, oil = things.hinges(town), things.oil(town)
    lead = visit(width=width, language=language)
    lead.sign_in(town, "workshop-lead")

    page = lead.open(f"/z/{town.centre.slug}/werkstatt/")
    page.get_by_role("link", name=sideboard.title).click()
    page.locator('label:has(input[name="kind"][value="upcycle"])').click()
    page.get_by_role("button", name=words["new"]).click()
    page.wait_for_url("**/werkstatt/*/")
    lead.open(f"/z/{town.centre.slug}/werkstatt/")
    page.get_by_role("button", name=words["begin"]).click()
    expect(page.get_by_role("button", name=words["begin"])).to_have_count(0)
    page.goto(f"{lead.url}/z/{town.centre.slug}/werkstatt/?spalte=in-work")
    page.get_by_role("link", name=sideboard.title).click()

    for lot, quantity in ((hinges, "1"), (oil, "200 g")):
        page.select_option("#id_lot", lot.public_id)
        page.fill("#id_quantity", quantity)
        page.get_by_role("button", name=words["take"], exact=True).click()
        expect(page.locator("section:has(#uses) li", has_text=lot.name)).to_be_visible()
    page.locator("label", has_text=words["staff"]).first.click()
    page.fill("#id_hours", "2")
    page.get_by_role("button", name=words["time"]).click()
    expect(page.get_by_text(words["hours"])).to_be_visible()

    page.get_by_role("link", name=words["weigh"]).click()
    page.select_option("#id_made_kind_0", "stool")
    page.fill("#id_made_mass_0", "12")
    page.fill("#id_made_title_0", "Bank aus dem Sideboard")
    expect(page.locator("#balance")).to_contain_text(words["missing"])
    page.fill("#id_cut_wood", "19,7")
    expect(page.locator("#balance")).to_contain_text(words["closes"])
    page.get_by_role("button", name=words["close"]).click()
    expect(page.get_by_text(words["done"])).to_be_visible()

    page.get_by_role("link", name=words["pass"]).first.click()
    expect(page.get_by_text(words["origin"])).to_be_visible()
    for text in (sideboard.title, words["hours"], words["with"]):
        expect(page.locator("section:has(#origin)")).to_contain_text(text)


def test_what_was_typed_before_the_script_arrived_counts_too(
    visit: Any, towns: tuple[Town, Town]
) -> None:
    town = towns[0]
    order = things.order(town, things.sideboard(town))
    lead = visit(width=360)
    lead.sign_in(town, "workshop-lead")
    page, held = lead.page, []
    page.route("**/dist/app.js", lambda route: held.append(route))
    weigh = f"{lead.url}/z/{town.centre.slug}/werkstatt/{order.public_id}/ergebnis/"
    page.goto(weigh, wait_until="commit")
    page.select_option("#id_made_kind_0", "stool")
    page.fill("#id_made_mass_0", "12")
    held[0].continue_()
    expect(page.locator("#balance")).to_contain_text(WORDS["de"]["missing"])


def test_a_neighbour_says_yes_by_the_link(visit: Any, towns: tuple[Town, Town]) -> None:
    words = WORDS["de"]
    order = things.lamp(towns[0])
    neighbour = visit(width=360)
    page = neighbour.open(links.repair_path(order))
    page.get_by_role("button", name=words["yes"]).click()
    expect(page.get_by_text(words["thanks"])).to_be_visible()
    assert CustomerRepair.objects.get(order=order).approved_by == "link"
