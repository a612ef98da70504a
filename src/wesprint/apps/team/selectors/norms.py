"""Kinds, norms and the house's own rules as they hold on a day."""

from __future__ import annotations

from datetime import date

from wesprint.apps.team.days import Limits
from wesprint.apps.team.models import EngagementKind, Norm, NormKey, TeamRule
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.selectors import holding


def kinds_on(day: date) -> dict[str, EngagementKind]:
    """By slug, in their order. One query."""
    return {one.slug: one for one in holding(EngagementKind, day)}


def kind_named(slug: str, day: date) -> EngagementKind | None:
    """As it held on that day; what did not hold yet, as it held first."""
    rows = EngagementKind.objects.filter(slug=slug)
    return holding(EngagementKind, day).filter(slug=slug).first() or rows.order_by("pk").first()


def norms_on(day: date) -> dict[str, Norm]:
    """One query."""
    return {one.key: one for one in holding(Norm, day).select_related("source")}


def limits_of(norms: dict[str, Norm]) -> Limits:
    return Limits(
        first_after=norms[NormKey.BREAK_FIRST_AFTER].value,
        first=norms[NormKey.BREAK_FIRST].value,
        second_after=norms[NormKey.BREAK_SECOND_AFTER].value,
        second=norms[NormKey.BREAK_SECOND].value,
        part=norms[NormKey.BREAK_PART].value,
        day_at_most=norms[NormKey.DAY_AT_MOST].value,
        rest=norms[NormKey.REST].value,
    )


def figures_from(centre: Centre, day: date) -> int:
    """From how many people on a figure is shown: the norm, or more where the house says so. Two
    queries."""
    norm = holding(Norm, day).get(key=NormKey.FIGURES_FROM).value
    rows = TeamRule.objects.filter(centre=centre, name=NormKey.FIGURES_FROM, since__lte=day)
    own = rows.order_by("-since").values_list("value", flat=True).first()
    return max(norm, own or 0)


def keep_months(day: date) -> tuple[int, str]:
    """How long details of attendance are kept, and why. One query."""
    norm = holding(Norm, day).get(key=NormKey.KEEP_MONTHS)
    return norm.value, norm.law
