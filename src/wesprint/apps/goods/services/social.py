"""Prices with a social pass: the house's rules, and their place in the hand-over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import Item, SocialRule
from wesprint.apps.goods.selectors.house import centre_day
from wesprint.apps.goods.selectors.social import social_prices
from wesprint.apps.goods.services.checks import NOTHING_SAVED, check_price, text_of
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.social import reduce
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid, Refused
from wesprint.platform.commands.services import changed, command
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.models import Category

MOST_PERCENT = 90


@dataclass(frozen=True, slots=True)
class SocialTerms:
    """passes: which ones count, in words; `percent` less, not below `least_cents`."""

    passes: str
    percent: int
    least_cents: int = 0
    since: date | None = None
    until: date | None = None


@command("goods.set_social_rule")
def set_social_rule(
    ctx: Ctx, *, centre: Centre, terms: SocialTerms, category: Category | None = None
) -> SocialRule:
    """For a kind, a group, or all others; from today, or from a day to come. What was handed over
    before keeps its rule. Raises Invalid."""
    today = centre_day(centre, ctx.occurred_at)
    since, passes = terms.since or today, text_of(terms.passes, 200, "passes")
    _check(terms, passes, since, today)
    same = SocialRule.objects.filter(centre=centre, category=category, since=since, ended_at=None)
    same.update(ended_at=ctx.occurred_at)
    rule = SocialRule.objects.create(
        centre=centre,
        category=category,
        passes=passes,
        percent=terms.percent,
        least_cents=terms.least_cents,
        since=since,
        until=terms.until,
    )
    changed(centre, f"social.{category.slug if category else 'all'}")
    return rule


def _check(terms: SocialTerms, passes: str, since: date, today: date) -> None:
    check_price(terms.least_cents)
    if not passes:
        raise _wrong(_("Please say which passes count."), "passes")
    if not 1 <= terms.percent <= MOST_PERCENT:
        raise _wrong(_("Please give 1 to 90 per cent."), "percent")
    if since < today:
        raise _wrong(_("This day is already over."), "since")
    if terms.until is not None and terms.until < since:
        raise _wrong(_("The end lies before the beginning."), "until")


def _wrong(what: object, field: str) -> Invalid:
    return Invalid(what, kept=NOTHING_SAVED, field=field, code=f"social-{field}")


@command("goods.end_social_rule")
def end_social_rule(ctx: Ctx, *, rule: SocialRule) -> SocialRule:
    """At once; what was handed over by it keeps it."""
    rule = held(rule, "centre")
    if rule.ended_at is None:
        rule.ended_at = ctx.occurred_at
        rule.save(update_fields=["ended_at"])
        changed(rule.centre, "social")
    return rule


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is paid, and (with a pass) the price before and the rule between the two."""

    price_cents: int
    full_cents: int | None = None
    rule: SocialRule | None = None


def agreed_price(ctx: Ctx, item: Item, price_cents: int, *, pass_seen: bool) -> Agreed:
    """The price of a hand-over. Raises Refused where no rule makes it less."""
    if not pass_seen or not price_cents:
        return Agreed(price_cents)
    rule = social_prices(item.centre, centre_day(item.centre, ctx.occurred_at)).rule_for(item)
    if rule is None:
        raise Refused(
            _("There is no lower price with a pass for this thing."),
            kept=_("Nothing was recorded."),
            next=_("Please take the tick away, or ask whoever leads the store."),
            field="social_pass",
            code="no-social-price",
        )
    found = reduce(price_cents, rule.percent, rule.least_cents)
    return Agreed(found.price, found.full, rule)
