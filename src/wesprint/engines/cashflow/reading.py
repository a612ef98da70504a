"""Strict reading of JSON: every wrong value is refused with the path where it stands."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


class PlanError(ValueError):
    """What is wrong with a plan, as one line that begins with the path of the value."""

    def __init__(self, path: str, what: str) -> None:
        super().__init__(f"{path}: {what}" if path else what)
        self.path = path
        self.what = what


@dataclass(frozen=True)
class Value:
    """A number: `coefficient` times the drawn assumptions `drivers` (each may stand once).

    `base` is the number with every assumption at its own value.
    """

    coefficient: float
    drivers: tuple[str, ...] = ()
    base: float = 0.0

    def __mul__(self, other: Value | float) -> Value:
        if not isinstance(other, Value):
            return Value(self.coefficient * other, self.drivers, self.base * other)
        return Value(
            self.coefficient * other.coefficient,
            tuple(sorted(self.drivers + other.drivers)),
            self.base * other.base,
        )


def known(number: float) -> Value:
    return Value(float(number), (), float(number))


ONE = known(1)


@dataclass(frozen=True)
class Known:
    """What a reference `@name` stands for: its value, the bounds of its draws, if it is drawn."""

    value: float
    low: float
    high: float
    drawn: bool


class Node:
    """A JSON value and the way to it. Keys that nobody asked for are refused by `done`."""

    def __init__(self, value: Any, path: str, table: Mapping[str, Known] | None = None) -> None:
        self.value = value
        self.path = path
        self.table = table if table is not None else {}
        self._asked: set[str] = set()

    def error(self, what: str) -> PlanError:
        return PlanError(self.path, what)

    # -- containers
    def object(self) -> Node:
        if not isinstance(self.value, dict):
            raise self.error("an object is expected")
        return self

    def __getitem__(self, key: str) -> Node:
        found = self.get(key)
        if found is None:
            raise self.error(f"{key!r} is missing")
        return found

    def get(self, key: str) -> Node | None:
        """None for a key that is absent or null."""
        self.object()
        self._asked.add(key)
        value = self.value.get(key)
        if value is None:
            return None
        return Node(value, f"{self.path}.{key}" if self.path else key, self.table)

    def done(self) -> None:
        for key in self.value:
            if key not in self._asked:
                raise self.error(f"{key!r} is not known here")

    def each(self, key: str) -> Iterator[Node]:
        """The objects of a list, none for an absent key; each is checked to be used up."""
        found = self.get(key)
        if found is None:
            return
        if not isinstance(found.value, list):
            raise found.error("a list is expected")
        for number, one in enumerate(found.value):
            node = Node(one, f"{found.path}.{number}", self.table).object()
            yield node
            node.done()

    def pairs(self) -> Iterator[tuple[str, Node]]:
        self.object()
        for key, value in self.value.items():
            self._asked.add(key)
            yield key, Node(value, f"{self.path}.{key}", self.table)

    # -- plain values
    def text(self, longest: int = 2000) -> str:
        if not isinstance(self.value, str) or len(self.value) > longest:
            raise self.error(f"text of at most {longest} characters is expected")
        return self.value

    def choice(self, *choices: str) -> str:
        if self.value not in choices:
            raise self.error(f"{self.value!r} is none of {', '.join(choices)}")
        return str(self.value)

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.error("true or false is expected")
        return self.value

    def month(self) -> int:
        """Months since year 0."""
        if not isinstance(self.value, str) or not re.fullmatch(
            r"\d{4}-(0[1-9]|1[0-2])", self.value
        ):
            raise self.error(f"{self.value!r} is no month like 2027-01")
        return int(self.value[:4]) * 12 + int(self.value[5:]) - 1

    def date(self) -> str:
        try:
            return dt.date.fromisoformat(self.text()).isoformat()
        except ValueError:
            raise self.error(f"{self.value!r} is no date like 2027-01-31") from None

    def number(self, low: float = float("-inf"), high: float = float("inf")) -> float:
        """A number that stands here or a reference to an assumption that is not drawn."""
        value = self.factor(low, high)
        if value.drivers:
            raise self.error(f"{self.value!r} is drawn, but only a fixed value can stand here")
        return value.base

    def whole(self, low: int = 0, high: int = 10**12) -> int:
        number = self.number(low, high)
        if number != int(number):
            raise self.error(f"{number!r} is no whole number")
        return int(number)

    def factor(self, low: float = float("-inf"), high: float = float("inf")) -> Value:
        """A number or a reference that may be drawn; its whole range must lie in the bounds."""
        if isinstance(self.value, str) and self.value.startswith("@"):
            return self._reference(self.value[1:], low, high)
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.error(f"{self.value!r} is no number and no reference like @name")
        self._within(self.value, low, high)
        return known(self.value)

    def cents(self, low: float = 0) -> Value:
        """Money: whole cents where it stands, any cents where it is drawn."""
        value = self.factor(low, 10**12)
        if not value.drivers and value.base != int(value.base):
            raise self.error(f"{value.base!r} is no whole number of cents")
        return value

    def _reference(self, name: str, low: float, high: float) -> Value:
        if name not in self.table:
            raise self.error(f"there is no assumption {name!r}")
        one = self.table[name]
        for bound in (one.low, one.value, one.high):
            self._within(bound, low, high)
        return Value(1.0, (name,), one.value) if one.drawn else known(one.value)

    def _within(self, number: float, low: float, high: float) -> None:
        if not low <= number <= high:  # also refuses what is no number
            raise self.error(f"{number:g} is not between {low:g} and {high:g}")
