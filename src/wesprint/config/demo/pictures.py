"""Pictures of the demo's things: drawn by ourselves, so that the shelf does not look empty.

As in a small studio: a thing of its material before a paper that rolls from the wall onto the
table, with light from the upper left. Real photos replace them as soon as somebody takes in a
real thing.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter
from scipy import ndimage

from wesprint.config.demo.light import Field, shaded
from wesprint.config.demo.looks import Colour, Look, material_of
from wesprint.config.demo.strokes import Line, Point, lines_of

SIZE = (480, 360)
FINE = 2  # drawn twice as large, then shrunk: smooth edges
SEED = 120  # height of the small field in which the inside of a sign is found
BAR, GROOVE = 8, 3  # pixels: a line that stands free is a rod, one on a body is a joint
FOOT = 0.84  # of the height: where things stand
PAPERS: tuple[Colour, ...] = (
    (236, 229, 217), (222, 229, 224), (235, 224, 214), (223, 228, 233), (238, 231, 214),
)  # fmt: skip
HANGING = frozenset(
    ("thing-wall-clock", "thing-wall-mirror", "cat-picture-frame", "cat-ceiling-lamp", "cat-mirror")
)
MATERIALS: dict[str, tuple[Colour, ...]] = {
    "furniture": ((176, 126, 82), (199, 157, 110), (139, 96, 66), (222, 205, 178)),
    "light-decor": ((222, 183, 96), (196, 106, 74), (120, 148, 138), (239, 231, 214)),
    "kitchen-electrics": ((214, 214, 208), (183, 70, 56), (236, 231, 220), (92, 104, 110)),
    "household-electrics": ((120, 140, 152), (214, 214, 208), (166, 74, 62), (233, 229, 220)),
    "electronics": ((74, 80, 86), (104, 112, 118), (196, 196, 190), (58, 66, 82)),
    "kitchenware": ((238, 233, 222), (90, 126, 156), (198, 116, 84), (150, 162, 150)),
    "food": ((176, 122, 72), (190, 140, 88)),
    "textiles": ((70, 98, 132), (178, 92, 84), (214, 190, 150), (96, 118, 92)),
    "books-media": ((150, 72, 60), (66, 96, 110), (200, 168, 96), (104, 84, 112)),
    "children": ((226, 170, 70), (104, 150, 156), (206, 104, 84), (146, 172, 106)),
    "sports-mobility": ((58, 110, 104), (176, 62, 54), (72, 92, 128), (206, 164, 70)),
    "tools-garden": ((198, 112, 56), (96, 118, 84), (140, 120, 96), (84, 92, 98)),
}
OTHERS: tuple[Colour, ...] = ((170, 160, 144), (196, 178, 148), (132, 142, 140))
MIXED_GROUPS = frozenset(("books-media", "children"))  # books of one colour look like one book


def draw(sign: str, group: str, look: Look) -> bytes:
    """A picture of the thing behind a sign ("cat-chair"), as PNG; the same answer every time.
    Without a colour it takes one of the group's materials."""
    chance = Random(f"{sign}/{look}")  # noqa: S311 - a picture, no secret
    paper = _unit(chance.choice(PAPERS))
    hangs = sign in HANGING
    lines, foot = _placed(lines_of(sign), chance.uniform(0.62, 0.70) * SIZE[1], hangs)
    body, grooves = _body(lines)
    picture = np.clip(paper * _studio(), 0, 1) * (1 - _shadow(body, foot, hangs))[..., None]
    window = _window(lines)
    body, grooves = body[window], grooves[window]
    colours = _colours(body, grooves, group, look, chance)
    thing = shaded(
        colours, body, grooves, material_of(sign, group, look), chance.randrange(1 << 30)
    )
    picture[window] += (thing - picture[window]) * body[..., None]
    buffer = BytesIO()
    Image.fromarray((picture * 255 + 0.5).astype(np.uint8)).save(buffer, "PNG", compress_level=0)
    return buffer.getvalue()


def _window(lines: list[Line]) -> tuple[slice, slice]:
    """Where the thing is: only there is there something to light."""
    xs, ys = ([point[axis] for line in lines for point in line] for axis in (0, 1))
    return (
        slice(max(0, int(min(ys)) - BAR), int(max(ys)) + BAR),
        slice(max(0, int(min(xs)) - BAR), int(max(xs)) + BAR),
    )


# -- the thing -----------------------------------------------------------------------------------
def _placed(lines: list[Line], extent: float, hangs: bool) -> tuple[list[Line], float]:
    """The lines in pixels, standing in the lower middle; and the height of their feet."""
    xs, ys = ([point[axis] for line in lines for point in line] for axis in (0, 1))
    scale = extent / max(max(xs) - min(xs), max(ys) - min(ys))
    left = SIZE[0] / 2 - scale * (max(xs) + min(xs)) / 2
    foot = SIZE[1] * FOOT
    if hangs:
        foot = (SIZE[1] + scale * (max(ys) - min(ys))) / 2
    top = foot - scale * max(ys)
    return [[(left + scale * x, top + scale * y) for x, y in line] for line in lines], foot


