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


def _violations(page: Any, *rules: str) -> list[str]:
    """What axe finds, by all of its usual rules or by these."""
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": rules}
    found = page.evaluate("options => window.axe.run(document, options)", options)
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found["violations"]
        for node in one["nodes"][:3]
    ]


def _sticks_out(page: Any) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def _small_targets(page: Any) -> list[str]:
    """44 px at the counter, where people work standing; 24 px everywhere else."""
    found = page.evaluate(TARGETS)
    return [f"{size} {text!r} {markup}" for size, text, markup in found]


# Colours that fade into each other are looked at when nothing moves any more for three frames.
AT_REST = """async () => {
  for (let still = 0; still < 3; ) {
    await new Promise(requestAnimationFrame);
    still = document.getAnimations().some(one => one.playState === "running") ? 0 : still + 1;
  }
}"""


def _in_the_dark(page: Any) -> list[str]:
    """The theme changes nothing but colours, so only those are looked at again."""
    page.emulate_media(color_scheme="dark")
    page.evaluate(AT_REST)
    found = _violations(page, "color-contrast", "link-in-text-block")
    page.emulate_media(color_scheme="light")
    return found


def _problems(page: Any) -> dict[str, object]:
    found = {
        "axe": _violations(page),
        "wider than the screen": max(0, _sticks_out(page)),
        "small": _small_targets(page),
        "dark": _in_the_dark(page),
    }
    return {name: what for name, what in found.items() if what}


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page(visit: Any, towns: tuple[Town, Town], width: int) -> None:
    """One visit to each: axe finds nothing in light and dark, nothing is wider than the screen,
    and every target is big enough for a finger."""
    town = furnish(towns[0])
    add_person(town, "visitor")
    problems: dict[str, object] = {}
    visitors: dict[str | None, Any] = {}
    for name, path, role in _stops(town):
        if role not in visitors:
            visitors[role] = visit(width=width, bypass_csp=True, reduced_motion="reduce")
            visitors[role].context.add_init_script(path=AXE)
            if role:
                visitors[role].sign_in(town, role)
        page = visitors[role].page
        answer = page.goto(f"{visitors[role].url}{path}")
        found = {"status": answer.status} if answer.status >= 400 else _problems(page)
        if found:
            problems[f"{name} {path}"] = found
    assert problems == {}
