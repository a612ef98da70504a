"""The house's own rule on figures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import centre_day
from wesprint.apps.team.models import NormKey, TeamRule
from wesprint.apps.team.selectors.norms import norms_on
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Invalid
from wesprint.platform.commands.services import changed, command
from wesprint.platform.organisations.models import Centre

LARGEST = 50


@command("team.set_figures_from")
def set_figures_from(ctx: Ctx, *, centre: Centre, people: int) -> TeamRule:
    """From today on figures need this many people; never fewer than the norm. Raises Invalid."""
    day = centre_day(centre, ctx.occurred_at)
    least = norms_on(day)[NormKey.FIGURES_FROM].value
    if not least <= people <= LARGEST:
        raise Invalid(
            _("Please give a number from %(least)s to %(most)s.")
            % {"least": least, "most": LARGEST},
            kept=_("Nothing was changed."),
            field="people",
            code="too-few-people",
        )
    row, _new = TeamRule.objects.update_or_create(
        centre=centre, name=NormKey.FIGURES_FROM, since=day, defaults={"value": people}
    )
    changed(centre, f"team-rule.{NormKey.FIGURES_FROM}")
    return row
