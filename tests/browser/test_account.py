"""Passkeys and the badge in a real Chromium, under the strict content security policy."""

from __future__ import annotations

from typing import Any

import pytest
from tests.world import Town, add_person

from wesprint.platform.people import services

pytestmark = pytest.mark.browser


def _with_passkeys(visitor: Any) -> None:
    """A security key that belongs to the test: present, and sure of its owner."""
    remote = visitor.context.new_cdp_session(visitor.page)
    remote.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    remote.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_opens_the_account(visit: Any, towns: tuple[Town, Town]) -> None:
    visitor = visit(width=360)
    _with_passkeys(visitor)
    visitor.sign_in(towns[0], "staff")
    page = visitor.open("/konto/zugang/2fa/webauthn/add/")
    page.fill("[name=password]", "korrekt-pferd-batterie")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/webauthn/add/")
    page.fill("[name=name]", "Mein Telefon")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "webauthn/add" not in url)
    assert "Mein Telefon" in visitor.open("/konto/zugang/2fa/webauthn/").content()
    visitor.context.clear_cookies()
    page = visitor.open("/konto/zugang/login/?next=/konto/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "/login/" not in url)
    page.wait_for_selector("text=staff@kaufhaus.example")
    assert visitor.complaints == []


def test_a_badge_opens_the_tablet_and_it_locks_by_itself(
    visit: Any, towns: tuple[Town, Town]
) -> None:
    town = towns[0]
    _badge, code = services.issue_badge(town.ctx("board"), person=add_person(town, "badge-holder"))
    _other, staff_code = services.issue_badge(town.ctx("board"), person=town.people["staff"])
    visitor = visit(width=1280)
    visitor.sign_in(town, "board")
    page = visitor.open(f"/z/{town.centre.slug}/geraete/")
    page.fill("[name=name]", "Theke 1")
    page.select_option("[name=lock_after_seconds]", "60")
    page.click("main form:has([name=lock_after_seconds]) button[type=submit]")
    page.wait_for_url("**/theke/")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_selector(".ws-errors")
    page.fill("[name=code]", "")
    page.keyboard.type(staff_code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/annahme/")
    assert page.locator("[data-ws-lock]").get_attribute("data-ws-lock") == "60"
    page.click("[data-ws-lock-form] button")
    page.wait_for_url("**/theke/")
    assert visitor.complaints == []
