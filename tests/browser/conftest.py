"""A real Chromium against a real server on a database of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from tests.processes import Server, serving, wesprint_env
from tests.world import Town, add_person, make_town

from wesprint.platform.people.models import RoleName, User

PASSWORD = "korrekt-pferd-batterie"
CHROMIUM = os.environ.get("WESPRINT_CHROMIUM") or shutil.which("chromium")
# Playwright's loop makes Django believe that it runs async; the tests are not.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In CI a page that failed is tried once more, and the summary says so: two cores that run
    two browsers, two servers and a database sometimes stand still for seconds. At a desk a
    failure stays a failure, so that a race is found by whoever wrote it."""
    if os.environ.get("WESPRINT_REQUIRE_ALL") != "1":
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def playwright_() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright_: Playwright) -> Iterator[Browser]:
    browser = launch(playwright_)
    yield browser
    browser.close()


def launch(playwright_: Playwright, *switches: str) -> Browser:
    if CHROMIUM is None:
        pytest.skip("no Chromium: `apt-get install chromium`, or set WESPRINT_CHROMIUM")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    return playwright_.chromium.launch(executable_path=CHROMIUM, args=[*quiet, *switches])


def new_context(
    browser: Browser,
    width: int = 1280,
    language: str = "de",
    theme: Literal["light", "dark"] = "light",
    **options: Any,
) -> BrowserContext:
    return browser.new_context(
        viewport={"width": width, "height": 800 if width > 500 else 740},
        locale={"de": "de-DE", "en": "en-GB"}[language],
        color_scheme=theme,
        **options,
    )


@pytest.fixture
def towns(fresh_database: str) -> tuple[Town, Town]:
    """Two towns, each with one person per role."""
    made = make_town("kaufhaus"), make_town("nachbarort")
    for town in made:
        for role in RoleName.values:
            add_person(town, role)
    # The server hashes as an installation does, the tests' world cheaply: one real hash for all.
    hasher = Argon2PasswordHasher()
    User.objects.update(password=hasher.encode(PASSWORD, hasher.salt()))
    return made


@pytest.fixture
def server(fresh_database: str, towns: tuple[Town, Town]) -> Iterator[Server]:
    # The test's own folder: photos that a test stores are photos that the server shows.
    env = wesprint_env(Path(settings.VAR), fresh_database, WESPRINT_DEVELOPMENT="1")
    with serving(env) as running:
        yield running


class Visitor:
    """Somebody in front of a screen: a browser context with a language, a size and a theme."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context, self.url = context, url
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({self.page.url})")

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.url}{path}")
        return self.page

    def sign_in(self, town: Town, role: str) -> None:
        """Through the sign-in page, as a person would."""
        page = self.open("/konto/zugang/login/")
        page.fill("input[name=login]", f"{role}@{town.centre.slug}.example")
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/login/" not in url)


@pytest.fixture
def visit(chromium: Browser, server: Server) -> Iterator[Any]:
    """`visit(width=360, language="de", theme="light")` -> Visitor; checked for console errors."""
    opened: list[Visitor] = []

    def open_context(**options: Any) -> Visitor:
        visitor = Visitor(new_context(chromium, **options), server.url)
        opened.append(visitor)
        return visitor

    yield open_context
    complaints = [complaint for visitor in opened for complaint in visitor.complaints]
    for visitor in opened:
        visitor.context.close()
    assert complaints == []
