"""What stands long, and the rules about it, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wesprint.apps.goods.models import AgeingRule, Item, PriceChange, Route
from wesprint.apps.goods.presenters.items import title
from wesprint.apps.goods.presenters.places import name
from wesprint.apps.goods.selectors.ageing import Rules, days_standing, next_step_on, reduced
from wesprint.web import formats


def chips(slug: str, spans: Sequence[int], chosen: int) -> list[dict[str, Any]]:
    here = reverse("goods_ageing", args=[slug])
    return [
        {
            "label": _("more than %(days)s days") % {"days": days},
            "url": f"{here}?tage={days}",
            "current": days == chosen,
        }
        for days in spans
    ]


def columns() -> list[dict[str, str]]:
    return [
        {"label": _("Item")},
        {"label": _("Place")},
        {"label": _("Days"), "kind": "number"},
        {"label": _("Price"), "kind": "number"},
        {"label": _("Next step")},
    ]


def row(item: Item, rules: Rules, moment: datetime, slug: str) -> dict[str, Any]:
    """One row; no query for an item of `standing`."""
    rule = rules.get(item.category_id) or rules.get(None)
    return {
        "url": reverse("goods_stock_item", args=[slug, item.public_id]),
        "cells": [
            title(item),
            name(item.place) if item.place else "–",
            formats.number(days_standing(item, moment)),
            formats.money(item.price_cents or 0),
            _next(item, rule),
        ],
    }


def _next(item: Item, rule: AgeingRule | None) -> str:
    on = next_step_on(item, rule)
    if rule is None:
        return _("no rule")
    if on is None:
        return _("no further reduction")
    price = formats.money(reduced(item.price_cents or 0, rule.percent))
    return _("%(price)s from %(day)s") % {"price": price, "day": formats.short_date(on)}


def rules(found: Rules) -> list[dict[str, Any]]:
    """Those of a category first, the one for all others last."""
    ordered = sorted(found.values(), key=lambda rule: (rule.category_id is None, rule.pk))
    return [
        {
            "slug": rule.category.slug if rule.category else "",
            "name": rule.category.name(get_language() or "de")
            if rule.category
            else _("Everything else"),
            "words": _words(rule),
            "since": rule.since,
        }
        for rule in ordered
    ]


def _words(rule: AgeingRule) -> str:
    text = ngettext(
        "every %(days)s day minus %(percent)s %%, at most %(times)s times",
        "every %(days)s days minus %(percent)s %%, at most %(times)s times",
        rule.after_days,
    ) % {"days": rule.after_days, "percent": rule.percent, "times": rule.at_most}
    if not rule.route:
        return text
    then = _("after %(days)s days: %(route)s") % {
        "days": rule.route_after_days,
        "route": Route(rule.route).label,
    }
    return f"{text}; {then}"


def routes(known: Sequence[Route], chosen: str) -> list[dict[str, Any]]:
    return [
        {"value": route.value, "label": route.label, "chosen": route.value == chosen}
        for route in known
    ]


def price_steps(changes: Sequence[PriceChange]) -> list[dict[str, Any]]:
    return [
        {
            "at": change.at,
            "old": formats.money(change.old_cents),
            "new": formats.money(change.new_cents),
            "why": _("stood long") if change.rule_id else _("changed by hand"),
        }
        for change in changes
    ]
