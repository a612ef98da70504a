"""Labels and badges held in front of a camera: Chromium plays a film of the code as its camera."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import segno
from PIL import Image
from playwright.sync_api import Page, Playwright, expect
from tests.apps.goods import things
from tests.browser.conftest import Visitor, launch, new_context
from tests.browser.test_goods import house
from tests.processes import Server
from tests.world import Town

from wesprint.apps.goods.labels import address_of
from wesprint.platform.people import services as people

pytestmark = pytest.mark.browser

SIZE = (640, 480)
CAMERA = re.compile("Kamera")


def film(path: Path, text: str) -> Path:
    """Half a second of a label on a table, as the planes of YUV 4:2:0 that Chromium reads."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=6, border=4)
    table = Image.new("RGB", SIZE, (150, 140, 120))
    label = Image.open(io.BytesIO(out.getvalue())).convert("RGB")
    table.paste(label, ((SIZE[0] - label.width) // 2, (SIZE[1] - label.height) // 2))
    light, blue, red = table.convert("YCbCr").split()
    half = (SIZE[0] // 2, SIZE[1] // 2)
    planes = [one.tobytes() for one in (light, blue.resize(half), red.resize(half))]
    frame = b"FRAME\n" + b"".join(planes)
    head = b"YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420jpeg\n" % SIZE
    path.write_bytes(head + frame * 5)
    return path


Holding = Callable[..., Visitor]


@pytest.fixture
def holding(playwright_: Playwright, server: Server, tmp_path: Path) -> Iterator[Holding]:
    """`holding(text, width=360)`: somebody who holds this code in front of the camera."""
    opened: list[tuple[Any, Visitor]] = []

    def hold(text: str, width: int = 1280, allowed: bool = True) -> Visitor:
        video = film(tmp_path / f"{len(opened)}.y4m", text)
        wish = "--use-fake-ui-for-media-stream"
        browser = launch(
            playwright_,
            wish if allowed else f"{wish}=deny",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={video}",
        )
        visitor = Visitor(new_context(browser, width=width), server.url)
        opened.append((browser, visitor))
        return visitor

    yield hold
    complaints = [complaint for _browser, visitor in opened for complaint in visitor.complaints]
    for browser, _visitor in opened:
        browser.close()
    assert complaints == []


def look(page: Page) -> None:
    page.get_by_role("button", name=CAMERA).click()


def test_a_things_label_is_scanned_into_its_place(
    holding: Holding, towns: tuple[Town, Town]
) -> None:
    town = towns[0]
    shelf, chest = things.shelf(town), things.sideboard(town)
    staff = holding(address_of(chest), width=360)
    staff.sign_in(town, "staff")
    page = staff.open(house(town, f"lager/scannen/?place={shelf.public_id}"))
    look(page)
    expect(page.locator(".ws-scan--done")).to_contain_text("Sideboard aus Eiche → 1A")
    expect(page.locator("#code")).to_have_value("")
    expect(page.locator("video")).to_be_visible()  # it goes on looking for the next one
    chest.refresh_from_db()
    assert chest.place == shelf


@pytest.mark.parametrize("width", [360, 1280])
def test_the_label_at_the_till(holding: Holding, towns: tuple[Town, Town], width: int) -> None:
    town = towns[0]
    chest = things.sideboard(town)
    cashier = holding(address_of(chest), width=width)
    cashier.sign_in(town, "cashier")
    page = cashier.open(house(town, "uebergabe/"))
    look(page)
    expect(page).to_have_url(re.compile(f"/uebergabe/{chest.public_id}/$"))
    expect(page.get_by_role("heading", name="Sideboard aus Eiche")).to_be_visible()


def test_a_badge_opens_the_tablet(holding: Holding, towns: tuple[Town, Town]) -> None:
    town = towns[0]
    _badge, code = people.issue_badge(town.ctx("board"), person=town.people["staff"])
    visitor = holding(code)
    visitor.sign_in(town, "board")
    page = visitor.open(house(town, "geraete/"))
    page.fill("[name=name]", "Theke 1")
    page.click("main form:has([name=lock_after_seconds]) button[type=submit]")
    page.wait_for_url("**/theke/")
    look(page)
    page.wait_for_url("**/annahme/")
    expect(page.get_by_text("Staff Muster")).to_be_visible()


def test_a_label_finds_its_thing_in_the_list_and_for_the_bench(
    holding: Holding, towns: tuple[Town, Town]
) -> None:
    town = towns[0]
    chest = things.sideboard(town)
    things.sideboard(town, title="Truhe")
    staff = holding(address_of(chest))
    staff.sign_in(town, "staff")
    page = staff.open(house(town, "artikel/"))
    look(page)
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody")).to_contain_text("Sideboard aus Eiche")
    page = staff.open(house(town, "werkstatt/neu/"))
    look(page)
    expect(page.locator(f"input[name=items][value='{chest.public_id}']")).to_be_checked()


def test_a_camera_that_may_not_be_used_says_so(holding: Holding, towns: tuple[Town, Town]) -> None:
    town = towns[0]
    cashier = holding("NICHTS", allowed=False)
    cashier.sign_in(town, "cashier")
    page = cashier.open(house(town, "uebergabe/"))
    look(page)
    expect(page.locator("[data-ws-camera] [role=status]")).to_contain_text(
        "Die Kamera ließ sich nicht öffnen."
    )
    expect(page.locator("#nr")).to_be_focused()
