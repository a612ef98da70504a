from __future__ import annotations

from pathlib import Path

import pytest

from wesprint.platform import ledger
from wesprint.platform.ledger.effects import (
    ACTIONS,
    TABLE,
    Change,
    Facts,
    Side,
    change_of,
    read_actions,
)

BOTH, NEITHER = (1, 1), (0, 0)
SOURCE = Path(ledger.__file__).parent


def test_the_signs_of_all_nineteen_actions() -> None:
    """(accounting, onhand) of the resource and of the to-resource, as ValueFlows 1.0 says."""
    signs = {
        name: (action.signs(Side.RESOURCE), action.signs(Side.TO_RESOURCE))
        for name, action in ACTIONS.items()
    }
    assert signs == {
        "produce": (BOTH, NEITHER),
        "consume": ((-1, -1), NEITHER),
        "use": (NEITHER, NEITHER),
        "work": (NEITHER, NEITHER),
        "cite": (NEITHER, NEITHER),
        "deliverService": (NEITHER, NEITHER),
        "accept": ((0, -1), NEITHER),
        "modify": ((0, 1), NEITHER),
        "combine": ((0, -1), NEITHER),
        "separate": ((0, 1), NEITHER),
        "pickup": ((0, -1), NEITHER),
        "dropoff": ((0, 1), NEITHER),
        "transfer": ((-1, -1), BOTH),
        "transferCustody": ((0, -1), (0, 1)),
        "transferAllRights": ((-1, 0), (1, 0)),
        "move": ((-1, -1), BOTH),
        "copy": (NEITHER, BOTH),
        "raise": (BOTH, NEITHER),
        "lower": ((-1, -1), NEITHER),
    }


def test_pairs_name_each_other() -> None:
    pairs = {name: action.pairs_with for name, action in ACTIONS.items() if action.pairs_with}
    assert pairs == {
        "accept": "modify",
        "modify": "accept",
        "pickup": "dropoff",
        "dropoff": "pickup",
    }


def test_what_begins_a_resource() -> None:
    begins = {name: action.creates for name, action in ACTIONS.items() if action.creates}
    own, to = Side.RESOURCE, Side.TO_RESOURCE
    assert begins == {
        "produce": own,
        "raise": own,
        "lower": own,
        **dict.fromkeys(("transfer", "transferCustody", "transferAllRights", "move", "copy"), to),
    }


FACTS = Facts(
    quantity=5,
    at_location="here",
    to_location="there",
    stage="repair",
    state="good",
    container=7,
    holder=3,
    owner_before=2,
)


def attributes(name: str, side: Side, *, created: bool = False) -> dict[str, object]:
    facts = Facts(
        **{field: getattr(FACTS, field) for field in FACTS.__slots__ if field != "created"},
        created=side if created else None,
    )
    return change_of(ACTIONS[name], side, facts).attributes


@pytest.mark.parametrize(
    ("name", "side", "created", "expected"),
    [
        (
            "produce",
            Side.RESOURCE,
            True,
            {
                "current_location": "here",
                "primary_accountable_id": 3,
                "custodian_id": 3,
                "stage": "repair",
                "state": "good",
            },
        ),
        ("produce", Side.RESOURCE, False, {"stage": "repair", "state": "good"}),
        ("consume", Side.RESOURCE, False, {"state": "good"}),
        ("work", Side.RESOURCE, False, {}),
        ("accept", Side.RESOURCE, False, {"current_location": "here", "state": "good"}),
        (
            "dropoff",
            Side.RESOURCE,
            False,
            {"current_location": "here", "stage": "repair", "state": "good"},
        ),
        ("combine", Side.RESOURCE, False, {"state": "good", "contained_in_id": 7}),
        ("combine", Side.TO_RESOURCE, False, {}),
        (
            "separate",
            Side.RESOURCE,
            False,
            {"stage": "repair", "state": "good", "contained_in_id": None},
        ),
        ("transfer", Side.RESOURCE, False, {}),
        (
            "transfer",
            Side.TO_RESOURCE,
            False,
            {
                "current_location": "there",
                "primary_accountable_id": 3,
                "custodian_id": 3,
                "state": "good",
            },
        ),
        (
            "transferCustody",
            Side.TO_RESOURCE,
            True,
            {
                "current_location": "there",
                "primary_accountable_id": 2,
                "custodian_id": 3,
                "state": "good",
            },
        ),
        (
            "transferAllRights",
            Side.TO_RESOURCE,
            False,
            {"primary_accountable_id": 3, "state": "good"},
        ),
        (
            "raise",
            Side.RESOURCE,
            True,
            {"primary_accountable_id": 3, "custodian_id": 3, "state": "good"},
        ),
    ],
)
def test_attributes(name: str, side: Side, created: bool, expected: dict[str, object]) -> None:
    assert attributes(name, side, created=created) == expected


def test_a_correction_takes_quantities_back_and_leaves_attributes() -> None:
    facts = Facts(-5, takes_back=True)
    assert change_of(ACTIONS["transfer"], Side.RESOURCE, facts) == Change(5, 5, {})
    packed = change_of(ACTIONS["combine"], Side.RESOURCE, facts)
    assert packed == Change(0, 5, {"contained_in_id": None})


def test_no_code_knows_an_action_by_its_name() -> None:
    modules = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
    named = [
        (path.name, name)
        for path in modules
        for name in ACTIONS
        if f'"{name}"' in path.read_text() or f"'{name}'" in path.read_text()
    ]
    assert len(modules) > 10
    assert named == []


def test_an_unknown_word_in_the_table_is_an_error_at_once(tmp_path: Path) -> None:
    table = tmp_path / "actions.csv"
    table.write_text(TABLE.read_text().replace("decrementIncrement", "halve"))
    with pytest.raises(KeyError, match="halve"):
        read_actions(table)
