"""A process that is killed never leaves half a command, and loses none that it confirmed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Count
from tests.platform.ledger import crash_writer
from tests.platform.ledger.bench_of import make_bench

from wesprint.platform.audit.models import AuditEntry
from wesprint.platform.commands.models import Command
from wesprint.platform.ledger import checking, selectors, tasks
from wesprint.platform.ledger.models import EconomicEvent
from wesprint.platform.ledger.rollups import tail_size
from wesprint.platform.ledger.selectors import Stock

ROOT = Path(__file__).parents[3]


def killed_after(confirmed: int, centre: int, url: str) -> set[str]:
    """Start the writers, kill them with SIGKILL after so many confirmations; their keys."""
    environment = os.environ | {
        "DATABASE_URL": url,
        "PYTHONPATH": f"{ROOT / 'src'}:{os.environ.get('PYTHONPATH', '')}",
    }
    process = subprocess.Popen(
        [sys.executable, crash_writer.__file__, str(centre)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    with process, process.stdout as output:
        keys = {output.readline().strip() for _ in range(confirmed)}
        process.kill()
        # what was confirmed before the signal arrived; a line cut in two does not count
        keys |= {line.strip() for line in output if line.endswith("\n")}
    until_nobody_writes()
    return keys - {""}


_OTHERS = """
SELECT COUNT(*), pg_sleep(0.02) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


def until_nobody_writes() -> None:
    """PostgreSQL goes on with what a killed client had sent, up to its commit."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute(_OTHERS)
            if cursor.fetchone()[0] == 0:
                return
    raise AssertionError("the killed writers are still connected")


@pytest.mark.parametrize(
    "kills", [2, pytest.param(20, marks=pytest.mark.heavy)], ids=lambda count: f"{count}-kills"
)
def test_no_command_is_half_done_after_kills(fresh_database: str, kills: int) -> None:
    bench, chance = make_bench(), random.Random(kills)
    confirmed: set[str] = set()
    for _ in range(kills):
        keys = killed_after(chance.randint(1, 60), bench.centre.pk, fresh_database)
        assert keys
        confirmed |= keys
        assert selectors.unbalanced(bench.centre) == []
    days = Command.objects.filter(name="crash.day")
    assert confirmed <= set(days.values_list("key", flat=True))
    assert days.filter(result__isnull=True).count() == 0
    assert AuditEntry.objects.filter(command="crash.day").count() == days.count()
    per_command = EconomicEvent.objects.values_list("command").annotate(Count("pk")).order_by()
    assert dict(per_command) == dict.fromkeys(
        days.values_list("pk", flat=True), crash_writer.EVENTS
    )
    assert [selectors.stock_gap(bench.centre, stock=stock) for stock in Stock] == [0, 0]
    assert checking.verify_database().problems == []
    tasks.fold.call()
    tasks.seal.call()
    assert tail_size() == 0
    assert checking.verify_database().problems == []
