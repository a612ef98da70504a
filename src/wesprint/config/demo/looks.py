"""What a thing of the demo looks like beyond its kind: a picture must show what its title says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Colour = tuple[int, int, int]

# Words of a title that say how it looks, most telling first.
COLOURS: Mapping[str, Colour] = {
    "dunkelblau": (52, 70, 108),
    "blau": (70, 110, 160),
    "grün": (88, 124, 86),
    "gelb": (222, 184, 72),
    "rot": (176, 62, 52),
    "schwarz": (66, 66, 70),
    "grau": (142, 146, 150),
    "weiß": (238, 234, 224),
    "beige": (212, 192, 160),
    "hell": (222, 208, 184),
    "braun": (134, 88, 58),
    "gold": (206, 164, 70),
    "messing": (206, 164, 70),
    "silber": (188, 192, 196),
    "edelstahl": (190, 195, 198),
    "zinn": (164, 166, 166),
    "zink": (158, 166, 170),
    "gusseisern": (72, 74, 78),
    "stahlrohr": (150, 154, 160),
    "terrakotta": (190, 106, 70),
    "steinzeug": (150, 128, 106),
    "nussbaum": (118, 78, 52),
    "eiche": (186, 142, 92),
    "buche": (206, 160, 112),
    "kiefer": (222, 182, 126),
    "esche": (216, 188, 142),
    "birnbaum": (190, 128, 88),
    "ahorn": (230, 200, 154),
    "leder": (146, 94, 60),
    "wolle": (128, 116, 104),
    "leinen": (214, 200, 172),
    "jeans": (76, 104, 144),
    "opalglas": (244, 238, 224),
    "lavendel": (172, 156, 194),
    "weide": (186, 140, 88),
}
MANY_COLOURS = ("bunt", "gemischt", "bemalt", "streublumen")
# What a surface does with light: the first that a title or a sign names.
WOODS = ("nussbaum", "eiche", "buche", "kiefer", "esche", "birnbaum", "ahorn", "fichte", "holz")
METALS = ("messing", "silber", "edelstahl", "zinn", "zink", "stahlrohr", "gusseisern", "gold")
SOFT = frozenset(
    (
        "cat-armchair", "cat-bag", "cat-bed", "cat-bed-linen", "cat-carpet", "cat-curtain",
        "cat-office-chair", "cat-pram", "cat-sofa", "cat-soft-toy", "thing-backpack", "thing-tent",
    )
)  # fmt: skip
WOVEN = frozenset(("thing-basket", "thing-crate"))
MATERIAL_OF_GROUP: Mapping[str, str] = {
    "furniture": "wood",
    "textiles": "cloth",
    "kitchenware": "glaze",
    "books-media": "paper",
    "food": "paper",
}


class Look(NamedTuple):
    """colour: None where the title names none; variant: one of several ways to show it then."""

    colour: Colour | None = None
    surface: str = ""
    many: bool = False
    variant: int = 0


def look_of(title: str, variant: int = 0) -> Look:
    """The same title and variant look the same; where a colour is named, the variant is idle."""
    words, colour = title.lower(), colour_of(title)
    many = any(word in words for word in MANY_COLOURS)
    return Look(colour, surface_of(words), many, 0 if colour or many else variant)


def colour_of(title: str) -> Colour | None:
    """The colour or the material that a title names; None where it names none."""
    words = title.lower()
    return next((colour for word, colour in COLOURS.items() if word in words), None)


def surface_of(words: str) -> str:
    """wood or metal, where the title says so."""
    if any(word in words for word in WOODS):
        return "wood"
    return "metal" if any(word in words for word in METALS) else ""


def material_of(sign: str, group: str, look: Look) -> str:
    """wood, metal, cloth, glaze, paper or plastic."""
    if sign in SOFT:
        return "cloth"
    if sign in WOVEN:
        return "wood"
    return look.surface or MATERIAL_OF_GROUP.get(group, "plastic")
