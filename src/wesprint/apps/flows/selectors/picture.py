"""What flowed through a house in a period, from the ledger's roll-ups: no item is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from django.db import connection
from django.db.models import Count
from django.utils.translation import gettext_noop

from wesprint.apps.flows import words
from wesprint.apps.flows.costs import SUPPLIES, WORKSHOP_HOUR, Spent, added
from wesprint.apps.flows.footprint import Kind, Reused, avoided
from wesprint.apps.flows.selectors.records import Survey, survey
from wesprint.engines.footprint import Total as Footprint
from wesprint.kernel.period import Period
from wesprint.kernel.quantity import Unit
from wesprint.platform.ledger.models import EconomicEvent, Grain, ResourceSpecification, Seal
from wesprint.platform.ledger.rollups import BEGINNING, FOREVER, Total, series, totals
from wesprint.platform.ledger.selectors import stock_gap
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.models import Category
from wesprint.web.rooms import Fate, Flow

GOODS = "goods."  # how the ledger's specifications of things in categories begin
MATERIAL = "material."  # and those of supplies and offcuts
LAST = 9_999  # the place of what is in no category
MATERIALS = Kind(
    LAST - 1, "materials", 0, "Material und Reste der Werkstatt", gettext_noop("Workshop materials")
)
_BOXES = {  # data like the names of categories, in both languages
    "supply": ("Werkstattmaterial", gettext_noop("Workshop supplies")),
    "dust": ("Staub", gettext_noop("Dust")),
    "wood": ("Holzreste", gettext_noop("Wood offcuts")),
    "metal": ("Metallreste", gettext_noop("Metal offcuts")),
    "textile": ("Stoffreste", gettext_noop("Textile offcuts")),
    "plastic": ("Kunststoffreste", gettext_noop("Plastic offcuts")),
    "glass": ("Glasreste", gettext_noop("Glass offcuts")),
    "paper": ("Papierreste", gettext_noop("Paper offcuts")),
    "electronics": ("Elektroteile", gettext_noop("Electrical parts")),
    "mixed": ("Gemischte Reste", gettext_noop("Mixed offcuts")),
}
MEASURED = "measured"


@dataclass(frozen=True, slots=True)
class FlowSum:
    """One way in or out. Grams count in the direction of the flow's fate: positive came in, or
    left; below zero when more was taken back than happened."""

    flow: Flow
    grams: int
    weighed: int
    events: int


@dataclass(frozen=True, slots=True)
class Group:
    """One group of things, or one kind. start + came_in = sum of `out` + end, to the gram.

    came_in, out: grams by the name of the flow. `end` is asked for by itself, so that the sum
    proves something.
    """

    slug: str
    name_de: str
    name_en: str
    start: int
    came_in: Mapping[str, int]
    out: Mapping[str, int]
    end: int

    @property
    def difference(self) -> int:
        """0, or the books are broken."""
        return self.start + sum(self.came_in.values()) - sum(self.out.values()) - self.end


@dataclass(frozen=True, slots=True)
class Picture:
    """Grams. gap: what the things' own weights differ by from the sum of all entries; 0, or
    the books are broken. footprint: emissions avoided by what is used again, in g CO2e.
    kinds: the groups once more, taken apart. spent: what repairs and ways took.
    facts_of: the day whose facts were used."""

    period: Period
    start: int
    flows: tuple[FlowSum, ...]
    groups: tuple[Group, ...]
    kinds: tuple[Group, ...]
    end: int
    gap: int
    footprint: Footprint
    reused: tuple[Reused, ...]
    spent: tuple[Spent, ...]
    survey: Survey
    facts_of: date

    def sum_of(self, *fates: Fate) -> int:
        return sum(one.grams for one in self.flows if one.flow.fate in fates)

    @property
    def came_in(self) -> int:
        return self.sum_of(Fate.CAME_IN)

    @property
    def went_out(self) -> int:
        """What became something else in between is counted as what is missing of it."""
        inward = self.came_in + self.sum_of(Fate.MADE)
        return sum(one.grams for one in self.flows) - inward - self.sum_of(Fate.MADE)

    @property
    def weighed(self) -> int:
        """Grams of what came in that were on the scale."""
        return sum(one.weighed for one in self.flows if one.flow.fate is Fate.CAME_IN)

    @property
    def closes(self) -> bool:
        return self.gap == 0 and not any(group.difference for group in self.kinds)

    def flows_of(self, *fates: Fate) -> tuple[FlowSum, ...]:
        return tuple(one for one in self.flows if one.flow.fate in fates)


@dataclass
class _Sums:
    """Signed grams while they are collected; keys as in the ledger."""

    start: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    end: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    change: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    weighed: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    events: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    gap: int = 0

    def add(self, total: Total) -> None:
        key = (str(total.flow), int(total.specification or 0))
        self.change[key] += total.onhand_change
        self.events[key] += total.events
        if total.basis == MEASURED:
            self.weighed[key] += total.onhand_change


@dataclass(frozen=True, slots=True)
class Version:
    """How far the records have come. While it is equal, no answer here changes: entries are
    only ever added. `tail` tells of an entry that was committed after one with a higher number.
    The others: when something beside the ledger was last recorded."""

    newest: str
    tail: int
    answers: str
    uses: str
    baselines: str
    withdrawn: str

    @property
    def recorded(self) -> tuple[str, ...]:
        """Without the tail: folding it changes no sum."""
        return (self.newest, self.answers, self.uses, self.baselines, self.withdrawn)


_VERSION = """
SELECT (SELECT public_id FROM ledger_economicevent ORDER BY id DESC LIMIT 1),
       (SELECT COUNT(*) FROM ledger_unfoldedevent),
       (SELECT MAX(counted_at) FROM flows_answercount),
       (SELECT MAX(recorded_at) FROM flows_ownuse),
       (SELECT MAX(recorded_at) FROM flows_baseline),
       (SELECT MAX(withdrawn_at) FROM flows_baseline)
