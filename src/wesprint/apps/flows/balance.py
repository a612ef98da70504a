"""The mass balance: what came in = change in stock + all that went another way, to the gram.

Pure: from the picture's groups to lines of one equation, by group, by kind, or by material.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wesprint.apps.flows import words
from wesprint.apps.flows.selectors.picture import MATERIAL, Group
from wesprint.platform.reference.tables import read
from wesprint.web.rooms import Fate, Flow

WAYS = (
    Fate.USED_AGAIN,
    Fate.LENT,
    Fate.REWORKED,
    Fate.RECYCLED,
    Fate.DISPOSED,
    Fate.LEFT,
    Fate.MOVED,
    Fate.CORRECTED,
)


@dataclass(frozen=True, slots=True)
class Line:
    """Grams: came_in = (end - start) + the sum of `ways`; `difference` is what is missing."""

    slug: str
    name_de: str
    name_en: str
    start: int
    came_in: int
    ways: Mapping[Fate, int]
    end: int

    @property
    def change(self) -> int:
        return self.end - self.start

    @property
    def difference(self) -> int:
        return self.came_in - self.change - sum(self.ways.values())

    def way(self, fate: Fate) -> int:
        return self.ways.get(fate, 0)


def lines_of(groups: Iterable[Group], known: Mapping[str, Flow]) -> tuple[Line, ...]:
    return tuple(_line(group, known) for group in groups)


def _line(group: Group, known: Mapping[str, Flow]) -> Line:
    """What came out of the work counts against what went into it."""
    ways: dict[Fate, int] = defaultdict(int)
    came_in = 0
    for flow, grams in group.out.items():
        ways[words.flow_of(flow, -grams, known).fate] += grams
    for flow, grams in group.came_in.items():
        if words.flow_of(flow, grams, known).fate is Fate.MADE:
            ways[Fate.REWORKED] -= grams
        else:
            came_in += grams
    return Line(
        group.slug, group.name_de, group.name_en, group.start, came_in, dict(ways), group.end
    )


def summed(slug: str, name_de: str, name_en: str, lines: Sequence[Line]) -> Line:
    return Line(
        slug,
        name_de,
        name_en,
        sum(line.start for line in lines),
        sum(line.came_in for line in lines),
        {fate: sum(line.way(fate) for line in lines) for fate in WAYS},
        sum(line.end for line in lines),
    )


def used_ways(lines: Sequence[Line]) -> tuple[Fate, ...]:
    """The ways that some line knows, in the order of the equation."""
    return tuple(fate for fate in WAYS if any(line.way(fate) for line in lines))


# -- by material -----------------------------------------------------------------------------
UNKNOWN = "unknown"
_BOXES = {
    f"{MATERIAL}wood": "Wood",
    f"{MATERIAL}metal": "Metal: scrap metal",
    f"{MATERIAL}textile": "Clothing",
    f"{MATERIAL}plastic": "Plastics: average plastics",
    f"{MATERIAL}glass": "Glass",
    f"{MATERIAL}paper": "Paper and board: paper",
    f"{MATERIAL}electronics": "Electrical items - small",
}


def by_material(kinds: Iterable[Line]) -> tuple[Line, ...]:
    """Kinds taken apart by the assumed shares of their materials. Each weight is split by
    itself, so the sum over all materials is the sum over all kinds; the stock at the end is
    what the others leave, so each material closes as far as its kinds do."""
    parts: dict[str, list[Line]] = defaultdict(list)
    for line in kinds:
        for material, part in _taken_apart(line):
            parts[material].append(part)
    return tuple(summed(name, name, name, parts[name]) for name in sorted(parts))


def _taken_apart(line: Line) -> Iterator[tuple[str, Line]]:
    shares = mixes().get(line.slug, {UNKNOWN: 1000})
    names, weights = tuple(shares), tuple(shares.values())

    def cut(grams: int) -> dict[str, int]:
        return dict(zip(names, split(grams, weights), strict=True))

    start, came_in, missing = cut(line.start), cut(line.came_in), cut(line.difference)
    ways = {fate: cut(grams) for fate, grams in line.ways.items()}
    for name in names:
        out = {fate: grams[name] for fate, grams in ways.items()}
        end = start[name] + came_in[name] - sum(out.values()) - missing[name]
        yield name, Line(name, name, name, start[name], came_in[name], out, end)


def split(grams: int, weights: Sequence[int]) -> tuple[int, ...]:
    """`grams` by weights, whole, by largest remainder: the parts add up to the gram."""
    whole = sum(weights)
    floors = [grams * weight // whole for weight in weights]
    rests = [grams * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda index: (-rests[index], index))
    for index in order[: grams - sum(floors)]:
        floors[index] += 1
    return tuple(floors)


@lru_cache(maxsize=1)
def mixes() -> Mapping[str, Mapping[str, int]]:
    """Assumed shares of materials in per mille, by category; boxes of the workshop hold one."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for code, material in _BOXES.items():
        found[code][material] = 1000
    for row in read("material_mixes"):
        found[row["category"]][row["material"]] = int(row["share_permille"])
    return found
