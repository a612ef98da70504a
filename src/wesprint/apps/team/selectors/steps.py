"""Learning steps: the house's catalogue, and what one person has reached. Never a comparison."""

from __future__ import annotations

from collections.abc import Collection

from wesprint.apps.team.models import ReachedStep, Step
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Person
from wesprint.platform.people.selectors import has_consent
from wesprint.web.http import not_found

CONSENT = "team.steps"


def catalogue(centre: Centre) -> tuple[Step, ...]:
    """What can be learned today, by area and level. One query."""
    return tuple(Step.objects.filter(centre=centre, retired_at__isnull=True))


def step_by_id(centre: Centre, public_id: str) -> Step:
    found = Step.objects.filter(centre=centre, public_id=public_id).first()
    if found is None:
        raise not_found()
    return found


def agreed(person: Person) -> bool:
    """Whether steps may be kept of them at all. One query."""
    return has_consent(person, CONSENT)


def reached_by(person: Person, centre: Centre) -> dict[int, ReachedStep]:
    """By the step's row number; nothing without consent. Two queries."""
    if not agreed(person):
        return {}
    rows = ReachedStep.objects.filter(person=person, step__centre=centre)
    return {row.step_id: row for row in rows.select_related("step", "by").order_by("on", "pk")}


def path_of(person: Person, centre: Centre) -> tuple[tuple[Step, ReachedStep | None], ...]:
    """All steps with what was reached of them; a retired one only where it was reached."""
    reached = reached_by(person, centre)
    steps = list(catalogue(centre))
    known: Collection[int] = {one.pk for one in steps}
    steps += [row.step for key, row in reached.items() if key not in known]
    ordered = sorted(steps, key=lambda one: (one.area, one.level, one.title, one.pk))
    return tuple((one, reached.get(one.pk)) for one in ordered)


def reached_by_id(centre: Centre, person: Person, public_id: str) -> ReachedStep:
    rows = ReachedStep.objects.filter(step__centre=centre, person=person, public_id=public_id)
    found = rows.select_related("step").first()
    if found is None:
        raise not_found()
    return found