"""


def version() -> Version:
    with connection.cursor() as cursor:
        cursor.execute(_VERSION)
        newest, tail, *moments = cursor.fetchone()
    return Version(str(newest), tail, *map(str, moments))


def picture(centres: Sequence[Centre], period: Period, today: date) -> Picture:
    """The account of these houses together. One query while the ledger stands still, else six
    more a house (and those of the rooms that drive) and three in all."""
    return _picture(version(), tuple(centres), period, today)


def months(centres: Sequence[Centre]) -> Mapping[date, Mapping[Fate, int]]:
    """Grams by month and fate, oldest first. Queries as with `picture`, one a house."""
    return _months(version(), tuple(centres))


@lru_cache(maxsize=128)
def _picture(
    _version: Version, centres: tuple[Centre, ...], period: Period, today: date
) -> Picture:
    sums = _Sums()
    for centre in centres:
        _collect(sums, centre, period)
    _take_off_corrections(sums, centres, period)
    kinds = kinds_of({spec for _flow, spec in sums.change} | {*sums.start, *sums.end})
    known = words.declared()
    reused, on = _reused(sums, kinds, known), min(period.last_day, today)
    answers = survey(centres, on)
    driven = (row for centre in centres for row in spent_by(centre, period))
    spent = added([*_used_up(sums, kinds, known), *driven])
    return Picture(
        period=period,
        start=sum(sums.start.values()),
        flows=_flows(sums, known),
        groups=_groups(sums, {spec: kind.group_only for spec, kind in kinds.items()}, known),
        kinds=_groups(sums, kinds, known),
        end=sum(sums.end.values()),
        gap=sums.gap,
        footprint=avoided(reused, spent, on, answers),
        reused=reused,
        spent=spent,
        survey=answers,
        facts_of=on,
    )


def _collect(sums: _Sums, centre: Centre, period: Period) -> None:
    for day, stock in ((period.start, sums.start), (period.end, sums.end)):
        for total in stock_before(centre, day):
            stock[int(total.specification or 0)] += total.onhand_change
    keys = ("flow", "specification", "basis")
    for total in totals(centre, period, group_by=keys, unit=Unit.GRAM):
        if total.onhand_change or total.events:
            sums.add(total)
    sums.gap += abs(stock_gap(centre))


_WORKED = "worked"
_SUPPLY = f"{MATERIAL}supply"


def spent_by(centre: Centre, period: Period) -> Iterator[Spent]:
    """The hours worked in this house, and what it drove. One query, and at most two for each
    room that drives."""
    for total in totals(centre, period, group_by=("flow",), unit=Unit.SECOND):
        if total.flow == _WORKED:
            yield Spent(WORKSHOP_HOUR, total.quantity)
    for room in words.driving():
        for one in room.journeys(centre, period) if room.journeys else ():
            yield Spent(one.kind, one.metres or one.count, one.activity)


def _used_up(sums: _Sums, kinds: Mapping[int, Kind], known: Mapping[str, Flow]) -> Iterator[Spent]:
    """Parts and materials that went into some work, here or on somebody's own thing."""
    for (flow, spec), change in sums.change.items():
        fate = words.flow_of(flow, change, known).fate
        if kinds[spec].category == _SUPPLY and fate in (Fate.REWORKED, Fate.LEFT):
            yield Spent(SUPPLIES, -change)


def stock_before(centre: Centre, day: date) -> list[Total]:
    if day <= BEGINNING:
        return []
    before = Period(BEGINNING, day)
    return totals(centre, before, group_by=("specification",), unit=Unit.GRAM)


def _take_off_corrections(sums: _Sums, centres: Sequence[Centre], period: Period) -> None:
    """A mistake and its correction are two entries and no thing at all."""
    rows = (
        EconomicEvent.objects.filter(
            centre__in=centres,
            corrects__isnull=False,
            occurred_on__gte=period.start,
            occurred_on__lt=period.end,
        )
        .order_by()
        .values_list("flow", "resource_conforms_to_id")
        .annotate(count=Count("pk"))
    )
    for flow, spec, count in rows:
        sums.events[flow, spec] -= 2 * count


