"""A demo of full size: the town house with years of life and as many items as one asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from django.db import connection

from wesprint.apps.goods.public import PastSlice, finish_past, tell_past
from wesprint.config.demo.build import Progress, Region, last_root, stage_before
from wesprint.config.demo.stage import PIN, Script
from wesprint.kernel.clock import FixedClock
from wesprint.kernel.ids import use_ids
from wesprint.platform.base import clock as base_clock

YEARS = timedelta(days=3 * 365)
CHUNK = 5_000  # items, and ten times as many events, in one transaction
# Nobody mourns a demo that a power cut left half built: it is made anew. So the disk need not
# have each part before the next begins, and the indexes of millions of rows stay in memory.
IN_BULK = {
    "sqlite": (
        "PRAGMA synchronous=OFF",
        "PRAGMA cache_size=-600000",
        "PRAGMA wal_autocheckpoint=100000",
    ),
    "postgresql": ("SET synchronous_commit=off",),
}
AS_ALWAYS = {
    "sqlite": (
        "PRAGMA synchronous=FULL",
        "PRAGMA wal_checkpoint(TRUNCATE)",
        "PRAGMA wal_autocheckpoint=1000",
        "PRAGMA cache_size=-32000",
    ),
    "postgresql": ("SET synchronous_commit=on",),
}


def build_large(
    *,
    items: int,
    seed: int,
    until: datetime | None = None,
    progress: Progress = lambda _done, _total, _message: None,
) -> Region:
    """`items` things that came in the three years before `until` (left out: until now)."""
    end = until or base_clock.now()
    start, clock, script = end - YEARS, FixedClock(end), Script()
    with use_ids(Random(f"{seed}/ids")), base_clock.use_clock(clock):  # noqa: S311 - no secret
        stage = stage_before(script, clock, start)
        clock.at = end
        step = (end - start) / max(items, 1)
        _execute(IN_BULK[connection.vendor])
        for first in range(0, items, CHUNK):
            count = min(CHUNK, items - first)
            part = PastSlice(count, start + first * step, start + (first + count) * step, end)
            tell_past(script.ctx(stage.town.scope, end), centre=stage.town, part=part, seed=seed)
            progress(first + count, items, f"{first + count:,} items")
        finish_past()
        # So large a change is told to whoever plans the queries.
        _execute((*AS_ALWAYS[connection.vendor], "ANALYZE"))
        roots = {centre.slug: last_root(centre) for centre in (stage.town, stage.station)}
    return Region(roots, stage.badges, PIN, stage.device_key)


def _execute(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
