"""Rates and limits of a house, by the day."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import centre_day, check_choice
from wesprint.apps.workshop.models import RuleName, WorkshopRule
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid
from wesprint.platform.commands.services import changed, command
from wesprint.platform.organisations.models import Centre

HIGHEST = {RuleName.LOSS_PERCENT: 30}
DEAREST_HOUR = 20_000


@command("workshop.set_rule")
def set_workshop_rule(ctx: Ctx, *, centre: Centre, name: str, value: int) -> WorkshopRule:
    """From today on; orders keep what was counted for them before."""
    check_choice(name, RuleName.values, "name")
    most = HIGHEST.get(RuleName(name), DEAREST_HOUR)
    if not 0 <= value <= most:
        raise Invalid(
            _("Please give a number from 0 to %(most)s.") % {"most": most},
            kept=_("Nothing was changed."),
            field="value",
            code="rule-value",
        )
    row, _new = WorkshopRule.objects.update_or_create(
        centre=centre,
        name=name,
        since=centre_day(centre, ctx.occurred_at),
        defaults={"value": value},
    )
    changed(centre, f"workshop-rule.{name}")
    return row
