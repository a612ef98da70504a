"""What a scanner read or somebody typed, as a number: the address on a label ends with it.

A USB scanner set to the US layout types "https://" as "httpsÖ--" and "/" as "-" on a German
keyboard; the numbers themselves have no letter that could be mistaken.
"""

from __future__ import annotations

import re

from wesprint.kernel.ids import normalise_id

LONGEST = 200
_TYPED = re.compile(r"[0-9A-Za-z\s-]+")
_RUN = re.compile(r"[0-9A-Za-z]+")


def number_in(text: str) -> str:
    """The number at the end of an address, or the whole text as somebody typed it."""
    text = text.strip()[:LONGEST].rstrip("/-")
    runs = _RUN.findall(text)
    if not runs:
        return ""
    return normalise_id(text if _TYPED.fullmatch(text) else runs[-1])
