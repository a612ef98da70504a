"""Work at night; safe to run twice."""

from __future__ import annotations

from django_tasks import task

from wesprint.apps.team import services
from wesprint.kernel.context import job_ctx
from wesprint.platform.base.clock import now


@task()
def tidy() -> int:
    at = now()
    ctx = job_ctx("team.tidy", scope="installation", key=f"team.tidy/{at.date()}", occurred_at=at)
    return services.tidy(ctx)