def _body(lines: list[Line]) -> tuple[Field, Field]:
    """Where the thing is, and the joints on it; each from 0 to 1."""
    inside = _inside(lines)
    body = np.maximum(inside, _stroke(lines, BAR))
    # A joint lies so deep inside that it is no edge of the thing.
    around = Image.fromarray((inside * 255).astype(np.uint8)).filter(ImageFilter.BoxBlur(BAR - 2))
    return body, _stroke(lines, GROOVE) * (_field(around) > 0.999)


def _stroke(lines: list[Line], width: float) -> Field:
    large = Image.new("L", (SIZE[0] * FINE, SIZE[1] * FINE), 0)
    brush = ImageDraw.Draw(large)
    for line in lines:
        points = [(x * FINE, y * FINE) for x, y in line]
        brush.line(points, fill=255, width=round(width * FINE), joint="curve")
        for point in (points[0], points[-1]):
            _dot(brush, point, width * FINE / 2)
    return _field(large.resize(SIZE, Image.Resampling.BOX))


def _dot(brush: ImageDraw.ImageDraw, at: Point, radius: float) -> None:
    x, y = at
    brush.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)


def _inside(lines: list[Line]) -> Field:
    """What no flood from the edge reaches. Found in a small field, because its rough border
    disappears below the stroke."""
    scale = SEED / SIZE[1]
    small = Image.new("L", (round(SIZE[0] * scale), SEED), 0)
    brush = ImageDraw.Draw(small)
    for line in lines:
        brush.line([(x * scale, y * scale) for x, y in line], fill=255, width=2)
    # Thickened for the flood, because slanted lines meet with gaps at their corners.
    small = small.filter(ImageFilter.MaxFilter(3))
    dry = ndimage.binary_fill_holes(np.asarray(small) > 0)
    whole = Image.fromarray((dry * 255).astype(np.uint8)).filter(ImageFilter.MinFilter(3))
    return (_field(whole.resize(SIZE, Image.Resampling.BILINEAR)) > 0.5).astype(np.float32)


def _colours(body: Field, grooves: Field, group: str, look: Look, chance: Random) -> Field:
    """Each part between joints in the thing's colour, a little lighter or darker than the next,
    or in several colours."""
    palette = [_unit(colour) for colour in MATERIALS.get(group, OTHERS)]
    own = _unit(look.colour) if look.colour else palette[look.variant % len(palette)]
    parts, count = _parts(body, grooves)
    many = look.many or (not look.colour and group in MIXED_GROUPS)
    table = [own]
    for _part in range(count):
        tint = chance.choice(palette) if many else own
        table.append(np.clip(tint * chance.uniform(0.93, 1.05), 0, 1))
    return np.asarray(table, np.float32)[parts]


def _parts(body: Field, grooves: Field) -> tuple[NDArray[np.int32], int]:
    """Number of the part at each pixel; joints take that of a neighbour."""
    labels, count = ndimage.label((body > 0.02) & (grooves < 0.3))
    return ndimage.maximum_filter(labels, GROOVE + 3), count


# -- the studio ----------------------------------------------------------------------------------
@lru_cache(maxsize=1)
def _studio() -> Field:
    """Paper that rolls from the wall onto the table, brightest where the lamp is: how bright it
    is, in red, green and blue."""
    down, right = np.mgrid[0 : SIZE[1], 0 : SIZE[0]].astype(np.float32)
    lamp = np.exp(-(((right / SIZE[0] - 0.34) / 0.62) ** 2) - ((down / SIZE[1] - 0.30) / 0.60) ** 2)
    table = 1 / (1 + np.exp(-(down / SIZE[1] - 0.70) * 26))
    bright = 0.86 + 0.17 * lamp - 0.075 * table + 0.07 * table * (down / SIZE[1] - 0.7)
    warm = np.array([1.0, 0.985, 0.955], np.float32)
    light: Field = (bright[..., None] * (1 - table[..., None] * (1 - warm))).astype(np.float32)
    return light


def _shadow(body: Field, foot: float, hangs: bool) -> Field:
    """How much light is missing, 0 to 1: on the wall behind, or on the table to the right."""
    image = Image.fromarray((body * 255).astype(np.uint8))
    if hangs:
        moved = image.transform(SIZE, Image.Transform.AFFINE, (1, 0, -10, 0, 1, -12))
        return _field(moved.filter(ImageFilter.GaussianBlur(7))) * 0.36
    # Laid onto the table: a height of 1 becomes 0.26 of depth and 0.55 to the right.
    flat, aside, line = 0.26, 0.55, foot + 3
    back = (1, aside / flat, -aside / flat * line, 0, 1 / flat, line - line / flat)
    laid = image.transform(SIZE, Image.Transform.AFFINE, back)
    soft = _field(laid.filter(ImageFilter.GaussianBlur(6))) * 0.30
    touch = np.zeros_like(body)
    touch[round(foot) - 8 : round(foot) + 6] = body[round(foot) - 8 : round(foot) + 6].max(0)
    near = ndimage.gaussian_filter(touch, (4, 7)) * 0.55
    return (1 - (1 - soft) * (1 - near)).astype(np.float32)


def _field(image: Image.Image) -> Field:
    return np.asarray(image, np.float32) / np.float32(255)


def _unit(colour: Colour) -> Field:
    return np.asarray(colour, np.float32) / np.float32(255)
