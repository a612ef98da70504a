"""Prices with a social pass, as they hold on a day, and what they gave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Q, Sum

from wesprint.apps.goods.models import HandOver, Item, SocialRule
from wesprint.apps.goods.social import Reduced, reduce
from wesprint.platform.organisations.models import Centre


@dataclass(frozen=True, slots=True)
class SocialPrices:
    """The rules of one house on one day, by category; None: for all others."""

    by_category: Mapping[int | None, SocialRule] = field(default_factory=dict)

    def rule_for(self, item: Item) -> SocialRule | None:
        """The nearest: of the kind, of its group, of all. None for what belongs to somebody
        else: the house gives only of its own."""
        if item.resource.primary_accountable_id != item.resource.custodian_id:
            return None
        kinds = (item.category_id, item.category.parent_id, None)
        return next((found for one in kinds if (found := self.by_category.get(one))), None)

    def of(self, item: Item, full: int | None = None) -> Reduced | None:
        """`full`: the price to begin with, else that of the shelf. None where nothing is less."""
        rule, full = self.rule_for(item), item.price_cents if full is None else full
        if rule is None or not full:
            return None
        found = reduce(full, rule.percent, rule.least_cents)
        return found if found.off else None


def social_prices(centre: Centre, day: date) -> SocialPrices:
    """One query."""
    return SocialPrices({rule.category_id: rule for rule in holding(centre, day)})


def holding(centre: Centre, day: date) -> list[SocialRule]:
    """The open rules that have begun, the newest of a category last."""
    rows = SocialRule.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day), centre=centre, since__lte=day, ended_at=None
    )
    return list(rows.select_related("category").order_by("since", "pk"))


def open_rules(centre: Centre, day: date) -> tuple[SocialRule, ...]:
    """Those that hold and those to come. One query."""
    rows = SocialRule.objects.filter(centre=centre, ended_at=None).exclude(until__lt=day)
    return tuple(rows.select_related("category").order_by("category__position", "since", "pk"))


@dataclass(frozen=True, slots=True)
class Given:
    """How often a pass was seen, and how many cents were given by it."""

    count: int
    cents: int


def given_between(centre: Centre, first: date, last: date) -> Given:
    """What stands of the days from `first` to `last`. One query."""
    start = datetime.combine(first, time.min, centre.tz)
    end = datetime.combine(last + timedelta(days=1), time.min, centre.tz)
    rows = HandOver.objects.filter(
        centre=centre,
        cancelled_at=None,
        social_rule__isnull=False,
        handed_over_at__gte=start,
        handed_over_at__lt=end,
    )
    found = rows.aggregate(
        count=Count("pk"), cents=Sum(F("full_cents") - F("price_cents"), default=0)
    )
    return Given(found["count"], found["cents"])
