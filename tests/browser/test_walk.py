"""One walk over all pages of all rooms: axe finds nothing, nothing sticks out at 360 px."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.world import Town, add_person, furnish

from wesprint.platform.people.models import RoleName
from wesprint.platform.people.rules import may
from wesprint.platform.people.viewer import viewer_for_user
from wesprint.web.rooms import Page, rooms

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TARGETS = (ROOT / "tests" / "browser" / "targets.js").read_text()
GALLERY = [Page("gallery", lambda town: "/design/", centre_bound=False)]


def _role_for(town: Town, page: Page) -> str | None:
    """The first role that may open the page; None for a passer-by."""
    if not page.permission:
        return None
    for role in RoleName.values:
        user = town.people[role].user
        assert user is not None
        if may(viewer_for_user(user, town.ctx().occurred_at.date()), page.permission, town.centre):
            return role
    raise AssertionError(f"no role may open {page.name}")


def _stops(town: Town) -> list[tuple[str, str, str | None]]:
    """(name, path, role) of every page, made once before the browser starts."""
    pages = [(room.name, page) for room in rooms() for page in room.pages if page.shows]
    stops = [
        (f"{name}/{page.name}", page.path(town), _role_for(town, page)) for name, page in pages
    ]
    return stops + [(page.name, page.path(town), None) for page in GALLERY]


def _violations(page: Any) -> list[str]:
    found = page.evaluate("() => window.axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found["violations"]
        for node in one["nodes"][:3]
    ]


def _sticks_out(page: Any) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page(visit: Any, towns: tuple[Town, Town], width: int, theme: str) -> None:
    town = furnish(towns[0])
    add_person(town, "visitor")
    problems: dict[str, object] = {}
    visitors: dict[str | None, Any] = {}
    for name, path, role in _stops(town):
        if role not in visitors:
            visitors[role] = visit(width=width, theme=theme, bypass_csp=True)
            visitors[role].context.add_init_script(path=AXE)
            if role:
                visitors[role].sign_in(town, role)
        page = visitors[role].page
        answer = page.goto(f"{visitors[role].url}{path}")
        if answer.status >= 400:
            problems[f"{name} {path}"] = answer.status
            continue
        found = _violations(page)
        if found:
            problems[f"{name} {path}"] = found
        if (wide := _sticks_out(page)) > 0:
            problems[f"{name} {path} width"] = wide
    assert problems == {}


@pytest.mark.parametrize("width", [360, 1280])
def test_every_target_is_big_enough_for_a_finger(
    visit: Any, towns: tuple[Town, Town], width: int
) -> None:
    """44 px at the counter, where people work standing; 24 px everywhere else."""
    town = furnish(towns[0])
    problems: list[str] = []
    visitors: dict[str | None, Any] = {}
    for name, path, role in _stops(town):
        if role not in visitors:
            visitors[role] = visit(width=width)
            if role:
                visitors[role].sign_in(town, role)
        page = visitors[role].page
        page.goto(f"{visitors[role].url}{path}")
        for size, text, markup in page.evaluate(TARGETS):
            problems.append(f"{name}: {size} {text!r} {markup}")
    assert problems == []
