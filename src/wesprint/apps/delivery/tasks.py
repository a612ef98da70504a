"""Work behind the pages: safe to run twice."""

from __future__ import annotations

from django_tasks import task

from wesprint.apps.delivery import services
from wesprint.apps.delivery.models import PlanRun, RunState
from wesprint.apps.delivery.planning import Unsound
from wesprint.engines.tours import InvalidProblem, Progress, Settings
from wesprint.kernel.context import Ctx, job_ctx
from wesprint.kernel.errors import DomainError
from wesprint.platform.base.clock import now
from wesprint.platform.jobs.progress import Meter, tracked


@task()
def plan(public_id: str) -> None:
    """Make the day's plan; what goes wrong stands with the run, for the page that waits."""
    run = PlanRun.objects.select_related("board__centre").get(public_id=public_id)
    if run.state != RunState.RUNNING:
        return
    ctx = _ctx("delivery.plan", run.board.centre.scope, f"plan/{run.public_id}")
    try:
        with tracked(run.progress) as meter:
            _plan(ctx, run, meter)
    except (DomainError, Unsound, InvalidProblem) as error:
        services.end_plan(ctx.sub("failed"), run=run, state=RunState.FAILED, why=str(error))
    else:
        services.end_plan(ctx.sub("done"), run=run, state=RunState.DONE)


def _plan(ctx: Ctx, run: PlanRun, meter: Meter) -> None:
    cores = 2 if run.seconds > services.FEW_SECONDS else 1
    settings = Settings(seconds=float(run.seconds), cores=cores)

    def tell(part: Progress) -> None:
        meter.set(round(100 * part.round / part.rounds))

    services.plan_day(ctx, run.board, settings, tell)


def _ctx(name: str, scope: str, key: str) -> Ctx:
    return job_ctx(name, scope=scope, key=key, occurred_at=now())


@task()
def forget() -> int:
    """Positions after 24 hours, addresses 90 days after the end; how many rows."""
    moment = now()
    ctx = _ctx("delivery.forget", "installation", f"delivery.forget/{moment.isoformat()}")
    return services.forget(ctx)
