"""Prices with a pass in words and rows."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wesprint.apps.goods.models import HandOver, Item, SocialRule
from wesprint.apps.goods.selectors.social import Given, SocialPrices
from wesprint.web import formats


def shelf_price(prices: SocialPrices, item: Item) -> dict[str, Any] | None:
    """For the catalogue: "mit Sozialpass 12,00 €", and which passes count."""
    found, rule = prices.of(item), prices.rule_for(item)
    if found is None or rule is None:
        return None
    return {"text": with_pass(found.price), "passes": rule.passes}


def with_pass(cents: int) -> str:
    return _("with social pass %(price)s") % {"price": formats.money(cents)}


def counter(prices: SocialPrices, item: Item, full: int | None) -> dict[str, Any] | None:
    """For the hand-over: before and after, and why."""
    rule = prices.rule_for(item)
    if rule is None:
        return None
    found = prices.of(item, full)
    return {
        "passes": rule.passes,
        "rule": rule_words(rule),
        "price": formats.money(found.price) if found else "",
        "full": formats.money(found.full) if found else "",
    }


def paid_words(done: HandOver) -> str:
    """ "12,00 € instead of 20,00 €": the line of what was handed over."""
    if done.full_cents is None:
        return formats.money(done.price_cents) if done.price_cents else ""
    values = {"price": formats.money(done.price_cents), "full": formats.money(done.full_cents)}
    return _("%(price)s instead of %(full)s, with social pass") % values


def rule_words(rule: SocialRule) -> str:
    words = _("%(percent)s less") % {"percent": formats.percent(rule.percent / 100)}
    if not rule.least_cents:
        return words
    return _("%(words)s, not below %(least)s") % {
        "words": words,
        "least": formats.money(rule.least_cents),
    }


def rule_line(rule: SocialRule, today: Any) -> dict[str, Any]:
    category = rule.category
    name = category.name(get_language() or "de") if category else _("Everything else")
    return {
        "rule": rule,
        "name": name,
        "words": rule_words(rule),
        "period": _period(rule),
        "to_come": rule.since > today,
    }


def _period(rule: SocialRule) -> str:
    since = formats.short_date(rule.since)
    if rule.until is None:
        return _("from %(day)s") % {"day": since}
    return f"{since} – {formats.short_date(rule.until)}"


def given_words(given: Given) -> str:
    text = ngettext(
        "%(count)s hand-over with social pass: %(sum)s given",
        "%(count)s hand-overs with social pass: %(sum)s given",
        given.count,
    )
    return text % {"count": formats.number(given.count), "sum": formats.money(given.cents)}
