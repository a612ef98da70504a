"""An import that is killed half-way shows nothing, and goes on to its end when it is run again."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from tests.world import Town, make_town

from wesprint.apps.goods import services
from wesprint.apps.goods.models import Intake, Item
from wesprint.apps.goods.services.imports import PORTION
from wesprint.platform.imports import services as imports
from wesprint.platform.imports import tasks
from wesprint.platform.imports.models import Import, ImportState
from wesprint.platform.jobs.models import Progress
from wesprint.platform.ledger.models import EconomicEvent, EconomicResource
from wesprint.platform.ledger.selectors import stock_gap, unbalanced
from wesprint.platform.outbox.models import OutboxEvent

ROWS = 6_000
WORKER = Path(__file__).with_name("import_worker.py")


def test_killed_half_way_nothing_is_visible_and_the_next_run_brings_all(
    fresh_database: str, django_db_blocker: Any, tmp_path: Path, settings: Any
) -> None:
    settings.IMPORT_ROOT = tmp_path / "imports"
    with django_db_blocker.unblock():
        town, row = _confirmed()
        _kill(row, fresh_database, lambda: _has_begun(row))
        assert _there() == (0, 0, 0, 0)
        chair = services.take_in(town.ctx(), centre=town.centre, category="chair", grade="B")
        tasks.post.call(row.public_id)
        tasks.post.call(row.public_id)
        assert _there() == (2, ROWS + 1, ROWS + 1, ROWS + 1)
        row.refresh_from_db()
        assert row.state == ImportState.DONE
        assert Item.objects.filter(intake__public_id=row.result).count() == ROWS
        assert Item.objects.get(pk=chair.pk).resource == chair.resource
        assert (stock_gap(town.centre), unbalanced(town.centre)) == (0, [])


def test_killed_between_two_portions_the_next_run_brings_the_rest(
    fresh_database: str, django_db_blocker: Any, tmp_path: Path, settings: Any
) -> None:
    """On SQLite, where all rows in one commit would keep its one writer for seconds."""
    settings.IMPORT_ROOT = tmp_path / "imports"
    with django_db_blocker.unblock():
        town, row = _confirmed()
        _kill(row, fresh_database, lambda: Item.objects.exists())
        moved = _moved(row)
        assert _there() == (1, moved, moved, moved)
        assert moved % PORTION[connection.vendor] == 0 if moved < ROWS else moved == ROWS
        assert (stock_gap(town.centre), unbalanced(town.centre)) == (0, [])
        tasks.post.call(row.public_id)
        tasks.post.call(row.public_id)
        assert (_there(), _moved(row)) == ((1, ROWS, ROWS, ROWS), ROWS)
        titles = Item.objects.order_by("pk").values_list("title", flat=True)
        assert list(titles) == [f"Stuhl {number}" for number in range(ROWS)]
        row.refresh_from_db()
        assert row.state == ImportState.DONE
        assert Item.objects.filter(intake__public_id=row.result).count() == ROWS
        assert OutboxEvent.objects.filter(name="goods.stock_imported").count() == 1
        assert (stock_gap(town.centre), unbalanced(town.centre)) == (0, [])


def test_two_at_the_same_import_bring_each_row_once(
    fresh_database: str, django_db_blocker: Any, tmp_path: Path, settings: Any
) -> None:
    settings.IMPORT_ROOT = tmp_path / "imports"
    with django_db_blocker.unblock():
        town, row = _confirmed()
        workers = [_worker(row, fresh_database) for _number in range(2)]
        assert [worker.wait(300) for worker in workers] == [0, 0]
        tasks.post.call(row.public_id)
        assert (_there(), _moved(row)) == ((1, ROWS, ROWS, ROWS), ROWS)
        assert Item.objects.values("title").distinct().count() == ROWS
        assert (stock_gap(town.centre), unbalanced(town.centre)) == (0, [])


def _confirmed() -> tuple[Town, Import]:
    town = make_town()
    row = imports.bring(
        town.ctx(), centre=town.centre, kind="goods", name="t.csv", blocks=iter([_table()])
    )
    imports.start_check(town.ctx(), of=row, mapping=row.mapping, defaults={}, enqueue=False)
    tasks.check.call(row.public_id)
    return town, imports.confirm(town.ctx(), of=row, enqueue=False)


def _moved(row: Import) -> int:
    return Import.objects.values_list("moved", flat=True).get(pk=row.pk)


def _table() -> bytes:
    lines = [f"Stuhl;Stuhl {number};B;4,2;12,00" for number in range(ROWS)]
    return "\n".join(["Kategorie;Bezeichnung;Zustand;Gewicht kg;Preis", *lines]).encode()


def _has_begun(row: Import) -> bool:
    return Progress.objects.filter(public_id=row.progress, done__gt=0).exists()


def _worker(row: Import, database: str) -> subprocess.Popen[bytes]:
    env = os.environ | {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "wesprint.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    return subprocess.Popen([sys.executable, str(WORKER), row.public_id], env=env)


def _kill(row: Import, database: str, when: Callable[[], bool]) -> None:
    worker = _worker(row, database)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if when():
            break
        assert worker.poll() is None, "it ended before it could be killed"
        time.sleep(0.02)
    worker.kill()
    worker.wait()


def _there() -> tuple[int, int, int, int]:
    models = (Intake, Item, EconomicEvent, EconomicResource)
    return tuple(model.objects.count() for model in models)  # type: ignore[return-value, attr-defined]
