"""The week for whoever leads the store."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from wesprint.apps.goods.presenters import week as show
from wesprint.apps.goods.presenters.social import given_words
from wesprint.apps.goods.selectors import week as ask
from wesprint.apps.goods.selectors.house import centre_day
from wesprint.apps.goods.selectors.social import given_between
from wesprint.apps.goods.views.common import enter_work

PARAMETER = "woche"


@require_safe
def week(request: HttpRequest, slug: str) -> HttpResponse:
    """Another week by its Monday in the address; a day to come or nonsense means this week."""
    centre = enter_work(request, slug, "goods.view_week")
    today = centre_day(centre)
    monday = ask.monday_of(_asked(request.GET.get(PARAMETER, ""), today))
    this, last = ask.week(centre, monday), ask.week(centre, monday - ask.YEAR_AGO)
    until = min(today, monday + timedelta(days=6))
    groups = ask.sell_through(centre, today)
    given = given_between(centre, monday, until)
    here = reverse("goods_week", args=[slug])
    next_monday = monday + timedelta(days=7)
    context = {
        "heading": show.week_words(monday),
        "before": f"{here}?{PARAMETER}={monday - timedelta(days=7)}",
        "after": f"{here}?{PARAMETER}={next_monday}" if next_monday <= today else "",
        "figures": show.figures(this, last, until - ask.YEAR_AGO, until),
        "days": {"data": show.days_chart(this, last), "table": show.days_table(this, last)},
        "selling": {"data": show.selling_chart(groups), "table": show.selling_table(groups)},
        "has_groups": bool(groups),
        "social": given_words(given) if given.count else "",
    }
    return render(request, "goods/week.html", context)


def _asked(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return today
    return day if date(2000, 1, 10) <= day <= today else today
