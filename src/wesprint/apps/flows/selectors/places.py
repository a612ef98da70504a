"""The balance of each place in a house, a shelf or a box: what came there, what left from there.

The ledger's sums know houses, not shelves. So its entries are read in the order in which they
were made, each at the place where its thing stood then. What a move takes from one place it
brings to another; over all places moves add up to nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from wesprint.apps.flows import words
from wesprint.apps.flows.footprint import Kind
from wesprint.apps.flows.selectors.picture import Group, Version, group_of, kinds_of, tree, version
from wesprint.kernel.period import Period
from wesprint.kernel.quantity import Unit
from wesprint.platform.ledger.effects import ACTIONS, Side
from wesprint.platform.ledger.models import EconomicEvent
from wesprint.platform.organisations.models import Centre
from wesprint.web.rooms import StockPlace

NOWHERE = ""  # in the house, and nobody knows where
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class PlaceBalance:
    """groups: kinds of things in this place. gap: grams by which the weights of what stands
    there now differ from the entries; 0, or the books are broken."""

    place: StockPlace
    groups: tuple[Group, ...]
    gap: int


class _Part(NamedTuple):
    """Grams that an entry brought to a place, or took from it."""

    place: str
    specification: int
    flow: str
    on: date
    grams: int


class _Entry(NamedTuple):
    action: str
    flow: str
    resource: int | None
    to_resource: int | None
    specification: int
    quantity: int
    corrects: int | None
    to_location: str
    on: date


_FIELDS = (
    *("action", "flow", "resource_inventoried_as_id", "to_resource_inventoried_as_id"),
    *("resource_conforms_to_id", "resource_quantity", "corrects_id", "to_location", "occurred_on"),
)


def place_balances(centre: Centre, period: Period) -> tuple[PlaceBalance, ...]:
    """Every place with something in it or a way through it, in the order of the rooms, first
    what stands nowhere in particular. One query while nothing happens, else two, and those of
    the rooms that have places."""
    return _balances(version(), centre, period)


@lru_cache(maxsize=32)
def _balances(_version: Version, centre: Centre, period: Period) -> tuple[PlaceBalance, ...]:
    sums = _Sums(period)
    for part in _parts(centre):
        sums.add(part)
    kinds = kinds_of({spec for _place, spec in (*sums.now, *sums.start)})
    names = {one.ident: one for one in _declared(centre)}
    found = (
        PlaceBalance(place, sums.groups(ident, kinds), sums.total_now(ident) - place.grams)
        for ident, place in names.items()
    )
    return tuple(one for one in found if one.groups or one.gap)


def _declared(centre: Centre) -> Iterator[StockPlace]:
    for room in words.with_places():
        yield from room.places(centre) if room.places else ()


def _parts(centre: Centre) -> Iterator[_Part]:
    rows = EconomicEvent.objects.filter(centre=centre, resource_unit=Unit.GRAM).order_by("pk")
    where: dict[int, str] = {}
    for row in rows.values_list(*_FIELDS).iterator(chunk_size=AT_ONCE):
        yield from _parts_of(_Entry(*row), where)


def _parts_of(entry: _Entry, where: dict[int, str]) -> Iterator[_Part]:
    """`where`: the place of each thing so far; what stands nowhere is not in it."""
    for side, resource in zip(Side, (entry.resource, entry.to_resource), strict=True):
        if resource is None:
            continue
        if side is Side.TO_RESOURCE:
            _settle(entry, resource, where)
        _accounting, sign = ACTIONS[entry.action].signs(side)
        if sign:
            place, grams = where.get(resource, NOWHERE), sign * entry.quantity
            yield _Part(place, entry.specification, entry.flow, entry.on, grams)


def _settle(entry: _Entry, resource: int, where: dict[int, str]) -> None:
    """Where the thing stands from this entry on. A correction moves nothing: what it takes back
    it takes back where the thing stands now."""
    if entry.corrects is not None:
        return
    if entry.to_location:
        where[resource] = entry.to_location
    elif entry.resource == resource:
        where.pop(resource, None)


@dataclass
class _Sums:
    """Grams by (place, specification), and within the period by flow."""

    period: Period
    start: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    end: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    now: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    change: dict[tuple[str, int], dict[str, int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )

    def add(self, part: _Part) -> None:
        key = part.place, part.specification
        self.now[key] += part.grams
        if part.on < self.period.start:
            self.start[key] += part.grams
        if part.on < self.period.end:
            self.end[key] += part.grams
        if part.on in self.period:
            self.change[key][part.flow] += part.grams

    def total_now(self, place: str) -> int:
        return sum(grams for (where, _spec), grams in self.now.items() if where == place)

    def groups(self, place: str, kinds: Mapping[int, Kind]) -> tuple[Group, ...]:
        known = words.declared()
        specs: dict[Kind, list[int]] = defaultdict(list)
        for where, spec in self.now:
            if where == place:
                specs[kinds[spec]].append(spec)
        found = (
            group_of(
                kind,
                sum(self.start[place, spec] for spec in specs[kind]),
                _added([self.change[place, spec] for spec in specs[kind]]),
                sum(self.end[place, spec] for spec in specs[kind]),
                known,
            )
            for kind in sorted(specs)
        )
        return tuple(one for one in found if one.start or one.came_in or one.out or one.end)


def _added(changes: Sequence[Mapping[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for change in changes:
        for flow, grams in change.items():
            sums[flow] += grams
    return dict(sums)


def by_group(kinds: Sequence[Group]) -> tuple[Group, ...]:
    """Kinds of one place put together as the category tree does."""
    known = tree()
    parts: dict[str, list[Group]] = defaultdict(list)
    for one in kinds:
        parts[known[one.slug].group if one.slug in known else one.slug].append(one)
    return tuple(_together(slug, parts[slug], known) for slug in parts)


def _together(slug: str, parts: Sequence[Group], known: Mapping[str, Kind]) -> Group:
    kind = known[parts[0].slug].group_only if parts[0].slug in known else None
    names = (kind.name_de, kind.name_en) if kind else (parts[0].name_de, parts[0].name_en)
    return Group(
        slug,
        *names,
        sum(one.start for one in parts),
        _added([one.came_in for one in parts]),
        _added([one.out for one in parts]),
        sum(one.end for one in parts),
    )
