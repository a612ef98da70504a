"""Every migration ends with this room's dated tables loaded: kinds of engagement, and norms."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from wesprint.apps.team.models import EngagementKind, Norm
from wesprint.platform.base.db import write_transaction
from wesprint.platform.reference.models import Source
from wesprint.platform.reference.services import save_sources
from wesprint.platform.reference.versions import sync

DATA = Path(__file__).parent / "data"
_KIND_TEXTS = ("slug", "group", "name_de", "name_en", "law", "note_de", "note_en")


def load_after_migrate(*, using: str, **kwargs: object) -> None:
    if _tables_are_current(using):
        load_tables()


def _tables_are_current(using: str) -> bool:
    """False on the way to an older migration: its tables do not fit the models."""
    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes("team"))


def load_tables() -> None:
    """Bring the database to the tables in `data/`; safe to run any number of times."""
    with write_transaction():
        sources = _load_sources()
        edition = max(start for _source, start in sources.values())
        sync(EngagementKind, _dated("engagement_kinds", sources, _kind), change_on=edition)
        sync(Norm, _dated("norms", sources, _norm), change_on=edition)


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _load_sources() -> dict[str, tuple[Source, date]]:
    rows = _read("sources")
    save_sources(rows)
    starts = {row["slug"]: date.fromisoformat(row["valid_from"]) for row in rows}
    found = Source.objects.filter(slug__in=starts)
    return {source.slug: (source, starts[source.slug]) for source in found}


def _dated(
    name: str, sources: dict[str, tuple[Source, date]], convert: Any
) -> Iterator[dict[str, Any]]:
    for row in _read(name):
        source, start = sources[row["source"]]
        yield {**convert(row), "source_id": source.pk, "valid_from": start}


def _kind(row: dict[str, str]) -> dict[str, Any]:
    texts = {name: row[name] for name in _KIND_TEXTS}
    return {**texts, "position": int(row["position"]), "for_sponsor": row["for_sponsor"] == "1"}


def _norm(row: dict[str, str]) -> dict[str, Any]:
    return {"key": row["key"], "value": int(row["value"]), "law": row["law"]}
