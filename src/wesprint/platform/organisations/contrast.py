"""How well two colours can be told apart by readers (WCAG 2.2, relative luminance)."""

from __future__ import annotations

MINIMUM = 4.5

# The grounds on which a centre's colour stands as text, and the text that stands on it:
# the tokens of web/assets/css/tokens.css (a test compares them).
LIGHT_PARTNERS = ("#faf6ee", "#fffdf8", "#efe7d8", "#e3efe8", "#ffffff")
DARK_PARTNERS = ("#151b18", "#1a211e", "#1e2622", "#22352d", "#10241c")


def contrast(one: str, other: str) -> float:
    """From 1.0 (the same) to 21.0 (black on white); colours as "#rrggbb"."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def weakest(colour: str, partners: tuple[str, ...]) -> float:
    """The lowest ratio that the colour reaches, cut (not rounded) to two digits."""
    return int(min(contrast(colour, partner) for partner in partners) * 100) / 100


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
