"""What somebody sees when something breaks that nobody expected."""

from __future__ import annotations

import errno
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
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


FULL = OSError(errno.ENOSPC, "No space left on device")


def _answer(error: Exception, **post: object) -> str:
    try:
        raise error
    except type(error):
        with translation.override("de"):
            request = RequestFactory().post("/z/kaufhaus/abgeben/angebot/?was=Stuhl", post)
            assert request.POST is not None  # a view has read it
            return server_error(request).content.decode()


def test_what_was_typed_can_be_sent_again_when_the_disk_is_full() -> None:
    """To the same address, with the same key, each value as it was, and without the photo."""
    photo = SimpleUploadedFile("a.jpg", b"x", "image/jpeg")
    typed = {"what": 'Stuhl "alt" <b>', "size": ["M", "L"], "command_key": "k1", "photos": photo}
    page = _answer(FULL, **typed, csrfmiddlewaretoken="old")

    form = re.search(r'<form method="post" action="(.*?)">(.*?)</form>', page, re.S)
    assert form is not None
    sent = re.findall(r'name="(\w+)" value="(.*?)"', form[2])
    assert form[1] == "/z/kaufhaus/abgeben/angebot/?was=Stuhl"
    assert [(name, unescape(value)) for name, value in sent if name != "csrfmiddlewaretoken"] == [
        ("what", 'Stuhl "alt" <b>'),
        ("size", "M"),
        ("size", "L"),
        ("command_key", "k1"),
    ]
    assert "Ohne Dateien noch einmal senden" in form[2]


@pytest.mark.parametrize(
    ("error", "post"),
    [
        (FULL, {"login": "a", "password": "geheim"}),
        (FULL, {"new_pin": "4711"}),
        (FULL, {"what": "x" * 70_000}),
        (RuntimeError("a mistake of ours"), {"what": "Stuhl"}),
    ],
)
def test_secrets_long_texts_and_what_would_break_again_are_not_sent_again(
    error: Exception, post: dict[str, str]
) -> None:
    assert "<form method" not in _answer(error, **post).split("<main")[1].split("</main")[0]
