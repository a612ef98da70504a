"""What the house in section and the page of the day say of the team."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TypeVar

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wesprint.apps.goods.public import centre_day
from wesprint.apps.team.presenters import days as show
from wesprint.apps.team.presenters.engagements import name_of
from wesprint.apps.team.selectors.attendance import days_in_need, to_confirm
from wesprint.apps.team.selectors.engagements import patterns, running
from wesprint.apps.team.selectors.figures import public_hours
from wesprint.apps.team.selectors.norms import figures_from
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import is_open_at
from wesprint.platform.people.rules import may
from wesprint.platform.people.viewer import Viewer
from wesprint.web import formats
from wesprint.web.rooms import DESK_COUNTS_TO, DeskCard, DeskRow, Figure, TodayLine

FIRST, HOUR = 3, 3600
C = TypeVar("C")


def today(centre: Centre, at: datetime) -> Sequence[TodayLine]:
    """How many are expected today, by the agreed week alone, so that nobody's coming or staying
    away shows; nothing below the threshold. Counted once an hour."""
    expected = _counted("expected", centre, centre_day(centre, at), _expected)
    if not expected:
        return []
    text = ngettext(
        "%(number)s person works here today", "%(number)s people work here today", expected
    )
    return [
        TodayLine(
            title=_("Team"),
            text=text % {"number": formats.number(expected)},
            open=is_open_at(centre, at),
            world="work",
            room="team",
        )
    ]


def _expected(centre: Centre, day: date) -> int:
    """0 below the threshold. Four queries."""
    people = running(centre, day)
    weeks = patterns(people) if people else {}
    expected = sum(weeks[one.pk].on(day) is not None for one in people)
    return expected if expected and expected >= figures_from(centre, day) else 0


def figures(centre: Centre, day: date) -> Sequence[Figure]:
    """Hours given by volunteers: a sum of figures that are shown in any case. Counted once an
    hour."""
    seconds, weeks = _counted("given", centre, day, public_hours)
    if not seconds:
        return []
    text = ngettext(
        "hours given by volunteers in %(weeks)s week",
        "hours given by volunteers in %(weeks)s weeks",
        weeks,
    )
    return [Figure(formats.number(seconds // HOUR), text % {"weeks": weeks})]


def _counted(what: str, centre: Centre, day: date, count: Callable[[Centre, date], C]) -> C:
    """The public page is opened all day long, and these figures change once a day."""
    key = f"team/{what}/{centre.pk}/{day}"
    found: C | None = cache.get(key)
    if found is None:
        found = count(centre, day)
        cache.set(key, found, HOUR)
    return found


def desk(centre: Centre, viewer: Viewer, at: datetime) -> Sequence[DeskCard]:
    """For the lead: who is expected, days that want a look, days to be confirmed."""
    if not may(viewer, "team.lead", centre):
        return []
    day = centre_day(centre, at)
    people = running(centre, day)
    needs = days_in_need(people, day)[:DESK_COUNTS_TO]
    here = reverse("team_board", args=[centre.slug])
    rows = [
        DeskRow(
            name_of(one),
            f"{formats.short_date(found.day)}, {show.state_tag(found)['text']}",
            show.day_url(one, found.day),
        )
        for one, found in needs[:FIRST]
    ]
    waiting = min(to_confirm(people, day), DESK_COUNTS_TO)
    return [
        DeskCard(
            _("Days of the team that want a look"), len(needs), here, "clock",
            _("every day of the team is settled"), rows, position=62,
        ),
        DeskCard(
            _("Days of the team to be confirmed"), waiting, here, "check",
            _("every day of the team is confirmed"), position=63,
        ),
    ]  # fmt: skip
