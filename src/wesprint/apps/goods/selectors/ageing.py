"""What stands long, and which step of which rule is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wesprint.apps.goods.models import AgeingRule, Item, ItemState, PriceChange
from wesprint.platform.organisations.models import Centre

PAGE = 50
STEP = 10  # cents: nobody wants 13.37 EUR on a label
Rules = Mapping[int | None, AgeingRule]


def rules_on(centre: Centre, on: date) -> Rules:
    """By the row number of the category; None is for all others. One query."""
    rows = AgeingRule.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on), centre=centre, since__lte=on
    ).select_related("category")
    return {rule.category_id: rule for rule in rows.order_by("since")}


@dataclass(frozen=True, slots=True)
class Step:
    """What a rule asks for now: the price in cents as the `number`th reduction, or a way."""

    rule: AgeingRule
    number: int
    cents: int
    route: str = ""


def step_due(item: Item, rule: AgeingRule | None, moment: datetime) -> Step | None:
    """The next step of the rule that is due. No query for an item with `with_steps`."""
    if rule is None or item.for_sale_since is None:
        return None
    if rule.route_after_days and days_standing(item, moment) >= rule.route_after_days:
        return Step(rule, 0, item.price_cents or 0, rule.route)
    due = next_step_on(item, rule)
    if due is None or due > moment.astimezone(item.centre.tz).date():
        return None
    cents = reduced(item.price_cents or 0, rule.percent)
    return Step(rule, reductions(item) + 1, cents)


def next_step_on(item: Item, rule: AgeingRule | None) -> date | None:
    """The day on which the next reduction comes, counted from the last one; None if none comes
    any more."""
    if rule is None or item.for_sale_since is None or reductions(item) >= rule.at_most:
        return None
    price = item.price_cents or 0
    if reduced(price, rule.percent) >= price:
        return None
    last = getattr(item, "last_step_at", None) or item.for_sale_since
    return last.astimezone(item.centre.tz).date() + timedelta(days=rule.after_days)


def days_standing(item: Item, moment: datetime) -> int:
    """Whole days in the house's zone since it came onto the shelf."""
    zone = item.centre.tz
    since = item.for_sale_since or item.taken_in_at
    return (moment.astimezone(zone).date() - since.astimezone(zone).date()).days


def reductions(item: Item) -> int:
    """How often a rule has lowered its price since it came onto the shelf (`with_steps`)."""
    return int(getattr(item, "steps", 0))


def reduced(cents: int, percent: int) -> int:
    """Less by so many per cent, in steps of ten cents, and never nothing."""
    exact = cents * (100 - percent) / 100
    return max(STEP, int(exact // STEP) * STEP)


@dataclass(frozen=True, slots=True)
class Standing:
    items: tuple[Item, ...]
    after: str


def standing(centre: Centre, before: datetime, *, after: str = "") -> Standing:
    """What came onto the shelf before that time and still stands there, longest first, with the
    count of its reductions. after: the last item's number of the page before. One query, one
    more behind the first page."""
    rows = with_steps(Item.objects.filter(centre=centre, for_sale_since__lt=before))
    if after:
        rows = _behind(rows, after)
    page = list(rows.order_by("for_sale_since", "id")[: PAGE + 1])
    return Standing(tuple(page[:PAGE]), page[PAGE - 1].public_id if len(page) > PAGE else "")


def with_steps(rows: QuerySet[Item]) -> QuerySet[Item]:
    """`steps`: reductions by a rule since it came onto the shelf; `last_step_at`: the latest."""
    taken = PriceChange.objects.filter(
        item=OuterRef("pk"), listed_since=OuterRef("for_sale_since"), step__gt=0
    ).order_by("-step")
    return rows.select_related("category", "centre", "place").annotate(
        steps=Coalesce(Subquery(taken.values("step")[:1]), 0),
        last_step_at=Subquery(taken.values("at")[:1]),
    )


def _behind(rows: QuerySet[Item], after: str) -> QuerySet[Item]:
    for pk, since in Item.objects.filter(public_id=after).values_list("pk", "for_sale_since"):
        return rows.filter(Q(for_sale_since__gt=since) | Q(for_sale_since=since, pk__gt=pk))
    return rows.none()


def aged(centre: Centre, moment: datetime) -> QuerySet[Item]:
    """Things a rule may have something to say about, for the job."""
    rules = rules_on(centre, moment.astimezone(centre.tz).date())
    if not rules:
        return Item.objects.none()
    soonest = min(
        min(rule.after_days, rule.route_after_days or rule.after_days) for rule in rules.values()
    )
    # A day more than the zone can be off; `step_due` counts exactly.
    before = moment - timedelta(days=soonest - 1)
    rows = Item.objects.filter(centre=centre, state=ItemState.FOR_SALE, for_sale_since__lt=before)
    return with_steps(rows).order_by("for_sale_since", "pk")


def price_history(item: Item) -> tuple[PriceChange, ...]:
    """Oldest first. One query."""
    return tuple(PriceChange.objects.filter(item=item).select_related("rule"))
