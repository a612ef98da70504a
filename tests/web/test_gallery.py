"""The gallery renders every component, in every language, without what the CSP forbids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from wesprint.web.files_of_design import STATIC, icon_names

WEB = Path(STATIC).parent
COMPONENTS = sorted((WEB / "templates/web/components").glob("*.html"))
PAGES = ["/design/", "/design/haus/stadt/", "/design/haus/station/", "/design/theke/"]
# made by the base templates, by tags or by other components
NOT_SHOWN_BY_NAME = {
    "account", "address", "address_options", "camera", "field", "field_error", "footer",
    "form_errors", "here", "language_switch", "menu",
    "messages", "nav", "theme_switch", "wordmark", "work_nav",
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*PAGES, "/design/?dir=rtl"])
@pytest.mark.parametrize("language", ["de", "de-informal", "en"])
def test_renders(client: Client, path: str, language: str) -> None:
    client.cookies["ws_language"] = language
    answer = client.get(path)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'lang="{language[:2]}" dir="{"rtl" if "rtl" in path else "ltr"}"' in html
    assert re.findall(r"\sstyle=|\son\w+=|\{[%#]|\{\{|%\}", html) == (
        ["{%", "%}"] if "haus" not in path and "theke" not in path else []
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "status"), [("403", 403), ("404", 404), ("409", 409), ("503", 503)]
)
def test_errors_keep_their_status(client: Client, code: str, status: int) -> None:
    assert client.get(f"/design/fehler/{code}/").status_code == status


def test_every_component_is_shown() -> None:
    parts = (WEB / "templates/web").rglob("*.html")
    shown = " ".join(part.read_text() for part in parts if part.parent.name == "gallery")
    missing = [
        one.stem
        for one in COMPONENTS
        if one.stem not in NOT_SHOWN_BY_NAME and f"components/{one.name}" not in shown
    ]
    assert missing == []


def test_every_component_says_what_it_needs() -> None:
    silent = [one.name for one in COMPONENTS if not re.search(r"\{#|comment %\}", one.read_text())]
    assert silent == []


def test_scripts_are_data_or_files() -> None:
    """A script without an address would be forbidden, except JSON, which does not run."""
    inline = [
        found
        for one in (WEB / "templates").rglob("*.html")
        for found in re.findall(
            r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", one.read_text()
        )
    ]
    assert inline == []


def test_every_used_icon_is_drawn() -> None:
    drawn = set(icon_names())
    used = {
        name
        for one in WEB.parent.rglob("templates/**/*.html")
        for name in re.findall(r'\{% icon "([\w-]+)"', one.read_text())
    }
    assert used - drawn == set()


def test_icons_are_drawn_once_and_plain() -> None:
    names = icon_names()
    sprite = (STATIC / "icons.svg").read_text()
    assert len(names) == len(set(names))
    assert len([name for name in names if name.startswith("cat-")]) >= 48
    assert re.findall(r"style=|class=|fill=|stroke=|<script|href=", sprite) == []


@pytest.mark.django_db
def test_theme_is_served(client: Client) -> None:
    client.cookies["ws_theme"] = "dark"
    assert 'data-theme="dark" data-kern-theme="dark"' in client.get("/design/").content.decode()
    client.cookies["ws_theme"] = "purple"
    assert 'data-theme="auto">' in client.get("/design/").content.decode()
