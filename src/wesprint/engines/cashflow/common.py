"""What many parts of a plan have in common: months, runs over time, money, VAT codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wesprint.engines.cashflow import plan as words
from wesprint.engines.cashflow.plan import BUSINESS, HOUSE, MONTHS, When
from wesprint.engines.cashflow.reading import Node, Value

VAT: Final = ("none", "standard", "reduced", "margin")


@dataclass(frozen=True)
class Times:
    """Absolute months of the start and founding; the opening counts from the start."""

    start: int
    founded: int
    opening: int


def times(node: Node) -> Times:
    start = node["start"].month()
    if start % 12:
        raise node["start"].error("a plan starts in January, so that its years are tax years")
    founded = node["founded"].month() - start
    if not 0 <= founded < MONTHS:
        raise node["founded"].error("the founding is not within the plan")
    opening = node["opening"].month() - start
    if opening < founded:
        raise node["opening"].error("the opening is before the founding")
    if opening >= MONTHS - 36:
        raise node["opening"].error("the opening is too late to be judged over 20 years")
    return Times(start, founded, opening)


class Common:
    """Reads parts that know the plan's times, series and floors."""

    def __init__(self, node: Node, given: Times) -> None:
        self.node = node
        self.times = given
        self.names: set[str] = set()
        self.floor_names: dict[str, words.Floor] = {}
        self.bare: list[str] = []

    # -- small things
    def when(self, node: Node) -> When:
        """A month, "opening" or "opening+6"."""
        value = node.value
        if isinstance(value, str) and value.startswith("opening"):
            rest = value.removeprefix("opening")
            if not rest:
                return When(0, True)
            if rest[0] == "+" and rest[1:].isdigit() and int(rest[1:]) < MONTHS:
                return When(int(rest[1:]), True)
            raise node.error(f"{value!r} is no month like 2027-01, opening or opening+6")
        return When(self.month(node))

    def month(self, node: Node) -> int:
        month = node.month() - self.times.start
        if month < self.times.founded:
            raise node.error(f"{node.value} is before the founding")
        if month >= MONTHS:
            raise node.error(f"{node.value} is after the end of the plan")
        return month

    def money(self, node: Node, low: float = 0) -> Value:
        if not isinstance(node.value, str) and node.value:
            self.bare.append(node.path)
        return node.cents(low)

    def run(self, node: Node, default: str = "") -> words.Path:
        begin = self.when(one) if (one := node.get("from")) else When(0, True)
        end = self.when(one) if (one := node.get("to")) else None
        index = one.text() if (one := node.get("index")) else ""
        market = one.text() if (one := node.get("market")) else ""
        for name, key in ((index, "index"), (market, "market")):
            if name and name not in self.names:
                raise node[key].error(f"there is no series {name!r}")
        return words.Path(
            begin,
            end,
            one.whole(0, 120) if (one := node.get("ramp_months")) else 0,
            one.number(0, 1) if (one := node.get("start_share")) else 0.0,
            self.season(node),
            index or (default if default in self.names else ""),
            market,
            one.whole(0, 2) if (one := node.get("lag_months")) else 0,
        )

    def season(self, node: Node) -> tuple[float, ...]:
        found = node.get("season")
        if found is None:
            return ()
        if not (isinstance(found.value, list) and len(found.value) == 12):
            raise found.error("12 values, January first, are expected")
        return tuple(
            Node(one, f"{found.path}.{n}", found.table).number(0, 12)
            for n, one in enumerate(found.value)
        )

    def vat(self, node: Node, *allowed: str) -> str:
        return one.choice(*(allowed or VAT[:3])) if (one := node.get("vat")) else "none"

    def optional(self, node: Node, key: str, low: float, high: float) -> Value | None:
        return one.factor(low, high) if (one := node.get(key)) else None

    def floor(self, node: Node) -> str:
        found = node.get("floor")
        if found is None:
            return ""
        if found.value not in self.floor_names:
            raise found.error(f"there is no floor {found.value!r}")
        return str(found.value)

    def entity(self, node: Node) -> str:
        return one.choice(HOUSE, BUSINESS) if (one := node.get("entity")) else HOUSE
