"""What may happen with people at work. Every verb is a command: one transaction, recognised when
it comes again."""

from wesprint.apps.team.services.attendance import (
    Present,
    confirm_days,
    enter_absence,
    enter_day,
    enter_days,
    stamp,
)
from wesprint.apps.team.services.engagements import (
    Terms,
    WeekDay,
    agree_engagement,
    end_engagement,
    name_supervisor,
    set_week,
)
from wesprint.apps.team.services.norms import set_figures_from
from wesprint.apps.team.services.steps import (
    add_step,
    agree_to_steps,
    confirm_step,
    retire_step,
    take_back_step,
    wording,
)
from wesprint.apps.team.services.tidying import tidy

__all__ = [
    "Present",
    "Terms",
    "WeekDay",
    "add_step",
    "agree_engagement",
    "agree_to_steps",
    "confirm_days",
    "confirm_step",
    "end_engagement",
    "enter_absence",
    "enter_day",
    "enter_days",
    "name_supervisor",
    "retire_step",
    "set_figures_from",
    "set_week",
    "stamp",
    "take_back_step",
    "tidy",
    "wording",
]
