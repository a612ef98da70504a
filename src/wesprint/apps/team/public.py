"""What other rooms may call: the verbs, and what they return."""

from wesprint.apps.team.models import Absence, Engagement, Step
from wesprint.apps.team.selectors.figures import public_hours
from wesprint.apps.team.services import (
    Present,
    Terms,
    WeekDay,
    add_step,
    agree_engagement,
    agree_to_steps,
    confirm_days,
    confirm_step,
    enter_absence,
    enter_day,
    enter_days,
    stamp,
)

__all__ = [
    "Absence",
    "Engagement",
    "Present",
    "Step",
    "Terms",
    "WeekDay",
    "add_step",
    "agree_engagement",
    "agree_to_steps",
    "confirm_days",
    "confirm_step",
    "enter_absence",
    "enter_day",
    "enter_days",
    "public_hours",
    "stamp",
]
