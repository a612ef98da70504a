"""What we would do with a thing and why: weight, way and price. Pure; a person decides.

Prices come from our own sales once there are five of the same kind and grade, until then from
the price guide; every suggestion carries its reason, so that nobody has to believe it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import quantiles

from wesprint.platform.reference.facts import CategoryFacts

ENOUGH_SALES = 5
GUIDE_SPREAD = (80, 120)  # per cent around the guide's price
EURO, HALF = 100, 50


class RouteReason(StrEnum):
    NEEDS_TEST = "needs-test"
    READY = "ready"
    REPAIR = "repair"
    PARTS = "parts"
    WASTE = "waste"
    NEVER_SOLD = "never-sold"
    PARTS_NEED_CERTIFICATE = "parts-need-certificate"


class PriceBasis(StrEnum):
    OWN_SALES = "own-sales"
    GUIDE = "guide"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Way:
    """The suggested route (a `Route` value) and its reason."""

    route: str
    reason: RouteReason


@dataclass(frozen=True, slots=True)
class Price:
    """Cents: a range and the price to start with; `sales` own sales were known."""

    low: int
    central: int
    high: int
    basis: PriceBasis
    sales: int = 0


def way(
    *,
    grade: str,
    electrical: bool,
    is_waste: bool,
    never_sold: bool = False,
    certified: bool = False,
) -> Way:
    """An electrical thing is tested before anybody may sell it; what is waste, and what nobody
    may sell, leaves the house. certified: parts may be taken out of electrical things."""
    if is_waste:
        return Way("recycle", RouteReason.WASTE)
    if never_sold:
        return Way("recycle", RouteReason.NEVER_SOLD)
    if grade == "D":
        return _parts(electrical=electrical, certified=certified)
    if electrical:
        return Way("workshop", RouteReason.NEEDS_TEST)
    if grade == "C":
        return Way("workshop", RouteReason.REPAIR)
    return Way("sell", RouteReason.READY)


def _parts(*, electrical: bool, certified: bool) -> Way:
    if electrical and not certified:
        return Way("recycle", RouteReason.PARTS_NEED_CERTIFICATE)
    return Way("spare-parts", RouteReason.PARTS)


def price(facts: CategoryFacts, *, grade: str, grams: int, sold: Sequence[int]) -> Price:
    """`sold`: cents of own sales of this category and grade, per piece or, for categories that
    are sold by weight, per kilogram."""
    if len(sold) >= ENOUGH_SALES:
        low, central, high = (round(cents) for cents in quantiles(sold, n=4, method="inclusive"))
        if facts.price_per != "piece":
            low, central, high = (cents * grams // 1000 for cents in (low, central, high))
        return Price(
            friendly(low), friendly(central), friendly(high), PriceBasis.OWN_SALES, len(sold)
        )
    guide = facts.guide_price(grade, grams)
    if guide == 0:
        return Price(0, 0, 0, PriceBasis.NONE, len(sold))
    low, high = (guide * share // 100 for share in GUIDE_SPREAD)
    return Price(friendly(low), friendly(guide), friendly(high), PriceBasis.GUIDE, len(sold))


def friendly(cents: int) -> int:
    """A price one can pay without counting: below 5 € in steps of 50 cents, then whole euros,
    from 50 € on steps of 5 €; never less than 50 cents."""
    step = HALF if cents < 5 * EURO else EURO if cents < 50 * EURO else 5 * EURO
    return max(HALF, (cents + step // 2) // step * step)
