"""What the design system ships as files, for the gallery and the tests."""

from __future__ import annotations

import re
from pathlib import Path

STATIC = Path(__file__).parent / "static"


def icon_names() -> list[str]:
    """The ids of all symbols in the sprite, in its order; pictures of goods begin with `cat-`."""
    return re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text())
