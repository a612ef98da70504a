"""Pictures of the demo's things: drawn by ourselves, so that the shelf does not look empty.

A thing stands on a floor before a wall, in the colour of its material, with its shadow. Real
photos replace them as soon as somebody takes in a real thing.
"""

from __future__ import annotations

from io import BytesIO
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from wesprint.config.demo.strokes import Line, Point, lines_of

Colour = tuple[int, int, int]

SIZE = (640, 480)
FINE = 2  # drawn twice as large, then shrunk: smooth edges
SEED = 120  # side of the small field in which the inside of a sign is found
INK: Colour = (44, 42, 38)
WALLS: tuple[tuple[Colour, Colour], ...] = (  # wall and floor
    ((233, 224, 207), (205, 187, 158)),
    ((216, 227, 220), (184, 194, 178)),
    ((236, 221, 209), (203, 172, 148)),
    ((219, 226, 231), (186, 190, 190)),
    ((240, 233, 214), (212, 196, 160)),
)
MATERIALS: dict[str, tuple[Colour, ...]] = {
    "furniture": ((176, 126, 82), (199, 157, 110), (139, 96, 66), (222, 205, 178)),
    "light-decor": ((222, 183, 96), (196, 106, 74), (120, 148, 138), (239, 231, 214)),
    "kitchen-electrics": ((214, 214, 208), (183, 70, 56), (236, 231, 220), (92, 104, 110)),
    "household-electrics": ((120, 140, 152), (214, 214, 208), (166, 74, 62), (233, 229, 220)),
    "electronics": ((74, 80, 86), (104, 112, 118), (196, 196, 190), (58, 66, 82)),
    "kitchenware": ((238, 233, 222), (90, 126, 156), (198, 116, 84), (150, 162, 150)),
    "textiles": ((70, 98, 132), (178, 92, 84), (214, 190, 150), (96, 118, 92)),
    "books-media": ((150, 72, 60), (66, 96, 110), (200, 168, 96), (104, 84, 112)),
    "children": ((226, 170, 70), (104, 150, 156), (206, 104, 84), (146, 172, 106)),
    "sports-mobility": ((58, 110, 104), (176, 62, 54), (72, 92, 128), (206, 164, 70)),
    "tools-garden": ((198, 112, 56), (96, 118, 84), (140, 120, 96), (84, 92, 98)),
}
OTHERS: tuple[Colour, ...] = ((170, 160, 144), (196, 178, 148), (132, 142, 140))


def draw(sign: str, group: str, chance: Random, colour: Colour | None = None) -> bytes:
    """A picture of the thing behind a sign ("cat-chair"), as PNG. The same state of `chance`
    gives the same picture. Without a colour it takes one of the group's materials."""
    wall, floor = chance.choice(WALLS)
    material = chance.choice(MATERIALS.get(group, OTHERS))
    extent = chance.uniform(0.60, 0.72) * SIZE[1]
    lines, foot = _placed(lines_of(sign), extent, chance.uniform(-20, 20))
    image = _room(wall, floor, foot)
    image = _with_shadow(image, lines, foot)
    image = _painted(image, lines, colour or material)
    buffer = BytesIO()
    image.save(buffer, "PNG", compress_level=0)
    return buffer.getvalue()


def _placed(lines: list[Line], extent: float, shift: float) -> tuple[list[Line], float]:
    """The lines in pixels, standing in the lower middle; and the height of their feet."""
    xs = [x for line in lines for x, _y in line]
    ys = [y for line in lines for _x, y in line]
    scale = extent / max(max(xs) - min(xs), max(ys) - min(ys))
    left = SIZE[0] / 2 + shift - scale * (max(xs) + min(xs)) / 2
    foot = SIZE[1] * 0.85
    top = foot - scale * max(ys)
    return [[(left + scale * x, top + scale * y) for x, y in line] for line in lines], foot


