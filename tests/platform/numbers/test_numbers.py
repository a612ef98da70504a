from __future__ import annotations

import threading
import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from wesprint.kernel.context import Ctx, job_ctx
from wesprint.platform.base.db import write_transaction
from wesprint.platform.numbers.models import Counter
from wesprint.platform.numbers.services import Number, next_number


def ctx(scope: str = "centre:HERE") -> Ctx:
    at = datetime(2026, 11, 24, 9, tzinfo=UTC)
    return job_ctx("test", scope=scope, key=str(uuid.uuid4()), occurred_at=at)


@pytest.mark.django_db
def test_each_series_scope_and_year_counts_on_its_own() -> None:
    given = [
        next_number(ctx(), series="A", year=2026),
        next_number(ctx(), series="A", year=2026),
        next_number(ctx(), series="A", year=2027),
        next_number(ctx(), series="L"),
        next_number(ctx("centre:THERE"), series="A", year=2026),
        next_number(ctx(), series="A", scope="centre:THERE", year=2026),
    ]
    assert given == [
        Number("A", 2026, 1),
        Number("A", 2026, 2),
        Number("A", 2027, 1),
        Number("L", 0, 1),
        Number("A", 2026, 1),
        Number("A", 2026, 2),
    ]
    assert [str(one) for one in given[1:4]] == ["A-2026-00002", "A-2027-00001", "L-00001"]
    assert given[0].code == "0001E"


@pytest.mark.usefixtures("fresh_database")
def test_a_rollback_gives_the_number_back() -> None:
    with pytest.raises(ValueError, match="stop"), transaction.atomic():
        next_number(ctx(), series="A", year=2026)
        raise ValueError("stop")
    with transaction.atomic():
        assert next_number(ctx(), series="A", year=2026) == Number("A", 2026, 1)


@pytest.mark.usefixtures("fresh_database")
def test_no_number_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="belongs to the transaction"):
        next_number(ctx(), series="A")


@pytest.mark.usefixtures("fresh_database")
def test_eight_writers_with_rollbacks_leave_no_gap_and_no_double() -> None:
    """Real threads with own connections; every third transaction fails after taking its number."""
    taken: list[int] = []
    barrier = threading.Barrier(8)

    def work() -> None:
        try:
            barrier.wait(timeout=30)
            for turn in range(15):
                value = _take(fail=turn % 3 == 2)
                taken.extend([value] if value else [])
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(taken) == list(range(1, 81))
    assert Counter.objects.values_list("series", "scope", "year", "last").get() == (
        "A",
        "centre:HERE",
        2026,
        80,
    )


class _Stop(Exception):
    pass


def _take(*, fail: bool) -> int:
    try:
        with write_transaction():
            value = next_number(ctx(), series="A", year=2026).value
            if fail:
                raise _Stop
            return value
    except _Stop:
        return 0
