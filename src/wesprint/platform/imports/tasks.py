"""Checking and importing behind the pages; each may be run again after a crash."""

from __future__ import annotations

from datetime import timedelta

from django.utils import translation
from django_tasks import task

from wesprint.kernel.context import Actor, ActorKind, Ctx
from wesprint.kernel.errors import DomainError
from wesprint.platform.base.clock import now
from wesprint.platform.base.db import write_transaction
from wesprint.platform.commands.services import changed, command
from wesprint.platform.imports import files, services
from wesprint.platform.imports.checking import check_rows
from wesprint.platform.imports.kinds import kind_of
from wesprint.platform.imports.models import Import, ImportState
from wesprint.platform.jobs.progress import tracked

FORGOTTEN_AFTER = timedelta(days=7)


@task()
def check(public_id: str, locale: str = "de") -> None:
    """Check every row; a file that cannot be read to its end fails the import, not the job."""
    row = _of(public_id)
    if row.state != ImportState.CHECKING:
        return
    with translation.override(locale), tracked(row.progress) as meter:
        try:
            check_rows(row, meter)
        except DomainError as error:
            _fail(_ctx(row, "check-failed"), row_id=row.pk, why=str(error))
        else:
            _checked(_ctx(row, "checked"), row_id=row.pk)


@task()
def post(public_id: str, locale: str = "de") -> None:
    """Make everything visible, then findable."""
    row = _of(public_id)
    if row.state not in (ImportState.IMPORTING, ImportState.INDEXING):
        return
    with translation.override(locale), tracked(row.progress) as meter:
        ctx = _ctx(row, "post", locale)
        try:
            kind_of(row.kind).post(ctx, row, meter)
        except DomainError as error:  # the rules changed since the check
            _fail(ctx.sub("failed"), row_id=row.pk, why=str(error))


def _of(public_id: str) -> Import:
    return Import.objects.select_related("centre").get(public_id=public_id)


def _ctx(row: Import, step: str, locale: str = "de") -> Ctx:
    at = row.confirmed_at or now()
    progress = row.progress[:12]
    key = f"imports/{row.public_id}/{progress}/{step}"
    return Ctx(Actor(ActorKind.JOB, "imports"), row.centre.scope, key, at, locale)


@command("imports.checked")
def _checked(ctx: Ctx, *, row_id: int) -> None:
    row = Import.objects.select_for_update().get(pk=row_id)
    row.state = ImportState.CHECKED
    row.save(update_fields=["state"])
    changed(row, "state")


@command("imports.fail")
def _fail(ctx: Ctx, *, row_id: int, why: str) -> None:
    """What was called off has not failed."""
    row = Import.objects.select_for_update().get(pk=row_id)
    if row.state != ImportState.DISCARDED:
        services.end(row, ImportState.FAILED, why=why)


@task()
def tidy() -> int:
    """Forget tables that nobody went on with for a week; how many. Safe to run twice."""
    waiting = (ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED)
    old = Import.objects.filter(state__in=waiting, uploaded_at__lt=now() - FORGOTTEN_AFTER)
    count = 0
    for row in old:
        with write_transaction():
            row.chunks.all().delete()
            row.delete()
        files.forget(row.public_id)
        count += 1
    return count
