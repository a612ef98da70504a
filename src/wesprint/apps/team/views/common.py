"""What the pages of this room share: the day in the house, and who is there."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse

from wesprint.apps.goods.public import centre_day
from wesprint.apps.team.models import Engagement
from wesprint.apps.team.selectors.engagements import engagement_by_id
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import operator_of
from wesprint.platform.people.models import Person
from wesprint.web.handling import enter_work
from wesprint.web.http import not_found, viewer_of

LEAD = "team.lead"


def today_in(centre: Centre) -> date:
    return centre_day(centre, now())


def as_lead(request: HttpRequest, slug: str, public_id: str) -> Engagement:
    """Somebody's engagement, for the lead of its house."""
    return engagement_by_id(enter_work(request, slug, LEAD), public_id)


def person_at(request: HttpRequest, centre: Centre) -> Person | None:
    """Who is looking, as the operator of the house knows them."""
    operator = operator_of(centre, today_in(centre))
    rows = Person.objects.filter(pk__in=viewer_of(request).person_ids, organisation=operator)
    return rows.order_by("pk").first()


def day_or_404(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise not_found() from None


def month_or_404(text: str) -> date:
    """ "2026-11" -> its first day."""
    return day_or_404(f"{text}-01")


def attachment(content: bytes | str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
