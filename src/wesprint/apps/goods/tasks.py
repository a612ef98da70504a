"""Work behind the pages: safe to run twice."""

from __future__ import annotations

from django_tasks import task

from wesprint.kernel.context import Ctx, job_ctx
from wesprint.platform.base.clock import now


@task()
def release_expired() -> int:
    """End reservations that have run out, and what hangs on them; how many."""
    from wesprint.apps.goods import services

    ended = services.release_expired(_ctx("goods.release_expired"))
    services.close_wishes(_ctx("goods.close_wishes"))
    services.close_waiting_lists(_ctx("goods.close_waiting_lists"))
    services.forget_origins(_ctx("goods.forget_origins"))
    services.free_appointments(_ctx("goods.free_appointments"))
    return ended


@task()
def write_search_letters() -> int:
    """Letters of what is new for saved searches; how many people get one."""
    from wesprint.apps.goods import services

    services.forget_unanswered_searches(_ctx("goods.forget_unanswered_searches"))
    return services.write_search_letters(_ctx("goods.write_search_letters"))


def _ctx(name: str) -> Ctx:
    moment = now()
    key = f"{name}/{moment.isoformat()}"
    return job_ctx(name, scope="installation", key=key, occurred_at=moment)


@task()
def apply_ageing() -> int:
    """Take the steps of the ageing rules that are due today, each thing in a command of its own;
    how many."""
    from wesprint.apps.goods import services
    from wesprint.apps.goods.selectors import ageing
    from wesprint.platform.organisations.models import Centre

    moment, taken = now(), 0
    for centre in Centre.objects.order_by("pk"):
        day = moment.astimezone(centre.tz).date()
        rules = ageing.rules_on(centre, day)
        for item in ageing.aged(centre, moment).iterator(chunk_size=500):
            rule = rules.get(item.category_id) or rules.get(None)
            if ageing.step_due(item, rule, moment) is None:
                continue
            key = f"goods.age_item/{item.public_id}/{day}"
            ctx = job_ctx("goods.age_item", scope=centre.scope, key=key, occurred_at=moment)
            services.age_item(ctx, item=item)
            taken += 1
    return taken
