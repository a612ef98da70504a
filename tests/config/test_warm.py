"""What is opened before the workers are forked, and that nothing of it keeps a server closed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.world import make_town

from wesprint.config.cli.warm import warm_up
from wesprint.config.wsgi import application


class Answering:
    """The real application, with a note of what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.statuses: set[str] = set()

    def __call__(self, environ: dict[str, Any], _start: Any) -> Iterable[bytes]:
        self.asked.append((environ["PATH_INFO"], environ["HTTP_ACCEPT_LANGUAGE"]))
        return application(environ, lambda status, _headers, _problem=None: self._note(status))  # type: ignore[arg-type]  # as a server starts an answer

    def _note(self, status: str) -> None:
        self.statuses.add(status)


def test_the_first_pages_are_opened_in_the_houses_languages(fresh_database: str) -> None:
    make_town()
    answering = Answering()
    warm_up(answering)
    house = "/z/kaufhaus/"
    paths = ("/", house, f"{house}warenhaus/", f"{house}abgeben/")
    assert answering.asked == [(path, language) for path in paths for language in ("de", "en")]
    assert answering.statuses == {"200 OK"}


def test_a_page_that_fails_keeps_no_server_closed(fresh_database: str) -> None:
    def broken(_environ: dict[str, Any], _start: Any) -> Iterable[bytes]:
        raise ValueError("broken")

    warm_up(broken)
