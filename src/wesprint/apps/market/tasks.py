"""Work behind the pages: safe to run twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from django_tasks import task

from wesprint.kernel.context import Ctx, job_ctx
from wesprint.platform.base.clock import now

READ_AGAIN = timedelta(hours=6)


def _ctx(name: str, moment: datetime, scope: str = "installation") -> Ctx:
    return job_ctx(name, scope=scope, key=f"{name}/{moment.isoformat()}", occurred_at=moment)


@task()
def release_expired() -> int:
    """End bookings that have run out; how many."""
    from wesprint.apps.market import services

    return services.release_expired(_ctx("market.release_expired", now()))


@task()
def expire_entries() -> int:
    """Take down entries of the exchange that have run out; how many."""
    from wesprint.apps.market import services

    return services.expire_entries(_ctx("market.expire_entries", now()))


@task()
def read_feeds() -> int:
    """Put each feed that is due in line as a job of its own: a slow one holds up nobody."""
    from wesprint.apps.market.selectors.window import feeds_to_read

    due = feeds_to_read(now() - READ_AGAIN)
    for supplier in due:
        read_feed.enqueue(supplier.public_id)
    return len(due)


@task()
def read_feed(public_id: str) -> str:
    """Read one supplier's feed; what was noted."""
    from wesprint.apps.market.models import Supplier
    from wesprint.apps.market.reading import read_feed as read

    rows = Supplier.objects.filter(public_id=public_id).exclude(feed_url="")
    supplier = rows.select_related("centre").first()
    if supplier is None or not supplier.is_approved:
        return ""
    ctx = _ctx(f"market.read_feed/{public_id}", now(), supplier.centre.scope)
    return read(ctx, supplier).feed_note
