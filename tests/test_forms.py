"""Nobody is shown a form that refuses them: every role walks all pages and sends what it sees."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from django.db import transaction
from django.test import Client

from tests.test_walk import pages, signed_in
from tests.world import Town, furnish, make_town
from wesprint.platform.people.models import RoleName

pytestmark = pytest.mark.django_db


class Forms(HTMLParser):
    """Where the forms and buttons of a page send to; an empty action is the page itself."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.targets: set[str] = set()
        self._posts = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._posts = (given.get("method") or "get").lower() == "post"
            if self._posts:
                self._add(given.get("action"))
        elif self._posts and given.get("formaction"):
            self._add(given["formaction"])
        if given.get("hx-post"):
            self._add(given["hx-post"])

    def _add(self, action: str | None) -> None:
        self.targets.add(urljoin(self.page, action or ""))


def forms_in(page: str, html: str) -> set[str]:
    parser = Forms(page)
    parser.feed(html)
    return parser.targets


def sent_empty(client: Client, path: str) -> int:
    """The answer to an empty form; what it changed, the next one does not find."""
    sender = Client()
    sender.cookies = client.cookies.copy()
    with transaction.atomic():
        status = sender.post(path, {"command_key": path}).status_code
        transaction.set_rollback(True)
    return status


def test_forms_are_found_wherever_they_send() -> None:
    html = (
        '<form method="post"><button formaction="b/">x</button></form><form action="/no"></form>'
        '<form method="POST" action="/c"></form><input hx-post="/d">'
    )
    assert forms_in("/a/", html) == {"/a/", "/a/b/", "/c", "/d"}


@pytest.mark.parametrize("role", [*RoleName.values, "visitor"])
def test_no_form_on_a_page_refuses_whoever_sees_it(role: str) -> None:
    town: Town = furnish(make_town())
    client = dict(signed_in(town, role))[role] if role in town.people else Client()
    found: dict[str, str] = {}
    for name, page in pages():
        if not page.shows:
            continue
        path = page.path(town)
        answer = client.get(path)
        if answer.status_code == 200:
            for target in forms_in(path, answer.content.decode()):
                found.setdefault(target, name)
    refused = sorted(
        (name, target) for target, name in found.items() if sent_empty(client, target) == 403
    )
    assert refused == []
