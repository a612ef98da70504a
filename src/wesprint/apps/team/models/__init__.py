"""State of who works here; the database holds the invariants."""

from wesprint.apps.team.models.attendance import Absence, Confirmed, Entry, Stamp, Verb, Way
from wesprint.apps.team.models.engagements import Engagement, ExpectedDay
from wesprint.apps.team.models.reference import EngagementKind, Group, Norm, NormKey, TeamRule
from wesprint.apps.team.models.steps import Level, ReachedStep, Step

__all__ = [
    "Absence",
    "Confirmed",
    "Engagement",
    "EngagementKind",
    "Entry",
    "ExpectedDay",
    "Group",
    "Level",
    "Norm",
    "NormKey",
    "ReachedStep",
    "Stamp",
    "Step",
    "TeamRule",
    "Verb",
    "Way",
]
