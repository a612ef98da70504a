"""From a day of a house to a problem of the tours engine and back. No database here."""

from wesprint.apps.delivery.planning.day import Day, Layout, Ride, Task, TimedStop, TourPlan
from wesprint.apps.delivery.planning.planner import (
    Offered,
    Unsound,
    inserted,
    planned,
    tidied,
    timed,
)

__all__ = [
    "Day",
    "Layout",
    "Offered",
    "Ride",
    "Task",
    "TimedStop",
    "TourPlan",
    "Unsound",
    "inserted",
    "planned",
    "tidied",
    "timed",
]
