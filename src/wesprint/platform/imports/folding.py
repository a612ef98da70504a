"""Headings as files write them, compared with those that a kind of import knows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from wesprint.platform.imports.kinds import Column

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def fold(text: str) -> str:
    """ "Gewicht (kg)" -> "gewicht kg"; "Zustand/Güte" -> "zustand guete"."""
    plain = text.casefold().translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", plain)
    return " ".join(re.findall(r"[a-z0-9€]+", plain))


def guess_mapping(columns: Sequence[Column], headings: Sequence[str]) -> dict[str, int]:
    """For each column of ours the first heading that names it; whole names go before parts of
    names. A heading is taken once, so that a doubled one fills nothing twice."""
    folded = [fold(heading) for heading in headings]
    found: dict[str, int] = {}
    for fits in (_is_name, _holds_name):
        for column in columns:
            for place, heading in enumerate(folded):
                free = place not in found.values() and column.name not in found
                if free and heading and fits(heading, column):
                    found[column.name] = place
    return found


def _is_name(heading: str, column: Column) -> bool:
    return heading in column.headings


def _holds_name(heading: str, column: Column) -> bool:
    words = set(heading.split())
    return any(set(known.split()) <= words for known in column.headings)
