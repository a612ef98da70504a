"""How words are compared: lower case, without accents, umlauts in each way people type them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MAX_WORD = 40
_WORD = re.compile(r"[^\W_]+")
_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_SHARP_S = str.maketrans({"ß": "ss"})
_COLLAPSE = re.compile(r"([aou])e")


def indexed_words(text: str) -> list[str]:
    """Each word in all forms under which it is found, in order, without repetition.

    "Bücherregal" -> bucherregal, buecherregal. A word written "ae" is also found as "a":
    "Saege" -> saege, sage; that "Sofaecke" so becomes "sofacke" too does no harm.
    """
    return list(dict.fromkeys(form for word in _words(text) for form in _indexed_forms(word)))


def query_terms(text: str, limit: int = 6) -> list[tuple[str, ...]]:
    """The words asked for, each in the one or two forms that its typing allows."""
    terms = dict.fromkeys(_forms(word) for word in _words(text[:200]))
    return list(terms)[:limit]


def _words(text: str) -> list[str]:
    composed = unicodedata.normalize("NFKC", text).lower()
    return [word[:MAX_WORD] for word in _WORD.findall(composed)]


def _forms(word: str) -> tuple[str, ...]:
    """Without accents, and with umlauts as two letters."""
    plain = _strip(word.translate(_SHARP_S))
    double = _strip(word.translate(_DIGRAPHS))
    return (plain,) if plain == double else (plain, double)


@lru_cache(maxsize=20_000)  # the words of a category come again with each of its things
def _indexed_forms(word: str) -> tuple[str, ...]:
    forms = _forms(word)
    return (*forms, _COLLAPSE.sub(r"\1", forms[-1]))


def _strip(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return plain[: 2 * MAX_WORD]
