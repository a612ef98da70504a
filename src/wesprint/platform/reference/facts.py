"""What selectors answer: plain, frozen values without a way back to the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wesprint.engines.footprint import ZERO, Factor, Item, Range, Share, effort, extra_use
from wesprint.platform.base.words import NO_WORDS, Words


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    """All that holds for one leaf category on one day. Masses in grams, prices in cents.

    Not taken: `note_*` is the reason, masses and prices are zero.
    """

    id: int
    slug: str
    group: str
    name_de: str
    name_en: str
    synonyms_de: tuple[str, ...]
    synonyms_en: tuple[str, ...]
    icon: str
    electrical: bool
    batch: bool
    taken: bool
    note_de: str
    note_en: str
    low_g: int = 0
    typical_g: int = 0
    high_g: int = 0
    max_plausible_g: int = 0
    price_per: str = "piece"
    prices: tuple[int, int, int, int] = (0, 0, 0, 0)
    name_uk: str = ""
    name_ar: str = ""
    name_tr: str = ""
    google_id: int | None = None
    waste_code: str = ""
    note_ar: str = ""
    min_plausible_g: int = 0

    def name(self, locale: str) -> str:
        return getattr(self, f"name_{locale[:2]}", "") or self.name_de

    def is_plausible(self, grams: int) -> bool:
        """Whether it can weigh this at all."""
        return grams > 0 and self.min_plausible_g <= grams <= self.max_plausible_g

    def probably_meant(self, grams: int) -> int:
        """The usual weight that an absurd one was probably meant to be: grams typed as kilograms
        or the other way round, or a comma slipped by one or two places; 0 where none is near."""
        ways = ((1000, 1), (1, 1000), (10, 1), (1, 10), (100, 1), (1, 100))
        meant = (grams * times // parts for times, parts in ways)
        return next((one for one in meant if self.low_g <= one <= self.high_g), 0)

    @property
    def names(self) -> tuple[str, ...]:
        """In every language in which somebody may ask for it."""
        return self.name_de, self.name_en, self.name_uk, self.name_ar, self.name_tr

    def note(self, locale: str) -> str:
        return getattr(self, f"note_{locale[:2]}", "") or self.note_de

    def guide_price(self, grade: str, grams: int) -> int:
        """Cents for one piece of this grade, or for `grams` where it is sold by the kilo."""
        price = self.prices["ABCD".index(grade)]
        return price if self.price_per == "piece" else (price * grams + 500) // 1000


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A group of the tree with its leaves in their order."""

    slug: str
    name_de: str
    name_en: str
    icon: str
    leaves: tuple[CategoryFacts, ...]
    name_uk: str = ""
    name_ar: str = ""
    name_tr: str = ""

    def name(self, locale: str) -> str:
        return getattr(self, f"name_{locale[:2]}", "") or self.name_de


CUSTOMER_TRIP = "customer-trip"
ELECTRICITY = "electricity"


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """What one of a kind takes, in thousandths of the unit that `factor` (g CO2e) is for."""

    kind: str
    activity: str
    unit: str
    each: Range
    factor: Range
    source: str
    factor_source: str


@dataclass(frozen=True, slots=True)
class ExtraUseFacts:
    """Watt hours a year more than a new one, which lasts for `years`."""

    yearly: Range
    years: int
    source: str


@dataclass(frozen=True, slots=True)
class FootprintInputs:
    """Factors and rates of one day, ready for the engine; categories by slug, services by
    kind. emitted: g CO2e a unit of each activity."""

    factors: Mapping[str, tuple[Factor, ...]]
    displacement: Mapping[str, Share]
    lifetime: Mapping[str, Share]
    services: Mapping[str, ServiceFacts]
    extra_uses: Mapping[str, ExtraUseFacts]
    emitted: Mapping[str, Range]

    def trips(self, hand_overs: int) -> Range:
        """g CO2e of the ways of so many buyers."""
        if (trip := self.services.get(CUSTOMER_TRIP)) is None:
            return ZERO
        return effort(hand_overs, trip.each, trip.factor)

    def extra_use(self, category: str, count: int, lasting: Share) -> Range:
        """g CO2e of the current that so many old devices take more than new ones."""
        facts, current = self.extra_uses.get(category), self.emitted.get(ELECTRICITY)
        if facts is None or current is None:
            return ZERO
        return extra_use(count, facts.yearly, facts.years, lasting.permille, current)

    def item(
        self,
        category: str,
        *,
        mass: int,
        weighed: bool,
        grade: str,
        repair: Range = ZERO,
        count: int = 1,
    ) -> Item:
        """The engine's item for `count` alike things of `mass` grams together, each with its
        buyer's way and its extra use. Raises KeyError for a category or grade without facts on
        this day."""
        return Item(
            category,
            mass,
            weighed,
            self.factors.get(category, ()),
            self.displacement[category],
            self.lifetime[grade],
            repair,
            self.trips(count),
            self.extra_use(category, count, self.lifetime[grade]),
            count,
        )


@dataclass(frozen=True, slots=True)
class GateFacts:
    """A safety gate of one day. `category`, `group`: slugs, empty where it is about neither;
    `words`: phrases of which one must be named, none where the kind alone counts."""

    slug: str
    kind: str
    category: str
    group: str
    electrical: bool
    words: tuple[str, ...]
    reason_de: str
    reason_en: str
    source: Words = NO_WORDS  # title, publisher, year

    def reason(self, locale: str) -> str:
        return (self.reason_en if locale.startswith("en") else "") or self.reason_de


@dataclass(frozen=True, slots=True)
class Limit:
    """What a measure may show: at least, at most, or both."""

    least: int | None
    most: int | None

    def keeps(self, value: int) -> bool:
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )
