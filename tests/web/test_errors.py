"""What somebody sees when something breaks that nobody expected."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from django.utils import translation

from wesprint.web.errors import server_error


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (RuntimeError("Erika Muster, 02931 1234"), 500, "Bei uns ist etwas schiefgegangen"),
        (OperationalError("no route to host"), 503, "Das Haus"),
    ],
)
def test_a_break_is_said_plainly_and_tells_nothing_of_the_inside(
    error: Exception, status: int, words: str
) -> None:
    try:
        raise error
    except type(error):
        with translation.override("de"):
            answer = server_error(RequestFactory().get("/"))
    text = answer.content.decode()
    assert (answer.status_code, words in text, str(error) in text) == (status, True, False)
