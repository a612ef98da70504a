"""The table in docs/ is what the rules say; the auditor reads everything, changes nothing."""

from __future__ import annotations

import pytest
from role_matrix import TARGET, allowed, columns, is_reading, permissions, table


def test_the_table_is_what_the_rules_say() -> None:
    assert TARGET.read_text() == table(), "run .venv/bin/python scripts/role_matrix.py --write"


def test_the_auditor_reads_everything_and_changes_nothing() -> None:
    held = {name for name in permissions() if allowed(name, "auditor")}
    assert held == {name for name in permissions() if is_reading(name)}


def test_a_passer_by_and_the_operator_have_no_right_in_a_house() -> None:
    assert [name for name in permissions() if allowed(name, "anonymous")] == []
    own = ["account.view_own"]  # everybody who is signed in
    assert [name for name in permissions() if allowed(name, "operator")] == own


def test_a_member_changes_nothing_of_the_house() -> None:
    held = [name for name in permissions() if allowed(name, "member")]
    assert [name for name in held if not is_reading(name)] == []


@pytest.mark.parametrize("role", ["volunteer", "staff", "cashier", "board", "auditor"])
def test_the_badge_alone_never_gives_more_than_badge_and_pin(role: str) -> None:
    assert role in columns()
    alone = {name for name in permissions() if allowed(name, role, pin=False)}
    assert alone <= {name for name in permissions() if allowed(name, role)}


def test_money_and_people_ask_for_the_pin() -> None:
    alone = {
        name
        for role in columns()
        for name in permissions()
        if allowed(name, role, pin=False) and not is_reading(name)
    }
    assert alone & {"account.manage_team", "account.manage_devices", "goods.hand_over"} == set()
