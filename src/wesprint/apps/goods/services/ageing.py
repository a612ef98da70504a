"""Prices that fall while things stand: dated rules, applied once a day by the schedule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import AgeingRule, Item, ItemState, PriceChange, Route
from wesprint.apps.goods.selectors.ageing import Step, rules_on, step_due, with_steps
from wesprint.apps.goods.selectors.house import centre_day
from wesprint.apps.goods.services.checks import NOTHING_SAVED, check_choice
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.services.selling import take_off_sale
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid
from wesprint.platform.commands.services import changed, command
from wesprint.platform.organisations.models import Centre
from wesprint.platform.outbox.services import emit
from wesprint.platform.reference.models import Category

LONGEST = 1000  # days
MOST_PERCENT, MOST_TIMES = 90, 20
AWAY = (Route.WORKSHOP, Route.LEND, Route.SPARE_PARTS, Route.RECYCLE, Route.DISPOSE)


@dataclass(frozen=True, slots=True)
class Fall:
    """Every `after_days` days minus `percent`, at most `at_most` times; after `route_after_days`
    days it goes the way `route`, if one is named."""

    after_days: int
    percent: int
    at_most: int
    route_after_days: int | None = None
    route: str = ""


@command("goods.set_ageing_rule")
def set_ageing_rule(
    ctx: Ctx, *, centre: Centre, fall: Fall, category: Category | None = None
) -> AgeingRule:
    """From today on for this category, or for all without a rule of their own; what held before
    ends yesterday and stays readable."""
    _check(fall)
    today = centre_day(centre, ctx.occurred_at)
    end_ageing_rule(ctx, centre=centre, category=category)
    values = {name: getattr(fall, name) for name in Fall.__slots__}
    rule, _new = AgeingRule.objects.update_or_create(
        centre=centre, category=category, since=today, defaults={**values, "until": None}
    )
    changed(centre, f"ageing.{category.slug if category else 'all'}")
    return rule


def _check(fall: Fall) -> None:
    sane = (
        1 <= fall.after_days <= LONGEST
        and 1 <= fall.percent <= MOST_PERCENT
        and 1 <= fall.at_most <= MOST_TIMES
        and 1 <= (fall.route_after_days or 1) <= LONGEST
    )
    if not sane:
        raise Invalid(
            _("Please give 1 to 1000 days, 1 to 90 per cent and 1 to 20 times."),
            kept=NOTHING_SAVED,
            field="percent",
            code="ageing",
        )
    if bool(fall.route) != bool(fall.route_after_days):
        raise Invalid(
            _("For another way please give both: after how many days, and where to."),
            kept=NOTHING_SAVED,
            field="route",
            code="ageing-route",
        )
    if fall.route:
        check_choice(fall.route, list(AWAY), "route")


@command("goods.end_ageing_rule")
def end_ageing_rule(ctx: Ctx, *, centre: Centre, category: Category | None = None) -> None:
    """No rule from today on. What began today and did nothing yet is gone."""
    today = centre_day(centre, ctx.occurred_at)
    rows = AgeingRule.objects.filter(centre=centre, category=category)
    rows.filter(since=today, price_changes=None).delete()
    running = rows.filter(Q(until__isnull=True) | Q(until__gte=today))
    running.filter(since__lt=today).update(until=today - timedelta(days=1))
    running.filter(since=today).update(until=today)
    changed(centre, f"ageing.{category.slug if category else 'all'}")


@command("goods.age_item")
def age_item(ctx: Ctx, *, item: Item) -> Item:
    """One step of its rule, if one is due and nobody has reserved it: the price falls, or it goes
    the rule's other way. Safe to call again: each step is taken once."""
    held(item)  # before looking at its steps: nobody else takes one meanwhile
    item = with_steps(Item.objects.filter(pk=item.pk)).get()
    step = step_due(item, _rule_of(item, centre_day(item.centre, ctx.occurred_at)), ctx.occurred_at)
    if step is None or item.state != ItemState.FOR_SALE:
        return item
    if step.route:
        emit(ctx, "goods.item_aged_out", {"item": item.public_id, "route": step.route})
        return take_off_sale(ctx, item=item, route=step.route)
    return _reduce(ctx, item, step)


def _rule_of(item: Item, on: date) -> AgeingRule | None:
    found = rules_on(item.centre, on)
    return found.get(item.category_id) or found.get(None)


def _reduce(ctx: Ctx, item: Item, step: Step) -> Item:
    PriceChange.objects.create(
        item=item,
        at=ctx.occurred_at,
        old_cents=item.price_cents or 0,
        new_cents=step.cents,
        rule=step.rule,
        step=step.number,
        listed_since=item.for_sale_since,
    )
    item.price_cents = step.cents
    item.save(update_fields=["price_cents"])
    changed(item, "price_cents")
    emit(ctx, "goods.price_reduced", {"item": item.public_id})
    return item
