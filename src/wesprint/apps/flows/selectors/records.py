"""What stands beside the flows: buyers' answers, the house's own uses, baselines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from wesprint.apps.flows.models import AnswerCount, Baseline, OwnUse
from wesprint.engines.footprint import Answers, OwnFootprint, Range, Use, own_of
from wesprint.kernel.errors import NotFound
from wesprint.kernel.period import Period
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.models import EmissionFactor

ALL = "all"


@dataclass(frozen=True, slots=True)
class Survey:
    """Answers of the buyers of some houses by group of things, and all of them together."""

    groups: tuple[tuple[str, Answers], ...]

    @property
    def whole(self) -> Answers:
        return sum((answers for _group, answers in self.groups), Answers())

    def of(self, group: str) -> Answers:
        return dict(self.groups).get(group, Answers())

    def narrow_to_wide(self, group: str) -> tuple[tuple[str, Answers], ...]:
        """The sets that may speak for a thing of this group, the nearest first."""
        return (group, self.of(group)), (ALL, self.whole)


def survey(centres: Sequence[Centre], until: date) -> Survey:
    """What was answered up to the month of `until`. One query."""
    rows = (
        AnswerCount.objects.filter(centre__in=centres, month__lte=until)
        .order_by()
        .values_list("category__parent__slug")
        .annotate(yes=Sum("yes"), perhaps=Sum("perhaps"), no=Sum("no"))
        .order_by("category__parent__slug")
    )
    return Survey(tuple((group, Answers(*counts)) for group, *counts in rows))


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One recorded use with the factor of its month and what that emits."""

    month: date
    activity: str
    quantity: int
    factor: EmissionFactor
    footprint: OwnFootprint


def own_lines(centres: Sequence[Centre], period: Period) -> tuple[OwnLine, ...]:
    """What these houses used in the months that begin in the period, oldest first. One query,
    and one for all factors that held on some day."""
    rows = OwnUse.objects.filter(
        centre__in=centres, month__gte=period.start, month__lt=period.end
    ).order_by("month", "activity", "pk")
    held = list(EmissionFactor.objects.select_related("source").order_by("valid_from"))
    return tuple(_line(row, _factor(held, row)) for row in rows)


def _factor(held: Sequence[EmissionFactor], row: OwnUse) -> EmissionFactor:
    """The one of the month; for months before the first source, that first one."""
    known = [one for one in held if one.activity == row.activity]
    fitting = [one for one in known if one.valid_from <= row.month]
    return (fitting or known[:1])[-1]


def _line(row: OwnUse, factor: EmissionFactor) -> OwnLine:
    width = Range(factor.low_g, factor.central_g, factor.high_g)
    use = Use(row.activity, row.quantity, width)
    return OwnLine(row.month, row.activity, row.quantity, factor, own_of(use))


def own_by_activity(lines: Sequence[OwnLine]) -> Mapping[str, OwnFootprint]:
    sums: dict[str, OwnFootprint] = defaultdict(OwnFootprint)
    for line in lines:
        sums[line.activity] += line.footprint
    return dict(sums)


def baselines(centres: Sequence[Centre]) -> tuple[Baseline, ...]:
    """How it was before, newest day first. One query."""
    rows = Baseline.objects.filter(centre__in=centres, withdrawn_at=None)
    return tuple(rows.select_related("centre").order_by("-as_of", "-pk"))


def baseline_by_id(centre: Centre, public_id: str) -> Baseline:
    """Raises NotFound for none and for another house's."""
    found = Baseline.objects.filter(centre=centre, public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such entry."))
    return found
