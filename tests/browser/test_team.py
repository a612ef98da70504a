"""People at work, walked in Chromium: come and go by badge, a day corrected and its sheet, a
social pass at the counter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.apps.goods.things import sideboard
from tests.apps.team import things
from tests.world import Town

from wesprint.apps.goods import services as goods
from wesprint.apps.goods.models import HandOver
from wesprint.apps.team.models import Entry, Stamp
from wesprint.platform.base.clock import now
from wesprint.platform.people.services.badges import issue_badge, register_device

pytestmark = pytest.mark.browser

WORDS = {
    "de": {
        "me": "Das bin ich",
        "come": "Ich bin da",
        "pause": "Pause",
        "back": "Zurück aus der Pause",
        "go": "Ich gehe",
        "came": "gekommen",
        "left": "gegangen",
        "enter": "Tag eintragen",
        "entered": "Der Tag ist eingetragen.",
        "confirm": "Tag bestätigen",
        "confirmed": "Der Tag ist bestätigt.",
        "sheet": "Anwesenheitsblatt (PDF)",
        "seen": "Sozialpass gesehen",
        "before": "statt 20,00",
        "half": "statt 10,00",
        "cash": "Bar",
        "owner": "hat einen neuen Besitzer",
        "paid": "6,00 € statt 10,00 €",
    },
    "en": {
        "me": "This is me",
        "come": "I am here",
        "pause": "Break",
        "back": "Back from the break",
        "go": "I am leaving",
        "came": "came (badge",
        "left": "left",
        "enter": "Enter the day",
        "entered": "The day is entered.",
        "confirm": "Confirm the day",
        "confirmed": "The day is confirmed.",
        "sheet": "Attendance sheet (PDF)",
        "seen": "Social pass seen",
        "before": "instead of €20.00",
        "half": "instead of €10.00",
        "cash": "Cash",
        "owner": "has a new owner",
        "paid": "€6.00 instead of €10.00",
    },
}
SIZES = [(360, "de"), (1280, "de"), (360, "en"), (1280, "en")]


@pytest.mark.parametrize(("width", "language"), SIZES)
def test_come_and_go_by_badge(
    visit: Any, towns: tuple[Town, Town], width: int, language: str
) -> None:
    town, words = towns[0], WORDS[language]
    today = now().astimezone(town.centre.tz).date()
    one = things.placement(town, since=today)
    assert one.person is not None
    _badge, code = issue_badge(town.ctx("board"), person=one.person)
    _device, key = register_device(
        town.ctx("board"), centre=town.centre, name="Theke", lock_after_seconds=300, by=None
    )
    tablet = visit(width=width, language=language)
    tablet.context.add_cookies([{"name": "ws_device", "value": key, "url": tablet.url}])
    page = tablet.open(f"/z/{town.centre.slug}/team/uhr/")

    def tap(verb: str) -> None:
        page.fill("input[name=code]", code)
        page.get_by_role("button", name=words["me"]).click()
        expect(page.get_by_role("heading", name="Maria Muster")).to_be_visible()
        page.get_by_role("button", name=words[verb], exact=True).click()
        expect(page.locator("input[name=code]")).to_be_visible()

    tap("come")
    expect(page.get_by_text(words["came"])).to_be_visible()
    tap("pause")
    tap("back")
    tap("go")
    expect(page.get_by_text(words["left"])).to_be_visible()
    verbs = list(Stamp.objects.values_list("verb", flat=True))
    assert verbs == ["come", "pause", "resume", "go"]


@pytest.mark.parametrize(("width", "language"), [(360, "de"), (1280, "en")])
def test_the_lead_corrects_a_day_and_takes_the_sheet(
    visit: Any, towns: tuple[Town, Town], width: int, language: str
) -> None:
    town, words = towns[0], WORDS[language]
    today = now().astimezone(town.centre.tz).date()
    yesterday = today.fromordinal(today.toordinal() - 1)
    one = things.placement(town, since=yesterday)
    things.tap(town, one, "come", things.local(town, yesterday, 8))  # and never went
    lead = visit(width=width, language=language)
    lead.sign_in(town, "workshop-lead")

    page = lead.open(f"/z/{town.centre.slug}/team/")
    page.locator("section", has=page.locator("#needs")).get_by_role("link").first.click()
    expect(page.locator("#id_left")).to_have_value("")  # nobody guesses
    page.fill("#id_left", "14:00")
    page.fill("#id_break_minutes", "30")
    page.fill("#id_reason", "Karte vergessen")
    page.get_by_role("button", name=words["enter"]).click()
    expect(page.get_by_text(words["entered"])).to_be_visible()
    expect(page.get_by_text("08:00–14:00", exact=False).first).to_be_visible()
    page.get_by_role("button", name=words["confirm"]).click()
    expect(page.get_by_text(words["confirmed"])).to_be_visible()
    assert Entry.objects.get().reason == "Karte vergessen"

    page = lead.open(
        f"/z/{town.centre.slug}/team/einsaetze/{one.public_id}/?monat={yesterday:%Y-%m}"
    )
    with page.expect_download() as waiting:
        page.get_by_role("link", name=words["sheet"]).click()
    downloaded = Path(waiting.value.path()).read_bytes()
    assert downloaded.startswith(b"%PDF-")
    assert waiting.value.suggested_filename.endswith(f"{one.public_id}.pdf")


@pytest.mark.parametrize(("width", "language"), [(360, "de"), (1280, "en")])
def test_a_hand_over_with_a_social_pass(
    visit: Any, towns: tuple[Town, Town], width: int, language: str
) -> None:
    town, words = towns[0], WORDS[language]
    goods.set_social_rule(
        town.ctx("board"), centre=town.centre, terms=goods.SocialTerms("Stadtpass", 40, 100)
    )
    item = sideboard(town, price_cents=2000)
    cashier = visit(width=width, language=language)
    cashier.sign_in(town, "cashier")
    page = cashier.open(f"/z/{town.centre.slug}/uebergabe/{item.public_id}/")
    expect(page.locator("#social")).to_contain_text(words["before"])
    page.fill("#id_price", "10,00")
    expect(page.locator("#social")).to_contain_text(words["half"])
    page.get_by_label(words["seen"]).check()
    page.get_by_role("button", name=words["cash"]).click()
    expect(page.get_by_text(words["paid"]).first).to_be_visible()
    done = HandOver.objects.get()
    assert (done.price_cents, done.full_cents, done.person) == (600, 1000, None)
