"""What can be asked about imports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import NotFound
from wesprint.platform.imports.models import Import, ImportChunk
from wesprint.platform.jobs.models import Progress
from wesprint.platform.organisations.models import Centre

SHOWN = 50


@dataclass(frozen=True, slots=True)
class FaultRow:
    """A cell that cannot be right. row: its number in the file."""

    row: int
    column: str
    what: str
    next: str


def import_of(centre: Centre, kind: str, public_id: str) -> Import:
    """Raises NotFound for none and for another centre's. One query."""
    found = Import.objects.filter(centre=centre, kind=kind, public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such import here."), code="no-import")
    found.centre = centre
    return found


def latest_imports(centre: Centre, kind: str, limit: int = 10) -> tuple[Import, ...]:
    rows = Import.objects.filter(centre=centre, kind=kind).order_by("-uploaded_at", "-pk")
    return tuple(rows[:limit])


def progress_of(row: Import) -> Progress | None:
    return Progress.objects.filter(public_id=row.progress).first() if row.progress else None


def faults_of(row: Import) -> Iterator[FaultRow]:
    """All of them in the order of the file, one chunk in memory at a time."""
    chunks = ImportChunk.objects.filter(parent=row).exclude(faults=[]).order_by("number")
    for faults in chunks.values_list("faults", flat=True).iterator(chunk_size=5):
        for place, column, what, next_ in faults:
            yield FaultRow(place, column, what, next_)


def first_faults(row: Import) -> tuple[FaultRow, ...]:
    return tuple(islice(faults_of(row), SHOWN))


def first_checked(row: Import, limit: int = 8) -> list[Any]:
    """Values of the first rows as they would come in."""
    rows = ImportChunk.objects.filter(parent=row, number=0).values_list("rows", flat=True).first()
    return [values for _place, values in rows or [] if values is not None][:limit]
