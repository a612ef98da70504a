"""Take the README's pictures from a running demo: a fresh region, a real server, a real browser."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright
from repository import ROOT

TARGET = ROOT / "docs/screenshots"
VAR = ROOT / ".build/screenshots"
WESPRINT = str(Path(sys.executable).with_name("wesprint"))
PORT = int(os.environ.get("PORT", "8089"))
URL = f"http://localhost:{PORT}"
PATIENCE_SECONDS = 60
HOUSE = "/z/kaufhaus/"


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as one reader sees it; `role`: signed in through the demo's page."""

    name: str
    path: str
    width: int
    height: int
    theme: Literal["light", "dark"] = "light"
    role: str = ""


PICTURES = (
    Picture("house-desk", HOUSE, 1280, 960),
    Picture("house-phone-dark", HOUSE, 360, 780, "dark"),
    Picture("intake-tablet", f"{HOUSE}annahme/", 1180, 960, role="staff"),
    Picture("shelf-desk", f"{HOUSE}warenhaus/", 1280, 860),
    Picture("flows-desk", f"{HOUSE}wirkung/", 1280, 1160),
)


def environment() -> dict[str, str]:
    """An installation of its own, in German, whatever is set outside."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("WESPRINT_", "DATABASE_URL"))}
    return kept | {"WESPRINT_VAR": str(VAR), "WESPRINT_URL": URL, "WESPRINT_LOG": "WARNING"}


def answers() -> bool:
    try:
        with urllib.request.urlopen(f"{URL}/health", timeout=2) as answer:  # noqa: S310 - our own
            return int(answer.status) == 200
    except OSError:
        return False


@contextmanager
def demo() -> Iterator[None]:
    """A freshly built demo region, served while the block runs."""
    shutil.rmtree(VAR, ignore_errors=True)
    subprocess.run([WESPRINT, "demo"], env=environment(), check=True)
    command = [WESPRINT, "serve", "--port", str(PORT), "--no-worker"]
    server = subprocess.Popen(command, env=environment())
    try:
        end = time.monotonic() + PATIENCE_SECONDS
        while not answers():
            if server.poll() is not None or time.monotonic() > end:
                raise RuntimeError("the demo is not served")
            time.sleep(0.1)
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def sign_in(page: Page, role: str) -> None:
    page.goto(f"{URL}/konto/demo/")
    page.locator(f'form:has(input[value="kaufhaus"]) button[value="{role}"]').first.click()
    page.wait_for_load_state()


def prepare_intake(page: Page) -> None:
    """Somebody has just put a chest of drawers on the scale."""
    page.locator("#tiles label").filter(has_text="Kommode").first.click()
    page.locator("#grade label").nth(1).click()
    page.fill("#id_mass", "34")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")


def take(browser: Browser, picture: Picture) -> None:
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        locale="de-DE",
        color_scheme=picture.theme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    if picture.role:
        sign_in(page, picture.role)
    answer = page.goto(f"{URL}{picture.path}", wait_until="networkidle")
    if answer is None or answer.status != 200:
        raise RuntimeError(f"{picture.path} answered {answer and answer.status}")
    if picture.name.startswith("intake"):
        prepare_intake(page)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=TARGET / f"{picture.name}.png")
    context.close()
    sys.stdout.write(f"docs/screenshots/{picture.name}.png\n")


def main() -> int:
    chromium = os.environ.get("WESPRINT_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("screenshots: install Chromium, or set WESPRINT_CHROMIUM\n")
        return 2
    TARGET.mkdir(parents=True, exist_ok=True)
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with demo(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=quiet)
        for picture in PICTURES:
            take(browser, picture)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