def _room(wall: Colour, floor: Colour, foot: float) -> Image.Image:
    image = Image.new("RGB", SIZE, wall)
    edge = round(foot - SIZE[1] * 0.13)
    brush = ImageDraw.Draw(image)
    brush.rectangle((0, edge, *SIZE), fill=floor)
    brush.rectangle((0, edge - 6, SIZE[0], edge), fill=_mixed(wall, (255, 255, 255), 0.45))
    return image


def _with_shadow(image: Image.Image, lines: list[Line], foot: float) -> Image.Image:
    left, right = _ends(lines)
    small = Image.new("L", (SIZE[0] // 4, SIZE[1] // 4), 0)
    box = ((left - 9) / 4, (foot - 11) / 4, (right + 17) / 4, (foot + 17) / 4)
    ImageDraw.Draw(small).ellipse(box, fill=120)
    soft = small.filter(ImageFilter.GaussianBlur(3)).resize(SIZE, Image.Resampling.BILINEAR)
    return Image.composite(Image.new("RGB", SIZE, INK), image, soft)


def _ends(lines: list[Line]) -> tuple[float, float]:
    xs = [x for line in lines for x, _y in line]
    return min(xs), max(xs)


def _painted(image: Image.Image, lines: list[Line], colour: Colour) -> Image.Image:
    inside, stroke = _inside(lines), _stroke(lines)
    image = Image.composite(Image.new("RGB", SIZE, colour), image, inside)
    # Light from the left: what lies away from it is a little darker.
    lit = ImageChops.offset(inside, -17, -5)
    shade = ImageChops.multiply(inside, ImageChops.invert(lit)).filter(ImageFilter.GaussianBlur(2))
    dark = Image.new("RGB", SIZE, _mixed(colour, INK, 0.35))
    image = Image.composite(dark, image, ImageChops.multiply(shade, inside))
    return Image.composite(Image.new("RGB", SIZE, _mixed(colour, INK, 0.78)), image, stroke)


def _stroke(lines: list[Line]) -> Image.Image:
    large = Image.new("L", (SIZE[0] * FINE, SIZE[1] * FINE), 0)
    brush = ImageDraw.Draw(large)
    width = 8 * FINE
    for line in lines:
        points = [(x * FINE, y * FINE) for x, y in line]
        brush.line(points, fill=255, width=width, joint="curve")
        for point in (points[0], points[-1]):
            _dot(brush, point, width / 2)
    return large.resize(SIZE, Image.Resampling.BOX)


def _dot(brush: ImageDraw.ImageDraw, at: Point, radius: float) -> None:
    x, y = at
    brush.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)


def _inside(lines: list[Line]) -> Image.Image:
    """What no flood from the edge reaches: the body of the thing. Found in a small field,
    because its rough border disappears below the stroke."""
    scale = SEED / SIZE[1]
    field = Image.new("L", (round(SIZE[0] * scale), SEED), 0)
    brush = ImageDraw.Draw(field)
    for line in lines:
        brush.line([(x * scale, y * scale) for x, y in line], fill=255, width=2)
    # Thickened for the flood, because slanted lines meet with gaps at their corners.
    field = field.filter(ImageFilter.MaxFilter(3))
    dry = ~_flooded(np.asarray(field) == 0)
    body = Image.fromarray((dry * 255).astype(np.uint8)).filter(ImageFilter.MinFilter(3))
    body = body.resize(SIZE, Image.Resampling.BILINEAR)
    return body.point([0] * 128 + [255] * 128)


def _flooded(free: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where water comes from the edge through free cells."""
    water = np.zeros_like(free)
    water[0, :] = water[-1, :] = water[:, 0] = water[:, -1] = True
    before = -1
    while before < (before := int(water.sum())):
        water[1:] |= water[:-1]
        water[:-1] |= water[1:]
        water[:, 1:] |= water[:, :-1]
        water[:, :-1] |= water[:, 1:]
        water &= free
    return water


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
