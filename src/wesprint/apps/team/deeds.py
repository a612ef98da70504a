"""The audit trail in words: what is done about people at work."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from wesprint.web.rooms import Thing, Trail

TRAIL = Trail(
    deeds={
        "team.add_step": pgettext_lazy("trail", "Added a learning step"),
        "team.agree_engagement": pgettext_lazy("trail", "Agreed on an engagement"),
        "team.agree_to_steps": pgettext_lazy("trail", "Said whether steps are kept"),
        "team.confirm_days": pgettext_lazy("trail", "Confirmed days of attendance"),
        "team.confirm_step": pgettext_lazy("trail", "Confirmed a learning step"),
        "team.end_engagement": pgettext_lazy("trail", "Set the end of an engagement"),
        "team.enter_absence": pgettext_lazy("trail", "Entered an absence"),
        "team.enter_day": pgettext_lazy("trail", "Entered a day of attendance"),
        "team.enter_days": pgettext_lazy("trail", "Typed in a sheet of attendance"),
        "team.name_supervisor": pgettext_lazy("trail", "Named a supervisor"),
        "team.retire_step": pgettext_lazy("trail", "Ended a learning step"),
        "team.set_figures_from": pgettext_lazy(
            "trail", "Set from how many people figures are shown"
        ),
        "team.set_week": pgettext_lazy("trail", "Set the week of an engagement"),
        "team.stamp": pgettext_lazy("trail", "Came or went"),
        "team.take_back_step": pgettext_lazy("trail", "Took a learning step back"),
        "team.tidy": pgettext_lazy("trail", "Deleted old attendance"),
    },
    things={
        "team.engagement": Thing(
            pgettext_lazy("trail", "engagement"), "team_engagement", "team.lead"
        ),
        "team.step": Thing(pgettext_lazy("trail", "learning step"), "", ""),
    },
)
