"""The ValueFlows action table, read as data: which action does what to which resource.

No code here or elsewhere knows an action by its name. The words of the table's *columns*
("decrementIncrement", "updateTo" ...) are the vocabulary; the rows may change.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent / "data" / "vf_actions_1.0.0.csv"
NOTHING = "notApplicable"


class Side(StrEnum):
    """The two resources an event may name."""

    RESOURCE = "resource_inventoried_as"
    TO_RESOURCE = "to_resource_inventoried_as"


_SIGNS = {
    NOTHING: (0, 0),
    "increment": (1, 0),
    "decrement": (-1, 0),
    "decrementIncrement": (-1, 1),
    "incrementTo": (0, 1),
}
_CREATES = {NOTHING: None, "optional": Side.RESOURCE, "optionalTo": Side.TO_RESOURCE}
_MEASURES = {
    "resource": (True, False),
    "effort": (False, True),
    "both": (True, True),
}
_PROCESS_SIDES = {
    NOTHING: (False, False),
    "input": (True, False),
    "output": (False, True),
    "outputInput": (True, True),
}
_ATTRIBUTE_SIDES = {
    NOTHING: None,
    "new": None,  # only a resource that the event itself creates
    "update": Side.RESOURCE,
    "remove": Side.RESOURCE,
    "updateTo": Side.TO_RESOURCE,
}


@dataclass(frozen=True, slots=True)
class Action:
    """One row of the table, its words already looked up.

    accounting, onhand: signs of the quantity for (resource, to-resource).
    location .. state: the word of the column, for `attribute_side`.
    """

    name: str
    takes_resource_quantity: bool
    takes_effort_quantity: bool
    may_be_input: bool
    may_be_output: bool
    pairs_with: str | None
    creates: Side | None
    accounting: tuple[int, int]
    onhand: tuple[int, int]
    location: str
    contained: str
    accountable: str
    stage: str
    state: str

    @property
    def two_sided(self) -> bool:
        """Whether something passes from one side to the other (the transfer family, copy)."""
        return self.creates is Side.TO_RESOURCE

    @property
    def needs_container(self) -> bool:
        return self.contained == "update"

    @property
    def leaves_container(self) -> bool:
        return self.contained == "remove"

    @property
    def may_name_to_resource(self) -> bool:
        return self.two_sided or self.needs_container

    @property
    def needs_process(self) -> bool:
        """A paired action is half of a way through one process."""
        return self.pairs_with is not None

    @property
    def needs_provider(self) -> bool:
        return self.two_sided or self.may_be_input

    @property
    def needs_receiver(self) -> bool:
        return self.two_sided or self.may_be_output

    def signs(self, side: Side) -> tuple[int, int]:
        """(accounting, onhand) signs for the resource on `side`."""
        index = 0 if side is Side.RESOURCE else 1
        return self.accounting[index], self.onhand[index]


def read_actions(path: Path = TABLE) -> dict[str, Action]:
    """The actions by name. Raises KeyError naming a word this program does not know."""
    with path.open(encoding="utf-8", newline="") as handle:
        return {row["action"]: _action(row) for row in csv.DictReader(handle)}


def _action(row: Mapping[str, str]) -> Action:
    resource, effort = _MEASURES[row["eventQuantity"]]
    may_be_input, may_be_output = _PROCESS_SIDES[row["inputOutput"]]
    words = {key: row[f"{key}Effect"] for key in ("location", "contained", "accountable")}
    words |= {key: row[f"{key}Effect"] for key in ("stage", "state")}
    for word in words.values():
        _ATTRIBUTE_SIDES[word]
    return Action(
        name=row["action"],
        takes_resource_quantity=resource,
        takes_effort_quantity=effort,
        may_be_input=may_be_input,
        may_be_output=may_be_output,
        pairs_with=None if row["pairsWith"] == NOTHING else row["pairsWith"],
        creates=_CREATES[row["createResource"]],
        accounting=_SIGNS[row["accountingEffect"]],
        onhand=_SIGNS[row["onhandEffect"]],
        **words,
    )


ACTIONS: Mapping[str, Action] = read_actions()


@dataclass(frozen=True, slots=True)
class Facts:
    """What one event says, as far as it changes resources (row numbers for other rows).

    quantity: negative in a correction (`takes_back`). created: the side whose resource begins here.
    holder: who receives, or who provides where nobody receives. owner_before: accountable for a
    new resource where the action moves no rights.
    """

    quantity: int
    takes_back: bool = False
    created: Side | None = None
    at_location: str = ""
    to_location: str = ""
    stage: str = ""
    state: str = ""
    container: int | None = None
    holder: int | None = None
    owner_before: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one resource: two sums and the attributes to set."""

    accounting: int
    onhand: int
    attributes: dict[str, Any]


def change_of(action: Action, side: Side, facts: Facts) -> Change:
    """The effect of one event on its resource on `side`.

    A correction takes quantities back; attributes stay as later events left them, except that
    taking back "put into a container" takes it out.
    """
    accounting, onhand = (sign * facts.quantity for sign in action.signs(side))
    if facts.takes_back:
        undo = {"contained_in_id": None} if _contained(action, side) else {}
        return Change(accounting, onhand, undo)
    attributes = dict(_attributes(action, side, facts))
    return Change(accounting, onhand, attributes)


def _contained(action: Action, side: Side) -> bool:
    return action.needs_container and side is Side.RESOURCE


def _attributes(action: Action, side: Side, facts: Facts) -> Iterator[tuple[str, Any]]:
    created = facts.created is side
    place = _place(side, facts)
    if place and _touches(action.location, side, created=created):
        yield "current_location", place
    if _touches(action.accountable, side, created=created):
        yield "primary_accountable_id", facts.holder
    elif created:
        yield "primary_accountable_id", facts.owner_before or facts.holder
    if action.signs(side)[1] > 0 and (created or side is Side.TO_RESOURCE):
        yield "custodian_id", facts.holder
    if facts.stage and _touches(action.stage, side, created=created):
        yield "stage", facts.stage
    if facts.state and _touches(action.state, side, created=created):
        yield "state", facts.state
    if action.contained != NOTHING and side is Side.RESOURCE:
        yield "contained_in_id", facts.container if action.needs_container else None


def _place(side: Side, facts: Facts) -> str:
    if side is Side.TO_RESOURCE:
        return facts.to_location or facts.at_location
    return facts.at_location


def _touches(word: str, side: Side, *, created: bool) -> bool:
    return created if word == "new" else _ATTRIBUTE_SIDES[word] is side
