"""The life of an import: brought, mapped, checked, confirmed, done. Checking and importing are
jobs; each step may be run again after a crash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, DomainError, Invalid
from wesprint.kernel.ids import new_public_id
from wesprint.platform.commands.services import changed, command, running_command
from wesprint.platform.imports import files
from wesprint.platform.imports.folding import guess_mapping
from wesprint.platform.imports.kinds import kind_of
from wesprint.platform.imports.models import Import, ImportChunk, ImportState
from wesprint.platform.imports.tables import Table, look_at
from wesprint.platform.jobs import progress
from wesprint.platform.organisations.models import Centre

NOTHING = _("Nothing was imported.")


def bring(ctx: Ctx, *, centre: Centre, kind: str, name: str, blocks: Iterable[bytes]) -> Import:
    """A table is kept and looked at; its columns are guessed. Not a command itself: the file lies
    on the disk before the row says so. Raises Invalid for anything that is no table."""
    public_id = new_public_id()
    size = files.keep(public_id, blocks)
    try:
        table = look_at(files.path_of(public_id))
        return _bring(
            ctx,
            centre=centre,
            kind=kind,
            public_id=public_id,
            name=files.shown_name(name),
            size=size,
            table=table,
        )
    except DomainError:
        files.forget(public_id)
        raise


@command("imports.bring")
def _bring(
    ctx: Ctx, *, centre: Centre, kind: str, public_id: str, name: str, size: int, table: Table
) -> Import:
    made = Import.objects.create(
        public_id=public_id,
        centre=centre,
        kind=kind,
        file_name=name,
        size=size,
        format=table.format,
        encoding=table.encoding,
        delimiter=table.delimiter,
        headings=list(table.headings),
        first_rows=[list(row) for row in table.first_rows],
        mapping=guess_mapping(kind_of(kind).columns, table.headings),
        uploaded_at=running_command().recorded_at,
    )
    changed(made, "file_name")
    return made


@command("imports.check")
def start_check(
    ctx: Ctx,
    *,
    of: Import,
    mapping: Mapping[str, int],
    defaults: Mapping[str, str],
    enqueue: bool = True,
) -> Import:
    """These columns are meant; the rows are checked in the background, unless the caller does
    it. An earlier check of the same import is forgotten. Raises Invalid for a column that is
    needed and missing."""
    from wesprint.platform.imports import tasks

    row = _held(of)
    _expect(row, ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED)
    _check_mapping(row, mapping, defaults)
    ImportChunk.objects.filter(parent=row).delete()
    row.mapping, row.defaults = dict(mapping), dict(defaults)
    row.rows = row.faulty = 0
    row.why = ""
    _begin(row, ImportState.CHECKING)
    if enqueue:
        tasks.check.enqueue(row.public_id, ctx.locale)
    return row


def _check_mapping(row: Import, mapping: Mapping[str, int], defaults: Mapping[str, str]) -> None:
    columns = {column.name: column for column in kind_of(row.kind).columns}
    places = list(mapping.values())
    known = set(mapping) <= set(columns) and all(0 <= at < len(row.headings) for at in places)
    for name, value in defaults.items():
        known = known and value in dict(columns[name].choices)
    if not known or len(set(places)) < len(places):
        raise Invalid(
            _("Each column of the file can stand for one thing only."),
            kept=NOTHING,
            next=_("Please choose another column for one of them."),
            code="import-mapping",
        )
    for column in columns.values():
        if column.required and column.name not in mapping and column.name not in defaults:
            raise Invalid(
                _("It is not said which column holds “%(name)s”.") % {"name": column.label},
                kept=NOTHING,
                next=_("Please choose it below."),
                field=column.name,
                code="import-column-missing",
            )


@command("imports.confirm")
def confirm(ctx: Ctx, *, of: Import, enqueue: bool = True) -> Import:
    """Everything as checked, or nothing; in the background as with the check. Raises Conflict
    while rows are faulty: half a table is worse than none."""
    from wesprint.platform.imports import tasks

    row = _held(of)
    if row.state in (ImportState.IMPORTING, ImportState.INDEXING, ImportState.DONE):
        return row
    _expect(row, ImportState.CHECKED)
    if row.faulty or not row.rows:
        raise Conflict(
            _("Some rows cannot be imported as they are."),
            kept=NOTHING,
            next=_("Please mend them in the file and bring it again."),
            code="import-faulty",
        )
    row.command = running_command().id
    row.confirmed_at = ctx.occurred_at
    kind_of(row.kind).begin(ctx, row)
    _begin(row, ImportState.IMPORTING)
    if enqueue:
        tasks.post.enqueue(row.public_id, ctx.locale)
    return row


def _begin(row: Import, state: ImportState) -> None:
    row.state = state
    work = progress.begin(f"imports.{state}", scope=row.centre.scope, total=row.rows or None)
    row.progress = work.public_id
    row.save()
    changed(row, "state")


@command("imports.discard")
def discard(ctx: Ctx, *, of: Import) -> Import:
    """Not this one. Twice changes nothing; Conflict once it is being imported."""
    row = _held(of)
    if row.state == ImportState.DISCARDED:
        return row
    _expect(row, ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED)
    end(row, ImportState.DISCARDED)
    return row


@command("imports.call_off")
def call_off(ctx: Ctx, *, of: Import) -> Import:
    """Not after all: the import stops, and nothing of it comes in. Twice changes nothing;
    Conflict once the rows are there."""
    row = _held(of)
    if row.state == ImportState.DISCARDED:
        return row
    _expect(row, ImportState.IMPORTING)
    if row.moved:
        raise Conflict(
            _("The first things are in the house already; the import runs to its end."),
            kept=NOTHING,
            code="import-moving",
        )
    end(row, ImportState.DISCARDED)
    return row


def check_wanted(row: Import) -> None:
    """For whoever writes the rows: before each chunk, and in the transaction that makes them
    visible (with the row locked). Raises Conflict once it was called off."""
    if row.state == ImportState.DISCARDED:
        raise Conflict(_("This import was called off."), kept=NOTHING, code="import-called-off")


def end(row: Import, state: ImportState, *, why: str = "") -> None:
    """Inside a command: over, with or without success. What was staged is forgotten."""
    row.state, row.finished_at, row.why = state, running_command().recorded_at, why[:300]
    row.first_rows = []
    row.save(update_fields=["state", "finished_at", "why", "first_rows"])
    if state != ImportState.FAILED:
        ImportChunk.objects.filter(parent=row).delete()
    changed(row, "state")
    files.forget(row.public_id)


def _held(of: Import) -> Import:
    rows = Import.objects.select_for_update(of=("self",)).select_related("centre")
    return rows.get(pk=of.pk)


def _expect(row: Import, *states: ImportState) -> None:
    if row.state not in states:
        raise Conflict(
            _("This import has already gone on."),
            kept=_("Nothing was changed."),
            next=_("Please load the page again to see how it stands."),
            code=f"import-{row.state}",
        )


def note_chunk(row: Import, number: int, rows: list[Any], faults: list[Any]) -> None:
    """One chunk of the check, written by itself so that nobody waits for all of them."""
    ImportChunk.objects.create(parent=row, number=number, rows=rows, faults=faults)
    Import.objects.filter(pk=row.pk).update(
        rows=F("rows") + len(rows),
        faulty=F("faulty") + len({fault[0] for fault in faults}),
    )


def path_of(row: Import) -> Path:
    return files.path_of(row.public_id)
