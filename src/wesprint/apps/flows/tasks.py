"""Work behind the pages: safe to run twice."""

from __future__ import annotations

from django_tasks import task

from wesprint.kernel.context import job_ctx
from wesprint.kernel.ids import new_secret
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre


@task()
def count_answers() -> int:
    """Ask every room for the answers of its buyers and keep their number, house by house."""
    return sum(_count(centre) for centre in Centre.objects.order_by("pk"))


def _count(centre: Centre) -> int:
    from wesprint.apps.flows.services import keep_answers
    from wesprint.web.rooms import rooms

    found = [one for room in rooms() if room.answers for one in room.answers(centre)]
    key = f"flows.count_answers/{new_secret()}"
    ctx = job_ctx("flows.count_answers", scope=centre.scope, key=key, occurred_at=now())
    return keep_answers(ctx, centre=centre, found=found)
