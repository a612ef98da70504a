"""The signs of the design system and of the demo as lines of points, drawn without a browser.

Knows what our own signs use: paths with M L H V C S Q T A Z, rectangles, circles, ellipses.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import wesprint.web

SPRITE = Path(wesprint.web.__file__).parent / "static" / "icons.svg"
THINGS = Path(__file__).parent / "things.svg"
STEPS = 14  # points on a curve
Point = tuple[float, float]
Line = list[Point]
_TOKEN = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])|(-?(?:\d+\.?\d*|\.\d+))")
_COUNT = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_SVG = "{http://www.w3.org/2000/svg}"


@lru_cache(maxsize=1)
def _symbols() -> dict[str, ElementTree.Element]:
    roots = (ElementTree.parse(path).getroot() for path in (SPRITE, THINGS))  # noqa: S314 - our own
    return {one.get("id", ""): one for root in roots for one in root.iter(f"{_SVG}symbol")}


def lines_of(sign: str) -> list[Line]:
    """The sign as lines in a field of 48 by 48. Raises KeyError for an unknown one."""
    return [line for element in _symbols()[sign] for line in _lines(element)]


def _lines(element: ElementTree.Element) -> Iterator[Line]:
    match element.tag.removeprefix(_SVG):
        case "path":
            yield from _Path().read(element.get("d", ""))
        case "rect":
            yield _rectangle(element)
        case "circle" | "ellipse":
            yield _ellipse(element)
        case "g":
            for child in element:
                yield from _lines(child)


def _number(element: ElementTree.Element, name: str, otherwise: float = 0) -> float:
    return float(element.get(name, otherwise))


def _rectangle(element: ElementTree.Element) -> Line:
    x, y = _number(element, "x"), _number(element, "y")
    right, bottom = x + _number(element, "width"), y + _number(element, "height")
    r = _number(element, "rx")
    corners = ((right - r, y + r, -90), (right - r, bottom - r, 0), (x + r, bottom - r, 90))
    line = [
        point
        for cx, cy, start in (*corners, (x + r, y + r, 180))
        for point in _arc_points(cx, cy, r, r, math.radians(start), math.radians(90))
    ]
    return [*line, line[0]]


def _ellipse(element: ElementTree.Element) -> Line:
    rx = _number(element, "rx", _number(element, "r"))
    ry = _number(element, "ry", _number(element, "r"))
    return _arc_points(_number(element, "cx"), _number(element, "cy"), rx, ry, 0, math.tau)


def _arc_points(
    cx: float, cy: float, rx: float, ry: float, start: float, sweep: float, turn: float = 0
) -> Line:
    steps = max(4, round(abs(sweep) / math.tau * 48))
    angles = (start + sweep * i / steps for i in range(steps + 1))
    cos, sin = math.cos(turn), math.sin(turn)
    flat = ((rx * math.cos(a), ry * math.sin(a)) for a in angles)
    return [(cx + cos * x - sin * y, cy + sin * x + cos * y) for x, y in flat]


def _bezier(points: list[Point]) -> Line:
    """A quadratic or cubic curve by De Casteljau, without its first point."""
    return [_split(points, step / STEPS) for step in range(1, STEPS + 1)]


def _split(points: list[Point], t: float) -> Point:
    while len(points) > 1:
        points = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(points)]
    return points[0]


@dataclass
class _Path:
    """One `d` attribute on its way to lines."""

    lines: list[Line] = field(default_factory=list)
    at: Point = (0.0, 0.0)
    mirror: Point | None = None  # the last control point, for the smooth curves

    def read(self, text: str) -> list[Line]:
        for letter, numbers in _commands(text):
            self._step(letter.upper(), numbers, letter.islower())
        return [line for line in self.lines if len(line) > 1]

    def _step(self, letter: str, numbers: list[float], relative: bool) -> None:
        if letter == "Z":
            self._to(self.lines[-1][0])
            return
        if letter == "A":
            self._arc(numbers, relative)
            return
        points = self._points(letter, numbers, relative)
        if letter == "M":
            self.lines.append([points[0]])
            self.at, self.mirror = points[0], None
        elif letter in "LHV":
            self._to(points[0])
        else:
            self._curve(letter, points)

    def _points(self, letter: str, numbers: list[float], relative: bool) -> list[Point]:
        x0, y0 = self.at if relative else (0.0, 0.0)
        if letter == "H":
            return [(numbers[0] + x0, self.at[1])]
        if letter == "V":
            return [(self.at[0], numbers[0] + y0)]
        return [(x + x0, y + y0) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]

    def _curve(self, letter: str, points: list[Point]) -> None:
        if letter in "ST":
            points = [self._mirrored(), *points]
        self._extend(_bezier([self.at, *points]))
        self.mirror = points[-2]

    def _mirrored(self) -> Point:
        mx, my = self.mirror or self.at
        return 2 * self.at[0] - mx, 2 * self.at[1] - my

    def _to(self, point: Point) -> None:
        self._extend([point])

    def _extend(self, points: Line) -> None:
        if not self.lines or self.lines[-1][-1] != self.at:
            self.lines.append([self.at])
        self.lines[-1] += points
        self.at, self.mirror = points[-1], None

    def _arc(self, numbers: list[float], relative: bool) -> None:
        rx, ry, turn, large, sweep, x, y = numbers
        end = (x + self.at[0], y + self.at[1]) if relative else (x, y)
        self._extend(_svg_arc(self.at, end, (rx, ry), math.radians(turn), bool(large), bool(sweep)))
        self.at = end


def _svg_arc(start: Point, end: Point, radii: Point, turn: float, large: bool, sweep: bool) -> Line:
    """SVG 2, appendix B.2.4: from two points to centre, angles and the points between."""
    cos, sin = math.cos(turn), math.sin(turn)
    dx, dy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cos * dx + sin * dy, -sin * dx + cos * dy
    rx, ry = radii
    scale = math.sqrt(max(1.0, (x / rx) ** 2 + (y / ry) ** 2))
    rx, ry = rx * scale, ry * scale
    square = (rx * ry) ** 2 / ((rx * y) ** 2 + (ry * x) ** 2) - 1
    root = math.sqrt(max(0.0, square)) * (-1 if large == sweep else 1)
    mx, my = root * rx * y / ry, -root * ry * x / rx
    cx = cos * mx - sin * my + (start[0] + end[0]) / 2
    cy = sin * mx + cos * my + (start[1] + end[1]) / 2
    first = math.atan2((y - my) / ry, (x - mx) / rx)
    last = math.atan2((-y - my) / ry, (-x - mx) / rx)
    span = (last - first) % math.tau if sweep else -((first - last) % math.tau)
    return _arc_points(cx, cy, rx, ry, first, span, turn)[1:]


def _commands(text: str) -> Iterator[tuple[str, list[float]]]:
    """Letters with their numbers, repeated ones spelled out."""
    letter, numbers = "", list[float]()
    for found in _TOKEN.finditer(text):
        if found[1]:
            letter = found[1]
        else:
            numbers.append(float(found[2]))
        if letter and len(numbers) == _COUNT[letter.upper()]:
            yield letter, numbers
            letter, numbers = _next_letter(letter), []


def _next_letter(letter: str) -> str:
    """More numbers after a move are lines; after a close there are none."""
    return {"M": "L", "m": "l", "Z": "", "z": ""}.get(letter, letter)
