"""What the house decides for itself: what is full this week, and its dated rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import CategoryCapacity, DailyCapacity, HouseRule, RuleName
from wesprint.apps.goods.selectors.house import centre_day, house_rules
from wesprint.apps.goods.services.checks import check_choice, words_of
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid
from wesprint.platform.base.words import Words
from wesprint.platform.commands.services import changed, command
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.models import Category


@command("goods.declare_full")
def declare_full(
    ctx: Ctx,
    *,
    centre: Centre,
    category: Category,
    until: date | None = None,
    note: Words | str = "",
) -> CategoryCapacity:
    """From today the house has no room for a category or group, up to and including `until`."""
    since = centre_day(centre, ctx.occurred_at)
    if until is not None and until < since:
        raise Invalid(_("This day is already over."), kept=_("Nothing was changed."), field="until")
    declare_room_again(ctx, centre=centre, category=category)
    row, _new = CategoryCapacity.objects.update_or_create(
        centre=centre,
        category=category,
        since=since,
        defaults={"until": until, "note": words_of(note, 120, "note")},
    )
    changed(centre, f"full.{category.slug}")
    return row


@command("goods.declare_room_again")
def declare_room_again(ctx: Ctx, *, centre: Centre, category: Category) -> None:
    """There is room again: what began today is gone, what began earlier ends yesterday."""
    today = centre_day(centre, ctx.occurred_at)
    rows = CategoryCapacity.objects.filter(centre=centre, category=category)
    rows.filter(since=today).delete()
    running = rows.filter(since__lt=today).exclude(until__lt=today)
    running.update(until=today - timedelta(days=1))
    changed(centre, f"full.{category.slug}")


@command("goods.set_house_rule")
def set_house_rule(ctx: Ctx, *, centre: Centre, name: str, value: int) -> HouseRule:
    """From today on; what held before stays readable."""
    return _set_rule(ctx, centre, name, value)


@command("goods.set_house_rules")
def set_house_rules(ctx: Ctx, *, centre: Centre, values: Mapping[str, int]) -> list[str]:
    """Those rules that are to differ from what holds today; their names. From today on."""
    held = house_rules(centre, centre_day(centre, ctx.occurred_at))
    different = [name for name in values if held.get(name) != values[name]]
    for name in different:
        _set_rule(ctx, centre, name, values[name])
    return different


def _set_rule(ctx: Ctx, centre: Centre, name: str, value: int) -> HouseRule:
    check_choice(name, RuleName.values, "name")
    if not 0 <= value <= 100:
        raise Invalid(_("Please give a number from 0 to 100."), field="value")
    row, _new = HouseRule.objects.update_or_create(
        centre=centre,
        name=name,
        since=centre_day(centre, ctx.occurred_at),
        defaults={"value": value},
    )
    changed(centre, f"rule.{name}")
    return row


@command("goods.set_daily_capacity")
def set_daily_capacity(
    ctx: Ctx, *, centre: Centre, category: Category, pieces: int | None
) -> DailyCapacity:
    """From today the house takes at most so many pieces of a category or group on one day;
    None: as many as come. Raises Invalid for fewer than one or more than 999."""
    if pieces is not None and not 1 <= pieces <= 999:
        raise Invalid(
            _("Please give a number from 1 to 999, or none."),
            kept=_("Nothing was changed."),
            next=_("To take none at all, say that it is full."),
            field="pieces",
        )
    row, _new = DailyCapacity.objects.update_or_create(
        centre=centre,
        category=category,
        since=centre_day(centre, ctx.occurred_at),
        defaults={"pieces": pieces},
    )
    changed(centre, f"capacity.{category.slug}")
    return row
