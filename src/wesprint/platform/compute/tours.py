"""Tours from a page or a job: computed in the installation's warm processes.

    answer = insert(problem, solution)          # one more order, in a tenth of a second
    answer = tidy_tour(problem, solution, 0)    # the order of one tour
    found = plan(problem, Settings(seconds=30), tell=show)

Problem and answers are those of `engines.tours`; whatever comes back has passed its checker.
Raises a ComputeError of the pool.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, cast

from wesprint.engines.tours import (
    Client,
    Plan,
    Problem,
    Progress,
    Settings,
    Shipment,
    Solution,
    Window,
)
from wesprint.engines.tours import plan as plan_
from wesprint.engines.tours.live import Answer, Promise, improve, promise, tidy
from wesprint.engines.tours.live import insert as insert_
from wesprint.platform.compute.service import call

LIVE_SECONDS: Final = 20.0
"""What is asked for while the bikes ride takes a tenth of a second; more is a fault."""
SPARE_SECONDS: Final = 30.0
"""A plan's last checks come after its time is up."""
_HERE: Final = "wesprint.platform.compute.tours:in_process"
_LIVE: Final[dict[str, Callable[..., object]]] = {
    "insert": insert_,
    "tidy": tidy,
    "promise": promise,
    "improve": improve,
}

Tell = Callable[[Progress], None]


def insert(problem: Problem, solution: Solution) -> Answer:
    """What the solution leaves out is put in where it costs least (`engines.tours.live`)."""
    return cast("Answer", _live("insert", problem, solution))


def tidy_tour(problem: Problem, solution: Solution, number: int) -> Answer:
    """One route in a better order; the others stay."""
    return cast("Answer", _live("tidy", problem, solution, number))


def improve_all(problem: Problem, solution: Solution) -> Answer:
    """All routes, as far as a tenth of a second goes."""
    return cast("Answer", _live("improve", problem, solution))


def first_promise(
    problem: Problem, solution: Solution, task: Client | Shipment, offers: Sequence[Window]
) -> Promise | None:
    """The first of the windows that can be kept without breaking another promise."""
    return cast("Promise | None", _live("promise", problem, solution, task, offers))


def plan(
    problem: Problem,
    wanted: Settings,
    *,
    start: Solution | None = None,
    tell: Tell = lambda _progress: None,
) -> Plan:
    """A day's plan. `tell` hears after every round how good it is, and may raise to stop it."""
    seconds = (wanted.seconds or 600.0) + SPARE_SECONDS
    return cast("Plan", call(_HERE, ("plan", (problem, wanted, start)), seconds=seconds, tell=tell))


def _live(name: str, *given: object) -> object:
    return call(_HERE, (name, given), seconds=LIVE_SECONDS)


def in_process(argument: tuple[str, tuple[Any, ...]], tell: Callable[[Any], None]) -> object:
    """What the warm process does."""
    name, given = argument
    if name == "plan":
        problem, wanted, start = given
        return plan_(problem, wanted, start=start, progress=tell)
    return _LIVE[name](*given)
