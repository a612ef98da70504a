"""A town is made behind the pages: it takes some ten seconds."""

from __future__ import annotations

from pathlib import Path

from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from wesprint.kernel.context import Actor, ActorKind, Ctx
from wesprint.platform.base.clock import now
from wesprint.platform.geo.making import make
from wesprint.platform.geo.services import forget_unused, take_town


@task()
def import_town(file: str, slug: str, name: str) -> int:
    """The town from an extract on this machine; its number. The same again changes nothing."""
    made = make(Path(file), box=None, step=lambda *_: None)
    actor, at = Actor(ActorKind.JOB, "import_town"), now()
    ctx = Ctx(actor, "installation", f"geo.import_town/{slug}/{at.isoformat()}", at)
    town = take_town(ctx, slug=slug, name=name, made=made)
    forget_unused()
    return int(town.pk)


def is_in_making() -> bool:
    """Whether a town waits to be made, or is being made at this moment."""
    begun = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return DBTaskResult.objects.filter(task_path=import_town.module_path, status__in=begun).exists()
