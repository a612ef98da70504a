"""What the scripts of the design system do, and that pages work without them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

THEME = "document.documentElement.dataset.theme"
GROUND = "getComputedStyle(document.body).backgroundColor"
SIZE = """async () => {
  const file = document.querySelector('#sample-photos').files[0];
  const picture = await createImageBitmap(file);
  return [file.name, file.type, picture.width, picture.height];
}"""
LISTEN = """() => {
  window.scans = [];
  document.addEventListener('ws:scan', (event) => window.scans.push(event.detail));
}"""


LAB = """() => {
  const lab = document.createElement('div');
  lab.id = 'lab';
  const button = (id) => `<button id="${id}" hx-get="/lab/${id}" hx-target="#place">${id}</button>`;
  lab.innerHTML = `<ul id="list"><li>eins</li></ul>
    <p id="ws-more-lab"><a id="more" href="/lab/next" hx-get="/lab/next" hx-target="#list"
      hx-select="#list > *" hx-swap="beforeend" hx-select-oob="#ws-more-lab">mehr</a></p>
    ${['mend', 'refused', 'broken', 'gone'].map(button).join('')}<div id="place">alt</div>
    <section data-ws-version="1" data-ws-version-url="/lab/version" data-ws-every="0.2"></section>`;
  window.changes = 0;
  lab.addEventListener('ws:changed', () => (window.changes += 1));
  document.querySelector('main .ws-page').prepend(lab);
  window.htmx.process(lab);
}"""
ANSWERS: dict[str, tuple[int, str, dict[str, str]]] = {
    "next": (200, "<html><ul id='list'><li>zwei</li></ul><p id='ws-more-lab'>alles</p></html>", {}),
    "mend": (422, "<div id='place'><em>Bitte ergänzen.</em></div>", {}),
    "refused": (409, "<p>Zu spät.</p>", {"HX-Retarget": "#ws-messages", "HX-Reswap": "innerHTML"}),
    "broken": (503, "<html><article data-ws-error>Kaputt.</article></html>", {}),
    "version": (200, "2", {}),
}


def photo(folder: Path) -> Path:
    """A telephone's photo, held upright: 3000 x 2000 pixels and a note to turn them."""
    path = folder / "kommode.jpg"
    note = Image.Exif()
    note[0x0112] = 6
    Image.effect_noise((3000, 2000), 90).convert("RGB").save(path, quality=92, exif=note)
    return path


def test_scripts(visit: Any, tmp_path: Path) -> None:
    """One server for all of them: starting it is what takes the time."""
    page = visit().open("/design/")
    _charts_stand_beside_their_tables(page)
    _the_switch_of_the_theme_lasts(page)
    _photos_are_made_smaller(page, photo(tmp_path))
    counter = visit()
    counter.page.clock.install()
    _a_scanner_is_told_from_fingers(counter.open("/design/"))
    _a_form_is_sent_once(page)
    lab = visit()
    _answers_land_where_they_belong(lab.open("/design/"))
    lab.complaints.clear()  # the browser notes each refused answer
    tablet = visit(width=820)
    tablet.page.clock.install()
    _the_tablet_counts_down_and_locks(tablet.open("/design/theke/"))


def _charts_stand_beside_their_tables(page: Page) -> None:
    page.wait_for_selector(".ws-chart__canvas svg path")
    expect(page.locator(".ws-chart__canvas svg")).to_have_count(4)
    assert page.locator(".ws-chart table").count() == 4


def _the_switch_of_the_theme_lasts(page: Page) -> None:
    with page.expect_response(lambda one: one.request.method == "POST"):
        page.click("button[name=theme][value=dark]")
    assert [page.evaluate(THEME), page.evaluate(GROUND)] == ["dark", "rgb(21, 27, 24)"]
    page.reload()
    assert page.evaluate(THEME) == "dark"


def _photos_are_made_smaller(page: Page, path: Path) -> None:
    page.set_input_files("#sample-photos", path)
    page.wait_for_selector(".ws-photos__list img")
    assert page.evaluate(SIZE) == ["kommode.jpg", "image/jpeg", 1333, 2000]
    page.get_by_role("button", name="Foto 1 entfernen").click()
    assert page.evaluate("document.querySelector('#sample-photos').files.length") == 0


def _a_scanner_is_told_from_fingers(page: Page) -> None:
    """The page's clock stands still between the keys: a busy machine is no slow scanner."""
    page.clock.pause_at(page.evaluate("Date.now()") + 60_000)
    page.evaluate(LISTEN)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.type("K7M2Q4P9RA\n")
    for key in ["s", "l", "o", "w", "Enter"]:
        page.clock.run_for(120)
        page.keyboard.press(key)
    assert page.evaluate("window.scans") == ["K7M2Q4P9RA"]


def _a_form_is_sent_once(page: Page) -> None:
    """The second of two clicks is held back before any later listener sees it."""
    held_back = page.evaluate(
        """() => {
          const seen = [];
          window.addEventListener('submit', (event) => {
            seen.push(event.defaultPrevented);
            event.preventDefault();
          });
          const button = document.querySelector('form[novalidate] [type=submit]');
          button.click();
          button.click();
          return [seen, button.getAttribute('aria-busy')];
        }"""
    )
    assert held_back == [[False], "true"]


def _answers_land_where_they_belong(page: Page) -> None:
    """A list grows by its next page, a form comes back with its error, and what is a whole
    page of an error, or no answer at all, becomes words in the place for messages."""
    page.route("**/lab/*", _answer)
    page.evaluate(LAB)
    page.click("#more")
    page.wait_for_selector("#lab #list li:nth-child(2)")
    page.click("#mend")
    page.wait_for_selector("#lab #place em")
    said = []
    for button in ("refused", "broken", "gone"):
        page.click(f"#{button}")
        page.wait_for_function(
            "before => document.querySelector('#ws-messages').innerText.trim() !== before",
            arg=said[-1] if said else "",
        )
        said.append(page.inner_text("#ws-messages").strip())
    assert said == [
        "Zu spät.",
        "Kaputt.",
        "Gerade gibt es keine Verbindung. Es ist nichts verloren: "
        "Bitte versuchen Sie es noch einmal.",
    ]
    assert page.inner_text("#lab #list") == "eins\nzwei"
    assert page.inner_text("#lab #place") == "Bitte ergänzen."
    page.wait_for_function("window.changes === 1")


def _answer(route: Route) -> None:
    name = route.request.url.rsplit("/", 1)[1]
    if name == "gone":
        return route.abort()
    status, body, headers = ANSWERS[name]
    return route.fulfill(status=status, body=body, headers={"Content-Type": "text/html"} | headers)


def _the_tablet_counts_down_and_locks(page: Page) -> None:
    here = page.locator("[data-ws-lock-text]")
    assert here.inner_text() == "sperrt in 4 Min."
    page.clock.run_for(181_000)
    assert here.inner_text() == "sperrt in 59 Sek."
    with page.expect_request(lambda one: one.method == "POST"):
        page.clock.run_for(60_000)


def test_without_scripts(visit: Any) -> None:
    page = visit(width=360, java_script_enabled=False).open("/design/")
    page.get_by_text("Menü", exact=True).click()
    expect(page.get_by_role("link", name="Stadthaus")).to_be_visible()
    page.get_by_text("Menü", exact=True).click()
    page.get_by_role("button", name="dunkel").click()
    expect(page.locator("html[data-theme=dark]")).to_have_count(1)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html[lang=en]")).to_have_count(1)
    assert not page.locator(".ws-chart__canvas").first.is_visible()
