"""What the public account of flows asks this room, by way of its declaration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.urls import reverse

from wesprint.apps.goods.models import Displaced, HandOver, Intake, Item, Way
from wesprint.kernel.period import Period
from wesprint.platform.organisations.models import Centre
from wesprint.web.rooms import Answered, Journey, PublicThing


def answers(centre: Centre) -> Sequence[Answered]:
    """By month and category, oldest first; what was taken back does not count. One query."""
    rows = (
        HandOver.objects.filter(centre=centre, cancelled_at=None)
        .exclude(displaced="")
        .order_by()
        .annotate(month=TruncMonth("handed_over_at", tzinfo=centre.tz))
        .values("month", "item__category__slug")
        .annotate(
            yes=Count("pk", filter=Q(displaced=Displaced.YES)),
            perhaps=Count("pk", filter=Q(displaced=Displaced.UNSURE)),
            no=Count("pk", filter=Q(displaced=Displaced.NO)),
        )
        .order_by("month", "item__category__slug")
        .values_list("month", "item__category__slug", "yes", "perhaps", "no")
    )
    return [Answered(_day(month), slug, *counts) for month, slug, *counts in rows]


def journeys(centre: Centre, period: Period) -> Sequence[Journey]:
    """What was fetched from givers on ways of its own. What a tour fetched or brought is in the
    tour's kilometres. One query."""
    first, end = (datetime.combine(day, time.min, centre.tz) for day in (period.start, period.end))
    fetched = Intake.objects.filter(
        centre=centre, offer__way=Way.FETCH, started_at__gte=first, started_at__lt=end
    )
    own = fetched.filter(fetched_g=None)
    return [Journey("fetch", own.values("offer").distinct().count())]


def _day(moment: date) -> date:
    return date(moment.year, moment.month, 1)


def things(idents: Sequence[str]) -> Mapping[str, PublicThing]:
    """Items by their number. One query."""
    rows = Item.objects.filter(public_id__in=idents).values_list("public_id", "title")
    return {ident: PublicThing(title, reverse("goods_pass", args=[ident])) for ident, title in rows}
