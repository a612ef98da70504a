"""The picture on a badge."""

from __future__ import annotations

import io

import segno


def badge_svg(code: str) -> str:
    """The code as an SVG element, black on white, error level Q: cards get scratched."""
    out = io.BytesIO()
    segno.make(code, error="q", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, scale=6, border=4, nl=False, omitsize=True
    )
    return out.getvalue().decode()
