"""The house's own rules, what is full, and the categories as they hold today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.db.models import Count, Q, QuerySet

from wesprint.apps.goods.models import (
    Basis,
    CategoryCapacity,
    DailyCapacity,
    HouseRule,
    Item,
    ItemState,
    RuleName,
)
from wesprint.platform.base.clock import now
from wesprint.platform.base.words import Words
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference import selectors as reference
from wesprint.platform.reference.facts import CategoryFacts, GroupFacts
from wesprint.platform.reference.models import Category
from wesprint.platform.reference.weights import TypicalMass, typical_mass

DEFAULTS: Mapping[str, int] = {
    RuleName.RESERVATIONS_PER_PERSON: 3,
    RuleName.RESERVATIONS_PER_CONNECTION: 12,  # a block of flats, a library: four neighbours' share
    RuleName.TAKE_BACK_DAYS: 0,  # until the evening of the same day
    RuleName.CERTIFIED_ELECTRICALS: 0,
}
LOOK_BACK = 50  # own weighings and sales that count


def centre_day(centre: Centre, moment: datetime | None = None) -> date:
    return (moment or now()).astimezone(centre.tz).date()


def house_rule(centre: Centre, name: str, on: date) -> int:
    """The value that holds on this day; without a row of the house, the common one. One query."""
    rows = HouseRule.objects.filter(centre=centre, name=name, since__lte=on)
    latest = rows.order_by("-since").values_list("value", flat=True).first()
    return DEFAULTS[name] if latest is None else latest


def house_rules(centre: Centre, on: date) -> dict[str, int]:
    """Name of each rule -> the value that holds on this day. One query."""
    rows = HouseRule.objects.filter(centre=centre, since__lte=on).order_by("since")
    return {**DEFAULTS, **dict(rows.values_list("name", "value"))}


def may_take_parts(centre: Centre, facts: CategoryFacts, moment: datetime) -> bool:
    """Spare parts of electrical things are for certified places (ElektroG §21). One query for
    these, none for others."""
    if not facts.electrical:
        return True
    return bool(house_rule(centre, RuleName.CERTIFIED_ELECTRICALS, centre_day(centre, moment)))


@dataclass(frozen=True, slots=True)
class Full:
    """What is full: until the last day (None: until further notice) and why. daily: because as
    many pieces came today as the house takes on one day."""

    until: date | None
    note: Words
    daily: bool = False


def full_now(centre: Centre, on: date) -> dict[int, Full]:
    """By the row number of a category or a group. Two queries, one more where the house counts
    the pieces of a day."""
    return daily_full(centre, on) | spells_now(centre, on)


def spells_now(centre: Centre, on: date) -> dict[int, Full]:
    """What somebody said is full. One query."""
    rows = CategoryCapacity.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on), centre=centre, since__lte=on
    )
    return {row.category_id: Full(row.until, row.note) for row in rows}


def daily_capacities(centre: Centre, on: date) -> dict[int, int]:
    """Pieces a day by the row number of a category or a group. One query."""
    rows = DailyCapacity.objects.filter(centre=centre, since__lte=on).order_by("since")
    newest = dict(rows.values_list("category_id", "pieces"))
    return {category: pieces for category, pieces in newest.items() if pieces is not None}


def daily_full(centre: Centre, on: date) -> dict[int, Full]:
    """What as many pieces came of today as the house takes. One query, or two."""
    wanted = daily_capacities(centre, on)
    if not wanted:
        return {}
    came = _came(centre, on, wanted)
    return {pk: Full(on, Words(), daily=True) for pk, most in wanted.items() if came[pk] >= most}


def _came(centre: Centre, on: date, wanted: Iterable[int]) -> Counter[int]:
    """Pieces of today by category and by group, entries withdrawn left out."""
    start = datetime.combine(on, time.min, centre.tz)
    kinds = Q(category__in=wanted) | Q(category__parent__in=wanted)
    rows = Item.objects.filter(
        kinds, centre=centre, taken_in_at__gte=start, taken_in_at__lt=start + timedelta(days=1)
    ).exclude(state=ItemState.WITHDRAWN)
    counted: Counter[int] = Counter()
    for leaf, group, pieces in rows.values_list("category_id", "category__parent_id").annotate(
        pieces=Count("pk")
    ):
        counted[leaf] += pieces
        counted[group] += pieces
    return counted


def full_of(centre: Centre, facts: CategoryFacts, on: date) -> Full | None:
    """Whether this kind, or its group, is full today. Two queries, or three and the group's."""
    full = full_now(centre, on)
    if not full:
        return None
    parent = Category.objects.filter(slug=facts.group).values_list("pk", flat=True).first()
    return full.get(facts.id) or full.get(parent or 0)


@dataclass(frozen=True, eq=False)
class Tree:
    """The categories of one day: groups with leaves, and the leaves by slug and row number."""

    groups: tuple[GroupFacts, ...]
    not_taken: tuple[CategoryFacts, ...]
    by_slug: Mapping[str, CategoryFacts]
    by_id: Mapping[int, CategoryFacts]

    @property
    def kinds(self) -> int:
        return sum(len(group.leaves) for group in self.groups)

    def group_of(self, facts: CategoryFacts) -> GroupFacts:
        return next(group for group in self.groups if group.slug == facts.group)


def tree(on: date) -> Tree:
    """Reference rows are dated and never overwritten, so a day's tree stays as it is; it is
    read once a day by each process (four queries)."""
    return _tree(on)


@lru_cache(maxsize=8)
def _tree(on: date) -> Tree:
    return _tree_of(*reference.groups_and_leaves(on))


@lru_cache(maxsize=8)
def _tree_of(groups: tuple[GroupFacts, ...], leaves: tuple[CategoryFacts, ...]) -> Tree:
    """Most days have the same facts; what others keep with a tree is then kept for all of them."""
    return Tree(
        groups,
        tuple(facts for facts in leaves if not facts.taken),
        {facts.slug: facts for facts in leaves},
        {facts.id: facts for facts in leaves},
    )


def forget_tree() -> None:
    _tree.cache_clear()


def facts_of(centre: Centre, slug: str, moment: datetime) -> CategoryFacts:
    """One category as it holds on the day of `moment`. Raises Invalid for an unknown one."""
    on = centre_day(centre, moment)
    return tree(on).by_slug.get(slug) or reference.category(slug, on)


def typical_grams(centre: Centre, facts: CategoryFacts) -> TypicalMass:
    """From own weighings once there are enough, else the reference estimate. One query."""
    return typical_of(centre, [facts])[facts.id]


def typical_of(centre: Centre, kinds: Sequence[CategoryFacts]) -> dict[int, TypicalMass]:
    """The same for many kinds, by their id. One query: an arm for each kind, whose newest
    weighings are found in an index and not among all that ever came."""
    arms = [_weighed(centre, facts.id) for facts in kinds]
    weighed: dict[int, list[int]] = {facts.id: [] for facts in kinds}
    for category, grams in arms[0].union(*arms[1:], all=True) if arms else ():
        weighed[category].append(grams)
    return {facts.id: typical_mass(weighed[facts.id], facts.typical_g) for facts in kinds}


def _weighed(centre: Centre, category: int) -> QuerySet[Item, tuple[int, int]]:
    own = Item.objects.filter(centre=centre, category_id=category, basis=Basis.MEASURED)
    newest = own.order_by("-taken_in_at", "-pk").values("pk")[:LOOK_BACK]
    return Item.objects.filter(pk__in=newest).values_list("category_id", "mass_g")
