"""What a house says about itself, in the house's language and, where it gave one, in English.

What visitors and neighbours write (the name of a thing, a listing) stays in the one language
it was written in; pages mark it, so that it is read aloud rightly.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from django.db import models
from django.utils.translation import get_language

OWN = "de"  # in which houses write; the other languages stand beside it


@dataclass(frozen=True, slots=True)
class Said:
    """A text as it is said to a reader; `lang` is empty where it is the reader's own."""

    text: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """One text in several languages; an empty one was not given."""

    de: str = ""
    en: str = ""

    def to(self, language: str) -> Said:
        """In the reader's language, else in the house's own, else in any there is."""
        base = language[:2]
        if text := getattr(self, base, ""):
            return Said(text)
        given = ((name, getattr(self, name)) for name in self.languages())
        return next((Said(text, name) for name, text in given if text), Said(""))

    def stripped(self) -> Words:
        return Words(**{name: getattr(self, name).strip() for name in self.languages()})

    @property
    def longest(self) -> int:
        return max(len(getattr(self, name)) for name in self.languages())

    @classmethod
    def languages(cls) -> tuple[str, ...]:
        return tuple(field.name for field in fields(cls))

    @classmethod
    def of(cls, value: Words | str | None) -> Words:
        """A plain text is one in the house's own language."""
        return value if isinstance(value, Words) else cls(**{OWN: value or ""})

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.languages())

    def __str__(self) -> str:
        return self.to(reader()).text


NO_WORDS = Words()


def reader() -> str:
    """The language of who reads now, without its variant."""
    return (get_language() or OWN)[:2]


class WordsField(models.JSONField[Words, Words]):
    """Words as `{"de": …, "en": …}`; what was not given is left out."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("default", Words)
        kwargs.setdefault("blank", True)
        super().__init__(**kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Words:
        return read(super().from_db_value(value, expression, connection))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, Words | str):
            value = written(Words.of(value))
        return super().get_db_prep_value(value, connection, prepared)

    def to_python(self, value: Any) -> Words:
        return value if isinstance(value, Words) else read(value)

    def value_from_object(self, obj: models.Model) -> Any:
        """For dumps and forms: the plain mapping."""
        return written(Words.of(super().value_from_object(obj)))


def read(value: Any) -> Words:
    if isinstance(value, dict):
        return Words(**{name: str(value.get(name) or "") for name in Words.languages()})
    return Words.of(value)


def written(words: Words) -> dict[str, str]:
    given = {name: getattr(words, name) for name in Words.languages()}
    return {name: text for name, text in given.items() if text}