def _flows(sums: _Sums, known: Mapping[str, Flow]) -> tuple[FlowSum, ...]:
    """Declared flows in the order of the rooms, then the others by name."""
    names = {name for name, _spec in sums.change}
    order = [*(name for name in known if name in names), *sorted(names - set(known))]
    found = (_flow_sum(name, sums, known) for name in order)
    return tuple(one for one in found if one.grams)


def _flow_sum(name: str, sums: _Sums, known: Mapping[str, Flow]) -> FlowSum:
    def of(values: Mapping[tuple[str, int], int]) -> int:
        return sum(value for (flow, _spec), value in values.items() if flow == name)

    change = of(sums.change)
    flow = words.flow_of(name, change, known)
    sign = words.direction(flow.fate)
    return FlowSum(flow, sign * change, sign * of(sums.weighed), of(sums.events))


def _reused(
    sums: _Sums, kinds: Mapping[int, Kind], known: Mapping[str, Flow]
) -> tuple[Reused, ...]:
    """What left to be used on, by category."""
    again = {name for name, flow in known.items() if flow.fate is Fate.USED_AGAIN}
    rows: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for (flow, spec), change in sums.change.items():
        if flow in again and (kind := kinds[spec]).is_thing:
            row = rows[kind.category, kind.group]
            row[0] -= change
            row[1] -= sums.weighed[flow, spec]
            row[2] += sums.events[flow, spec]
    return tuple(Reused(*key, *row) for key, row in sorted(rows.items()) if row[0] > 0)


def _groups(sums: _Sums, kinds: Mapping[int, Kind], known: Mapping[str, Flow]) -> tuple[Group, ...]:
    start: dict[Kind, int] = defaultdict(int)
    end: dict[Kind, int] = defaultdict(int)
    change: dict[Kind, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for spec, value in sums.start.items():
        start[kinds[spec]] += value
    for spec, value in sums.end.items():
        end[kinds[spec]] += value
    for (flow, spec), value in sums.change.items():
        change[kinds[spec]][flow] += value
    found = (
        group_of(kind, start[kind], change[kind], end[kind], known)
        for kind in sorted({*start, *change, *end})
    )
    return tuple(one for one in found if one.start or one.came_in or one.out or one.end)


def group_of(
    kind: Kind, start: int, change: Mapping[str, int], end: int, known: Mapping[str, Flow]
) -> Group:
    came_in: dict[str, int] = {}
    out: dict[str, int] = {}
    for flow, value in change.items():
        if value and words.flow_of(flow, value, known).fate in words.INWARD:
            came_in[flow] = value
        elif value:
            out[flow] = -value
    slug = kind.category or kind.group
    return Group(slug, kind.name_de, kind.name_en, start, came_in, out, end)


def kinds_of(specifications: set[int]) -> dict[int, Kind]:
    codes = ResourceSpecification.objects.in_bulk(list(specifications))
    known = tree()
    return {pk: _kind(row.code, row.name, known) for pk, row in codes.items()}


def _kind(code: str, name: str, tree: Mapping[str, Kind]) -> Kind:
    slug = code.removeprefix(GOODS) if code.startswith(GOODS) else ""
    if code.startswith(MATERIAL):
        german, english = _BOXES.get(code.removeprefix(MATERIAL), (name, name))
        return replace(MATERIALS, name_de=german, name_en=english, category=code, parent=MATERIALS)
    return tree.get(slug) or Kind(LAST, code, 0, name, name)


@lru_cache(maxsize=1)
def tree() -> Mapping[str, Kind]:
    """Leaves of the category tree by slug. Their group never changes: read once a process."""
    rows = Category.objects.filter(parent__isnull=False).select_related("parent")
    return {row.slug: _leaf(row) for row in rows}


def _leaf(row: Category) -> Kind:
    group = row.parent
    assert group is not None  # noqa: S101 - asked for above
    parent = Kind(group.position, group.slug, 0, group.name_de, group.name_en)
    return replace(
        parent,
        leaf=row.position,
        category=row.slug,
        name_de=row.name_de,
        name_en=row.name_en,
        parent=parent,
    )


@lru_cache(maxsize=64)
def _months(_version: Version, centres: tuple[Centre, ...]) -> Mapping[date, Mapping[Fate, int]]:
    known = words.declared()
    found: dict[date, dict[Fate, int]] = defaultdict(lambda: defaultdict(int))
    for centre in centres:
        for total in series(centre, FOREVER, Grain.MONTH, group_by=("flow",), unit=Unit.GRAM):
            if total.starts_on is not None and total.onhand_change:
                flow = words.flow_of(str(total.flow), total.onhand_change, known)
                grams = words.direction(flow.fate) * total.onhand_change
                found[total.starts_on][flow.fate] += grams
    return {month: dict(fates) for month, fates in sorted(found.items())}


def latest_seals(centres: Iterable[Centre]) -> Iterator[Seal]:
    """The newest seal of each house that has one. One query a house."""
    for centre in centres:
        seal = Seal.objects.filter(centre=centre).order_by("-number").first()
        if seal is not None:
            seal.centre = centre
            yield seal
