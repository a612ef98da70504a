"""The ledger as lines of canonical JSON, to be kept elsewhere and checked by `verify`.

One line each: a head; per centre its seals in order, each followed by its events; then the
events that no seal holds yet; at the end the counts and a digest of all lines before. Agents
appear only as salted hashes. Memory stays constant: one seal's list of leaves at a time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from wesprint.kernel.canonical import Json, canonical
from wesprint.platform.base.clock import now
from wesprint.platform.ledger.chain import FORMAT, VERSION
from wesprint.platform.ledger.leaf import PATHS, body_of_row, utc_text
from wesprint.platform.ledger.models import EconomicEvent, Seal, SealLeaf
from wesprint.platform.ledger.seals import head_of, unsealed
from wesprint.platform.organisations.models import Centre

FILE_NAME = "ledger.jsonl"
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Written:
    """What an export holds."""

    path: Path
    centres: int
    seals: int
    events: int


def export(
    target: Path,
    centres: Iterable[Centre] | None = None,
    progress: Callable[[int], None] = lambda events: None,
) -> Written:
    """Write the ledger to `target` (a `.jsonl` file, else a folder that gets `ledger.jsonl`).

    The file appears under its name only when it is complete. `progress` hears the number of
    events so far. Raises OSError.
    """
    path = target if target.suffix == ".jsonl" else target / FILE_NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    counts = {"centre": 0, "seal": 0, "event": 0}
    try:
        with part.open("wb") as handle:
            for kind, line in _lines(centres):
                handle.write(line)
                counts[kind] = counts.get(kind, 0) + 1
                progress(counts["event"])
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return Written(path, counts["centre"], counts["seal"], counts["event"])


def export_lines(centres: Iterable[Centre] | None = None) -> Iterator[bytes]:
    """The lines of an export, newline included, straight from the database."""
    for _kind, line in _lines(centres):
        yield line


def _lines(centres: Iterable[Centre] | None) -> Iterator[tuple[str, bytes]]:
    digest, counts = sha256(), {"seal": 0, "event": 0}
    for record in _records(centres):
        kind = str(record["kind"])
        line = canonical(record) + b"\n"
        digest.update(line)
        counts[kind] = counts.get(kind, 0) + 1
        yield kind, line
    end: dict[str, Json] = {"kind": "end", "digest": digest.hexdigest()}
    yield "end", canonical(end | {"events": counts["event"], "seals": counts["seal"]}) + b"\n"


def _records(centres: Iterable[Centre] | None) -> Iterator[dict[str, Json]]:
    yield {"kind": "export", "format": FORMAT, "version": VERSION, "exported_at": utc_text(now())}
    for centre in Centre.objects.order_by("pk") if centres is None else centres:
        yield {"kind": "centre", "centre": centre.public_id, "slug": centre.slug}
        for made in Seal.objects.filter(centre=centre).order_by("number").iterator(_CHUNK):
            yield from _seal(made, centre.public_id)
        for position, row in enumerate(_rows(unsealed(centre))):
            yield _event(row, None, position)


def _seal(made: Seal, centre: str) -> Iterator[dict[str, Json]]:
    members = SealLeaf.objects.filter(seal=made).order_by("position")
    leaves = [list(pair) for pair in members.values_list("event__public_id", "leaf_hash")]
    yield {"kind": "seal", **head_of(made, centre), "hash": made.hash, "leaves": leaves}
    events = EconomicEvent.objects.filter(seal_leaf__seal=made).order_by("seal_leaf__position")
    for row in _rows(events):
        yield _event(row, made.number, row["seal_leaf__position"])


def _rows(events: QuerySet[EconomicEvent]) -> Iterator[dict[str, Any]]:
    columns = ("leaf_hash", "seal_leaf__position", *PATHS.values())
    yield from events.values(*columns).iterator(_CHUNK)


def _event(row: dict[str, Any], seal: int | None, position: int) -> dict[str, Json]:
    return {
        "kind": "event",
        "seal": seal,
        "position": position,
        "leaf": row["leaf_hash"],
        "event": body_of_row(row),
    }
