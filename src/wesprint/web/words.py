"""Texts that are in another language than the page: marked, so that they are read aloud
rightly and keep their direction within a line that runs the other way."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html

from wesprint.platform.base.words import OWN, Words, reader


def said(words: Any) -> Any:
    """The house's words (Words) in the reader's language, else marked with their own."""
    if not isinstance(words, Words):
        return words
    found = words.to(reader())
    return marked(found.text, found.lang) if found.lang else found.text


class Translated(str):
    """Stands where a neighbour may have written something, but is in the reader's language:
    the name of a category for a thing without a name of its own."""

    __slots__ = ()


def written(text: Any) -> Any:
    """What a house or a neighbour wrote, in the language in which the house writes."""
    if not text or reader() == OWN or isinstance(text, Translated):
        return text
    return marked(text, OWN)


def marked(text: Any, language: str) -> str:
    return format_html('<bdi lang="{}">{}</bdi>', language, text)
