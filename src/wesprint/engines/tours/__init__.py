"""A day's tours: who serves which stop when.

    plan = plan(problem, Settings(seconds=30))
    plan.report.sound, plan.report.cost, plan.left_out

Every plan that leaves this package has passed `checker.check`, which knows no solver.
"""

from wesprint.engines.tours.checker import Report, Violation, check
from wesprint.engines.tours.plan import Plan, Progress, Settings, plan, replay
from wesprint.engines.tours.problem import (
    Break,
    Client,
    Depot,
    End,
    InvalidProblem,
    Problem,
    Route,
    Shipment,
    Solution,
    Underway,
    Vehicle,
    Visit,
    Window,
)
from wesprint.engines.tours.schedule import Schedule, Step, schedule

__all__ = [
    "Break",
    "Client",
    "Depot",
    "End",
    "InvalidProblem",
    "Plan",
    "Problem",
    "Progress",
    "Report",
    "Route",
    "Schedule",
    "Settings",
    "Shipment",
    "Solution",
    "Step",
    "Underway",
    "Vehicle",
    "Violation",
    "Visit",
    "Window",
    "check",
    "plan",
    "replay",
    "schedule",
]
