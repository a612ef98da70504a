from __future__ import annotations

from datetime import UTC, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from wesprint.platform.agents.models import Agent
from wesprint.platform.audit.models import AuditEntry
from wesprint.platform.base.inserts import insert

MOMENT = datetime(2026, 11, 24, 9, 30, 0, 123456, tzinfo=UTC)


def entry(command: str) -> AuditEntry:
    return AuditEntry(
        command=command,
        actor="job:test",
        scope="installation",
        key=command,
        changes=[{"target": "größe", "fields": ["a"]}],
        occurred_at=MOMENT,
        recorded_at=MOMENT,
    )


def test_rows_come_back_as_they_went_in_by_one_statement(db: None) -> None:
    with CaptureQueriesContext(connection) as captured:
        rows = insert([entry("one"), entry("two")])
    assert len(captured) == 1
    assert [row._state.adding for row in rows] == [False, False]
    found = AuditEntry.objects.order_by("pk")
    assert list(found) == rows
    assert [(row.command, row.changes, row.occurred_at) for row in found] == [
        (row.command, row.changes, MOMENT) for row in rows
    ]


def test_nothing_to_insert_is_no_statement(db: None) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert insert(list[Agent]()) == []
    assert len(captured) == 0
